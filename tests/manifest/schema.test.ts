import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { generateSchemas } from '../../scripts/schema.ts';
import { readManifest } from '../../src/manifest/read.ts';
import { manifestSchema } from '../../src/manifest/schema/manifest.ts';
import { createAjv } from '../../src/yaml/ajv.ts';
import { formsOf, type JsonSchema, resolveRef } from '../../src/yaml/schema.ts';
import { catalog } from '../fixtures/manifest/catalog.ts';

type Variant = readonly [path: string, value: unknown];

/** Names of things and formats: they are never unknown. Words of a catalog or of a title are no choice. */
const named = new Set(['bercail', 'id', 'rule', 'subject', 'fr', 'en']);
const given: { readonly [property: string]: unknown } = {
  bercail: 'manifest/v1',
  id: 'x',
  rule: 'GOV-07',
  subject: 'arn:x',
  provider: 'aws',
  country: 'FR',
};

function properties(node: JsonSchema): [string, JsonSchema][] {
  return Object.entries((node['properties'] ?? {}) as { readonly [key: string]: JsonSchema });
}

function leaves(node: JsonSchema): JsonSchema[] {
  const found = resolveRef(manifestSchema, node);
  const forms = formsOf(found);
  return forms.length > 0 ? forms.flatMap(leaves) : [found];
}

function minimal(node: JsonSchema): { [key: string]: unknown } {
  const required = (node['required'] ?? []) as readonly string[];
  const own = Object.fromEntries(required.map((key) => [key, given[key] ?? 'unknown']));
  const extra = properties(node).some(([key]) => key === 'engaged_by')
    ? { name: 'N' }
    : properties(node).some(([key]) => key === 'arn')
      ? { name: 'n*' }
      : {};
  return { ...own, ...extra };
}

/** Every word that the schema lists, at every place where it may stand, in the smallest manifest that can hold it. */
function variants(start: JsonSchema, path: string): Variant[] {
  return leaves(start).flatMap((node): Variant[] => {
    const listed = node['const'] === undefined ? (node['enum'] ?? []) : [node['const']];
    const words = (listed as readonly unknown[]).map((word): Variant => [`${path} = ${String(word)}`, word]);
    const items =
      node['items'] === undefined
        ? []
        : variants(node['items'] as JsonSchema, `${path}[]`).map(([at, value]): Variant => [at, [value]]);
    const others =
      typeof node['additionalProperties'] === 'object'
        ? variants(node['additionalProperties'] as JsonSchema, `${path}.*`).map(
            ([at, value]): Variant => [at, { key: value }],
          )
        : [];
    const inside = properties(node).flatMap(([key, schema]) =>
      variants(schema, `${path}.${key}`).map(
        ([at, value]): Variant => [at, { ...minimal(node), [key]: value }],
      ),
    );
    return [...words, ...items, ...others, ...inside];
  });
}

const all = variants(manifestSchema, '');

test('every property may be unknown', () => {
  const accepting = new Set(
    all.flatMap(([path]) => (path.endsWith(' = unknown') ? [path.slice(0, -' = unknown'.length)] : [])),
  );
  function walk(start: JsonSchema, path: string): string[] {
    return leaves(start).flatMap((node) => [
      ...properties(node).flatMap(([key, schema]) => [
        ...(named.has(key) || accepting.has(`${path}.${key}`) ? [] : [`${path}.${key}`]),
        ...walk(schema, `${path}.${key}`),
      ]),
      ...(node['items'] === undefined ? [] : walk(node['items'] as JsonSchema, `${path}[]`)),
      ...(typeof node['additionalProperties'] === 'object'
        ? walk(node['additionalProperties'] as JsonSchema, `${path}.*`)
        : []),
    ]);
  }
  expect(walk(manifestSchema, '')).toEqual([]);
});

describe('every word that the schema lists is read', () => {
  test(`all ${all.length} of them`, () => {
    const refused = all.flatMap(([path, value]) => {
      try {
        readManifest(JSON.stringify(value), path, catalog);
        return [];
      } catch (error) {
        return [String(error)];
      }
    });
    expect(refused).toEqual([]);
    expect(all.length).toBeGreaterThan(300);
  });
});

test('every word of a choice that is not unknown or none says its DPV term', () => {
  const silent: string[] = [];
  function walk(value: unknown, path: string): void {
    if (typeof value !== 'object' || value === null) return;
    const node = value as JsonSchema;
    for (const form of (node['oneOf'] ?? []) as readonly JsonSchema[]) {
      const isWord = form['const'] !== undefined && form['const'] !== 'unknown';
      // Sources, yes and no are words of ours.
      if (
        isWord &&
        !path.includes('.source.') &&
        !/(dpv|tech|eu-gdpr):/.test(JSON.stringify(form['description']))
      )
        silent.push(`${path}: ${JSON.stringify(form['const'])}`);
    }
    for (const [key, inner] of Object.entries(node)) walk(inner, `${path}.${key}`);
  }
  walk(manifestSchema, '');
  expect(silent).toEqual([]);
});

test('the published schemas and the generated types are those of the source', async () => {
  for (const [path, content] of await generateSchemas()) {
    expect({ path, content: readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8') }).toEqual({
      path,
      content,
    });
  }
});

test('the published schema is a valid JSON Schema 2020-12', () => {
  expect(createAjv().validateSchema(manifestSchema)).toBe(true);
});
