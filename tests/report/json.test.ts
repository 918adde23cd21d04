import { describe, expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import type { Inventory } from '../../src/inventory/inventory.ts';
import type { Asset, Place } from '../../src/inventory/noun.ts';
import { inventoryJson } from '../../src/report/inventory.ts';
import { resultShape } from '../../src/report/shape.ts';
import { outcomes, type Result, severities } from '../../src/result/result.ts';
import { hostile, hostileResult } from '../fixtures/report/hostile.ts';
import { result2018 } from '../fixtures/report/result-2018.ts';
import { factsOf } from '../setup/fact.ts';
import { languages, readRepository, render } from './rendering.ts';

interface Node {
  readonly [keyword: string]: unknown;
  readonly $ref?: string;
  readonly type?: unknown;
  readonly description?: string;
  readonly properties?: { readonly [key: string]: Node };
  readonly required?: readonly string[];
  readonly items?: Node;
  readonly anyOf?: readonly Node[];
  readonly enum?: readonly unknown[];
  readonly additionalProperties?: unknown;
}

const schema = JSON.parse(readRepository('reports/schema/result-v1.schema.json')) as Node & {
  readonly $defs: { readonly [name: string]: Node };
};
const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true });
formats.default(ajv);
const validate = ajv.compile(schema);

function problemsOf(result: Result | object): unknown {
  return validate(JSON.parse(JSON.stringify(result))) ? [] : validate.errors;
}

function resolve(node: Node): Node {
  if (node.$ref !== undefined) return resolve(schema.$defs[node.$ref.slice('#/$defs/'.length)] ?? {});
  const record = node.anyOf?.find((form) => resolve(form).type === 'object');
  return record ? resolve(record) : node;
}

/** Where the keys of the schema and those that are written differ, as paths. */
function differences(node: Node, shape: unknown, path: string): string[] {
  const { properties, items } = resolve(node);
  if (shape === true) return [];
  if (Array.isArray(shape))
    return items ? differences(items, shape[0], `${path}[]`) : [`${path} has no items`];
  const keys = Object.keys(shape as object);
  const described = Object.keys(properties ?? {});
  if (keys.join() !== described.join()) return [`${path}: ${keys.join()} ≠ ${described.join()}`];
  return keys.flatMap((key) =>
    differences(properties?.[key] ?? {}, (shape as { [key: string]: unknown })[key], `${path}.${key}`),
  );
}

function nodesOf(node: unknown, path: string): (readonly [string, Node])[] {
  if (typeof node !== 'object' || node === null) return [];
  return [
    [path, node as Node] as const,
    ...Object.entries(node).flatMap(([key, value]) => nodesOf(value, `${path}/${key}`)),
  ];
}

describe('the published schema of results', () => {
  test('has the keys of the type, in the order in which they are written', () => {
    expect(differences(schema, resultShape, 'result')).toEqual([]);
  });

  test('has the words of the type', () => {
    const { findings } = schema.properties as { [key: string]: Node };
    const finding = resolve(findings?.items ?? {});
    expect(finding.properties?.['outcome']?.enum).toEqual([...outcomes]);
    expect(schema.$defs['severity']?.enum).toEqual([...severities]);
  });

  test('describes every field and allows no other', () => {
    const nodes = nodesOf(schema, '');
    const records = nodes.filter(([, { type, properties }]) => type === 'object' && properties);
    expect(
      records.filter(([, { additionalProperties }]) => additionalProperties !== false).map(([path]) => path),
    ).toEqual([]);
    const fields = nodes.filter(([path]) => /\/properties\/[^/]+$/.test(path));
    expect(fields.length).toBeGreaterThan(100);
    expect(fields.filter(([, { description }]) => !description).map(([path]) => path)).toEqual([]);
  });

  test('refuses a key that nobody knows and one that is missing', () => {
    const result = result2018('en');
    expect(problemsOf({ ...result, surprise: 1 })).not.toEqual([]);
    const { summary: _, ...rest } = result;
    expect(problemsOf(rest)).not.toEqual([]);
  });
});

describe('json', () => {
  test.each(languages)('in %s fits the published schema', async (language) => {
    expect(problemsOf(JSON.parse(await render('json', result2018(language))) as object)).toEqual([]);
  });

  test('reads back as the result that was written', async () => {
    const result = result2018('fr');
    expect(JSON.parse(await render('json', result))).toEqual(JSON.parse(JSON.stringify(result)));
  });

  test('does not depend on the order in which keys were set', async () => {
    const reverse = (value: unknown): unknown =>
      Array.isArray(value)
        ? value.map(reverse)
        : typeof value === 'object' && value !== null
          ? Object.fromEntries(
              Object.entries(value)
                .reverse()
                .map(([key, one]) => [key, reverse(one)]),
            )
          : value;
    const result = result2018('en');
    expect(await render('json', reverse(result) as Result)).toBe(await render('json', result));
  });

  test('ends with one line break and is indented by two spaces', async () => {
    expect(await render('json', result2018('en'))).toMatch(
      /^\{\n {2}"schema": "bercail\/result\/v1",[^]*\n\}\n$/,
    );
  });

  test.each(Object.keys(hostile) as (keyof typeof hostile)[])(
    'loses nothing of a name that is %s',
    async (name) => {
      const back = JSON.parse(await render('json', hostileResult(hostile[name]))) as Result;
      expect(back.findings[0]?.subject.id).toBe(hostile[name]);
    },
  );
});

