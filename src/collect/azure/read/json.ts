import type { Json } from '../../../inventory/fact.ts';
import { isTree, type Tree } from '../../../inventory/fact.ts';

/** What stands at a path of an answer; undefined where nothing does. Names are found whatever their case. */
export function at(value: Json | undefined, ...path: readonly string[]): Json | undefined {
  let found = value;
  for (const step of path) {
    if (!isTree(found)) return undefined;
    found = Object.hasOwn(found, step) ? found[step] : folded(found, step);
  }
  return found ?? undefined;
}

function folded(tree: Tree, step: string): Json | undefined {
  const wanted = step.toLowerCase();
  const key = Object.keys(tree).find((name) => name.toLowerCase() === wanted);
  return key === undefined ? undefined : tree[key];
}

/** A text that says something: an empty one says nothing. */
export function textAt(value: Json | undefined, ...path: readonly string[]): string | null {
  const found = at(value, ...path);
  return typeof found === 'string' && found.trim() !== '' ? found : null;
}

export function boolAt(value: Json | undefined, ...path: readonly string[]): boolean | null {
  const found = at(value, ...path);
  return typeof found === 'boolean' ? found : null;
}

export function numberAt(value: Json | undefined, ...path: readonly string[]): number | null {
  const found = at(value, ...path);
  return typeof found === 'number' && Number.isFinite(found) ? found : null;
}

/** The objects of a list; none where there is no list. */
export function treesAt(value: Json | undefined, ...path: readonly string[]): readonly Tree[] {
  const found = at(value, ...path);
  return Array.isArray(found) ? found.filter((one): one is Tree => isTree(one)) : [];
}

export function textsAt(value: Json | undefined, ...path: readonly string[]): readonly string[] {
  const found = at(value, ...path);
  return Array.isArray(found)
    ? found.filter((one): one is string => typeof one === 'string' && one !== '')
    : [];
}
