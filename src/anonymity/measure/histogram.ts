import type { Bin } from '../types.ts';

/** Lower ends of the bins: each of the usual thresholds (2, 5, 11) starts one. */
const starts = [1, 2, 3, 5, 11, 21, 51, 101, 1001] as const;

export interface Histogram {
  readonly add: (size: number, rows: number) => void;
  readonly bins: () => readonly Bin[];
}

/** Counts classes and rows by the size of the class. */
export function createHistogram(): Histogram {
  const classes = starts.map(() => 0);
  const rows = starts.map(() => 0);
  return {
    add: (size, weight) => {
      let bin = 0;
      while (bin + 1 < starts.length && size >= (starts[bin + 1] ?? Infinity)) bin++;
      classes[bin] = (classes[bin] ?? 0) + 1;
      rows[bin] = (rows[bin] ?? 0) + weight;
    },
    bins: () =>
      starts.map((from, bin) => {
        const next = starts[bin + 1];
        return {
          from,
          to: next === undefined ? null : next - 1,
          classes: classes[bin] ?? 0,
          rows: rows[bin] ?? 0,
        };
      }),
  };
}
