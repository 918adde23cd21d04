import { looksLikeData } from '../../../anonymity/identifier/header.ts';
import { BercailError } from '../../../error.ts';
import { withPrivateFolder } from '../../../io/private-folder.ts';
import { printable } from '../../../yaml/quote.ts';
import { isRemote } from '../address.ts';
import { type Engine, EngineError, problemOf, withEngine } from './engine.ts';
import { openJson } from './json.ts';
import { findBrokenLine } from './json-line.ts';
import { openCsv, openParquet, type Relation } from './relation.ts';
import { fetchObject, type RemoteOptions } from './remote.ts';
import { type Survey, survey } from './survey.ts';

/** Files read as one table: `src`, with columns c0, c1… of type VARCHAR. */
export interface Sample {
  readonly engine: Engine;
  readonly files: readonly Survey[];
  readonly columns: readonly string[];
  /** Columns that stand in their own type too, as n0, n1…. */
  readonly native: readonly number[];
  readonly rows: number;
  /** Rows of the files, when only some were taken. */
  readonly of: number | null;
}

export interface SampleOptions {
  /** Take so many rows, the same each time. */
  readonly sample?: number;
  /** Columns that the caller will ask for: where none is there, the first line is no header. */
  readonly expected: readonly string[];
  readonly signal: AbortSignal;
  /** For paths like `s3://BUCKET/KEY`. */
  readonly remote?: RemoteOptions;
}

/** Opens files for measuring, in a private folder that is gone when `work` ends. */
export async function withSample<T>(
  paths: readonly string[],
  options: SampleOptions,
  work: (sample: Sample) => Promise<T>,
): Promise<T> {
  const [first] = paths;
  if (first === undefined) throw new BercailError('usage', { message: 'no file to measure' });
  return withPrivateFolder(async (folder) => {
    try {
      const files: Survey[] = [];
      for (const [index, name] of paths.entries()) {
        const path = isRemote(name)
          ? await fetchObject(name, folder, `${index}.object`, options.remote ?? {}, options.signal)
          : name;
        files.push(await survey(path, name));
      }
      const local = files.map(({ path }) => path);
      return await withEngine(folder, local, options.signal, async (engine) => {
        const sample = await openAll(engine, files, folder, options);
        return work(sample);
      });
    } catch (error) {
      if (error instanceof BercailError) throw error;
      if (error instanceof EngineError) throw new BercailError('input', problemOf(error.failure, first));
      // Whatever else it says might quote a cell.
      throw new BercailError('internal', {
        message: `measuring ${first} failed: a defect of Bercail`,
        hint: 'what went wrong is not told, as it might quote the data',
      });
    }
  });
}

async function openAll(
  engine: Engine,
  files: readonly Survey[],
  folder: string,
  options: SampleOptions,
): Promise<Sample> {
  const relations: Relation[] = [];
  for (const [index, file] of files.entries()) {
    relations.push(
      await reading(file, () =>
        file.format === 'csv'
          ? openCsv(engine, file, folder, index)
          : file.format === 'parquet'
            ? openParquet(engine, file)
            : openJson(engine, file, folder, index),
      ),
    );
  }
  const [first] = relations;
  if (!first) throw new BercailError('usage', { message: 'no file to measure' });
  for (const relation of relations) checkColumns(relation, first, options.expected);
  // Types of several files may differ: their texts are comparable.
  const native = relations.length === 1 ? (first.native ?? []) : [];
  const own = native.map((column) => `, n${column}`).join('');
  const union = relations
    .map(
      ({ sql, columns }) =>
        `SELECT ${first.columns.map((name, index) => `c${columns.indexOf(name)} AS c${index}`).join(', ')}${own} FROM (${sql})`,
    )
    .join(' UNION ALL ');
  const all = `${first.columns.map((_, index) => `c${index}`).join(', ')}${own}`;
  const isColumnar = files.every(({ format }) => format === 'parquet');
  const { sample } = options;
  const chosen =
    sample === undefined
      ? union
      : `SELECT ${all} FROM (${union}) ORDER BY hash(${all}), ${all} LIMIT ${sample}`;
  await reading(files[0], () =>
    engine.run(`CREATE ${isColumnar && sample === undefined ? 'VIEW' : 'TABLE'} src AS ${chosen}`),
  );
  const count = async (from: string): Promise<number> =>
    Number((await engine.rows(`SELECT count(*) FROM ${from}`))[0]?.[0] ?? 0);
  const rows = await count('src');
  return {
    engine,
    files,
    columns: first.columns,
    native,
    rows,
    of: sample === undefined ? null : await count(`(${union})`),
  };
}

/** Says in which file the engine failed. */
async function reading<T>(file: Survey | undefined, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof EngineError) || !file) throw error;
    const line =
      file.format === 'json_lines' && error.failure.kind === 'syntax'
        ? await findBrokenLine(file)
        : error.failure.line;
    throw new BercailError('input', problemOf({ ...error.failure, line }, file.name));
  }
}

/** Names of columns, which are whatever a file has in its first line. */
export function namesIn(columns: readonly string[]): string {
  return columns.map((name) => printable(name)).join(', ');
}

/** A first line that is a row must not be taken for names: it would be printed. */
function checkColumns({ file, columns }: Relation, first: Relation, expected: readonly string[]): void {
  const where = { file, line: 1, column: 1 };
  if (looksLikeData(columns) || (expected.length > 0 && !expected.some((name) => columns.includes(name)))) {
    const near = looksLikeData(columns)
      ? []
      : columns.filter((name) => expected.some((one) => isLike(one, name)));
    throw new BercailError('input', {
      message: 'the first line names none of the columns asked for',
      hint:
        near.length > 0
          ? `did you mean ${namesIn(near)}?`
          : `expected a header line; there are ${columns.length} columns`,
      where,
    });
  }
  const missing = first.columns.filter((name) => !columns.includes(name));
  const more = columns.filter((name) => !first.columns.includes(name));
  if (missing.length + more.length > 0) {
    // A line that has most of the names is a header, and can be told.
    const isHeader = more.length * 2 <= columns.length;
    const named = (names: readonly string[]): string =>
      names.length > 0 && isHeader
        ? ` (${namesIn(names.slice(0, 10))}${names.length > 10 ? ', …' : ''})`
        : '';
    throw new BercailError('input', {
      message: `the columns are not those of ${first.file}: ${missing.length} missing${named(missing)}, ${more.length} more${named(more)}`,
      hint: 'files that are measured as one have the same columns',
      where,
    });
  }
}

/** Whether a name is what was asked for but for case, accents and signs, or begins with it: it tells nothing new. */
function isLike(asked: string, name: string): boolean {
  const [a, b] = [asked, name].map((word) =>
    word
      .normalize('NFD')
      .replace(/[^\p{L}\p{N}]/gu, '')
      .toLowerCase(),
  );
  if (!a || !b) return false;
  return a === b || (a.length >= 4 && b.startsWith(a)) || (b.length >= 4 && a.startsWith(b));
}
