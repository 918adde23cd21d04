/** Rows at every combination of values of some columns, the last column varying fastest. */
export interface Tensor {
  /** Positions of the columns. */
  readonly axes: readonly number[];
  readonly shape: readonly number[];
  readonly cells: Uint32Array;
}

/** What each code of a column becomes. */
export interface Recoding {
  readonly codes: Uint32Array;
  /** New codes are below this. */
  readonly cardinality: number;
}

/** The same rows with one column said less precisely. Cells are read in the order in which they lie. */
export function regroup({ axes, shape, cells }: Tensor, axis: number, to: Recoding): Tensor {
  const { inner, outer, size } = around(shape, axes.indexOf(axis));
  const into = new Uint32Array(outer * to.cardinality * inner);
  let from = 0;
  for (let before = 0; before < outer; before++) {
    for (let code = 0; code < size; code++) {
      const start = (before * to.cardinality + (to.codes[code] ?? 0)) * inner;
      for (let at = start; at < start + inner; at++) into[at] = (into[at] ?? 0) + (cells[from++] ?? 0);
    }
  }
  return { axes, shape: shape.with(axes.indexOf(axis), to.cardinality), cells: into };
}

/** The same rows without one column. */
export function drop({ axes, shape, cells }: Tensor, axis: number): Tensor {
  const at = axes.indexOf(axis);
  const none = { codes: new Uint32Array(shape[at] ?? 0), cardinality: 1 };
  const { cells: summed } = regroup({ axes, shape, cells }, axis, none);
  return { axes: axes.toSpliced(at, 1), shape: shape.toSpliced(at, 1), cells: summed };
}

function around(
  shape: readonly number[],
  at: number,
): { readonly outer: number; readonly size: number; readonly inner: number } {
  const product = (sizes: readonly number[]): number => sizes.reduce((all, size) => all * size, 1);
  return { outer: product(shape.slice(0, at)), size: shape[at] ?? 1, inner: product(shape.slice(at + 1)) };
}
