import { addressed, addressesOf, boundOf, isAddressable } from './classes.ts';
import { allocateCodes, type Column, pack } from './codes.ts';
import { collapse } from './collapse.ts';
import { drop, type Recoding, regroup, type Tensor } from './tensor.ts';

/** Classes of a set of columns, an empty cell being a value of its own. */
export interface Counts {
  readonly classes: number;
  /** Rows alone in their class. */
  readonly unique: number;
  readonly k: number | null;
  /** Rows in classes smaller than the threshold. */
  readonly below: number;
}

/** A column that is counted: as it is, or with less said. */
export interface View {
  readonly index: number;
  readonly recoding?: Recoding;
}

/** Counts the classes of sets of columns, each set from the smallest count already made that holds it. */
export interface Counter {
  readonly columns: readonly Column[];
  readonly count: (views: readonly View[]) => Counts;
  /** Cells read so far. */
  readonly spent: () => number;
}

/** Cells of counts that are kept for others to be made from. */
const KEPT = 1 << 25;

export function createCounter(columns: readonly Column[], rows: number, threshold: number): Counter {
  const made = addressed(columns, rows);
  const order = made
    ? made.columns.map((column) => columns.indexOf(column))
    : columns.map((_, index) => index).sort((a, b) => width(columns, b) - width(columns, a));
  const kept: Tensor[] = [];
  let [spent, held] = [rows * columns.length, 0];
  const keep = (tensor: Tensor): Tensor => {
    if (held + tensor.cells.length <= KEPT) {
      kept.push(tensor);
      held += tensor.cells.length;
    }
    return tensor;
  };
  const tensorOf = (axes: readonly number[], cells: Uint32Array): Tensor => ({
    axes,
    shape: axes.map((axis) => width(columns, axis)),
    cells,
  });
  // All of them as one dense count, where there is room; else one entry a class.
  const whole = made && tensorOf(order, made.sizes);
  const entries = whole === null ? collapse(columns, rows) : null;

  const derive = (base: Tensor, axes: readonly number[]): Tensor => {
    let tensor = base;
    for (const axis of base.axes.filter((one) => !axes.includes(one))) {
      spent += tensor.cells.length;
      tensor = keep(drop(tensor, axis));
    }
    return tensor;
  };
  const denseOf = (axes: readonly number[]): Tensor | null => {
    const all = whole === null ? kept : [whole, ...kept];
    const bases = all.filter((tensor) => axes.every((axis) => tensor.axes.includes(axis)));
    const smallest = bases.reduce<Tensor | null>(
      (best, one) => (best === null || one.cells.length < best.cells.length ? one : best),
      null,
    );
    if (entries === null) return smallest && derive(smallest, axes);
    const length = entries.weights.length;
    const some = axes.flatMap((axis) => entries.columns[axis] ?? []);
    if (smallest && smallest.cells.length * 2 <= length * axes.length) return derive(smallest, axes);
    if (!isAddressable(some, length)) return smallest && derive(smallest, axes);
    spent += length * axes.length;
    const addresses = addressesOf(some, new Uint32Array(length));
    const cells = new Uint32Array(boundOf(some));
    for (let at = 0; at < length; at++) {
      const address = addresses[at] ?? 0;
      cells[address] = (cells[address] ?? 0) + (entries.weights[at] ?? 0);
    }
    return keep(tensorOf(axes, cells));
  };
  return {
    columns,
    spent: () => spent,
    count: (views) => {
      const axes = order.filter((index) => views.some((view) => view.index === index));
      let tensor = denseOf(axes);
      if (tensor === null) {
        if (entries === null) return fold(new Uint32Array(), threshold);
        spent += entries.weights.length * axes.length;
        const some = views.flatMap((view) => recoded(entries.columns[view.index], view.recoding));
        const { keys } = pack(some, entries.weights.length);
        return fold(sizesByKey(keys, entries.weights), threshold);
      }
      for (const { index, recoding } of views) {
        if (!recoding) continue;
        spent += tensor.cells.length;
        tensor = regroup(tensor, index, recoding);
      }
      spent += tensor.cells.length;
      return fold(tensor.cells, threshold);
    },
  };
}

function width(columns: readonly Column[], index: number): number {
  return columns[index]?.cardinality ?? 1;
}

function recoded(column: Column | undefined, recoding: Recoding | undefined): readonly Column[] {
  if (!column) return [];
  if (!recoding) return [column];
  const codes = allocateCodes(recoding.cardinality, column.codes.length);
  for (let at = 0; at < codes.length; at++) codes[at] = recoding.codes[column.codes[at] ?? 0] ?? 0;
  return [{ name: column.name, codes, cardinality: recoding.cardinality, empty: null }];
}

/** Sizes by keys too far apart to be addresses: an open table of them. */
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

function fold(sizes: Uint32Array, threshold: number): Counts {
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