describe('the inventory in a result', () => {
  const place: Place = {
    provider: 'aws',
    region: 'eu-west-1',
    city: 'Dublin',
    countries: ['IE'],
    complete: true,
    scope: 'region',
    reason: null,
    derivation: ['s3:GetBucketLocation → eu-west-1'],
  };
  const facts = factsOf([
    ['tags', { state: 'known', value: { app: 'reperes' } }],
    ['place.region', { state: 'known', value: 'eu-west-1' }],
    ['public', { state: 'denied', permission: 's3:GetBucketPolicyStatus', note: 'AccessDenied' }],
    ['encryption.at_rest', { state: 'known', value: true }],
    ['access_log', { state: 'absent' }],
  ]);
  const asset: Asset = {
    type: 'asset',
    id: 'm/reperes',
    label: 'reperes',
    aliases: ['arn:aws:s3:::reperes'],
    key: 'reperes',
    manifest: 'm',
    kind: 'object_store',
    name: 'reperes',
    title: { en: 'Reperes' },
    provider: 'aws',
    account: '123456789012',
    place,
    declaredPlace: null,
    observedPlace: place,
    operator: 'm/aws',
    runBy: null,
    declared: {},
    facts,
    relations: [
      {
        kind: 'replica',
        to: 'm/copy',
        evidence: { source: 'aws', ref: null, operation: 's3:GetBucketReplication', at: null, sha256: null },
      },
    ],
    isDeclared: true,
    isObserved: true,
    external: false,
    sources: ['manifest', 'aws'],
    evidence: [],
  };
  const inventory: Inventory = {
    organisations: new Map([
      [
        'm/aws',
        {
          type: 'organisation',
          key: 'aws',
          manifest: 'm',
          id: 'm/aws',
          declared: { role: 'sub_processor' },
          evidence: [],
          name: 'Amazon Web Services',
          provider: 'aws',
          engagedBy: null,
          isDeclared: true,
        },
      ],
    ]),
    datasets: new Map([
      [
        'm/results',
        {
          type: 'dataset',
          key: 'results',
          manifest: 'm',
          id: 'm/results',
          declared: { subjects: ['pupil'], secrecy: 'unknown' },
          evidence: [],
          title: { fr: 'Résultats' },
          unclassified: false,
        },
      ],
    ]),
    assets: new Map([
      ['m/reperes', asset],
      [
        'm/copy',
        {
          ...asset,
          id: 'm/copy',
          facts: factsOf([['tags', { state: 'denied' }]]),
          relations: [],
        },
      ],
    ]),
    holdings: [
      {
        type: 'holding',
        id: 'm/results@m/reperes',
        dataset: 'm/results',
        asset: 'm/reperes',
        derived: false,
        declared: true,
        observed: true,
        use: 'stored',
        path: [{ kind: 'declared', from: 'results', to: 'reperes', evidence: 'm.yaml:1:1' }],
      },
    ],
    flows: new Map(),
    activities: new Map(),
    claims: [],
    attestations: [],
    measured: new Map(),
    undecided: new Map(),
    gaps: [],
    incomplete: new Set(),
    collected: new Set(['aws']),
    manifests: ['m'],
    warnings: [],
  };
  const json = inventoryJson(inventory);

  test('is sorted by id, whatever the order of the inventory', () => {
    expect(json.assets.map(({ id }) => id)).toEqual(['m/copy', 'm/reperes']);
  });

  test('says of each asset its place and how it was found, its operator, tags and relations', () => {
    expect(json.assets[1]).toMatchObject({
      kind: 'object_store',
      operator: 'm/aws',
      tags: { app: 'reperes' },
      relations: [{ kind: 'replica', to: 'm/copy', evidence: 's3:GetBucketReplication' }],
      place: {
        provider: 'aws',
        region: 'eu-west-1',
        countries: ['IE'],
        scope: 'region',
        derivation: ['s3:GetBucketLocation → eu-west-1'],
      },
    });
    expect(Object.keys(json.assets[1]?.facts ?? {})).toEqual(['access_log', 'encryption.at_rest', 'public']);
  });

  test('tells tags that are none from tags that could not be read', () => {
    expect(json.assets[0]?.tags).toBeNull();
    expect(json.assets[0]?.facts['tags']).toMatchObject({ state: 'denied', reason: 'denied' });
  });

  test('fits the published schema', async () => {
    const result = { ...result2018('en'), inventory: json };
    expect(problemsOf(JSON.parse(await render('json', result)) as object)).toEqual([]);
  });
});
