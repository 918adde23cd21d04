import { type Disclosure, difference, recoveredIn } from '../../anonymity/aggregate/difference.ts';
import { type CountCell, type CountTable, countOf, smallCells } from '../../anonymity/aggregate/table.ts';
import type { MeasuredFile } from '../../anonymity/report.ts';
import { type Judgement, judgeTable } from '../../anonymity/verdict.ts';
import { BercailError } from '../../error.ts';
import { withSample } from './read/open.ts';

export interface TableRequest {
  readonly path: string;
  /** The column of counts. */
  readonly count: string;
  /** What the counts are broken down by; without it every other column. */
  readonly dimensions?: readonly string[];
  /** Another published table of the same persons. */
  readonly against?: string;
  /** A count below this is small. */
  readonly threshold: number;
  readonly signal: AbortSignal;
}

export interface TableMeasurement {
  readonly files: readonly MeasuredFile[];
  readonly columns: readonly string[];
  readonly dimensions: readonly string[];
  readonly count: string;
  readonly threshold: number;
  readonly cells: number;
  readonly suppressed: number;
  readonly small_cells: number;
  /** Fewest persons that a cell tells of, published or given away by the totals; null where none does. */
  readonly smallest: number | null;
  /** Small suppressed cells that the totals give away. */
  readonly recovered: number;
  /** What the two tables give away together; null without a second one, or where they share no dimension. */
  readonly differencing: Disclosure | null;
  readonly judgement: Judgement;
}

/** Published tables are small: what is larger is no table of counts. */
const CELLS = 1_000_000;

/** Measures a published table of counts: small cells, and those that subtraction gives back. */
export async function measureTable(request: TableRequest): Promise<TableMeasurement> {
  const { path, count, against, threshold, signal } = request;
  const first = await readTable(path, count, request.dimensions, signal);
  const second = against === undefined ? null : await readTable(against, count, undefined, signal);
  const { table } = first;
  const small = smallCells(table, threshold);
  const found = recoveredIn(table);
  const recovered = found.filter((count) => count < threshold).length;
  const differencing = second === null ? null : difference(table, second.table, threshold);
  const judgement = judgeTable({
    cells: table.cells.length,
    small,
    recovered: recovered + (differencing?.recovered ?? 0),
    differences: differencing?.small_differences ?? 0,
  });
  return {
    files: [first.file, ...(second === null ? [] : [second.file])],
    columns: first.columns,
    dimensions: table.dimensions,
    count,
    threshold,
    cells: table.cells.length,
    suppressed: table.cells.filter((cell) => cell.count === null).length,
    small_cells: small,
    smallest: smallestOf([...table.cells.flatMap((cell) => cell.count ?? []), ...found]),
    recovered,
    differencing,
    judgement,
  };
}

function smallestOf(counts: readonly number[]): number | null {
  const told = counts.filter((count) => count > 0);
  return told.length === 0 ? null : told.reduce((least, count) => Math.min(least, count));
}

async function readTable(
  path: string,
  count: string,
  wanted: readonly string[] | undefined,
  signal: AbortSignal,
): Promise<{ table: CountTable; file: MeasuredFile; columns: readonly string[] }> {
  return withSample(
    [path],
    { expected: [count, ...(wanted ?? [])], signal },
    async ({ engine, columns, rows, files }) => {
      const missing = [count, ...(wanted ?? [])].filter((name) => !columns.includes(name));
      if (missing.length > 0)
        throw new BercailError(
          'usage',
          missing.map((name) => ({ message: `${path} has no column ${name}` })),
        );
      if (rows > CELLS)
        throw new BercailError('input', {
          message: `${path} has ${rows} rows`,
          hint: `a table of counts has at most ${CELLS}`,
        });
      const dimensions = wanted ?? columns.filter((name) => name !== count);
      const selected = [...dimensions, count].map((name) => `coalesce(c${columns.indexOf(name)}, '')`);
      const cells: CountCell[] = [];
      let wrong = 0;
      for (const row of await engine.rows(`SELECT ${selected.join(', ')} FROM src`)) {
        const written = countOf(String(row.at(-1) ?? ''));
        if (written === undefined) wrong++;
        else cells.push({ key: row.slice(0, -1).map(String), count: written });
      }
      if (wrong > 0)
        throw new BercailError('input', {
          message: `${path}: ${wrong} cells of the column ${count} are neither a count nor suppressed`,
          hint: 'expected whole numbers; an empty cell, s, c or * where a count was suppressed',
        });
      const [file] = files;
      if (!file) throw new BercailError('internal', { message: `${path}: nothing was read` });
      return {
        table: { dimensions, cells },
        file: {
          path: file.name,
          bytes: file.bytes,
          sha256: file.sha256,
          format: file.format,
          encoding: file.encoding,
        },
        columns,
      };
    },
  );
}
