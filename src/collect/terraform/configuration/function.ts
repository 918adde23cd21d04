import type { Json } from '../../../inventory/fact.ts';
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
  toset: ([value]) => (Array.isArray(value) ? [...new Set(value as readonly Json[])] : value),
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
