import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Result } from '../result/result.ts';

type Environment = { readonly [name: string]: string | undefined };

/** Private to the user, outside of the audited folder. */
export function cacheFolder({ XDG_CACHE_HOME, BERCAIL_CACHE }: Environment): string {
  return BERCAIL_CACHE ?? join(XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'bercail');
}

/** Where the last result is kept for `explain`. */
function lastPath(environment: Environment): string {
  return join(cacheFolder(environment), 'last-result.json');
}

/** Where `audit` keeps the journals of its runs. */
export function journalFolder(environment: Environment): string {
  return join(cacheFolder(environment), 'runs');
}

/** Keeps the findings of a run, so that `explain` can tell of one by its id. A cache that cannot be written is no failure. */
export async function saveLast(result: Result, environment: Environment): Promise<void> {
  const path = lastPath(environment);
  // Of a large estate nearly all is what is unknown, which has no id to ask for.
  const { inventory: _inventory, ...rest } = result;
  const kept: Result = { ...rest, unknowns: [] };
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const draft = `${path}.${process.pid}.tmp`;
    await writeFile(draft, JSON.stringify(kept), { mode: 0o600 });
    await rename(draft, path);
  } catch {
    // A read-only home, as in CI.
  }
}

export async function readLast(environment: Environment): Promise<Result | null> {
  try {
    return JSON.parse(await readFile(lastPath(environment), 'utf8')) as Result;
  } catch {
    return null;
  }
}
