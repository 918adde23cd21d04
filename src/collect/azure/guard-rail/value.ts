import type { Json, Tree } from '../../../inventory/fact.ts';
import { isTree } from '../../../inventory/fact.ts';

/** Parameters of a policy, by name in lower case. */
export type Parameters = ReadonlyMap<string, Json>;

/** A value with its parameters filled in; undefined where it takes more than that to know it. */
export function resolve(value: Json | undefined, parameters: Parameters): Json | undefined {
  if (Array.isArray(value)) {
    const items = value.map((one: Json) => resolve(one, parameters));
    return items.every((one) => one !== undefined) ? items : undefined;
  }
  if (typeof value !== 'string' || !value.startsWith('[') || !value.endsWith(']')) return value;
  if (value.startsWith('[[')) return value.slice(1);
  const [, name] = /^\[\s*parameters\(\s*'([^']+)'\s*\)\s*\]$/i.exec(value) ?? [];
  return name === undefined ? undefined : parameters.get(name.toLowerCase());
}

/** What is assigned, else what the definition has by default. A parameter without either stays open. */
export function parametersOf(
  defined: Json | undefined,
  assigned: Json | undefined,
  outer: Parameters = new Map(),
): Parameters {
  const found = new Map<string, Json>();
  const add = (of: Json | undefined, field: string, fill: Parameters): void => {
    for (const [name, one] of entries(of)) {
      const value = isTree(one) ? resolve(one[field], fill) : undefined;
      if (value !== undefined) found.set(name.toLowerCase(), value);
      // What is assigned and cannot be known is not what is there by default.
      else if (field === 'value') found.delete(name.toLowerCase());
    }
  };
  add(defined, 'defaultValue', new Map());
  add(assigned, 'value', outer);
  return found;
}

function entries(value: Json | undefined): readonly (readonly [string, Json])[] {
  return isTree(value) ? Object.entries(value satisfies Tree) : [];
}
