import { BercailError } from '../../error.ts';
import { withPrivateFolder } from '../../io/private-folder.ts';
import { type Dialect, sniff } from './csv.ts';
import { type Engine, EngineError, problemOf, quoted, text, withEngine } from './engine.ts';
import { looksLikeData } from '../../anonymity/identifier/header.ts';
import { findBrokenLine } from './json-line.ts';
import { rewriteCsv } from './rewrite.ts';
import { type Survey, survey } from './survey.ts';

/** Files read as one table: `src`, with columns c0, c1… of type VARCHAR. */
export interface Sample {
  readonly engine: Engine;
  readonly files: readonly Survey[];
  readonly columns: readonly string[];
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
}

interface Relation {
  readonly file: string;
  readonly sql: string;
  readonly columns: readonly string[];
  /** Rows that there have to be; null where the engine alone can tell. */
  readonly rows: number | null;
}

/** Opens files for measuring, in a private folder that is gone when `work` ends. */
export async function withSample<T>(paths: readonly string[], options: SampleOptions, work: (sample: Sample) => Promise<T>): Promise<T> {
  const files: Survey[] = [];
  for (const path of paths) files.push(await survey(path));
  const [first] = paths;
  if (first === undefined) throw new BercailError('usage', { message: 'no file to measure' });
  return withPrivateFolder(async (folder) => {
    try {
      return await withEngine(folder, paths, options.signal, async (engine) => {
        const sample = await openAll(engine, files, folder, options);
        return work(sample);
      });
    } catch (error) {
      if (error instanceof BercailError) throw error;
      if (error instanceof EngineError) throw new BercailError('input', problemOf(error.failure, first));
      // Whatever else it says might quote a cell.
      throw new BercailError('internal', { message: `measuring ${first} failed: a defect of Bercail`, hint: 'what went wrong is not told, as it might quote the data' });
    }
  });
}

async function openAll(engine: Engine, files: readonly Survey[], folder: string, options: SampleOptions): Promise<Sample> {
  const relations: Relation[] = [];
  for (const [index, file] of files.entries()) {
    relations.push(await reading(file, () => (file.format === 'csv' ? openCsv(engine, file, folder, index) : openTyped(engine, file, index))));
  }
  const [first] = relations;
  if (!first) throw new BercailError('usage', { message: 'no file to measure' });
  for (const relation of relations) checkColumns(relation, first, options.expected);
  const union = relations.map(({ sql, columns }) => `SELECT ${first.columns.map((name, index) => `c${columns.indexOf(name)} AS c${index}`).join(', ')} FROM (${sql})`).join(' UNION ALL ');
  const all = first.columns.map((_, index) => `c${index}`).join(', ');
  const isColumnar = files.every(({ format }) => format === 'parquet');
  const { sample } = options;
  const chosen = sample === undefined ? union : `SELECT ${all} FROM (${union}) ORDER BY hash(${all}), ${all} LIMIT ${sample}`;
  await reading(files[0], () => engine.run(`CREATE ${isColumnar && sample === undefined ? 'VIEW' : 'TABLE'} src AS ${chosen}`));
  const count = async (from: string): Promise<number> => Number((await engine.rows(`SELECT count(*) FROM ${from}`))[0]?.[0] ?? 0);
  const rows = await count('src');
  return { engine, files, columns: first.columns, rows, of: sample === undefined ? null : await count(`(${union})`) };
}

/** Says in which file the engine failed. */
async function reading<T>(file: Survey | undefined, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof EngineError) || !file) throw error;
    const line = file.format === 'json_lines' && error.failure.kind === 'syntax' ? await findBrokenLine(file) : error.failure.line;
    throw new BercailError('input', problemOf({ ...error.failure, line }, file.path));
  }
}

/** Regular UTF-8 goes straight to the engine, and its count is checked; everything else is written again first. */
async function openCsv(engine: Engine, file: Survey, folder: string, index: number): Promise<Relation> {
  const dialect = sniff(file.head, file.whole);
  const { header } = dialect;
  if (header.length === 0) throw new BercailError('input', { message: `${file.path} is empty`, hint: 'expected a header line and rows' });
  const columns = namesOf(header, file.path);
  const straight = await openStraight(engine, file, dialect, index);
  if (straight) return { file: file.path, columns, ...straight };
  const rewritten = await rewriteCsv(file, dialect, folder, `${index}.csv`);
  const plain = { path: rewritten.path, delimiter: ',', compression: 'none' as const, columns: header.length, header: false };
  const rows = await load(engine, plain, index);
  if (rows !== rewritten.rows) throw new BercailError('internal', { message: `${file.path}: ${rewritten.rows} rows were written and ${rows} read: a defect of Bercail` });
  return { file: file.path, columns, sql: `SELECT * FROM file${index}`, rows };
}

