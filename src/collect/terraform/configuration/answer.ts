import type { Json } from '../../../inventory/fact.ts';
import { member } from '../json/tree.ts';
import type { Configuration, Expression } from './model.ts';

/** A value, or why there is none; and how it was come by, in words. */
export type Answer =
  | { readonly known: true; readonly value: Json; readonly steps: readonly string[] }
  | Unknown;

export interface Unknown {
  readonly known: false;
  readonly why: string;
  readonly steps: readonly string[];
}

/** Which instance of `count` or `for_each`. `value` is left out where only the key is known. */
export interface Each {
  readonly key: string | number;
  readonly value?: Json;
}

/** Where an expression stands: the module, the instance of each module on the way, and of the resource. */
export interface Scope {
  readonly configuration: Configuration;
  readonly path: readonly string[];
  readonly instances: readonly (Each | null)[];
  readonly each: Each | null;
  /** What a dynamic block is being made from, by the name of its iterator. */
  readonly iterators?: ReadonlyMap<string, Each>;
  /** How many more references may be followed: what refers to itself ends. */
  readonly left: number;
  readonly evaluate: (expression: Expression, scope: Scope) => Answer;
}

export function known(value: Json, steps: readonly string[] = []): Answer {
  return { known: true, value, steps };
}

export function unknown(why: string, steps: readonly string[] = []): Unknown {
  return { known: false, why, steps };
}

/** What is at the end of a way through a known value. */
export function dig(answer: Answer & { readonly known: true }, steps: readonly (string | number)[]): Answer {
  let value: Json | undefined = answer.value;
  for (const step of steps) value = member(value, step);
  return value === undefined
    ? unknown(`there is no ${steps.join('.')}`, answer.steps)
    : known(value, answer.steps);
}
