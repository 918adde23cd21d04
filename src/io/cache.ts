import { homedir } from 'node:os';
import { join } from 'node:path';
import { makeFolder } from './folder.ts';

export type Environment = { readonly [name: string]: string | undefined };

/** Private to the user, outside of the audited folder. */
export function cacheFolder({ XDG_CACHE_HOME, BERCAIL_CACHE }: Environment): string {
  return BERCAIL_CACHE ?? join(XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'bercail');
}

/**
 * Where Node keeps Bercail's compiled code between runs; null where nothing can be written, as on a read-only home. Node
 * runs what it finds there: a folder that others can write to, as its own choice under `/tmp`, is none to take it from.
 */
export function codeFolder(environment: Environment): string | null {
  const folder = join(cacheFolder(environment), 'code');
  try {
    makeFolder(folder, 0o700);
    return folder;
  } catch {
    return null;
  }
}
