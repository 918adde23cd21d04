import type { Column, Sensitive } from './codes.ts';
import type { Spread } from './tally.ts';

/** Shares of the values that occur, and each row's value by its rank among them. */
export function spreadOf(
  sensitive: Sensitive | null,
  rows: number,
): { spread: Spread | null; codes: Column['codes']; values: number } {
  if (sensitive === null || rows === 0) return { spread: null, codes: new Uint8Array(rows), values: 1 };
  const counts = new Uint32Array(sensitive.cardinality);
  for (let row = 0; row < rows; row++) {
    const code = sensitive.codes[row] ?? 0;
    counts[code] = (counts[code] ?? 0) + 1;
  }
  const ranks = new Uint32Array(sensitive.cardinality);
  const shares: number[] = [];
  for (let code = 0; code < counts.length; code++) {
    ranks[code] = shares.length;
    const count = counts[code] ?? 0;
    if (count > 0) shares.push(count / rows);
  }
  const codes =
    shares.length === sensitive.cardinality
      ? sensitive.codes
      : sensitive.codes.map((code) => ranks[code] ?? 0);
  return {
    spread: { shares: Float64Array.from(shares), numeric: sensitive.numeric },
    codes,
    values: shares.length,
  };
}
