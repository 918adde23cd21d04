import { existsSync, globSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { BercailError } from '../error.ts';

const whereIsIt = 'check the path, and the folder that you are in';

export function isFolder(path: string): boolean {
  return existsSync(path) && statSync(path).isDirectory();
}

export function exists(path: string): boolean {
  return existsSync(path);
}

/** Files directly in a folder that may be inputs, sorted. */
export function listFiles(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter(
      (entry) =>
        entry.isFile() &&
        !entry.name.startsWith('.') &&
        /\.(ya?ml|json|ndjson|gz|tf|tofu|tfstate|template)$/i.test(entry.name),
    )
    .map(({ name }) => join(folder, name))
    .sort();
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
