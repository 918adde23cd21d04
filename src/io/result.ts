import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ValidateFunction } from 'ajv';
import { BercailError } from '../error.ts';
import type { Result } from '../result/result.ts';
import { compact, createAjv } from '../yaml/ajv.ts';
import type { JsonSchema } from '../yaml/schema.ts';
import type { Environment } from './cache.ts';
import { readText } from './file.ts';
import { type Last, readLast } from './last.ts';
import { root } from './root.ts';

/** Results are written by Bercail, and may be large. */
const limit = 1024 * 1024 * 1024;

let compiled: ValidateFunction | undefined;

function validator(): ValidateFunction {
  if (compiled) return compiled;
  const ajv = createAjv();
  // Reports show times as they are written.
  for (const name of ['date-time', 'date']) ajv.addFormat(name, true);
  compiled = ajv.compile(
    compact(
      JSON.parse(readFileSync(join(root, 'reports/schema/result-v1.schema.json'), 'utf8')) as JsonSchema,
    ),
  );
  return compiled;
}

/** Reads a saved result (`--format json`). */
export async function readResult(path: string): Promise<Result> {
  const { text } = await readText(path, limit);
  return parseResult(text, path);
}

/** The result that a path names, which is whole, or else the last one. */
export async function readLastOr(path: string | undefined, environment: Environment): Promise<Last | null> {
  if (path === undefined) return readLast(environment);
  return { result: await readResult(path), left_out: { findings: 0, unknowns: 0 } };
}

/** Throws `input` for what is not a result, or lacks something that reports rely on. Keys of later versions may be there. */
export function parseResult(text: string, path: string): Result {
  const value = parse(text, path) as Partial<Result> | null;
  if (value?.schema !== 'bercail/result/v1')
    throw new BercailError('input', {
      message: `${path} is not a result`,
      hint: 'expected "schema": "bercail/result/v1", as --format json writes it',
    });
  const validate = validator();
  if (!validate(value)) {
    const wrong = (validate.errors ?? [])
      .filter(({ keyword }) => keyword !== 'additionalProperties')
      .slice(0, 20);
    if (wrong.length > 0)
      throw new BercailError(
        'input',
        wrong.map(({ instancePath, keyword, params }) => ({
          message: `${path}: ${instancePath === '' ? 'the result' : instancePath} is not as --format json writes it`,
          hint: `${keyword}: ${JSON.stringify(params)}`,
        })),
      );
  }
  return value as Result;
}

function parse(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new BercailError(
      'input',
      { message: `${path} is not JSON`, hint: 'expected a result written with --format json' },
      { cause },
    );
  }
}
