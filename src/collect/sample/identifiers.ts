import { createDetector, type Identifier } from '../../anonymity/identifier/detect.ts';
import type { CodedColumn } from './codes.ts';
import type { Cell } from './read/engine.ts';
import type { Sample } from './read/open.ts';

/** How filled and how varied a column is. */
export interface ColumnProfile {
  readonly index: number;
  readonly name: string;
  readonly filled: number;
  /** Near enough, for more than a million rows. */
  readonly distinct: number;
}

const EXACT_ROWS = 1_000_000;
/** Counts asked for at once: each distinct one keeps a table in memory, and files have thousands of columns. */
const TOGETHER = 32;

/** What is known from the codes is not counted again. */
export async function profileOf(
  { engine, columns, rows }: Sample,
  coded: readonly CodedColumn[],
): Promise<readonly ColumnProfile[]> {
  const known = new Map(coded.map((column) => [column.index, column]));
  const open = columns.flatMap((_, index) => (known.has(index) ? [] : index));
  const parts = open.flatMap((index) => {
    const cell = rows <= EXACT_ROWS ? `nullif(trim(c${index}), '')` : `c${index}`;
    return [
      `count(${cell})`,
      rows <= EXACT_ROWS ? `count(DISTINCT ${cell})` : `approx_count_distinct(${cell})`,
    ];
  });
  const row: Cell[] = [];
  for (let from = 0; from < parts.length; from += TOGETHER) {
    const some = parts.slice(from, from + TOGETHER);
    row.push(...((await engine.rows(`SELECT ${some.join(', ')} FROM src`))[0] ?? []));
  }
  return columns.map((name, index) => {
    const column = known.get(index);
    if (column) return { index, name, filled: rows - emptyRows(column), distinct: column.distinct };
    const at = open.indexOf(index) * 2;
    return { index, name, filled: Number(row[at] ?? 0), distinct: Number(row[at + 1] ?? 0) };
  });
}

function emptyRows({ codes, empty }: CodedColumn): number {
  if (empty === null) return 0;
  let count = 0;
  for (let row = 0; row < codes.length; row++) if (codes[row] === empty) count++;
  return count;
}

export interface Found {
  readonly identifiers: readonly Identifier[];
  /** Columns of which only some values were looked at. */
  readonly sampled: readonly string[];
}

/** Looks for identifiers in every column, among at most `examine` of its distinct values, the same each time. */
export async function findIdentifiers(
  { engine }: Sample,
  profile: readonly ColumnProfile[],
  coded: readonly CodedColumn[],
  examine: number,
): Promise<Found> {
  const identifiers: Identifier[] = [];
  const sampled: string[] = [];
  for (const { index, name, distinct, filled } of profile) {
    if (filled === 0) continue;
    const detector = createDetector(name);
    const known = coded.find((column) => column.index === index);
    if (known?.values && known.values.length <= examine) addCoded(known, known.values, detector.add);
    else {
      const parts = Math.ceil(distinct / examine);
      if (parts > 1) sampled.push(name);
      const some = parts > 1 ? ` AND hash(c${index}) % ${parts} = 0` : '';
      await engine.each(
        `SELECT c${index}, count(*) FROM src WHERE c${index} IS NOT NULL${some} GROUP BY 1`,
        ([value, rows]) => detector.add(String(value), Number(rows)),
      );
    }
    identifiers.push(...detector.identifiers());
  }
  return { identifiers, sampled };
}

function addCoded(
  { codes, cardinality }: CodedColumn,
  values: readonly string[],
  add: (value: string, rows: number) => void,
): void {
  const counts = new Uint32Array(cardinality + 1);
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row] ?? 0;
    counts[code] = (counts[code] ?? 0) + 1;
  }
  for (const [code, value] of values.entries()) {
    const rows = counts[code] ?? 0;
    if (rows > 0) add(value, rows);
  }
}