async function openStraight(engine: Engine, { path, gzip, encoding, head, records }: Survey, { delimiter, header, hasSeparatorLine }: Dialect, index: number): Promise<{ sql: string; rows: number } | null> {
  const simple = encoding === 'utf-8' && records !== null && header.length > 1 && !hasSeparatorLine && !/[\r\n]/.test(header.join('')) && !/^\s*[\r\n]/.test(head);
  if (!simple) return null;
  try {
    const rows = await load(engine, { path, delimiter, compression: gzip ? 'gzip' : 'none', columns: header.length, header: true }, index);
    // Where the two counts differ, the engine understood something else: the slow way decides.
    if (rows === records - 1) return { sql: `SELECT * FROM file${index}`, rows };
  } catch (error) {
    if (!(error instanceof EngineError) || error.failure.kind === 'memory' || error.failure.kind === 'interrupted') throw error;
  }
  await engine.run(`DROP TABLE IF EXISTS file${index}`);
  return null;
}

async function load(engine: Engine, file: { path: string; delimiter: string; compression: string; columns: number; header: boolean }, index: number): Promise<number> {
  const types = Array.from({ length: file.columns }, (_, column) => `c${column}: 'VARCHAR'`).join(', ');
  await engine.run(
    `CREATE TABLE file${index} AS SELECT * FROM read_csv(${text(file.path)}, auto_detect = false, header = ${file.header}, delim = ${text(file.delimiter)}, quote = '"', escape = '"', ` +
      `columns = {${types}}, compression = '${file.compression}', strict_mode = true, null_padding = false, max_line_size = 16777216)`,
  );
  return Number((await engine.rows(`SELECT count(*) FROM file${index}`))[0]?.[0] ?? 0);
}

/** JSON and Parquet name their columns in each row or in the file. */
async function openTyped(engine: Engine, { path, format, gzip, encoding }: Survey, index: number): Promise<Relation> {
  const json = format !== 'parquet';
  if (json && encoding !== 'utf-8') throw new BercailError('input', { message: `${path} is JSON, and not UTF-8`, hint: 'save it as UTF-8' });
  const source = json
    ? `read_json(${text(path)}, format = '${format === 'json' ? 'array' : 'newline_delimited'}', maximum_depth = 1, sample_size = -1, records = true, map_inference_threshold = -1, maximum_object_size = 16777216, compression = '${gzip ? 'gzip' : 'uncompressed'}')`
    : `read_parquet(${text(path)})`;
  const names = (await engine.rows(`SELECT column_name FROM (DESCRIBE SELECT * FROM ${source})`)).map(([name]) => String(name));
  const select = names.map((name, column) => `${json ? `${quoted(name)} ->> '$'` : `CAST(${quoted(name)} AS VARCHAR)`} AS c${column}`).join(', ');
  const sql = `SELECT ${select} FROM ${source}`;
  if (!json) return { file: path, columns: names, sql, rows: null };
  await engine.run(`CREATE TABLE file${index} AS ${sql}`);
  return { file: path, columns: names, sql: `SELECT * FROM file${index}`, rows: null };
}

function namesOf(header: readonly string[], file: string): readonly string[] {
  const names = header.map((name, index) => name || `column_${index + 1}`);
  const twice = names.findIndex((name, index) => names.indexOf(name) !== index);
  if (twice >= 0) {
    throw new BercailError('input', {
      message: `columns ${names.indexOf(names[twice] ?? '') + 1} and ${twice + 1} have the same name`, hint: 'name each column once', where: { file, line: 1, column: 1 },
    });
  }
  return names;
}

/** A first line that is a row must not be taken for names: it would be printed. */
function checkColumns({ file, columns }: Relation, first: Relation, expected: readonly string[]): void {
  const where = { file, line: 1, column: 1 };
  if (looksLikeData(columns) || (expected.length > 0 && !expected.some((name) => columns.includes(name)))) {
    throw new BercailError('input', { message: 'the first line names none of the columns asked for', hint: `expected a header line; there are ${columns.length} columns`, where });
  }
  const missing = first.columns.filter((name) => !columns.includes(name)).length;
  const more = columns.filter((name) => !first.columns.includes(name)).length;
  if (missing + more > 0) {
    throw new BercailError('input', { message: `the columns are not those of ${first.file}: ${missing} missing, ${more} more`, hint: 'files that are measured as one have the same columns', where });
  }
}
