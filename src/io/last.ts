import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Result } from '../result/result.ts';
import { cacheFolder, type Environment } from './cache.ts';
import { writeAtomic } from './file.ts';
import { makeFolder } from './folder.ts';

/** Where the last result is kept for `explain`. */
function lastPath(environment: Environment): string {
  return join(cacheFolder(environment), 'last-result.json');
}

/** Where `audit` keeps the journals of its runs. */
export function journalFolder(environment: Environment): string {
  return join(cacheFolder(environment), 'runs');
}

/** The last result, and how much of it was too much to keep. */
export interface Last {
  readonly result: Result;
  readonly left_out: { readonly findings: number; readonly unknowns: number };
}

/** Findings, and groups of what is not known: more than a person goes through one by one. */
const KEPT = 500;

/**
 * Keeps a result for `explain` and `browse`: of a large one, the gravest of each list. A cache that cannot be written is
 * no failure.
 */
export async function saveLast(result: Result, environment: Environment): Promise<void> {
  const path = lastPath(environment);
  const { inventory: _inventory, ...rest } = result;
  const [findings, unknowns] = [result.findings.slice(0, KEPT), result.unknowns.slice(0, KEPT)];
  const last: Last = {
    result: { ...rest, findings, unknowns },
    left_out: {
      findings: result.findings.length - findings.length,
      unknowns: result.unknowns.length - unknowns.length,
    },
  };
  try {
    makeFolder(dirname(path), 0o700);
    await writeAtomic(path, (file) => file.writeFile(JSON.stringify(last)));
  } catch {
    // A read-only home, as in CI.
  }
}

/** Null where there is none, or one that an older version wrote. */
export async function readLast(environment: Environment): Promise<Last | null> {
  try {
    const last = JSON.parse(await readFile(lastPath(environment), 'utf8')) as Partial<Last>;
    return last.result && last.left_out ? { result: last.result, left_out: last.left_out } : null;
  } catch {
    return null;
  }
}
