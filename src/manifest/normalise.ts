import { formsOf, type JsonSchema, resolveRef } from '../yaml/schema.ts';

interface Normalised {
  readonly value: unknown;
  /** Paths of the values that the schema calls countries. */
  readonly countries: readonly (readonly (string | number)[])[];
}

/**
 * One spelling for each meaning, as the notes `x-reads-as` of the schema say: `none` becomes `false` or an empty
 * list, a bare year a text, `true` the answer `yes`. What the schema refuses is left as it is.
 */
export function normalise(schema: JsonSchema, input: unknown): Normalised {
  const countries: (string | number)[][] = [];

  function read(start: JsonSchema, value: unknown, path: readonly (string | number)[]): unknown {
    if (start['$ref'] === '#/$defs/country' && typeof value === 'string' && value !== 'unknown')
      countries.push([...path]);
    const node = resolveRef(schema, start);
    const forms = formsOf(node);
    if (forms.length > 0) {
      const exact = forms.map((form) => resolveRef(schema, form)).find((form) => isExactly(form, value));
      if (exact) return readAs(exact, value);
      return forms.reduce((read_, form) => read(form, read_, path), value);
    }
    if (isExactly(node, value)) return readAs(node, value);
    return typeof value === 'object' && value !== null ? readInside(node, value, path) : value;
  }

  function readInside(node: JsonSchema, value: object, path: readonly (string | number)[]): unknown {
    if (Array.isArray(value)) {
      const items = node['items'];
      if (node['type'] !== 'array' || typeof items !== 'object') return value;
      return value.map((item: unknown, index) => read(items as JsonSchema, item, [...path, index]));
    }
    if (node['type'] !== 'object') return value;
    const properties = (node['properties'] ?? {}) as { readonly [key: string]: JsonSchema };
    const others = node['additionalProperties'];
    const result = Object.create(null) as { [key: string]: unknown };
    for (const [key, entry] of Object.entries(value)) {
      const schemaOf = Object.hasOwn(properties, key) ? properties[key] : others;
      result[key] =
        typeof schemaOf === 'object' ? read(schemaOf as JsonSchema, entry, [...path, key]) : entry;
    }
    return result;
  }

  return { value: read(schema, input, []), countries };
}

function isExactly(form: JsonSchema, value: unknown): boolean {
  if (form['const'] !== undefined) return form['const'] === value;
  if (Array.isArray(form['enum'])) return form['enum'].includes(value);
  return form['x-reads-as'] === 'text' && Number.isInteger(value);
}

function readAs(form: JsonSchema, value: unknown): unknown {
  const as = form['x-reads-as'];
  if (as === undefined) return value;
  return as === 'text' ? String(value) : structuredClone(as);
}
