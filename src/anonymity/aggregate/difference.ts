import { type CountTable, isTotal } from './table.ts';

export interface Disclosure {
  /** Suppressed cells that the totals give away, and that are small. */
  readonly recovered: number;
  /** Groups whose counts in two tables differ by a small number. */
  readonly small_differences: number;
}

/**
 * Counts that nobody published and that a table's own totals give away: the only cell suppressed of a sum that is known,
 * and what a total has more than its parts where a row was left out. Small ones only.
 */
export function recoverWithin(table: CountTable, threshold: number): number {
  return recoveredIn(table).filter((count) => count < threshold).length;
}

/** All of them, of at least one person. */
export function recoveredIn(table: CountTable): readonly number[] {
  const counts = table.cells.map(({ count }) => count);
  const groups = sumsOf(table);
  const recovered: number[] = [];
  for (let again = true; again; ) {
    again = false;
    for (const { total, parts } of groups) {
      const sum = counts[total] ?? null;
      const open = parts.filter((at) => counts[at] === null);
      const [only] = open;
      if (sum === null || open.length !== 1 || only === undefined) continue;
      const value = sum - partSum(counts, parts);
      counts[only] = value;
      recovered.push(value);
      again = true;
    }
  }
  for (const { total, parts } of groups) {
    const sum = counts[total] ?? null;
    if (sum !== null && parts.every((at) => counts[at] !== null))
      recovered.push(sum - partSum(counts, parts));
  }
  return recovered.filter((count) => count > 0);
}

function partSum(counts: readonly (number | null)[], parts: readonly number[]): number {
  return parts.reduce((before, at) => before + (counts[at] ?? 0), 0);
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
  addTotal(a, b, shared.length);
  addTotal(b, a, shared.length);
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

/** A table without a total has one all the same: that of its rows. Added where the other table tells its own. */
function addTotal(sums: Map<string, Sum>, other: ReadonlyMap<string, Sum>, dimensions: number): void {
  const whole = JSON.stringify(Array.from({ length: dimensions }, () => 'total'));
  if (sums.has(whole) || !other.has(whole)) return;
  const parts = [...sums].filter(([name]) => !(JSON.parse(name) as readonly string[]).includes('total'));
  const total = { known: 0, suppressed: 0 };
  for (const [, { known, suppressed }] of parts) {
    total.known += known;
    total.suppressed += suppressed;
  }
  sums.set(whole, total);
}
