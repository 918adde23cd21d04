import type { Frame } from '../expression.ts';
import { CelError, describe, isRecord, lackOf, Marker, PartialList } from '../value.ts';

/** Steps left; what is compared is taken off. */
type Meter = Pick<Frame, 'budget'>;

/**
 * CEL equality: numbers by value across int and double, lists in order, maps by key; values of different
 * types are not equal. Where a part is not known: false if another part differs, else the marker that
 * stands in the way. Records have no equality.
 */
export function equals(left: unknown, right: unknown, meter: Meter): boolean | Marker {
  meter.budget -= 1 / 32;
  if (left === right && (typeof left !== 'object' || left === null)) return true;
  if (typeof left === 'bigint' && typeof right === 'number') return sameNumber(left, right);
  if (typeof left === 'number' && typeof right === 'bigint') return sameNumber(right, left);
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) {
    return left instanceof Marker && !(left instanceof PartialList)
      ? left
      : right instanceof Marker && !(right instanceof PartialList)
        ? right
        : false;
  }
  if (left instanceof PartialList) return equalsPartly(left, right);
  if (right instanceof PartialList) return equalsPartly(right, left);
  if (left instanceof Marker) return left;
  if (right instanceof Marker) return right;
  if (Array.isArray(left) && Array.isArray(right)) return equalLists(left, right, meter);
  if (left instanceof Map && right instanceof Map) return equalMaps(left, right, meter);
  if (isRecord(left) && isRecord(right))
    return new CelError('records cannot be compared: compare a key or an id');
  return false;
}

function sameNumber(int: bigint, double: number): boolean {
  return Number.isInteger(double) && BigInt(double) === int;
}

function equalsPartly(partial: PartialList, other: object): boolean | Marker {
  const isList = Array.isArray(other);
  if (other instanceof Marker && !(other instanceof PartialList)) return other;
  if (!isList && !(other instanceof PartialList)) return false;
  // The known members are a minimum: a shorter list cannot be equal.
  if (isList && other.length < partial.items.length) return false;
  return lackOf(partial, () => 'list');
}

function equalLists(left: readonly unknown[], right: readonly unknown[], meter: Meter): boolean | Marker {
  if (left.length !== right.length) return false;
  return every(
    left.map((item, index) => [item, right[index]] as const),
    meter,
  );
}

function equalMaps(
  left: ReadonlyMap<unknown, unknown>,
  right: ReadonlyMap<unknown, unknown>,
  meter: Meter,
): boolean | Marker {
  if (left.size !== right.size) return false;
  const pairs: (readonly [unknown, unknown])[] = [];
  for (const [key, value] of left) {
    if (!right.has(key)) return false;
    pairs.push([value, right.get(key)]);
  }
  return every(pairs, meter);
}

function every(pairs: readonly (readonly [unknown, unknown])[], meter: Meter): boolean | Marker {
  let marker: Marker | null = null;
  for (const [left, right] of pairs) {
    // Lists may hold the same list many times over: what is small to build can be endless to compare.
    if (meter.budget < 0) return new CelError('cost limit: the expression does too much work');
    const same = equals(left, right, meter);
    if (same === false) return false;
    if (same !== true && (marker === null || marker instanceof CelError)) marker = same;
  }
  return marker ?? true;
}

/**
 * Order of two strings (by code point), numbers or booleans: negative, zero, positive, NaN where a double is
 * not a number; a CelError for what has no order.
 */
export function compare(left: unknown, right: unknown): number | CelError {
  if (typeof left === 'string' && typeof right === 'string') return compareStrings(left, right);
  if (typeof left === 'bigint' && typeof right === 'bigint') return left < right ? -1 : Number(left > right);
  // An int meets a double as a double, which is CEL's rule though it rounds beyond 2^53.
  if (isNumeric(left) && isNumeric(right)) return compareDoubles(Number(left), Number(right));
  if (typeof left === 'boolean' && typeof right === 'boolean') return Number(left) - Number(right);
  return new CelError(`cannot order ${describe(left)} and ${describe(right)}`);
}

function compareDoubles(left: number, right: number): number {
  if (left === right) return 0;
  return left < right ? -1 : left > right ? 1 : Number.NaN;
}

function isNumeric(value: unknown): value is number | bigint {
  return typeof value === 'number' || typeof value === 'bigint';
}

function compareStrings(left: string, right: string): number {
  if (left === right) return 0;
  const length = Math.min(left.length, right.length);
  for (let index = 0; index < length; index += 1) {
    const a = left.charCodeAt(index);
    const b = right.charCodeAt(index);
    // A surrogate stands for a code point above every other unit.
    if (a !== b) return rank(a) - rank(b);
  }
  return left.length - right.length;
}

function rank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}

/** A whole double finds the int key that it equals. */
export function toKey(key: unknown): unknown {
  return typeof key === 'number' && Number.isInteger(key) ? BigInt(key) : key;
}
