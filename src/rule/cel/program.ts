import type { TypeName } from './type.ts';
import type { CelError, Unknown, Value } from './value.ts';

export interface Setting {
  readonly variables: { readonly [name: string]: TypeName };
  /** The type that the result must have; `bool` for a condition. */
  readonly expect?: TypeName;
}

export interface Program {
  readonly source: string;
  readonly type: TypeName;
  /** Every fact it may read, dotted, `[]` standing for any member: `place.countries`, `chain[].owner`. Sorted. */
  readonly facts: readonly string[];
  /** Computes the value in a scope. Never throws, reads nothing but the scope, ends within the cost limit. */
  readonly evaluate: (scope: { readonly [name: string]: unknown }) => Value | Unknown | CelError;
}
