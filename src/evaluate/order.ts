import { compare } from '../inventory/order.ts';
import type { Subject } from '../result/result.ts';

export function bySubject(a: Subject, b: Subject): number {
  return a === b ? 0 : compare(a.type, b.type) || compare(a.id, b.id);
}
