import { type Dirent, existsSync, globSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { BercailError } from '../error.ts';
import { explain } from './file.ts';

const whereIsIt = 'check the path, and the folder that you are in';

/** A folder itself, or the one that a file is in; null where there is neither. */
export function folderOf(path: string): string | null {
  if (!existsSync(path)) return null;
  return statSync(path).isFile() ? dirname(path) : path;
}

/** What a path leads to, whatever links are on the way; a path that leads nowhere is itself. */
export function followed(path: string): string {
  return existsSync(path) ? realPath(path) : path;
}

export function exists(path: string): boolean {
  return existsSync(path);
}

const INPUT = /\.(ya?ml|json|ndjson|gz|tf|tofu|tfstate|template)$/i;

/**
 * Files directly in a folder that may be inputs, or whose names are of a kind, sorted; links to files too, and those that
 * lead nowhere, to be told.
 */
export function listFiles(folder: string, kind: RegExp = INPUT): readonly string[] {
  return entriesOf(folder)
    .filter(
      (entry) =>
        !entry.name.startsWith('.') &&
        kind.test(entry.name) &&
        (entry.isFile() || (entry.isSymbolicLink() && mayBeFile(join(folder, entry.name)))),
    )
    .map(({ name }) => join(folder, name))
    .sort();
}

function mayBeFile(link: string): boolean {
  try {
    return statSync(link).isFile();
  } catch {
    return true;
  }
}

/**
 * Names of the YAML files in a folder and below, relative to it, sorted. Links to folders are not followed: they may lead
 * around in a circle. A link to a file that is not in the folder is refused: what others wrote reads nothing of ours.
 */
export function listYaml(folder: string): readonly string[] {
  const inside = `${realPath(folder)}${sep}`;
  const found: string[] = [];
  const visit = (below: string): void => {
    for (const entry of entriesOf(join(folder, below))) {
      const name = join(below, entry.name);
      if (entry.isDirectory()) visit(name);
      else if (!/\.ya?ml$/.test(name)) continue;
      else if (entry.isSymbolicLink() && !realPath(join(folder, name)).startsWith(inside))
        throw new BercailError('input', {
          message: `${join(folder, name)} is a link that leads out of the folder`,
          hint: 'put the file itself there',
        });
      else found.push(name);
    }
  };
  visit('');
  return found.sort();
}

function entriesOf(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    throw explain(folder, error);
  }
}

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch (error) {
    throw explain(path, error);
  }
}

/** Files that a pattern with `*` and `**` names, sorted; a plain path must exist. */
export function expandPattern(pattern: string): readonly string[] {
  if (!/[*?[{]/.test(pattern)) {
    if (!existsSync(pattern))
      throw new BercailError('not_found', { message: `${pattern} does not exist`, hint: whereIsIt });
    return [pattern];
  }
  return globSync(pattern).sort();
}
