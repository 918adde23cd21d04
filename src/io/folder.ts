import { existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/**
 * Makes a folder, and those above it, where there is none yet; `mode` is of the new ones. Node's own way goes on for ever
 * where a folder is there and takes no other, as under `/proc`.
 * @throws what the system answers, for a folder that cannot be made
 */
export function makeFolder(path: string, mode?: number): void {
  const folder = resolve(path);
  const above = dirname(folder);
  if (!existsSync(above)) makeFolder(above, mode);
  try {
    mkdirSync(folder, mode);
  } catch (error) {
    // Another run may have made it in the meantime.
    if (!isFolder(folder)) throw error;
  }
}

export function isFolder(path: string): boolean {
  return existsSync(path) && statSync(path).isDirectory();
}
