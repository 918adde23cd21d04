import { expectedBy } from '../yaml/expected.ts';
import { formsOf, type JsonSchema, resolveRef } from '../yaml/schema.ts';
import { manifestSchema } from './schema/manifest.ts';

/** A field of the manifest, from its schema. Texts are in English, and without their term of the DPV. */
export interface Field {
  /** Without names that authors choose: `assets.encryption.key_manager`. */
  readonly path: string;
  readonly meaning: string;
  readonly isRequired: boolean;
  /** What it takes, in words. */
  readonly expected: string;
  readonly words: readonly { readonly word: string; readonly meaning: string }[];
  readonly fields: readonly { readonly name: string; readonly meaning: string }[];
}

interface Place {
  readonly node: JsonSchema;
  readonly path: readonly string[];
  readonly isRequired: boolean;
}

/**
 * The field at a path as an author writes it, names of things and places in lists included:
 * `assets.reperes.encryption.key_manager`, `flows[0].to`. `null` where there is none.
 */
export function fieldAt(path: string, root: JsonSchema = manifestSchema): Field | null {
  const steps = path
    .replace(/\[\d*\]/g, '')
    .split('.')
    .filter(Boolean);
  let at: Place = { node: root, path: [], isRequired: true };
  for (const step of steps) {
    const inside = propertyOf(root, at, step) ?? valueOf(root, at, step);
    if (!inside) return null;
    at = inside;
  }
  return describe(root, at);
}

/** Every path of the schema, for suggestions. */
export function fieldPaths(root: JsonSchema = manifestSchema): readonly string[] {
  const found: string[] = [];
  const visit = (place: Place): void => {
    for (const record of recordsOf(root, place.node, true)) {
      for (const name of Object.keys(propertiesOf(record))) {
        const next = propertyOf(root, place, name);
        const path = next?.path.join('.') ?? '';
        if (!next || found.includes(path) || next.path.length > 6) continue;
        found.push(path);
        visit(next);
      }
    }
  };
  visit({ node: root, path: [], isRequired: true });
  return found;
}

function propertyOf(root: JsonSchema, { node, path }: Place, name: string): Place | null {
  for (const record of recordsOf(root, node, true)) {
    const properties = propertiesOf(record);
    const property = Object.hasOwn(properties, name) ? properties[name] : undefined;
    const required = (record['required'] ?? []) as readonly string[];
    if (property) return { node: property, path: [...path, name], isRequired: required.includes(name) };
  }
  return null;
}

/** What a name chosen by the author stands for. */
function valueOf(root: JsonSchema, { node, path }: Place, name: string): Place | null {
  const values = mapsOf(root, node)[0]?.['additionalProperties'];
  return typeof values === 'object' && values !== null && name !== ''
    ? { node: values as JsonSchema, path, isRequired: false }
    : null;
}

/** Every record that a value may be, alone, in a list, or (`isDeep`) by name. */
function recordsOf(root: JsonSchema, start: JsonSchema, isDeep: boolean): readonly JsonSchema[] {
  const node = resolveRef(root, start);
  const inside: JsonSchema[] = [];
  if (node['items'] !== undefined) inside.push(node['items'] as JsonSchema);
  if (isDeep && typeof node['additionalProperties'] === 'object')
    inside.push(node['additionalProperties'] as JsonSchema);
  return [
    ...(node['properties'] === undefined ? [] : [node]),
    ...[...formsOf(node), ...inside].flatMap((form) => recordsOf(root, form, isDeep)),
  ];
}

function mapsOf(root: JsonSchema, start: JsonSchema): readonly JsonSchema[] {
  const node = resolveRef(root, start);
  return typeof node['additionalProperties'] === 'object'
    ? [node]
    : formsOf(node).flatMap((form) => mapsOf(root, form));
}

function propertiesOf(node: JsonSchema): { readonly [name: string]: JsonSchema } {
  return (node['properties'] ?? {}) as { readonly [name: string]: JsonSchema };
}

function describe(root: JsonSchema, { node, path, isRequired }: Place): Field {
  const fields = new Map<string, string>();
  for (const record of recordsOf(root, node, true)) {
    for (const [name, property] of Object.entries(propertiesOf(record)))
      if (!fields.has(name)) fields.set(name, meaningOf(root, property));
  }
  return {
    path: path.join('.'),
    meaning: meaningOf(root, node),
    isRequired,
    expected: expectedBy(root, node),
    words: wordsOf(root, node),
    fields: [...fields].map(([name, meaning]) => ({ name, meaning })),
  };
}

function wordsOf(root: JsonSchema, start: JsonSchema): Field['words'] {
  const node = resolveRef(root, start);
  const forms = [...formsOf(node), ...(node['items'] === undefined ? [] : [node['items'] as JsonSchema])];
  const own =
    node['const'] === undefined && !Array.isArray(node['enum'])
      ? []
      : ((node['enum'] ?? [node['const']]) as readonly unknown[]).map((word) => ({
          word: typeof word === 'string' ? word : JSON.stringify(word),
          meaning: meaningOf(root, node),
        }));
  const all = [...own, ...forms.flatMap((form) => wordsOf(root, form))];
  return [...new Map(all.map((one) => [one.word, one])).values()];
}

/** Without its term of the Data Privacy Vocabulary, which is for machines. */
function meaningOf(root: JsonSchema, node: JsonSchema): string {
  const said = node['description'] ?? resolveRef(root, node)['description'];
  return typeof said === 'string' ? said.replace(/\s*\bDPV:.*$/, '') : '';
}
