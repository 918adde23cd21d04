import { addressesOf, boundOf, CAP, cappedSizesAt, isAddressable, sizesAt } from './classes.ts';
import { type Column, pack } from './codes.ts';

/** Classes of a set of columns, an empty cell being a value of its own. */
export interface Counts {
  readonly classes: number;
  /** Rows alone in their class. */
  readonly unique: number;
  readonly k: number | null;
  /** Rows in classes smaller than the threshold. */
  readonly below: number;
}

/** A set whose combinations are so many times fewer than the rows is counted from a larger set's counts. */
const SMALL = 8;

export type Counter = (columns: readonly Column[]) => Counts;

/**
 * Counts classes of sets of columns. `all` are the columns that most sets are drawn from: the rows are gone through
 * once for each of their largest sets with few combinations, and smaller sets are summed from those.
 */
export function createCounter(all: readonly Column[], rows: number, threshold: number): Counter {
  let keys: Uint32Array | null = null;
  const tables = new Map<string, Uint32Array>();
  const results = new Map<string, Counts>();
  const isDrawn = (columns: readonly Column[]): boolean => columns.every((column) => all.includes(column));

  const addresses = (columns: readonly Column[]): Uint32Array => {
    keys ??= new Uint32Array(rows);
    return addressesOf(columns, keys);
  };
  const tableOf = (columns: readonly Column[]): Uint32Array => {
    const name = nameOf(columns, all);
    const table = tables.get(name) ?? sizesAt(addresses(columns), boundOf(columns));
    tables.set(name, table);
    return table;
  };
  const countOf = (columns: readonly Column[]): Counts => {
    if (!isAddressable(columns, rows)) return foldRuns(pack(columns, rows).keys.sort(), threshold);
    if (boundOf(columns) * SMALL <= rows && isDrawn(columns)) {
      const larger = enlarge(columns, all, rows / SMALL);
      return fold(project(tableOf(larger), larger, columns), threshold);
    }
    const at = addresses(columns);
    const counts = fold(cappedSizesAt(at, boundOf(columns)), threshold);
    // Where no class is smaller than the cap, the cap hid the smallest.
    return threshold <= CAP && (counts.k ?? 0) < CAP
      ? counts
      : fold(sizesAt(at, boundOf(columns)), threshold);
  };
  return (columns) => {
    const name = isDrawn(columns) ? nameOf(columns, all) : null;
    const known = name === null ? undefined : results.get(name);
    if (known) return known;
    const counts = countOf(columns);
    if (name !== null) results.set(name, counts);
    return counts;
  };
}

function nameOf(columns: readonly Column[], all: readonly Column[]): string {
  return columns
    .map((column) => all.indexOf(column))
    .sort((a, b) => a - b)
    .join();
}

/** The set with as many more columns as stay below so many combinations. */
function enlarge(columns: readonly Column[], all: readonly Column[], most: number): readonly Column[] {
  const larger = [...columns];
  for (const column of [...all].sort((a, b) => a.cardinality - b.cardinality)) {
    if (!larger.includes(column) && boundOf(larger) * column.cardinality <= most) larger.push(column);
  }
  return larger.sort((a, b) => all.indexOf(a) - all.indexOf(b));
}

/** Sizes of the classes of fewer columns, from those of more. */
function project(table: Uint32Array, from: readonly Column[], to: readonly Column[]): Uint32Array {
  const weights = from.map((column) => {
    const at = to.indexOf(column);
    return at < 0 ? 0 : boundOf(to.slice(at + 1));
  });
  const sizes = new Uint32Array(boundOf(to));
  for (let key = 0; key < table.length; key++) {
    const size = table[key] ?? 0;
    if (size === 0) continue;
    let [rest, target] = [key, 0];
    for (let at = from.length - 1; at >= 0; at--) {
      const cardinality = from[at]?.cardinality ?? 1;
      const next = Math.floor(rest / cardinality);
      target += (rest - next * cardinality) * (weights[at] ?? 0);
      rest = next;
    }
    sizes[target] = (sizes[target] ?? 0) + size;
  }
  return sizes;
}

function fold(sizes: Uint32Array | Uint8Array, threshold: number): Counts {
  let [classes, unique, smallest, below] = [0, 0, Infinity, 0];
  for (let at = 0; at < sizes.length; at++) {
    const size = sizes[at] ?? 0;
    if (size === 0) continue;
    classes++;
    if (size === 1) unique++;
    if (size < smallest) smallest = size;
    if (size < threshold) below += size;
  }
  return { classes, unique, k: classes > 0 ? smallest : null, below };
}

/** The same for sorted keys: a class is a run of equal ones. */
function foldRuns(sorted: Float64Array, threshold: number): Counts {
  const sizes = new Uint32Array(sorted.length);
  let run = -1;
  for (let row = 0; row < sorted.length; row++) {
    if (row === 0 || sorted[row] !== sorted[row - 1]) run++;
    sizes[run] = (sizes[run] ?? 0) + 1;
  }
  return fold(sizes, threshold);
}
