import { allocateCodes, type Codes, type Column, extend, pack } from './codes.ts';

/** A class: its size, and how many of its rows have which sensitive value, in the order of values. Arrays are reused. */
export type VisitClass = (
  size: number,
  ranks: ArrayLike<number>,
  counts: ArrayLike<number>,
  length: number,
) => void;

/** Combinations up to this many, and up to a few a row, are addressed directly rather than sorted. */
export const LARGEST_ARRAY = 1 << 25;

export function isAddressable(columns: readonly Column[], rows: number): boolean {
  const bound = boundOf(columns);
  return bound <= LARGEST_ARRAY && bound <= Math.max(1 << 16, rows * 4);
}

export function boundOf(columns: readonly Column[]): number {
  return columns.reduce((product, { cardinality }) => product * cardinality, 1);
}

/** The address of each row's combination, into an array that is kept from one call to the next. */
export function addressesOf(columns: readonly Column[], into: Uint32Array): Uint32Array {
  const [first, ...others] = columns;
  if (!first) return into.fill(0);
  into.set(first.codes);
  for (const { codes, cardinality } of others) {
    for (let row = 0; row < into.length; row++) {
      into[row] = Math.imul(into[row] ?? 0, cardinality) + (codes[row] ?? 0);
    }
  }
  return into;
}

/** Where each row stands among all combinations, and how many stand there; the widest column counts most. */
export interface Addressed {
  readonly columns: readonly Column[];
  readonly addresses: Uint32Array;
  readonly sizes: Uint32Array;
}

const known = new WeakMap<readonly Column[], Addressed>();

/** Null where there are too many combinations. Made once for a list of columns: measures and counts start from it. */
export function addressed(columns: readonly Column[], rows: number): Addressed | null {
  if (!isAddressable(columns, rows)) return null;
  const before = known.get(columns);
  if (before?.addresses.length === rows) return before;
  const widest = columns.toSorted((a, b) => b.cardinality - a.cardinality);
  const addresses = addressesOf(widest, new Uint32Array(rows));
  const made = { columns: widest, addresses, sizes: sizesAt(addresses, boundOf(columns)) };
  known.set(columns, made);
  return made;
}

/** Rows at each address. */
function sizesAt(addresses: Uint32Array, bound: number): Uint32Array {
  const sizes = new Uint32Array(bound);
  for (let row = 0; row < addresses.length; row++) {
    const address = addresses[row] ?? 0;
    sizes[address] = (sizes[address] ?? 0) + 1;
  }
  return sizes;
}

/** Visits every class of rows that are equal in all columns. `codes` are sensitive values below `values`. */
export function eachClass(
  columns: readonly Column[],
  codes: Codes,
  values: number,
  rows: number,
  visit: VisitClass,
): void {
  const cells = createCells(values);
  const made = addressed(columns, rows);
  if (made !== null) {
    const { addresses } = made;
    const ends = Uint32Array.from(made.sizes);
    for (let at = 1; at < ends.length; at++) ends[at] = (ends[at] ?? 0) + (ends[at - 1] ?? 0);
    const grouped = allocateCodes(values, rows);
    // From its end down to its start, each class takes its rows.
    for (let row = 0; row < rows; row++) {
      const address = addresses[row] ?? 0;
      const place = (ends[address] ?? 0) - 1;
      ends[address] = place;
      grouped[place] = codes[row] ?? 0;
    }
    for (let at = 0; at < ends.length; at++) {
      const from = ends[at] ?? 0;
      const to = at + 1 < ends.length ? (ends[at + 1] ?? 0) : rows;
      if (to > from) cells.visitRange(sortRange(grouped, from, to), from, to, visit);
    }
    return;
  }
  const { keys } = extend(pack(columns, rows), codes, values);
  keys.sort();
  let [start, current] = [0, -1];
  for (let row = 0; row <= rows; row++) {
    const of = row < rows ? Math.floor((keys[row] ?? 0) / values) : -2;
    if (of === current) continue;
    if (row > start) {
      for (let at = start; at < row; at++) keys[at] = (keys[at] ?? 0) - current * values;
      cells.visitRange(keys, start, row, visit);
    }
    [start, current] = [row, of];
  }
}

const FEW = 24;

function sortRange(values: Codes, from: number, to: number): Codes {
  if (to - from > FEW) {
    values.subarray(from, to).sort();
    return values;
  }
  for (let at = from + 1; at < to; at++) {
    const value = values[at] ?? 0;
    let place = at;
    while (place > from && (values[place - 1] ?? 0) > value) {
      values[place] = values[place - 1] ?? 0;
      place--;
    }
    values[place] = value;
  }
  return values;
}

/** Sorted values of a class as runs. */
function createCells(values: number): {
  readonly visitRange: (sorted: ArrayLike<number>, from: number, to: number, visit: VisitClass) => void;
} {
  const ranks = new Uint32Array(values);
  const counts = new Uint32Array(values);
  return {
    visitRange: (sorted, from, to, visit) => {
      if (to - from === 1) {
        ranks[0] = sorted[from] ?? 0;
        counts[0] = 1;
        visit(1, ranks, counts, 1);
        return;
      }
      let length = 0;
      let start = from;
      for (let at = from + 1; at <= to; at++) {
        if (at < to && sorted[at] === sorted[start]) continue;
        ranks[length] = sorted[start] ?? 0;
        counts[length++] = at - start;
        start = at;
      }
      visit(to - from, ranks, counts, length);
    },
  };
}
