import { boundOf } from './classes.ts';
import { allocateCodes, type Codes, type Column, pack, pick, renumber } from './codes.ts';

/** Each class of a table once, in the order of its codes, with its number of rows. */
export interface Collapsed {
  readonly columns: readonly Column[];
  readonly weights: Uint32Array;
}

/** One entry a class, where they are too many to be addressed: whatever is counted over fewer columns later goes through those instead of the rows. */
export function collapse(given: readonly Column[], rows: number): Collapsed {
  // The widest column first: entries that stand together then share it, and counting stays in one part of the memory.
  const widest = given.toSorted((a, b) => b.cardinality - a.cardinality);
  const { columns, weights } = collapseSorted(widest, rows);
  return { columns: given.flatMap((column) => columns[widest.indexOf(column)] ?? []), weights };
}

function collapseSorted(columns: readonly Column[], rows: number): Collapsed {
  const packed = pack(columns, rows);
  if (boundOf(columns) > Number.MAX_SAFE_INTEGER) return collapseNumbered(columns, packed.keys);
  const sorted = packed.keys.sort();
  const weights = new Uint32Array(rows);
  let last = -1;
  for (let row = 0; row < rows; row++) {
    if (row === 0 || sorted[row] !== sorted[last]) sorted[++last] = sorted[row] ?? 0;
    weights[last] = (weights[last] ?? 0) + 1;
  }
  return { columns: unpack(columns, sorted.subarray(0, last + 1)), weights: weights.slice(0, last + 1) };
}

/** Keys that were renumbered hold no digits: the first row of each class stands for it. */
function collapseNumbered(columns: readonly Column[], keys: Float64Array): Collapsed {
  const { keys: numbers, bound } = renumber(keys);
  const first = new Uint32Array(bound);
  const weights = new Uint32Array(bound);
  for (let row = 0; row < numbers.length; row++) {
    const number = numbers[row] ?? 0;
    if (weights[number] === 0) first[number] = row;
    weights[number] = (weights[number] ?? 0) + 1;
  }
  return { columns: columns.map((column) => pick(column, first)), weights };
}

/** The codes that were packed, by division from the last column on. The keys are used up. */
function unpack(columns: readonly Column[], keys: Float64Array): readonly Column[] {
  const codes: Codes[] = [];
  for (const { cardinality } of columns.toReversed()) {
    const own = allocateCodes(cardinality, keys.length);
    for (let at = 0; at < keys.length; at++) {
      const key = keys[at] ?? 0;
      const rest = Math.floor(key / cardinality);
      own[at] = key - rest * cardinality;
      keys[at] = rest;
    }
    codes.unshift(own);
  }
  return columns.map((column, index) => ({ ...column, codes: codes[index] ?? new Uint8Array() }));
}
