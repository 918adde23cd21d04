import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { BercailError, type Problem } from '../../../error.ts';

/** Values of the engine that the measures need: everything is asked for as text or as a number. */
export type Cell = string | number | null;

/** DuckDB without its errors: those quote cells of the data, so none of them leaves this file. */
export interface Engine {
  readonly run: (sql: string) => Promise<void>;
  readonly rows: (sql: string) => Promise<readonly (readonly Cell[])[]>;
  /** Calls `take` with each row of a result that may be larger than memory; the array is reused. */
  readonly each: (sql: string, take: (row: readonly Cell[]) => void) => Promise<void>;
  /** Fills one array a column from columns of type DOUBLE; null is NaN. Returns the number of rows. */
  readonly doubles: (sql: string, into: readonly Float64Array[]) => Promise<number>;
}

/** Why the engine failed: as much as can be told without a cell in it. */
export interface EngineFailure {
  readonly kind: 'columns' | 'quotes' | 'encoding' | 'syntax' | 'memory' | 'interrupted' | 'other';
  readonly line: number | null;
}

export class EngineError extends Error {
  override readonly name = 'EngineError';
  readonly failure: EngineFailure;

  constructor(failure: EngineFailure) {
    super(`the counting engine failed: ${failure.kind}`);
    this.failure = failure;
  }
}

/** Memory for counting, beside what the measures take; what does not fit goes to the private folder. */
const MEMORY = '1200MB';

/** Opens an engine that reads `files` and writes to `folder` alone, and closes it after `work`. */
export async function withEngine<T>(
  folder: string,
  files: readonly string[],
  signal: AbortSignal,
  work: (engine: Engine) => Promise<T>,
): Promise<T> {
  const { DuckDBInstance } = await load();
  let instance: DuckDBInstance | null = null;
  let connection: DuckDBConnection | null = null;
  const interrupt = (): void => connection?.interrupt();
  signal.addEventListener('abort', interrupt);
  try {
    instance = await guard(() =>
      DuckDBInstance.create(':memory:', {
        temp_directory: folder,
        memory_limit: MEMORY,
        preserve_insertion_order: 'false',
        autoinstall_known_extensions: 'false',
        autoload_known_extensions: 'false',
      }),
    );
    const opened = await guard(() => (instance as DuckDBInstance).connect());
    connection = opened;
    const engine = createEngine(opened, signal);
    await engine.run(`SET allowed_paths = [${files.map(text).join(', ')}]`);
    await engine.run(`SET allowed_directories = [${text(folder)}]`);
    await engine.run('SET enable_external_access = false');
    await engine.run('SET lock_configuration = true');
    return await work(engine);
  } finally {
    signal.removeEventListener('abort', interrupt);
    connection?.closeSync();
    instance?.closeSync();
  }
}

/** Whether DuckDB is installed. */
export async function hasEngine(): Promise<boolean> {
  return load().then(
    () => true,
    () => false,
  );
}

async function load(): Promise<typeof import('@duckdb/node-api')> {
  try {
    return await import('@duckdb/node-api');
  } catch {
    throw new BercailError('usage', {
      message: 'measuring a sample needs DuckDB, which is not installed here',
      hint: 'install the optional package: npm install @duckdb/node-api; screening a manifest (--manifest FILE --dataset KEY, without a file) works without it',
    });
  }
}

function createEngine(connection: DuckDBConnection, signal: AbortSignal): Engine {
  const ask = async <T>(work: () => Promise<T>): Promise<T> => {
    if (signal.aborted) throw new EngineError({ kind: 'interrupted', line: null });
    return guard(work);
  };
  const chunks = async (
    sql: string,
    take: (columns: readonly Vector[], rows: number) => void,
  ): Promise<void> => {
    const result = await connection.stream(sql);
    for (;;) {
      const chunk = await result.fetchChunk();
      if (!chunk || chunk.rowCount === 0) return;
      take(
        Array.from({ length: chunk.columnCount }, (_, column) => chunk.getColumnVector(column)),
        chunk.rowCount,
      );
    }
  };
  const each: Engine['each'] = (sql, take) =>
    ask(() =>
      chunks(sql, (columns, rows) => {
        const cells: Cell[] = columns.map(() => null);
        for (let row = 0; row < rows; row++) {
          for (const [at, column] of columns.entries()) cells[at] = cellOf(column.getItem(row));
          take(cells);
        }
      }),
    );
  return {
    run: (sql) => ask(async () => void (await connection.run(sql))),
    each,
    rows: async (sql) => {
      const all: Cell[][] = [];
      await each(sql, (row) => all.push([...row]));
      return all;
    },
    doubles: (sql, into) =>
      ask(async () => {
        let filled = 0;
        await chunks(sql, (columns, rows) => {
          for (const [at, column] of columns.entries()) {
            const target = into[at];
            if (!target) continue;
            for (let row = 0; row < rows; row++)
              target[filled + row] = Number(column.getItem(row) ?? Number.NaN);
          }
          filled += rows;
        });
        return filled;
      }),
  };
}

interface Vector {
  readonly getItem: (row: number) => unknown;
}

function cellOf(value: unknown): Cell {
  if (typeof value === 'bigint') return Number(value);
  return typeof value === 'string' || typeof value === 'number' ? value : null;
}

async function guard<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof BercailError || error instanceof EngineError
      ? error
      : new EngineError(describe(error));
  }
}

/** Reads the kind and the line out of an error of DuckDB, and drops the rest. */
function describe(error: unknown): EngineFailure {
  const said = typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : '';
  const line = /CSV Error on Line: (\d+)/.exec(said)?.[1];
  const kind: EngineFailure['kind'] = /Expected Number of Columns/.test(said)
    ? 'columns'
    : /unterminated quote|state machine reached an invalid state/.test(said)
      ? 'quotes'
      : /Invalid unicode|not utf-8|Invalid UTF/i.test(said)
        ? 'encoding'
        : /^(Out of Memory|OutOfMemory)/i.test(said)
          ? 'memory'
          : /^INTERRUPT/i.test(said)
            ? 'interrupted'
            : /Malformed JSON|JSON|Parquet|parquet/.test(said)
              ? 'syntax'
              : 'other';
  return { kind, line: line === undefined ? null : Number(line) };
}

const told: { readonly [kind in EngineFailure['kind']]: string } = {
  columns: 'a row does not have as many cells as the header',
  quotes: 'a quoted cell does not end, or is not quoted as a whole',
  encoding: 'the text is not in the encoding that its start announces',
  syntax: 'this is not well formed',
  memory: 'this needs more memory or disk than there is',
  interrupted: 'the measure was interrupted',
  other: 'this could not be read',
};

/** What a person may be told of a failure while `file` was read. */
export function problemOf({ kind, line }: EngineFailure, file: string): Problem {
  const where = line === null ? {} : { where: { file, line, column: 1 } };
  return { message: line === null ? `${file}: ${told[kind]}` : told[kind], ...where };
}

/** A text as SQL writes it. */
export function text(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}

/** A name of a column as SQL writes it. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
