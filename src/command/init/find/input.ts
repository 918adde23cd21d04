import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Catalog } from '../../../catalog/catalog.ts';
import type { SourceConfig } from '../../../collect/collector.ts';
import { BercailError } from '../../../error.ts';
import { gatherInputs } from '../../../input/gather.ts';
import { exists, listFiles } from '../../../io/find.ts';
import { isFolder } from '../../../io/folder.ts';

export interface FoundInputs {
  readonly manifests: readonly string[];
  readonly sources: readonly SourceConfig[];
  /** Files that should be ours and could not be read, with why. */
  readonly broken: readonly { readonly path: string; readonly why: string }[];
  /** True when there were more folders than are looked into. */
  readonly isCut: boolean;
}

/** Says that it is a manifest, whether or not it can be read as one. */
const own = /^[^\S\r\n\u2028\u2029]*["']?bercail["']?\s*:\s*["']?manifest\//m;
const maxDepth = 5;
const maxFolders = 400;
const skipped = /^(?:\.|node_modules$|dist$|build$|out$|vendor$|target$|venv$|__pycache__$)/;

/** Manifests, plans, templates, code and snapshots below a folder, as `bercail.yaml` would name them. */
export async function findInputs(folder: string, catalog: Catalog): Promise<FoundInputs> {
  if (!exists(folder)) return { manifests: [], sources: [], broken: [], isCut: false };
  const manifests: string[] = [];
  const sources: SourceConfig[] = [];
  const broken: { path: string; why: string }[] = [];
  const { folders, isCut } = foldersBelow(folder);
  const take = async (path: string): Promise<boolean> => {
    try {
      const found = await gatherInputs([path], catalog);
      manifests.push(...found.manifests.map(({ manifest }) => manifest.file));
      sources.push(...found.sources);
      return true;
    } catch (error) {
      if (!(error instanceof BercailError)) throw error;
      if (!isFolder(path) && isOurs(path))
        broken.push({ path, why: error.problems[0]?.message ?? error.message });
      return false;
    }
  };
  for (const one of folders) {
    const files = listFiles(one).filter((path) => !/(^|\/)bercail\.ya?ml$/.test(path));
    if (files.length === 0) continue;
    // A folder as a whole ties plans to their code; where one of its files is broken, each is read by itself.
    const hasConfig = files.length < listFiles(one).length;
    if (!hasConfig && (await take(one))) continue;
    for (const path of files.filter((file) => !/\.(tf|tofu)$/.test(file))) await take(path);
  }
  const near = (path: string): string => relative(folder, path).replaceAll('\\', '/') || '.';
  return {
    manifests: [...new Set(manifests)].map(near).sort(),
    sources: withoutModules(sources).map(({ kind, options }) => ({
      kind,
      options: relativeTo(near, options),
    })),
    broken: broken.map(({ path, why }) => ({ path: near(path), why })),
    isCut,
  };
}

/** Code below other code is a module of it, not a root of its own. */
function withoutModules(sources: readonly SourceConfig[]): readonly SourceConfig[] {
  const roots = sources.map(({ options }) => options['root']).filter((root) => typeof root === 'string');
  return sources.filter(({ kind, options }) => {
    const { root, plan, state } = options;
    if (kind !== 'terraform' || typeof root !== 'string' || plan !== undefined || state !== undefined)
      return true;
    return !roots.some((other) => other !== root && root.startsWith(`${other}/`));
  });
}

function relativeTo(
  near: (path: string) => string,
  options: SourceConfig['options'],
): SourceConfig['options'] {
  return Object.fromEntries(
    Object.entries(options).map(([name, value]) => [name, typeof value === 'string' ? near(value) : value]),
  );
}

function isOurs(path: string): boolean {
  try {
    const stats = statSync(path);
    return stats.isFile() && stats.size < 1e7 && own.test(readFileSync(path, 'utf8'));
  } catch {
    return false;
  }
}

function foldersBelow(start: string): { readonly folders: readonly string[]; readonly isCut: boolean } {
  const found = [{ path: start, depth: 0 }];
  for (let index = 0; index < found.length && found.length < maxFolders; index++) {
    const at = found[index];
    if (!at || at.depth >= maxDepth) continue;
    for (const entry of readdirSync(at.path, { withFileTypes: true }).sort((a, b) =>
      a.name < b.name ? -1 : 1,
    ))
      if (entry.isDirectory() && !skipped.test(entry.name))
        found.push({ path: join(at.path, entry.name), depth: at.depth + 1 });
  }
  return { folders: found.slice(0, maxFolders).map(({ path }) => path), isCut: found.length > maxFolders };
}
