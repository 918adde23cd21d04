import type { Json } from '../../inventory/fact.ts';

/**
 * A value that code leaves open, with what is known of it: the resources that it is made of, its text with `*` for
 * the open parts, or the values of which it is one.
 */
export class Open {
  readonly why: string;
  readonly refs: readonly string[];
  readonly text: string | null;
  readonly either: readonly Value[];

  constructor(
    why: string,
    more: { refs?: readonly string[]; text?: string | null; either?: readonly Value[] } = {},
  ) {
    this.why = why;
    this.refs = more.refs ?? [];
    this.text = more.text ?? null;
    this.either = more.either ?? [];
  }
}

/** What an expression of a template stands for. `undefined` is a member that is not there. */
export type Value = string | number | boolean | null | Open | readonly Value[] | ValueTree | undefined;

export interface ValueTree {
  readonly [key: string]: Value;
}

export function isValueTree(value: Value): value is ValueTree {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Open);
}

/** The value at the end of a way; open where the way leads through something open. */
export function at(value: Value, ...path: readonly (string | number)[]): Value {
  let here = value;
  for (const [index, step] of path.entries()) {
    if (here instanceof Open) {
      const rest = path.slice(index);
      return here.either.length === 0
        ? new Open(here.why, { refs: here.refs })
        : oneOf(
            here.why,
            here.either.map((one) => at(one, ...rest)),
          );
    }
    if (Array.isArray(here)) here = (here as readonly Value[])[Number(step)];
    else here = isValueTree(here) && Object.hasOwn(here, step) ? here[step] : undefined;
  }
  return here ?? undefined;
}

/** One value where all agree, else an open one. */
export function oneOf(why: string, values: readonly Value[]): Value {
  const [first] = values;
  const same = values.every((one) => !hasOpen(one) && JSON.stringify(one) === JSON.stringify(first));
  return same ? first : new Open(why, { either: values, refs: [...new Set(values.flatMap(refsOf))] });
}

/** Every value that an open one may be, itself where that is not told. */
export function alternatives(value: Value): readonly Value[] {
  return value instanceof Open && value.either.length > 0 ? value.either.flatMap(alternatives) : [value];
}

/** Members of a list, of each list that it may be; a single value is a list of one. */
export function items(value: Value): readonly Value[] {
  // What an alternative leaves out is not there: `AWS::NoValue` is no member.
  return alternatives(value)
    .flatMap((one) =>
      Array.isArray(one) ? (one as readonly Value[]).flatMap(alternatives) : one === null ? [] : [one],
    )
    .filter((one) => one !== undefined);
}

/** Resources that a value mentions, however deep. */
export function refsOf(value: Value): readonly string[] {
  if (value instanceof Open) return [...new Set([...value.refs, ...value.either.flatMap(refsOf)])];
  if (Array.isArray(value)) return [...new Set((value as readonly Value[]).flatMap(refsOf))];
  return isValueTree(value) ? [...new Set(Object.values(value).flatMap(refsOf))] : [];
}

export function hasOpen(value: Value): boolean {
  if (value instanceof Open) return true;
  if (Array.isArray(value)) return (value as readonly Value[]).some(hasOpen);
  return isValueTree(value) && Object.values(value).some(hasOpen);
}

/** A scalar as text; null for what is not set or no scalar. */
export function textOf(value: Value): string | null {
  return typeof value === 'string'
    ? value || null
    : typeof value === 'number' || typeof value === 'boolean'
      ? String(value)
      : null;
}

/** Undefined: open. Null: not set. Templates write booleans as texts too, some as YAML 1.1 does. */
export function boolOf(value: Value): boolean | null | undefined {
  if (value instanceof Open) return undefined;
  const text = textOf(value)?.toLowerCase();
  return text === 'true' || text === 'yes' || text === 'on'
    ? true
    : text === 'false' || text === 'no' || text === 'off'
      ? false
      : null;
}

/** Undefined: open. Null: not set. */
export function numberOf(value: Value): number | null | undefined {
  if (value instanceof Open) return undefined;
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : null;
}

/** As JSON; what is open stands as its text, or as `*`. */
export function toJson(value: Value): Json {
  if (value instanceof Open) return value.text ?? '*';
  if (Array.isArray(value)) return (value as readonly Value[]).map(toJson);
  if (isValueTree(value))
    return Object.fromEntries(
      Object.entries(value)
        .filter(([, one]) => one !== undefined)
        .map(([key, one]) => [key, toJson(one)]),
    );
  return (value as string | number | boolean | null | undefined) ?? null;
}
