import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of Bercail itself: where rules, policies, the catalog and messages are. */
export const root = findRoot(dirname(fileURLToPath(import.meta.url)));

/** True when running as built: content is then read from JSON that was validated at build time. */
export const isBuilt = fileURLToPath(import.meta.url).startsWith(join(root, 'dist'));

function findRoot(start: string): string {
  for (let folder = start; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json')) && existsSync(join(folder, 'catalog'))) return folder;
    if (folder === dirname(folder)) throw new Error(`Bercail's own folder was not found above ${start}`);
  }
}

export function version(): string {
  const { version: found } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    version: string;
  };
  return found;
}
