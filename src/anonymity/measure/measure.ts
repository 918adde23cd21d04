import type { EmptyMode, Measures } from '../types.ts';
import { eachClass } from './classes.ts';
import { type Column, fullRows, pick, type Sensitive } from './codes.ts';
import { spreadOf } from './spread.ts';
import { createTally } from './tally.ts';
import { measureWildcard } from './wildcard.ts';

export interface MeasureInput {
  readonly rows: number;
  /** The quasi-identifiers. Without any, all rows are one class. */
  readonly columns: readonly Column[];
  readonly sensitive: Sensitive | null;
  readonly mode: EmptyMode;
  /** Classes smaller than this are counted as too small. */
  readonly threshold: number;
}

/**
 * The measures of one table in one mode for empty cells; null where the wildcard mode would need more work than its
 * bound. Distances and diversities follow pyCANON; rows without a full set of quasi-identifiers are left out by
 * `exclude` alone, which then measures as if they had never been there.
 */
export function measure(input: MeasureInput): Measures | null {
  const { columns, sensitive, rows, mode, threshold } = input;
  const gaps = columns.some(({ empty }) => empty !== null);
  if (mode === 'wildcard' && gaps) return measureWildcard(columns, sensitive, rows, threshold);
  if (mode === 'exclude' && gaps) {
    const keep = fullRows(columns, rows);
    const kept = columns.map((column) => pick(column, keep));
    return measureClasses(kept, sensitive && pick(sensitive, keep), keep.length, threshold);
  }
  return measureClasses(columns, sensitive, rows, threshold);
}

function measureClasses(
  columns: readonly Column[],
  sensitive: Sensitive | null,
  rows: number,
  threshold: number,
): Measures {
  const { spread, codes, values } = spreadOf(sensitive, rows);
  const tally = createTally(spread, threshold);
  eachClass(columns, codes, values, rows, (size, ranks, counts, length) =>
    tally.add(size, size, ranks, counts, length),
  );
  return tally.measures(rows);
}
