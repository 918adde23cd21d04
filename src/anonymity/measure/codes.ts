/** Values of a column as numbers from 0: equal values, equal codes. */
export type Codes = Uint8Array | Uint16Array | Uint32Array;

/** A column without its values: measuring needs to know which cells are equal, never what they say. */
export interface Column {
  readonly name: string;
  readonly codes: Codes;
  /** Codes are below this. */
  readonly cardinality: number;
  /** The code of an empty cell; null where none is empty. */
  readonly empty: number | null;
}

/** A sensitive column: codes follow the order of its values, so that numbers keep theirs. */
export interface Sensitive extends Column {
  readonly numeric: boolean;
}

/** The smallest array that holds codes below `cardinality`: memory is what bounds the number of rows. */
export function allocateCodes(cardinality: number, rows: number): Codes {
  if (cardinality <= 0x100) return new Uint8Array(rows);
  return cardinality <= 0x10000 ? new Uint16Array(rows) : new Uint32Array(rows);
}

/** One number a row: equal numbers for rows that are equal in every column packed. All are below `bound`. */
export interface Keys {
  readonly keys: Float64Array;
  readonly bound: number;
}

/** Packs columns into one exact whole number a row. */
export function pack(columns: readonly Column[], rows: number): Keys {
  let packed: Keys = { keys: new Float64Array(rows), bound: 1 };
  for (const column of columns) packed = extend(packed, column.codes, column.cardinality);
  return packed;
}

/** Adds one more column below those packed; keys that would leave exact whole numbers are renumbered first. */
export function extend(packed: Keys, codes: Codes, cardinality: number): Keys {
  const fits = packed.bound * cardinality <= Number.MAX_SAFE_INTEGER;
  const { keys, bound } = fits ? packed : renumber(packed.keys);
  for (let row = 0; row < keys.length; row++) keys[row] = (keys[row] ?? 0) * cardinality + (codes[row] ?? 0);
  return { keys, bound: bound * cardinality };
}

/** The same keys as 0, 1, 2… in the same order. */
export function renumber(keys: Float64Array): Keys {
  const sorted = Float64Array.from(keys).sort();
  let distinct = 0;
  for (let at = 0; at < sorted.length; at++) {
    const key = sorted[at] ?? 0;
    if (at === 0 || key !== sorted[distinct - 1]) sorted[distinct++] = key;
  }
  const numbers = new Float64Array(keys.length);
  for (let row = 0; row < keys.length; row++) numbers[row] = search(sorted, keys[row] ?? 0, 0, distinct);
  return { keys: numbers, bound: distinct };
}

/** The first index of `[from, to)` whose value is at least `wanted`, in an ascending array. */
export function search(sorted: Float64Array, wanted: number, from: number, to: number): number {
  let [low, high] = [from, to];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? 0) < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The rows of a column that `keep` lists, in that order. */
export function pick<T extends Column>(column: T, keep: Uint32Array): T {
  const codes = allocateCodes(column.cardinality, keep.length);
  for (let at = 0; at < keep.length; at++) codes[at] = column.codes[keep[at] ?? 0] ?? 0;
  return { ...column, codes };
}

/** Rows in which no column is empty. */
export function fullRows(columns: readonly Column[], rows: number): Uint32Array {
  const gappy = columns.filter(({ empty }) => empty !== null);
  const keep = new Uint32Array(rows);
  let kept = 0;
  for (let row = 0; row < rows; row++) {
    if (gappy.every(({ codes, empty }) => codes[row] !== empty)) keep[kept++] = row;
  }
  return keep.subarray(0, kept);
}
