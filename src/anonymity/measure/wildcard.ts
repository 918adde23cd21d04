import type { Measures } from '../types.ts';
import { type Column, extend, pack, renumber, type Sensitive } from './codes.ts';
import { spreadOf } from './spread.ts';
import { createTally } from './tally.ts';

/** Columns are told apart by the bits of one number. */
const COLUMNS = 30;
/** Patterns × sets of filled columns, and histogram cells merged, that a measure may take: about ten seconds each. */
const PATTERNS = 5_000_000;
const CELLS = 100_000_000;

/** Rows that are equal in every column, and where their sensitive values stand in the sorted cells. */
interface Pattern {
  readonly row: number;
  readonly cells: readonly (readonly [rank: number, count: number])[];
  readonly size: number;
}

interface Merged {
  size: number;
  readonly counts: Map<number, number>;
}

/**
 * An empty cell equals every value. The class of a row is all rows compatible with it (in each column equal, or one of
 * the two empty), itself included; classes overlap, and `classes` counts the distinct ones by their pattern.
 * Null where it would take more work than the bounds above.
 */
export function measureWildcard(
  columns: readonly Column[],
  sensitive: Sensitive | null,
  rows: number,
  threshold: number,
): Measures | null {
  if (columns.length > COLUMNS) return null;
  const { spread, codes, values } = spreadOf(sensitive, rows);
  const groups = groupByFilled(columns, patternsOf(columns, codes, values, rows));
  const patterns = [...groups.values()].reduce((sum, list) => sum + list.length, 0);
  if (patterns * groups.size > PATTERNS) return null;
  const tally = createTally(spread, threshold);
  const counts = new Float64Array(values);
  let work = 0;
  for (const [filled, list] of groups) {
    const others = [...groups].map(([otherFilled, other]) => ({
      common: filled & otherFilled,
      merged: mergeBy(columns, filled & otherFilled, other),
    }));
    for (const { row, size: weight } of list) {
      const ranks: number[] = [];
      let size = 0;
      for (const { common, merged } of others) {
        const found = merged.get(keyOf(columns, common, row));
        if (!found) continue;
        size += found.size;
        work += found.counts.size;
        if (work > CELLS) return null;
        for (const [rank, count] of found.counts) {
          if (counts[rank] === 0) ranks.push(rank);
          counts[rank] = (counts[rank] ?? 0) + count;
        }
      }
      ranks.sort((a, b) => a - b);
      tally.add(
        size,
        weight,
        ranks,
        ranks.map((rank) => counts[rank] ?? 0),
        ranks.length,
      );
      for (const rank of ranks) counts[rank] = 0;
    }
  }
  return tally.measures(rows);
}

function patternsOf(
  columns: readonly Column[],
  codes: Column['codes'],
  values: number,
  rows: number,
): Pattern[] {
  const { keys, bound } = renumber(pack(columns, rows).keys);
  const first = new Int32Array(bound).fill(-1);
  for (let row = 0; row < rows; row++) {
    const pattern = keys[row] ?? 0;
    if (first[pattern] === -1) first[pattern] = row;
  }
  const sorted = extend({ keys, bound }, codes, values).keys.sort();
  const cells: [number, number][][] = Array.from({ length: bound }, () => []);
  const sizes = new Uint32Array(bound);
  for (let at = 0; at < rows; at++) {
    const key = sorted[at] ?? 0;
    const pattern = Math.floor(key / values);
    sizes[pattern] = (sizes[pattern] ?? 0) + 1;
    const rank = key - pattern * values;
    const list = cells[pattern] ?? [];
    const last = list.at(-1);
    if (last?.[0] === rank) last[1]++;
    else list.push([rank, 1]);
  }
  return cells.map((list, pattern) => ({ row: first[pattern] ?? 0, cells: list, size: sizes[pattern] ?? 0 }));
}

/** Patterns by which columns they fill, as a set of bits. */
function groupByFilled(columns: readonly Column[], patterns: readonly Pattern[]): Map<number, Pattern[]> {
  const groups = new Map<number, Pattern[]>();
  for (const pattern of patterns) {
    let filled = 0;
    columns.forEach(({ codes, empty }, index) => {
      if (codes[pattern.row] !== empty) filled |= 1 << index;
    });
    const group = groups.get(filled);
    if (group) group.push(pattern);
    else groups.set(filled, [pattern]);
  }
  return groups;
}

function mergeBy(
  columns: readonly Column[],
  common: number,
  patterns: readonly Pattern[],
): Map<string, Merged> {
  const merged = new Map<string, Merged>();
  for (const { row, cells, size } of patterns) {
    const key = keyOf(columns, common, row);
    let one = merged.get(key);
    if (!one) {
      one = { size: 0, counts: new Map() };
      merged.set(key, one);
    }
    one.size += size;
    for (const [rank, count] of cells) one.counts.set(rank, (one.counts.get(rank) ?? 0) + count);
  }
  return merged;
}

function keyOf(columns: readonly Column[], common: number, row: number): string {
  let key = '';
  for (let index = 0; index < columns.length; index++) {
    if ((common & (1 << index)) !== 0) key += `${columns[index]?.codes[row]},`;
  }
  return key;
}
