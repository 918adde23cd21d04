import { type Json, jsonText } from '../../../inventory/fact.ts';
import { isTree, listOf, member } from '../json/tree.ts';

/** Undefined: not a value that can be told. */
type Apply = (args: readonly Json[]) => Json | undefined;

const text =
  (change: (value: string) => string): Apply =>
  ([value]) =>
    typeof value === 'string' ? change(value) : undefined;
const same: Apply = ([value]) => value;

/** Functions whose result is plain. https://developer.hashicorp.com/terraform/language/functions */
export const functions: { readonly [name: string]: Apply } = {
  lower: text((value) => value.toLowerCase()),
  upper: text((value) => value.toUpperCase()),
  trimspace: text((value) => value.trim()),
  tostring: ([value]) => (value === undefined ? undefined : textOf(value)),
  tolist: same,
  tomap: same,
  toset: ([value]) => setOf(value),
  distinct: ([value]) => (Array.isArray(value) ? [...new Set(value as readonly Json[])] : undefined),
  compact: ([value]) =>
    Array.isArray(value) ? listOf(value).filter((one) => one !== null && one !== '') : undefined,
  reverse: ([value]) => (Array.isArray(value) ? listOf(value).toReversed() : undefined),
  sort: ([value]) => sorted(value),
  flatten: ([value]) => (Array.isArray(value) ? listOf(value).flatMap(flat) : undefined),
  one: ([value]) => (Array.isArray(value) && value.length < 2 ? (listOf(value)[0] ?? null) : undefined),
  zipmap: ([keys, values]) =>
    Array.isArray(keys) && Array.isArray(values) && keys.length === values.length
      ? Object.fromEntries(listOf(keys).map((key, i) => [jsonText(key), listOf(values)[i] ?? null]))
      : undefined,
  trimprefix: ([value, prefix]) =>
    typeof value === 'string' && typeof prefix === 'string'
      ? value.slice(value.startsWith(prefix) ? prefix.length : 0)
      : undefined,
  trimsuffix: ([value, suffix]) =>
    typeof value === 'string' && typeof suffix === 'string' && suffix !== '' && value.endsWith(suffix)
      ? value.slice(0, -suffix.length)
      : value,
  // Between slashes it is a pattern, of another kind than this language’s.
  replace: ([value, from, to]) =>
    typeof value === 'string' && typeof from === 'string' && typeof to === 'string' && !/^\/.*\/$/.test(from)
      ? value.replaceAll(from, () => to)
      : undefined,
  nonsensitive: same,
  sensitive: same,
  concat: (args) => (args.every(Array.isArray) ? args.flatMap(listOf) : undefined),
  merge: (args) =>
    args.every((one) => isTree(one) || one === null)
      ? Object.fromEntries(args.flatMap((one) => Object.entries(isTree(one) ? one : {})))
      : undefined,
  coalesce: (args) => args.find((one) => one !== null && one !== ''),
  lookup: ([map, key, otherwise]) => (typeof key === 'string' ? (member(map, key) ?? otherwise) : undefined),
  element: ([list, index]) => {
    const items = listOf(list);
    return items.length > 0 && typeof index === 'number' && index >= 0
      ? items[Math.trunc(index) % items.length]
      : undefined;
  },
  keys: ([map]) => (isTree(map) ? Object.keys(map).sort() : undefined),
  values: ([map]) =>
    isTree(map)
      ? Object.keys(map)
          .sort()
          .map((key) => map[key] ?? null)
      : undefined,
  length: ([value]) =>
    typeof value === 'string' || Array.isArray(value)
      ? value.length
      : isTree(value)
        ? Object.keys(value).length
        : undefined,
  contains: ([list, value]) => listOf(list).some((item) => item === value),
  join: ([by, list]) =>
    typeof by === 'string' && Array.isArray(list) ? list.map(String).join(by) : undefined,
  split: ([by, value]) => (typeof by === 'string' && typeof value === 'string' ? value.split(by) : undefined),
  jsonencode: ([value]) => (value === undefined ? undefined : JSON.stringify(value)),
  format: ([pattern, ...args]) => (typeof pattern === 'string' ? format(pattern, args) : undefined),
};

/** A set has an order of its own: that of its texts. What is no set of texts has one that is not worked out. */
function setOf(value: Json | undefined): Json | undefined {
  if (!Array.isArray(value)) return value;
  return value.length < 2 ? value : sorted([...new Set(value as readonly Json[])]);
}

function sorted(value: Json | undefined): Json | undefined {
  const texts = Array.isArray(value) ? (value as readonly Json[]) : [null];
  return texts.every((one): one is string => typeof one === 'string') ? texts.toSorted() : undefined;
}

function flat(value: Json): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]).flatMap(flat) : [value];
}

/** Only `%s`, `%d` and `%%`: what else there is changes how numbers look. */
function format(pattern: string, args: readonly Json[]): string | undefined {
  let next = 0;
  let isPlain = true;
  const done = pattern.replace(/%(.)/g, (_, verb: string) => {
    if (verb === '%') return '%';
    const value = textOf(args[next++] ?? null);
    if ((verb !== 's' && verb !== 'd') || value === undefined) isPlain = false;
    return value ?? '';
  });
  return isPlain ? done : undefined;
}

/** A value in a text. */
export function textOf(value: Json): string | undefined {
  return typeof value === 'string' || typeof value === 'boolean' || typeof value === 'number'
    ? String(value)
    : undefined;
}
