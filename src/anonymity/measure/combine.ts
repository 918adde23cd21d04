import { type EmptyMode, emptyModes, type Measures } from '../types.ts';

/** The measures of several sensitive columns as one: for each, the worst. */
export function combine(all: readonly Measures[]): Measures | null {
  const [first, ...others] = all;
  if (!first) return null;
  return others.reduce(
    (a, b) => ({
      ...a,
      l: { distinct: least(a.l.distinct, b.l.distinct), entropy: least(a.l.entropy, b.l.entropy) },
      t: most(a.t, b.t),
      alpha: most(a.alpha, b.alpha),
      beta: most(a.beta, b.beta),
      enhanced_beta: most(a.enhanced_beta, b.enhanced_beta),
      delta: most(a.delta, b.delta),
    }),
    first,
  );
}

/** The mode that protects least: the smallest k, then l, then the largest t. Null where none was measured. */
export function worstMode(modes: { readonly [mode in EmptyMode]: Measures | null }): EmptyMode | null {
  const known = emptyModes.filter((mode) => modes[mode] !== null && modes[mode].k !== null);
  const [first] = known;
  return first === undefined ? null : known.reduce((a, b) => (isWorse(modes[b], modes[a]) ? b : a));
}

function isWorse(a: Measures | null, b: Measures | null): boolean {
  const order = (of: Measures | null): readonly number[] => [
    of?.k ?? Infinity,
    of?.l.distinct ?? Infinity,
    -(of?.t ?? 0),
  ];
  const [left, right] = [order(a), order(b)];
  const at = left.findIndex((value, index) => value !== right[index]);
  return at >= 0 && (left[at] ?? 0) < (right[at] ?? 0);
}

function least(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : Math.min(a, b);
}

function most(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : Math.max(a, b);
}
