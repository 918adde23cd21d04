import {
  at,
  boolOf,
  hasOpen,
  isValueTree,
  items,
  numberOf,
  Open,
  refsOf,
  textOf,
  type Value,
} from '../code/value.ts';

type Apply = (list: readonly Value[]) => Value;

/** A function of what is known alone; open where an argument is. */
const known =
  (apply: Apply): Apply =>
  (list) => {
    const open = list.find(hasOpen);
    if (open === undefined) return apply(list);
    return new Open(open instanceof Open ? open.why : 'it is known when it is deployed', {
      refs: refsOf(list),
    });
  };

/** A function of texts, which leaves open parts in their place. */
function texts(list: readonly Value[]): Value {
  const whole = list.map((one) => (one instanceof Open ? (one.text ?? '*') : (textOf(one) ?? ''))).join('');
  const open = list.find((one) => one instanceof Open);
  if (whole.length > LONGEST) return new Open('a text that is too long', { refs: refsOf(list) });
  return open instanceof Open ? new Open(open.why, { text: whole, refs: refsOf(list) }) : whole;
}

/** Texts and lists can double with each variable that holds two of another. */
const LONGEST = 100_000;

function lists(list: readonly Value[]): Value {
  const length = list.reduce<number>((sum, one) => sum + (Array.isArray(one) ? one.length : 1), 0);
  return length > LONGEST ? new Open('a list that is too long') : list.flatMap(items);
}

function replaceAll(text: string, from: string, to: string): Value {
  const count = from === '' ? 0 : text.split(from).length - 1;
  return count * to.length > LONGEST
    ? new Open('a text that is too long')
    : count === 0
      ? text
      : text.replaceAll(from, () => to);
}

function mapText(value: Value, change: (text: string) => Value): Value {
  if (value instanceof Open)
    return new Open(value.why, {
      text: value.text === null ? null : value.text,
      refs: value.refs,
      either: value.either.map((one) => mapText(one, change)),
    });
  return change(textOf(value) ?? '');
}

