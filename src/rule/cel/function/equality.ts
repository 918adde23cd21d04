import { spend } from '../cost.ts';
import { CelError, describe, isRecord, lackOf, Marker, PartialList } from '../value.ts';

/**
 * CEL equality: numbers by value across int and double, lists in order, maps by key; values of different
 * types are not equal. Where a part is not known: false if another part differs, else the marker that
 * stands in the way. Records have no equality.
 */
export function equals(left: unknown, right: unknown): boolean | Marker {
  // Lists may hold the same list many times over: what is small to build can be endless to compare.
  spend(typeof left === 'string' && typeof right === 'string' ? 1 / 32 + (left.length >> 5) : 1 / 32);
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
  if (Array.isArray(left) && Array.isArray(right)) return equalLists(left, right);
  if (left instanceof Map && right instanceof Map) return equalMaps(left, right);
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

function equalLists(left: readonly unknown[], right: readonly unknown[]): boolean | Marker {
  if (left.length !== right.length) return false;
  let marker: Marker | null = null;
  for (let index = 0; index < left.length; index += 1) {
    const same = equals(left[index], right[index]);
    if (same === false) return false;
    marker = graver(marker, same);
  }
  return marker ?? true;
}

function equalMaps(
  left: ReadonlyMap<unknown, unknown>,
  right: ReadonlyMap<unknown, unknown>,
): boolean | Marker {
  if (left.size !== right.size) return false;
  for (const key of left.keys()) if (!right.has(key)) return false;
  let marker: Marker | null = null;
  for (const [key, value] of left) {
    const same = equals(value, right.get(key));
    if (same === false) return false;
    marker = graver(marker, same);
  }
  return marker ?? true;
}

/** What stands in the way: the first that is not known, else the first error. */
function graver(marker: Marker | null, same: true | Marker): Marker | null {
  return same !== true && (marker === null || marker instanceof CelError) ? same : marker;
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
