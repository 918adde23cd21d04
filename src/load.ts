import { dirname, isAbsolute, join } from 'node:path';
import type { Catalog } from './catalog/catalog.ts';
import { BercailError } from './error.ts';
import { builtInPolicies, builtInPolicyPath, loadBuiltInPacks, readPackFolder } from './io/content.ts';
import { readText } from './io/file.ts';
import { exists } from './io/find.ts';
import { type PolicyFile, readPolicy } from './policy/read.ts';
import { lineage, type Policy, resolvePolicy } from './policy/resolve.ts';
import { compilePacks, type PackText, readPack } from './rule/load.ts';
import type { RulePack } from './rule/rule.ts';

export interface PackReference {
  readonly path: string;
  /** Refuses a pack whose files changed. */
  readonly sha256?: string;
  readonly where?: { readonly file: string; readonly line: number; readonly column: number };
}

/** The built-in packs and those of the user, compiled. */
export async function loadRules(
  catalog: Catalog,
  own: readonly PackReference[] = [],
  strict = own.length > 0,
): Promise<readonly RulePack[]> {
  const packs: PackText[] = [...(await loadBuiltInPacks()), ...own.map(readOwnPack)];
  return compilePacks(packs, { catalog, strict });
}

function readOwnPack({ path, sha256, where }: PackReference): PackText {
  const pack = readPack(readPackFolder(path));
  if (sha256 !== undefined && sha256 !== pack.sha256) {
    throw new BercailError('rule', {
      message: `${path} is not the pack that was pinned: its SHA-256 is ${pack.sha256}`,
      hint: 'review what changed, then pin the new hash',
      ...(where ? { where } : {}),
    });
  }
  return pack;
}

export interface LoadPolicyOptions {
  /** A path, or the name of a built-in policy. */
  readonly name: string;
  /** Where a path that a configuration names starts. */
  readonly base?: string;
  readonly catalog: Catalog;
  readonly asOf: string;
  readonly packs?: readonly PackReference[];
}

export interface LoadedPolicy {
  readonly policy: Policy;
  readonly packs: readonly RulePack[];
  /** Names of the user's own packs, which run whether or not the policy names them. */
  readonly files: readonly string[];
}

/** Reads a policy with everything it extends, and the packs that it and the caller bring. */
export async function loadPolicy({
  name,
  base = '.',
  catalog,
  asOf,
  packs: own = [],
}: LoadPolicyOptions): Promise<LoadedPolicy> {
  const texts = new Map<string, PolicyFile>();
  const start = await readNamed(name, base, catalog);
  await readParents(start, texts, catalog);
  const files = lineage(start, (parent, from) => {
    const found = texts.get(`${from.source.file}\0${parent}`);
    if (!found) throw new BercailError('internal', { message: `policy ${parent} was not read` });
    return found;
  });
  const pinned = files.flatMap(({ value, source }) =>
    Object.entries(value.packs ?? {}).flatMap(([pack, { path, sha256 }]) =>
      path === undefined
        ? []
        : [
            {
              path: join(dirname(source.file), path),
              ...(sha256 === undefined ? {} : { sha256 }),
              where: source.positionOf(['packs', pack]),
            },
          ],
    ),
  );
  const references = [...own, ...pinned];
  const packs = [...(await loadBuiltInPacks()), ...references.map(readOwnPack)];
  const loaded = compilePacks(packs, { catalog, strict: references.length > 0 });
  const ownNames = new Set(packs.slice(packs.length - references.length).map(({ pack }) => pack.name));
  const extra = loaded.filter(({ name: pack }) => ownNames.has(pack));
  const policy = resolvePolicy(withPacks(files, extra), loaded, asOf);
  return { policy, packs: loaded, files: files.map(({ source }) => source.file) };
}

/** A pack of the user runs although the policy does not name it: that is what `--pack` asks for. */
function withPacks(files: readonly PolicyFile[], extra: readonly RulePack[]): readonly PolicyFile[] {
  const last = files.at(-1);
  const missing = extra.filter(({ name }) => !files.some(({ value }) => value.packs?.[name]));
  if (!last || missing.length === 0) return files;
  const packs = Object.fromEntries(missing.map(({ name }) => [name, {}]));
  const first: PolicyFile = { ...last, value: { name: last.value.name, packs } };
  return [first, ...files];
}

async function readParents(
  file: PolicyFile,
  texts: Map<string, PolicyFile>,
  catalog: Catalog,
): Promise<void> {
  for (const parent of file.value.extends ?? []) {
    const key = `${file.source.file}\0${parent}`;
    if (texts.has(key)) continue;
    const found = await readNamed(parent, dirname(file.source.file), catalog);
    texts.set(key, found);
    await readParents(found, texts, catalog);
  }
}

async function readNamed(name: string, base: string, catalog: Catalog): Promise<PolicyFile> {
  const path = isAbsolute(name) ? name : join(base, name);
  const isPath = /[/\\]|\.ya?ml$/.test(name);
  if (!isPath && builtInPolicies().includes(name)) {
    return readPolicy((await readText(builtInPolicyPath(name))).text, `policies/${name}.yaml`, catalog);
  }
  if (!exists(path)) {
    throw new BercailError('not_found', {
      message: `no policy ${name}`,
      hint: `a path, or one of ${builtInPolicies().join(', ')}`,
    });
  }
  return readPolicy((await readText(path)).text, path, catalog);
}