function format([template, ...values]: readonly Value[]): Value {
  const parts = (textOf(template) ?? '*').split(/(\{\d+(?::[^{}]*)?\})/);
  return texts(
    parts.map((part) => {
      const index = /^\{(\d+)/.exec(part)?.[1];
      return index === undefined ? part : values[Number(index)];
    }),
  );
}

/** `…/providers/TYPE/NAME`, as the ids of Azure are; what stands before the type is not needed to tell it here. */
export function idOf(list: readonly Value[]): Value {
  const type = list.findIndex((one) => typeof one === 'string' && /^[\w.]+\/[\w.\-/]+$/.test(one));
  const names = list.slice(type + 1);
  const [provider = '', ...segments] = (textOf(list[type]) ?? '').split('/');
  if (type < 0) return new Open('a resource that cannot be told', { refs: refsOf(list) });
  const path = segments.flatMap((segment, i): readonly Value[] => [
    '/',
    segment,
    '/',
    names[i] ?? new Open('a name', { text: '*' }),
  ]);
  return texts([`/providers/${provider}`, ...path]);
}

const compare = (holds: (a: number, b: number) => boolean): Apply =>
  known(([a, b]) => holds(numberOf(a) ?? Number.NaN, numberOf(b) ?? Number.NaN));

const merge: Apply = known((list) =>
  list.every((one) => Array.isArray(one))
    ? lists(list)
    : (Object.assign({}, ...list.filter(isValueTree)) as Value),
);

/** The functions that decide names, places and links; of others only the resources that they mention are kept. */
export const functions: { readonly [name: string]: Apply } = {
  concat: (list) => (list.some((one) => Array.isArray(one)) ? lists(list) : texts(list)),
  format,
  resourceid: idOf,
  subscriptionresourceid: idOf,
  tenantresourceid: idOf,
  managementgroupresourceid: idOf,
  extensionresourceid: ([of, ...rest]) => texts([of, idOf(rest)]),
  tolower: ([one]) => mapText(one, (text) => text.toLowerCase()),
  toupper: ([one]) => mapText(one, (text) => text.toUpperCase()),
  trim: ([one]) => mapText(one, (text) => text.trim()),
  string: ([one]) =>
    one instanceof Open
      ? one
      : isValueTree(one) || Array.isArray(one)
        ? JSON.stringify(one)
        : (textOf(one) ?? ''),
  int: known(([one]) => numberOf(one) ?? new Open('no number')),
  bool: known(([one]) => boolOf(one) ?? false),
  true: () => true,
  false: () => false,
  null: () => null,
  createarray: (list) => [...list],
  array: ([one]) => (Array.isArray(one) || one instanceof Open ? one : [one]),
  createobject: (list) =>
    Object.fromEntries(
      list.flatMap((key, i) => (i % 2 === 0 ? [[textOf(key) ?? '', list[i + 1]] as const] : [])),
    ),
  equals: known(([a, b]) =>
    typeof a === 'string' && typeof b === 'string'
      ? a.toLowerCase() === b.toLowerCase()
      : JSON.stringify(a) === JSON.stringify(b),
  ),
  not: known(([one]) => boolOf(one) !== true),
  and: (list) => (list.includes(false) ? false : (list.find((one) => one instanceof Open) ?? true)),
  or: (list) => (list.includes(true) ? true : (list.find((one) => one instanceof Open) ?? false)),
  coalesce: (list) => list.find((one) => one !== null && one !== undefined),
  trynull: ([one]) => one,
  empty: known(
    ([one]) =>
      one === null ||
      one === undefined ||
      one === '' ||
      (Array.isArray(one) && one.length === 0) ||
      (isValueTree(one) && Object.keys(one).length === 0),
  ),
  length: known(([one]) =>
    typeof one === 'string' || Array.isArray(one)
      ? one.length
      : isValueTree(one)
        ? Object.keys(one).length
        : 0,
  ),
  contains: known(([of, what]) => {
    if (typeof of === 'string') return of.includes(textOf(what) ?? '');
    if (Array.isArray(of))
      return (of as readonly Value[]).some((one) => JSON.stringify(one) === JSON.stringify(what));
    return (
      isValueTree(of) && Object.keys(of).some((key) => key.toLowerCase() === textOf(what)?.toLowerCase())
    );
  }),
  first: known(([one]) => (typeof one === 'string' ? one.slice(0, 1) : at(one, 0))),
  last: known(([one]) =>
    typeof one === 'string'
      ? one.slice(-1)
      : Array.isArray(one)
        ? (one as readonly Value[]).at(-1)
        : undefined,
  ),
  split: known(([text, by]) => {
    const separators = items(by)
      .map(textOf)
      .filter((one) => one !== null);
    return separators.reduce<string[]>(
      (parts, one) => parts.flatMap((part) => part.split(one)),
      [textOf(text) ?? ''],
    );
  }),
  join: ([list, by]) => texts(items(list).flatMap((one, i) => (i === 0 ? [one] : [by, one]))),
  replace: ([text, from, to]) =>
    mapText(text, (one) => replaceAll(one, textOf(from) ?? '', textOf(to) ?? '')),
  substring: known(([text, start, length]) => {
    const from = numberOf(start) ?? 0;
    const count = numberOf(length);
    return (textOf(text) ?? '').slice(from, typeof count === 'number' ? from + count : undefined);
  }),
  take: ([of, count]) =>
    of instanceof Open
      ? of
      : known(([one, n]) =>
          typeof one === 'string' ? one.slice(0, numberOf(n) ?? 0) : items(one).slice(0, numberOf(n) ?? 0),
        )([of, count]),
  skip: known(([one, n]) =>
    typeof one === 'string' ? one.slice(numberOf(n) ?? 0) : items(one).slice(numberOf(n) ?? 0),
  ),
  startswith: known(([a, b]) => (textOf(a) ?? '').toLowerCase().startsWith((textOf(b) ?? '').toLowerCase())),
  endswith: known(([a, b]) => (textOf(a) ?? '').toLowerCase().endsWith((textOf(b) ?? '').toLowerCase())),
  add: known(([a, b]) => (numberOf(a) ?? 0) + (numberOf(b) ?? 0)),
  sub: known(([a, b]) => (numberOf(a) ?? 0) - (numberOf(b) ?? 0)),
  mul: known(([a, b]) => (numberOf(a) ?? 0) * (numberOf(b) ?? 0)),
  mod: known(([a, b]) =>
    (numberOf(b) ?? 0) === 0 ? new Open('a division by zero') : (numberOf(a) ?? 0) % (numberOf(b) ?? 1),
  ),
  greater: compare((a, b) => a > b),
  greaterorequals: compare((a, b) => a >= b),
  less: compare((a, b) => a < b),
  lessorequals: compare((a, b) => a <= b),
  union: merge,
  shallowmerge: ([list]) => merge(items(list)),
  range: known(([from, count]) =>
    Array.from(
      { length: Math.min(Math.max(numberOf(count) ?? 0, 0), 10_000) },
      (_, i) => (numberOf(from) ?? 0) + i,
    ),
  ),
};
