import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type Catalog, createCatalog } from '../catalog/catalog.ts';
import type { CatalogData } from '../catalog/types.ts';
import { BercailError } from '../error.ts';
import { type ParsedExpressions, readTree, type Tree, writeTree } from '../rule/cel/parsed.ts';
import type { PackText } from '../rule/load.ts';
import type { PackFiles, RuleSource } from '../rule/rule.ts';
import { readTextSync } from './file.ts';
import { listYaml } from './find.ts';
import { isFolder } from './folder.ts';
import { isBuilt, root } from './root.ts';

/** What `scripts/build.ts` writes to `dist/content/`: validated once, so that a start only parses JSON. */
export interface BuiltCatalog {
  readonly sha256: string;
  readonly data: CatalogData;
}

export interface BuiltPack extends Omit<PackText, 'rules' | 'parsed'> {
  readonly rules: readonly { readonly file: string; readonly raw: RuleSource }[];
  readonly parsed: readonly (readonly [source: string, tree: Tree, facts: readonly string[]])[];
}

/** A pack with what compiling it found. The examples stay in the YAML files, where `rules test` and `rules show` read them. */
export function builtPack({ rules, ...pack }: PackText, parsed: ParsedExpressions): BuiltPack {
  return {
    ...pack,
    rules: rules.map(({ raw, source }) => ({ file: source.file, raw: { ...raw, tests: [] } })),
    parsed: [...parsed].map(([source, { node, facts }]) => [source, writeTree(node), facts]),
  };
}

export interface LoadedCatalog {
  readonly catalog: Catalog;
  readonly sha256: string;
  /** The oldest day on which an entry was looked at. */
  readonly checkedOn: string;
}

export async function loadCatalog(): Promise<LoadedCatalog> {
  return catalogOf(isBuilt ? (readBuilt('catalog.json') as BuiltCatalog) : await parseCatalogFolder());
}

/** A catalog that was read, from wherever. */
export function catalogOf({ sha256, data }: BuiltCatalog): LoadedCatalog {
  const days = [data.regions, data.providers, data.laws].flatMap((entries) =>
    entries.map((entry) => entry.checked_on),
  );
  return { catalog: createCatalog(data), sha256, checkedOn: days.sort()[0] ?? '' };
}

/** The catalog's YAML files, as they are installed. */
export function readCatalogFiles(): readonly { readonly name: string; readonly text: string }[] {
  return readFolder(join(root, 'catalog'), 'catalog');
}

export async function parseCatalogFolder(): Promise<BuiltCatalog> {
  const { parseCatalog } = await import('../catalog/parse.ts');
  const files = readCatalogFiles();
  return { sha256: hashOf(files), data: parseCatalog(files) };
}

export async function loadBuiltInPacks(): Promise<readonly PackText[]> {
  return isBuilt ? (readBuilt('packs.json') as readonly BuiltPack[]).map(fromBuilt) : readBuiltInPacks();
}

/** The same from their YAML files, with examples and positions. */
export async function readBuiltInPacks(): Promise<readonly PackText[]> {
  const { readPack } = await import('../rule/load.ts');
  return builtInPackFiles().map(readPack);
}

export function builtInPackFiles(): readonly PackFiles[] {
  return packFolders(join(root, 'rules'), 'rules');
}

/** Positions in a built-in rule are found in its YAML file, when somebody asks. */
export function fromBuilt(pack: BuiltPack): PackText {
  const rules = pack.rules.map(({ file, raw }) => ({
    raw,
    text: () => readFileSync(join(root, file), 'utf8'),
    source: { file, positionOf: () => ({ file, line: 1, column: 1 }) },
  }));
  // A tree is only built for what is evaluated.
  const parsed: ParsedExpressions = new Map(
    pack.parsed.map(([source, tree, facts]) => [
      source,
      {
        facts,
        get node() {
          return readTree(tree);
        },
      },
    ]),
  );
  return { ...pack, rules, parsed };
}

/** A pack from a folder of the user. */
export function readPackFolder(path: string): PackFiles {
  if (!isFolder(path))
    throw new BercailError('not_found', {
      message: `${path}: no such pack`,
      hint: 'a pack is a folder with pack.yaml and one YAML file a rule',
    });
  return { folder: path, files: readFolder(path, '').filter(({ name }) => name !== 'README.md') };
}

export function packFolders(path: string, shown: string): PackFiles[] {
  return readdirSync(path)
    .filter((name) => statSync(join(path, name)).isDirectory())
    .sort()
    .map((name) => ({ folder: `${shown}/${name}`, files: readFolder(join(path, name), '') }));
}

/** Names of the built-in policies. */
export function builtInPolicies(): readonly string[] {
  return readdirSync(join(root, 'policies'))
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => name.slice(0, -5))
    .sort();
}

export function builtInPolicyPath(name: string): string {
  return join(root, 'policies', `${name}.yaml`);
}

type MessageTable = { readonly [key: string]: string };

const messages = new Map<'fr' | 'en', MessageTable>();

export function loadMessages(language: 'fr' | 'en'): MessageTable {
  const known = messages.get(language);
  if (known) return known;
  const read = JSON.parse(readFileSync(join(root, 'messages', `${language}.json`), 'utf8')) as MessageTable;
  messages.set(language, read);
  return read;
}

/** A style, layout or table of `reports/templates/`. */
export function readTemplate(name: string): string {
  return readFileSync(join(root, 'reports', 'templates', name), 'utf8');
}

function readBuilt(name: string): unknown {
  return JSON.parse(readFileSync(join(root, 'dist', 'content', name), 'utf8'));
}

/** YAML files below a folder, with names relative to it, sorted. */
export function readFolder(folder: string, shown: string): { name: string; text: string }[] {
  return listYaml(folder).map((name) => ({
    name: join(shown, name),
    text: readTextSync(join(folder, name)),
  }));
}

export function hashOf(files: readonly { readonly name: string; readonly text: string }[]): string {
  const hash = createHash('sha256');
  for (const { name, text } of files) hash.update(`${name}\0${text}\0`);
  return hash.digest('hex');
}
