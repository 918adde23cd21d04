import { BercailError } from '../error.ts';
import type { Result } from '../result/result.ts';
import { readText } from './file.ts';

/** Results are written by Bercail, and may be large. */
const limit = 1024 * 1024 * 1024;

/** Reads a saved result (`--format json`). */
export async function readResult(path: string): Promise<Result> {
  const { text } = await readText(path, limit);
  try {
    const value = JSON.parse(text) as Partial<Result> | null;
    if (value?.schema === 'bercail/result/v1') return value as Result;
  } catch (cause) {
    throw new BercailError('input', { message: `${path} is not JSON`, hint: 'expected a result written with --format json' }, { cause });
  }
  throw new BercailError('input', { message: `${path} is not a result`, hint: 'expected "schema": "bercail/result/v1", as --format json writes it' });
}
