import { type CountTable, isTotal } from './table.ts';

export interface Disclosure {
  /** Suppressed cells that the totals give away, and that are small. */
  readonly recovered: number;
  /** Groups whose counts in two tables differ by a small number. */
  readonly small_differences: number;
}

/** Suppressed small cells of one table that its own totals give away: the only one missing of a sum that is known. */
export function recoverWithin(table: CountTable, threshold: number): number {
  const counts = table.cells.map(({ count }) => count);
  const groups = sumsOf(table);
  let recovered = 0;
  for (let again = true; again; ) {
    again = false;
    for (const { total, parts } of groups) {
      const sum = counts[total] ?? null;
      const open = parts.filter((at) => counts[at] === null);
      const [only] = open;
      if (sum === null || open.length !== 1 || only === undefined) continue;
      const value = sum - parts.reduce((before, at) => before + (counts[at] ?? 0), 0);
      counts[only] = value;
      if (value > 0 && value < threshold) recovered++;
      again = true;
    }
  }
  return recovered;
}

/** Each total with the cells that add up to it, one dimension at a time. */
function sumsOf({
  dimensions,
  cells,
}: CountTable): readonly { readonly total: number; readonly parts: readonly number[] }[] {
  return dimensions.flatMap((_, dimension) => {
    const groups = new Map<string, { total: number | null; parts: number[] }>();
    for (const [at, { key }] of cells.entries()) {
      const name = JSON.stringify(key.toSpliced(dimension, 1));
      const group = groups.get(name) ?? { total: null, parts: [] };
      if (isTotal(key[dimension] ?? '')) group.total = at;
      else group.parts.push(at);
      groups.set(name, group);
    }
    return [...groups.values()].flatMap(({ total, parts }) =>
      total === null || parts.length === 0 ? [] : { total, parts },
    );
  });
}

/**
 * What two tables give away together: their counts are compared by the dimensions that both have. Null where they
 * share none.
 */
export function difference(first: CountTable, second: CountTable, threshold: number): Disclosure | null {
  const shared = first.dimensions.filter((name) => second.dimensions.includes(name));
  if (shared.length === 0) return null;
  const [a, b] = [project(first, shared), project(second, shared)];
  let [recovered, differences] = [0, 0];
  for (const [key, one] of a) {
    const other = b.get(key);
    if (!other) continue;
    const gap = Math.abs(one.known - other.known);
    const open = one.suppressed + other.suppressed;
    if (gap === 0 || gap >= threshold) continue;
    if (open === 0) differences++;
    if (open === 1 && (one.suppressed === 1 ? other.known > one.known : one.known > other.known)) recovered++;
  }
  return { recovered, small_differences: differences };
}

interface Sum {
  known: number;
  suppressed: number;
}

/** Sums over the dimensions that are left out; their totals are not counted twice. */
function project({ dimensions, cells }: CountTable, shared: readonly string[]): Map<string, Sum> {
  const places = shared.map((name) => dimensions.indexOf(name));
  const rest = dimensions.flatMap((name, at) => (shared.includes(name) ? [] : at));
  const sums = new Map<string, Sum>();
  for (const { key, count } of cells) {
    if (rest.some((at) => isTotal(key[at] ?? ''))) continue;
    const name = JSON.stringify(
      places.map((at) => (isTotal(key[at] ?? '') ? 'total' : (key[at] ?? '').trim().toLowerCase())),
    );
    const sum = sums.get(name) ?? { known: 0, suppressed: 0 };
    if (count === null) sum.suppressed++;
    else sum.known += count;
    sums.set(name, sum);
  }
  return sums;
}
