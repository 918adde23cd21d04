import type { Measures } from '../types.ts';
import { search } from './codes.ts';
import { createHistogram } from './histogram.ts';

/** How the sensitive values are spread over all rows measured: a share for each, all above zero. */
export interface Spread {
  readonly shares: Float64Array;
  readonly numeric: boolean;
}

/**
 * Takes classes one by one. `weight` is the number of rows whose class this is (its size, except among wildcards,
 * where a row belongs to many). `ranks` ascend and index the shares of the spread; `counts` are rows of the class.
 */
export interface Tally {
  readonly add: (
    size: number,
    weight: number,
    ranks: ArrayLike<number>,
    counts: ArrayLike<number>,
    length: number,
  ) => void;
  readonly measures: (rows: number) => Measures;
}

/** Measures over classes; without a spread only those that need no sensitive column. `threshold`: smallest k that is safe. */
export function createTally(spread: Spread | null, threshold: number): Tally {
  const distance = spread === null ? null : createDistance(spread);
  const histogram = createHistogram();
  let [classes, unique, smallest, below, risk] = [0, 0, Infinity, 0, 0];
  let [distinct, entropy, alpha, closeness, ratio, least] = [Infinity, Infinity, 0, 0, 0, Infinity];
  // A class of one value is as far from the whole as any other of that value, whatever its size.
  const alone = new Uint8Array(spread?.shares.length ?? 0);

  const add: Tally['add'] = (size, weight, ranks, counts, length) => {
    classes++;
    risk += weight / size;
    if (size === 1) unique += weight;
    if (size < smallest) smallest = size;
    if (size < threshold) below += weight;
    histogram.add(size, weight);
    if (spread === null || distance === null) return;
    if (length === 1) {
      const rank = ranks[0] ?? 0;
      if (alone[rank] === 1) return;
      alone[rank] = 1;
    }
    let classEntropy = 0;
    for (let at = 0; at < length; at++) {
      const share = (counts[at] ?? 0) / size;
      const relative = share / (spread.shares[ranks[at] ?? 0] ?? 1);
      classEntropy -= share * Math.log(share);
      if (share > alpha) alpha = share;
      if (relative > ratio) ratio = relative;
      if (relative < least) least = relative;
    }
    if (length < distinct) distinct = length;
    if (classEntropy < entropy) entropy = classEntropy;
    const far = distance(size, ranks, counts, length);
    if (far > closeness) closeness = far;
  };

  const measures: Tally['measures'] = (rows) => {
    const any = classes > 0;
    const known = any && spread !== null;
    const beta = ratio - 1;
    // No gain is larger than the surprise of the rarest value.
    const surprise =
      spread === null ? 0 : -Math.log(spread.shares.reduce((least, share) => Math.min(least, share), 1));
    return {
      rows,
      classes,
      unique,
      k: any ? smallest : null,
      l: { distinct: known ? distinct : null, entropy: known ? Math.exp(entropy) : null },
      t: known ? closeness : null,
      alpha: known ? alpha : null,
      beta: known ? beta : null,
      enhanced_beta: known ? Math.min(beta, surprise) : null,
      delta: known ? Math.max(Math.abs(Math.log(ratio)), Math.abs(Math.log(least))) : null,
      risk: { prosecutor: any ? 1 / smallest : null, mean: any ? risk / rows : null },
      below: { threshold, rows: below, share: any ? below / rows : null },
      histogram: histogram.bins(),
    };
  };
  return { add, measures };
}

type Distance = (size: number, ranks: ArrayLike<number>, counts: ArrayLike<number>, length: number) => number;

/** Earth mover's distance from a class to all rows: ordered for numbers, equal for categories. */
function createDistance({ shares, numeric }: Spread): Distance {
  const values = shares.length;
  if (!numeric) {
    return (size, ranks, counts, length) => {
      // Values that the class lacks add their whole share: 1 minus those it has.
      let sum = 1;
      for (let at = 0; at < length; at++) {
        const share = shares[ranks[at] ?? 0] ?? 0;
        sum += Math.abs((counts[at] ?? 0) / size - share) - share;
      }
      return sum / 2;
    };
  }
  const cumulated = new Float64Array(values);
  const sums = new Float64Array(values + 1);
  let total = 0;
  for (let rank = 0; rank < values; rank++) {
    total += shares[rank] ?? 0;
    cumulated[rank] = total;
    sums[rank + 1] = (sums[rank] ?? 0) + total;
  }
  const between = (level: number, from: number, to: number): number => {
    const turn = search(cumulated, level, from, to);
    const under = level * (turn - from) - ((sums[turn] ?? 0) - (sums[from] ?? 0));
    const over = (sums[to] ?? 0) - (sums[turn] ?? 0) - level * (to - turn);
    return under + over;
  };
  return (size, ranks, counts, length) => {
    if (values < 2) return 0;
    let [seen, sum] = [0, between(0, 0, ranks[0] ?? 0)];
    for (let at = 0; at < length; at++) {
      seen += counts[at] ?? 0;
      sum += between(seen / size, ranks[at] ?? 0, at + 1 < length ? (ranks[at + 1] ?? 0) : values);
    }
    return sum / (values - 1);
  };
}
