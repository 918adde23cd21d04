import { addressesOf, boundOf, isAddressable } from './classes.ts';
import { type Column, pack } from './codes.ts';
import { collapse } from './collapse.ts';

/** Classes of a set of columns, an empty cell being a value of its own. */
export interface Counts {
  readonly classes: number;
  /** Rows alone in their class. */
  readonly unique: number;
  readonly k: number | null;
  /** Rows in classes smaller than the threshold. */
  readonly below: number;
}

/** Counts classes of sets of columns: of `columns`, or of others made from their codes. */
export interface Counter {
  /** The columns that were given, with one entry a class instead of one a row. */
  readonly columns: readonly Column[];
  readonly entries: number;
  readonly count: (columns: readonly Column[]) => Counts;
}

/** The most that a byte counts to: a quarter of the memory, of which more stays near the processor. */
const CAP = 255;

export function createCounter(all: readonly Column[], rows: number, threshold: number): Counter {
  const { columns, weights } = collapse(all, rows);
  const addresses = new Uint32Array(weights.length);
  const known = new Map<string, Counts>();

  const countOf = (some: readonly Column[]): Counts => {
    if (!isAddressable(some, weights.length))
      return fold(sizesByKey(pack(some, weights.length).keys, weights), threshold);
    const at = addressesOf(some, addresses);
    const capped = fold(sizesOf(at, weights, new Uint8Array(boundOf(some)), CAP), threshold);
    // Where no class is smaller than the cap, the cap hid the smallest.
    if (threshold <= CAP && (capped.k ?? 0) < CAP) return capped;
    return fold(sizesOf(at, weights, new Uint32Array(boundOf(some)), rows), threshold);
  };
  return {
    columns,
    entries: weights.length,
    count: (some) => {
      const places = some.map((column) => columns.indexOf(column));
      if (places.includes(-1)) return countOf(some);
      const name = places.sort((a, b) => a - b).join();
      const counts = known.get(name) ?? countOf(some);
      known.set(name, counts);
      return counts;
    },
  };
}

type Sizes = Uint8Array | Uint32Array;

function sizesOf<T extends Sizes>(addresses: Uint32Array, weights: Uint32Array, sizes: T, cap: number): T {
  for (let at = 0; at < addresses.length; at++) {
    const address = addresses[at] ?? 0;
    const size = (sizes[address] ?? 0) + (weights[at] ?? 0);
    sizes[address] = size < cap ? size : cap;
  }
  return sizes;
}

/** The same for keys too far apart to be addresses: an open table of them. */
function sizesByKey(keys: Float64Array, weights: Uint32Array): Uint32Array {
  const places = 2 ** Math.ceil(Math.log2(Math.max(2, keys.length * 2)));
  const held = new Float64Array(places).fill(-1);
  const sizes = new Uint32Array(places);
  for (let at = 0; at < keys.length; at++) {
    const key = keys[at] ?? 0;
    let place = Math.imul((key % 0x1_0000_0000) ^ (key / 0x1_0000_0000), 0x9e3779b1) >>> 0;
    place = (place ^ (place >>> 15)) & (places - 1);
    while (held[place] !== -1 && held[place] !== key) place = (place + 1) & (places - 1);
    held[place] = key;
    sizes[place] = (sizes[place] ?? 0) + (weights[at] ?? 0);
  }
  return sizes;
}

function fold(sizes: Sizes, threshold: number): Counts {
  let [classes, unique, smallest, below] = [0, 0, Number.POSITIVE_INFINITY, 0];
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
