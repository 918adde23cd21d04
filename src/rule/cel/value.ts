import type { Reason } from '../../inventory/fact.ts';
import { spend } from './cost.ts';

/** A fact that would decide, and why it is not known. `fact` is dotted, as the rule names it. */
export interface Missing {
  readonly fact: string;
  readonly reason: Reason;
  readonly permission?: string;
}

/**
 * What may stand where a value is expected. Classes, because a plain record could carry any field and so
 * pass for a marker; one base class, so that the hot path needs a single test.
 */
export abstract class Marker {
  abstract readonly kind: 'missing' | 'unknown' | 'error' | 'partial';
}

/** Stored in a record in place of a fact that is not known. It has no path: the rule that reads it gives one. */
export class MissingValue extends Marker {
  override readonly kind = 'missing';
  readonly reason: Reason;
  readonly permission: string | undefined;

  constructor(reason: Reason, permission?: string) {
    super();
    this.reason = reason;
    this.permission = permission;
  }
}

/** The third truth value, for any type: what the value is depends on the missing facts. */
export class Unknown extends Marker {
  override readonly kind = 'unknown';
  readonly missing: readonly Missing[];

  constructor(missing: readonly Missing[]) {
    super();
    this.missing = missing;
  }
}

/** An expression that broke: no such overload, division by zero, a limit. A value, since `false && error` is false. */
export class CelError extends Marker {
  override readonly kind = 'error';
  readonly message: string;
  /** Where in the expression, in characters from its start. */
  readonly offset: number;

  constructor(message: string, offset = 0) {
    super();
    this.message = message;
    this.offset = offset;
  }
}

/** A list of which some members are known and others may exist. In a record, `missing` may lack its path. */
export class PartialList extends Marker {
  override readonly kind = 'partial';
  readonly items: readonly unknown[];
  readonly missing: Unknown | MissingValue;

  constructor(items: readonly unknown[], missing: Unknown | MissingValue) {
    super();
    this.items = items;
    this.missing = missing;
  }
}

/** What an expression may evaluate to when it is decided. CEL int is bigint, double is number. */
export type Value =
  | string
  | boolean
  | bigint
  | number
  | null
  | readonly unknown[]
  | ReadonlyMap<unknown, unknown>
  | { readonly [field: string]: unknown }
  | PartialList;

/** The missing fact, named. */
export function toUnknown(missing: MissingValue, fact: string): Unknown {
  const { reason, permission } = missing;
  return new Unknown([permission === undefined ? { fact, reason } : { fact, reason, permission }]);
}

/** Several unknowns in one, each fact once, in the order of reading; null when there are none. */
export function unite(unknowns: readonly Unknown[]): Unknown | null {
  const [first] = unknowns;
  if (first === undefined || unknowns.length === 1) return first ?? null;
  const byFact = new Map<string, Missing>();
  for (const { missing } of unknowns) {
    spend(missing.length / 4);
    for (const one of missing) if (!byFact.has(one.fact)) byFact.set(one.fact, one);
  }
  return new Unknown([...byFact.values()]);
}

export function mergeUnknowns(first: Unknown | null, second: Unknown): Unknown {
  return first === null ? second : (unite([first, second]) ?? second);
}

/** What a partial list lacks, `fact` naming the list where the record that holds it did not. */
export function lackOf(list: PartialList, fact: () => string): Unknown {
  return list.missing instanceof Unknown ? list.missing : toUnknown(list.missing, fact());
}

/**
 * What strict operands come to when one of them is not a plain value: the merged unknowns, else the first
 * error, else null. An unknown wins over an error everywhere, so that the missing facts are always named.
 */
export function undecided(operands: readonly unknown[]): Unknown | CelError | null {
  const unknowns: Unknown[] = [];
  let error: CelError | null = null;
  for (const operand of operands) {
    if (operand instanceof Unknown) unknowns.push(operand);
    else if (operand instanceof PartialList) unknowns.push(lackOf(operand, () => 'list'));
    else if (operand instanceof CelError) error ??= operand;
  }
  return unite(unknowns) ?? error;
}

/** The steps from a list or a map to a marker inside it, `[2]` or `[k][0]`; null when it is not there. */
export function locate(value: unknown, marker: Marker): string | null {
  spend(1 / 32);
  if (value === marker) return '';
  const members = value instanceof PartialList ? value.items : value;
  if (!Array.isArray(members) && !(members instanceof Map)) return null;
  for (const [key, member] of members.entries()) {
    const steps = locate(member, marker);
    if (steps !== null) return `[${String(key)}]${steps}`;
  }
  return null;
}

/** A record or a JSON object, as opposed to a list, a map or a marker. */
export function isRecord(value: unknown): value is { readonly [field: string]: unknown } {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Map) &&
    !(value instanceof Marker)
  );
}

/** The kind of a value in words, for messages. */
export function describe(value: unknown): string {
  if (value === null) return 'null';
  if (typeof value === 'bigint') return 'an int';
  if (typeof value === 'number') return 'a double';
  if (typeof value === 'boolean') return 'a bool';
  if (typeof value === 'string') return 'a string';
  if (Array.isArray(value) || value instanceof PartialList) return 'a list';
  return value instanceof Map ? 'a map' : 'a record';
}
