import { BercailError } from '../../../error.ts';
import { type Dialect, sniff } from './csv.ts';
import { type Engine, EngineError, quoted, text } from './engine.ts';
import { rewriteCsv } from './rewrite.ts';
import type { Survey } from './survey.ts';

/** One file as the engine reads it. */
export interface Relation {
  readonly file: string;
  readonly sql: string;
  readonly columns: readonly string[];
  /** Columns whose own type n0, n1… keep beside the text: comparing numbers is faster. */
  readonly native?: readonly number[];
  /** Rows that there have to be; null where the engine alone can tell. */
  readonly rows: number | null;
}

/** Regular UTF-8 goes straight to the engine, and its count is checked; everything else is written again first. */
export async function openCsv(
  engine: Engine,
  file: Survey,
  folder: string,
  index: number,
): Promise<Relation> {
  const dialect = sniff(file.head, file.whole);
  const { header } = dialect;
  if (header.length === 0)
    throw new BercailError('input', {
      message: `${file.name} is empty`,
      hint: 'expected a header line and rows',
    });
  const columns = namesOf(header, file.name);
  const straight = await openStraight(engine, file, dialect, index);
  if (straight) return { file: file.name, columns, ...straight };
  const rewritten = await rewriteCsv(file, dialect, folder, `${index}.csv`);
  const plain = {
    path: rewritten.path,
    delimiter: ',',
    compression: 'none' as const,
    columns: header.length,
    header: false,
  };
  const rows = await load(engine, plain, index);
  if (rows !== rewritten.rows)
    throw new BercailError('internal', {
      message: `${file.name}: ${rewritten.rows} rows were written and ${rows} read: a defect of Bercail`,
    });
  return { file: file.name, columns, sql: `SELECT * FROM file${index}`, rows };
}

async function openStraight(
  engine: Engine,
  { path, gzip, encoding, head, records }: Survey,
  { delimiter, header, hasSeparatorLine }: Dialect,
  index: number,
): Promise<{ sql: string; rows: number } | null> {
  const simple =
    encoding === 'utf-8' &&
    records !== null &&
    header.length > 1 &&
    !hasSeparatorLine &&
    !/[\r\n]/.test(header.join('')) &&
    !/^\s*[\r\n]/.test(head);
  if (!simple) return null;
  try {
    const rows = await load(
      engine,
      { path, delimiter, compression: gzip ? 'gzip' : 'none', columns: header.length, header: true },
      index,
    );
    // Where the two counts differ, the engine understood something else: the slow way decides.
    if (rows === records - 1) return { sql: `SELECT * FROM file${index}`, rows };
  } catch (error) {
    if (
      !(error instanceof EngineError) ||
      error.failure.kind === 'memory' ||
      error.failure.kind === 'interrupted'
    )
      throw error;
  }
  await engine.run(`DROP TABLE IF EXISTS file${index}`);
  return null;
}

async function load(
  engine: Engine,
  file: { path: string; delimiter: string; compression: string; columns: number; header: boolean },
  index: number,
): Promise<number> {
  const types = Array.from({ length: file.columns }, (_, column) => `c${column}: 'VARCHAR'`).join(', ');
  await engine.run(
    `CREATE TABLE file${index} AS SELECT * FROM read_csv(${text(file.path)}, auto_detect = false, header = ${file.header}, delim = ${text(file.delimiter)}, quote = '"', escape = '"', ` +
      `columns = {${types}}, compression = '${file.compression}', strict_mode = true, null_padding = false, max_line_size = 16777216)`,
  );
  return Number((await engine.rows(`SELECT count(*) FROM file${index}`))[0]?.[0] ?? 0);
}

/** Types of which equal values are written in the same way. */
const isWhole = /^(?:U?(?:TINY|SMALL|BIG)?INT(?:EGER)?|DATE|BOOLEAN)$/;

/** Parquet names its columns, and says of what type they are. */
export async function openParquet(engine: Engine, { name: file, path }: Survey): Promise<Relation> {
  const source = `read_parquet(${text(path)})`;
  const described = await engine.rows(
    `SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM ${source})`,
  );
  const columns = described.map(([name]) => String(name));
  const native = described.flatMap(([, type], column) => (isWhole.test(String(type)) ? column : []));
  const select = [
    ...columns.map((name, column) => `CAST(${quoted(name)} AS VARCHAR) AS c${column}`),
    ...native.map((column) => `${quoted(columns[column] ?? '')} AS n${column}`),
  ];
  return { file, columns, native, sql: `SELECT ${select.join(', ')} FROM ${source}`, rows: null };
}

function namesOf(header: readonly string[], file: string): readonly string[] {
  const names = header.map((name, index) => name || `column_${index + 1}`);
  const twice = names.findIndex((name, index) => names.indexOf(name) !== index);
  if (twice >= 0) {
    throw new BercailError('input', {
      message: `columns ${names.indexOf(names[twice] ?? '') + 1} and ${twice + 1} have the same name`,
      hint: 'name each column once',
      where: { file, line: 1, column: 1 },
    });
  }
  return names;
}
