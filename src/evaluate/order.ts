import type { Subject } from '../result/result.ts';

/** By code unit: the same on every machine. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

export function bySubject(a: Subject, b: Subject): number {
  return a === b ? 0 : compare(a.type, b.type) || compare(a.id, b.id);
}
