import type { Json } from '../inventory/fact.ts';

/** A JSON Schema 2020-12 node, from which validators, types and the published schema come. */
export interface JsonSchema {
  readonly [keyword: string]: Json;
}

export interface Shape {
  readonly [property: string]: JsonSchema;
}

export function text(description: string, more: JsonSchema = {}): JsonSchema {
  return { description, type: 'string', pattern: '\\S', 'x-expected': 'a text', ...more };
}

export function flag(description: string): JsonSchema {
  return { description, type: 'boolean' };
}

export function list(description: string, items: JsonSchema, more: JsonSchema = {}): JsonSchema {
  return { description, type: 'array', items, ...more };
}

/** A map with these keys and no other. */
export function record(
  description: string,
  properties: Shape,
  required: readonly string[] = [],
  more: JsonSchema = {},
): JsonSchema {
  return {
    description,
    type: 'object',
    properties,
    ...(required.length > 0 ? { required } : {}),
    additionalProperties: false,
    ...more,
  };
}

/** A map from names that the author chooses. */
export function mapOf(description: string, values: JsonSchema, more: JsonSchema = {}): JsonSchema {
  return { description, type: 'object', additionalProperties: values, ...more };
}

/** One word out of several; editors show the description of each. */
export function choice(description: string, words: { readonly [word: string]: string }): JsonSchema {
  return {
    description,
    oneOf: Object.entries(words).map(([word, meaning]) => ({ const: word, description: meaning })),
  };
}

/** Any of these forms. A `description` moves to the whole. */
export function anyOf(description: string, ...forms: readonly JsonSchema[]): JsonSchema {
  return { description, anyOf: forms };
}

export function ref(name: string): JsonSchema {
  return { $ref: `#/$defs/${name}` };
}

/** Follows `$ref` inside one schema. */
export function resolveRef(root: JsonSchema, node: JsonSchema): JsonSchema {
  let found = node;
  while (typeof found['$ref'] === 'string') {
    const definitions = root['$defs'] as { readonly [name: string]: JsonSchema } | undefined;
    const target = definitions?.[found['$ref'].slice('#/$defs/'.length)];
    if (!target) return {};
    found = target;
  }
  return found;
}

/** The forms that a value may take. A choice beside a type only says which keys must be there: it is none. */
export function formsOf(node: JsonSchema): readonly JsonSchema[] {
  return node['type'] === undefined ? ((node['anyOf'] ?? node['oneOf'] ?? []) as readonly JsonSchema[]) : [];
}
