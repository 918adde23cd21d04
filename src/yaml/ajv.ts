import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import type { Json } from '../inventory/fact.ts';
import { formats } from './format.ts';
import { formsOf, type JsonSchema } from './schema.ts';

/**
 * A validator of JSON Schema 2020-12 that reports everything at once and knows our own formats.
 * `x-reads-as` and `x-expected` are notes for our readers: see `schema.ts`.
 */
export function createAjv(): Ajv2020 {
  // Regular expressions and types are checked when the schema is published, not at each start.
  const ajv = new Ajv2020({
    allErrors: true,
    verbose: true,
    strictTypes: false,
    strictRequired: false,
    validateSchema: false,
    addUsedSchema: false,
    // Each halves the time that a schema takes to compile; messages are our own.
    inlineRefs: false,
    messages: false,
    code: { optimize: false, process: appendErrors },
  });
  for (const [name, { test }] of Object.entries(formats)) ajv.addFormat(name, test);
  ajv.addVocabulary(['x-reads-as', 'x-expected']);
  return ajv;
}

/** The library copies every earlier error at each reference that fails: quadratic, a minute for a large bad file. */
export function appendErrors(code: string): string {
  const append = '((all, more) => { for (const one of more) all.push(one); return all; })';
  return code.replace(/vErrors\.concat\(/g, `${append}(vErrors, `);
}

/** Compiles on first use, once: what a run does not read costs nothing at start. */
export function lazyValidator(schema: () => JsonSchema): () => ValidateFunction {
  let compiled: ValidateFunction | undefined;
  return () => (compiled ??= createAjv().compile(compact(schema())));
}

/** The same schema for machines: without descriptions, each choice of described words an `enum`. */
export function compact(node: JsonSchema): JsonSchema {
  const forms = formsOf(node);
  const words = forms.flatMap((form) => (Array.isArray(form['enum']) ? form['enum'] : [form['const']]));
  if (forms.length > 0 && words.every((word) => word !== undefined)) return { enum: words };
  const entries = Object.entries(node).filter(
    ([keyword, value]) => typeof value !== 'string' || !notes.has(keyword),
  );
  return Object.fromEntries(entries.map(([keyword, value]) => [keyword, compactValue(value)]));
}

const notes = new Set(['description', 'title', '$schema']);

function compactValue(value: Json): Json {
  if (Array.isArray(value)) return value.map((item: Json) => compactValue(item));
  return typeof value === 'object' && value !== null ? compact(value as JsonSchema) : value;
}
