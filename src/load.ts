import { dirname, isAbsolute, join } from 'node:path';
import type { Catalog } from './catalog/catalog.ts';
import { BercailError } from './error.ts';
import { builtInPolicies, builtInPolicyPath, loadBuiltInPacks, readPackFolder } from './io/content.ts';
import { readText } from './io/file.ts';
import { exists } from './io/find.ts';
import { type PolicyFile, readPolicy } from './policy/read.ts';
import { lineage, type Policy, resolvePolicy } from './policy/resolve.ts';
import { compilePacks, type PackText, readPack } from './rule/load.ts';
import type { PackFiles, RulePack } from './rule/rule.ts';

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

function readOwnPack(reference: PackReference): PackText {
  return pinnedPack(readPackFolder(reference.path), reference);
}

function pinnedPack(files: PackFiles, { path, sha256, where }: PackReference): PackText {
  const pack = readPack(files);
  if (sha256 !== undefined && sha256 !== pack.sha256) {
    throw new BercailError('rule', {
      message: `${path} is not the pack that was pinned: its SHA-256 is ${pack.sha256}`,
      hint: 'review what changed, then pin the new hash',
      ...(where ? { where } : {}),
    });
  }
  return pack;
}

/** Where rules and policies are read from: what is installed and on disk, or what a bundle holds. */
export interface RuleContent {
  readonly builtInPacks: () => Promise<readonly PackText[]>;
  readonly packFolder: (path: string) => PackFiles;
  /** A policy by name, or by a path that starts at `base`. */
  readonly policyText: (name: string, base: string) => Promise<PolicyText>;
}

export interface PolicyText {
  /** As positions show it. */
  readonly file: string;
  readonly text: string;
}

/** What was read to load a policy: enough to load the same one again. */
export interface PolicyReading {
  readonly name: string;
  readonly base: string;
  readonly packs: readonly Omit<PackReference, 'where'>[];
  readonly policies: readonly (PolicyText & { readonly name: string; readonly base: string })[];
  readonly folders: readonly { readonly path: string; readonly pack: PackFiles }[];
}

export interface LoadPolicyOptions {
  /** A path, or the name of a built-in policy. */
  readonly name: string;
  /** Where a path that a configuration names starts. */
  readonly base?: string;
  readonly catalog: Catalog;
  readonly asOf: string;
  readonly packs?: readonly PackReference[];
  readonly content?: RuleContent;
}

export interface LoadedPolicy {
  readonly policy: Policy;
  readonly packs: readonly RulePack[];
  /** Names of the user's own packs, which run whether or not the policy names them. */
  readonly files: readonly string[];
  readonly read: PolicyReading;
}

/** Reads a policy with everything it extends, and the packs that it and the caller bring. */
export async function loadPolicy({
  name,
  base = '.',
  catalog,
  asOf,
  packs: own = [],
  content = installed,
}: LoadPolicyOptions): Promise<LoadedPolicy> {
  const policies: PolicyReading['policies'][number][] = [];
  const folders: PolicyReading['folders'][number][] = [];
  const readNamed: ReadNamed = async (named, from) => {
    const found = await content.policyText(named, from);
    policies.push({ ...found, name: named, base: from });
    return readPolicy(found.text, found.file, catalog);
  };
  const readOwn = (reference: PackReference): PackText => {
    const pack = content.packFolder(reference.path);
    folders.push({ path: reference.path, pack });
    return pinnedPack(pack, reference);
  };
  const texts = new Map<string, PolicyFile>();
  const start = await readNamed(name, base);
  await readParents(start, texts, readNamed);
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
  const packs = [...(await content.builtInPacks()), ...references.map(readOwn)];
  const loaded = compilePacks(packs, { catalog, strict: references.length > 0 });
  const ownNames = new Set(packs.slice(packs.length - references.length).map(({ pack }) => pack.name));
  const extra = loaded.filter(({ name: pack }) => ownNames.has(pack));
  const policy = resolvePolicy(withPacks(files, extra), loaded, asOf);
  const asked = own.map(({ path, sha256 }) => (sha256 === undefined ? { path } : { path, sha256 }));
  const read = { name, base, packs: asked, policies, folders };
  return { policy, packs: loaded, files: files.map(({ source }) => source.file), read };
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

type ReadNamed = (name: string, base: string) => Promise<PolicyFile>;

async function readParents(
  file: PolicyFile,
  texts: Map<string, PolicyFile>,
  readNamed: ReadNamed,
): Promise<void> {
  for (const parent of file.value.extends ?? []) {
    const key = `${file.source.file}\0${parent}`;
    if (texts.has(key)) continue;
    const found = await readNamed(parent, dirname(file.source.file));
    texts.set(key, found);
    await readParents(found, texts, readNamed);
  }
}

async function installedPolicy(name: string, base: string): Promise<PolicyText> {
  const path = isAbsolute(name) ? name : join(base, name);
  const isPath = /[/\\]|\.ya?ml$/.test(name);
  if (!isPath && builtInPolicies().includes(name)) {
    return { file: `policies/${name}.yaml`, text: (await readText(builtInPolicyPath(name))).text };
  }
  if (!exists(path)) {
    throw new BercailError('not_found', {
      message: `no policy ${name}`,
      hint: `a path, or one of ${builtInPolicies().join(', ')}`,
    });
  }
  return { file: path, text: (await readText(path)).text };
}

const installed: RuleContent = {
  builtInPacks: loadBuiltInPacks,
  packFolder: readPackFolder,
  policyText: installedPolicy,
};
