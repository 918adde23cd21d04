import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { BercailError } from '../../../src/error.ts';
import { foldObservations } from '../../../src/inventory/build/observed.ts';
import type { Json } from '../../../src/inventory/fact.ts';
import { collectTerraform, fixtures } from '../../setup/terraform.ts';

const names = [
  'infra.json',
  'keys.json',
  'plans/example-01.json',
  'plans/example-03.json',
  'plans/resource-changes.json',
];
const plans = await Promise.all(names.map((name) => readFile(join(fixtures, name), 'utf8')));
const folder = await mkdtemp(join(tmpdir(), 'bercail-mutation-'));

type Tree = { [key: string]: Json };

/** Every place in a tree where a value may be changed. */
function placesIn(value: Json, at: (string | number)[] = []): (string | number)[][] {
  if (typeof value !== 'object' || value === null) return [at];
  return [
    at,
    ...Object.entries(value).flatMap(([key, child]: [string, Json]) =>
      placesIn(child, [...at, Array.isArray(value) ? Number(key) : key]),
    ),
  ];
}

const oddities: readonly (Json | undefined)[] = [
  undefined,
  null,
  true,
  false,
  0,
  -1,
  1e300,
  '',
  'x',
  'module.a',
  'module.',
  '[',
  'a[0',
  'a.b["c"]',
  '${',
  'arn:aws:s3:::',
  'arn:::::',
  '\u0000',
  '__proto__',
  'constructor',
  'é'.repeat(50),
  [],
  {},
  [[]],
  [null],
  { constant_value: {} },
  { references: ['var.region'] },
  { references: ['each.value', 'module.archive.arn'] },
  { references: [''] },
  { __proto__: 1 },
  { toString: null, hasOwnProperty: 1 },
  ['delete'],
  ['create', 'delete'],
  { address: 'aws_s3_bucket.b' },
  'aws_s3_bucket.this',
  'data.x.y',
];

function change(plan: string, steps: readonly (readonly [place: number, oddity: number])[]): string {
  let tree = JSON.parse(plan) as Json;
  for (const [place, oddity] of steps) {
    const places = placesIn(tree);
    const path = places[place % places.length] ?? [];
    const odd = oddities[oddity % oddities.length];
    if (path.length === 0) tree = odd ?? null;
    else put(tree, path, odd);
  }
  return JSON.stringify(tree);
}

function put(tree: Json, path: readonly (string | number)[], value: Json | undefined): void {
  const last = path.at(-1) ?? '';
  const parent = path
    .slice(0, -1)
    .reduce<Json | undefined>((node, key) => (node as Tree | undefined)?.[key], tree) as Tree | undefined;
  if (parent === undefined || parent === null) return;
  if (value === undefined) delete parent[last];
  else parent[last] = value;
}

async function read(text: string): Promise<'read' | 'refused'> {
  const plan = join(folder, 'plan.json');
  await writeFile(plan, text);
  try {
    const observations = await collectTerraform({ plan });
    const about = observations.find(({ operation }) => operation === 'terraform:accounting')?.about ?? {};
    const assets = [...foldObservations(observations).assets.values()].filter(({ seen }) => !seen.external);
    const own = new Set(
      observations.filter(({ operation }) => operation === 'terraform').map(({ subject }) => subject),
    );
    expect(own.size).toBe(about['assets']);
    expect(assets.length).toBeGreaterThanOrEqual(own.size);
    return 'read';
  } catch (error) {
    if (!(error instanceof BercailError)) throw error;
    return 'refused';
  }
}

test('a plan with anything changed in it is read with everything accounted for, or refused', async () => {
  const outcomes = new Set<string>();
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 0, max: plans.length - 1 }),
      fc.array(fc.tuple(fc.nat(5000), fc.nat(200)), { minLength: 1, maxLength: 6 }),
      async (which, steps) => {
        outcomes.add(await read(change(plans[which] ?? '', steps)));
      },
    ),
    { numRuns: 500, seed: 2018 },
  );
  expect(outcomes).toEqual(new Set(['read', 'refused']));
});

test('a plan with any byte changed is read or refused', async () => {
  const [plan = ''] = plans;
  await fc.assert(
    fc.asyncProperty(
      fc.nat(plan.length - 1),
      fc.constantFrom('{', '}', '"', ',', ':', '\\', '', '0', 'x', '\n', '\u0007'),
      async (at, byte) => {
        await read(plan.slice(0, at) + byte + plan.slice(at + 1));
      },
    ),
    { numRuns: 200, seed: 2018 },
  );
});
