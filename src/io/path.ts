import { existsSync, realpathSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** A file by its real path, whatever links lead to it; what is no file by itself. */
export function realPath(path: string): string {
  return existsSync(path) ? realpathSync(path) : path;
}

/** A folder itself, or the one that a file is in; null where there is neither. */
export function folderOf(path: string): string | null {
  if (!existsSync(path)) return null;
  return statSync(path).isFile() ? dirname(path) : path;
}
