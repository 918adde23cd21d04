import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { BercailError } from '../../../src/error.ts';
import { mutate, readSources, withFiles } from '../../setup/template.ts';

const folder = 'tests/fixtures/arm';
const deployment = { template: `${folder}/deployment.json` };
const inParis = { ...deployment, location: 'francecentral' };
const id = (path: string): string => `deployment.json#${path}`;
const account = id('Microsoft.Storage/storageAccounts/st{name}');
const cosmos = id('Microsoft.DocumentDB/databaseAccounts/cosmos');

describe('places', () => {
  test.each([
    [account, 'francecentral'],
    [`${account}@secondary`, 'francesouth'],
    [id('Microsoft.OperationalInsights/workspaces/logs'), 'East US'],
    [cosmos, 'northeurope'],
    [`${cosmos}@eastus2`, 'eastus2'],
    [id('Microsoft.Sql/servers/s/databases/db@backup'), 'francesouth'],
    [id('Microsoft.Compute/disks/d1'), 'westeurope'],
    [id('store'), 'usgovvirginia'],
    [`${account}/blobServices/default/containers/pub`, 'francecentral'],
  ])('%s is in %s', async (asset, region) => {
    const { fact } = await readSources('arm', inParis);
    expect(fact(asset, 'place.region')).toBe(region);
  });

  test('without a deployment the place is not known, and it says what would tell it', async () => {
    const { fact, note } = await readSources('arm', deployment);
    expect(fact(account, 'place.region')).toBe('not_collected');
    expect(note(account, 'place.region')).toContain('`location`');
    expect(fact(`${account}@secondary`, 'place.region')).toBe('not_collected');
  });

  test('another resource group has a location of its own', async () => {
    const { note } = await readSources('arm', inParis);
    expect(note(id('q2'), 'place.region')).toContain('resource group other');
  });

  test('a file of parameters decides', () =>
    withFiles(
      { 'p.json': '{"parameters": {"location": {"value": "germanywestcentral"}, "name": {"value": "x"}}}' },
      async (path) => {
        const { fact } = await readSources('arm', { ...deployment, parameters: path('p.json') });
        expect(fact(id('Microsoft.Storage/storageAccounts/stx'), 'place.region')).toBe('germanywestcentral');
      },
    ));
});

test('logs go where a diagnostic setting sends them', async () => {
  const { relations, fact } = await readSources('arm', inParis);
  expect(relations(account)).toContain(`log ${id('Microsoft.OperationalInsights/workspaces/logs')}`);
  expect(fact(account, 'access_log')).toBe(true);
});

test('a container that everyone may read makes its account public', async () => {
  const { fact } = await readSources('arm', inParis);
  expect(fact(account, 'public')).toBe(true);
  expect(fact(id('store'), 'public')).toBe(false);
});

test.each(['deployment.json', 'example-01.json', 'refs-01.json'])(
  '%s: every resource is an asset or left out by its condition',
  async (name) => {
    const { observations, observed } = await readSources('arm', { template: `${folder}/${name}` });
    const about = observations.find(({ operation }) => operation === 'read')?.about;
    const own = [...observed.assets.values()].filter(
      (asset) => asset.id.startsWith(`${name}#`) && !asset.id.includes('@'),
    );
    const left = about?.['left_out'];
    expect(own.length + (Array.isArray(left) ? left.length : 0)).toBe(about?.['defined']);
  },
);

test('a loop whose number is not known is one asset that says so', () =>
  withFiles(
    {
      'a.json':
        '{"parameters": {"n": {"type": "int"}}, "resources": [{"type": "Microsoft.Compute/disks", "name": "d", "location": "westeurope", "copy": {"name": "l", "count": "[parameters(\'n\')]"}}]}',
    },
    async (path) => {
      const { observed, fact } = await readSources('arm', { template: path('a.json') });
      expect(observed.assets.size).toBe(1);
      expect(fact('a.json#Microsoft.Compute/disks/d', 'place.derivation')).toEqual(
        expect.arrayContaining([expect.stringContaining('parameter n')]),
      );
    },
  ));

test.each([
  ['a .bicep file', 'a.bicep', 'param x string', /bicep build/],
  ['no resources', 'a.json', '{}', /without resources/],
  ['broken JSON', 'a.json', '{"resources": [', /a\.json:1:\d+/],
  [
    'a resource without type',
    'a.json',
    '{"resources": [{"name": "x"}]}',
    /a\.json:1:16: a resource without a type/,
  ],
])('%s is told with its place', async (_, name, text, message) => {
  await expect(
    withFiles({ [name]: text }, (path) => readSources('arm', { template: path(name) })),
  ).rejects.toThrow(message);
});

test('doubling variables end', async () => {
  const doubled = Object.fromEntries(
    Array.from({ length: 60 }, (_, i) => [
      `v${i}`,
      i === 0 ? 'x' : `[concat(variables('v${i - 1}'), variables('v${i - 1}'))]`,
    ]),
  );
  const text = JSON.stringify({
    variables: doubled,
    resources: [
      { type: 'Microsoft.Compute/disks', name: "[variables('v59')]", location: "[variables('v59')]" },
    ],
  });
  const { observed } = await withFiles({ 'a.json': text }, (path) =>
    readSources('arm', { template: path('a.json') }),
  );
  expect(observed.assets.size).toBe(1);
});

test('a mutated template is read or refused, never more', async () => {
  const text = readFileSync(`${folder}/deployment.json`, 'utf8');
  const pieces = [
    '"[copyIndex()]"',
    '"[parameters(\'location\')]"',
    '{}',
    '[]',
    'null',
    '"[if(true(),1,2)]"',
    '"[variables(\'account\')]"',
    "\"[resourceId('a/b','c')]\"",
    '"',
    ',',
    '"copy": {"count": 3}',
    '"[reference(\'x\').y]"',
  ];
  await fc.assert(
    fc.asyncProperty(
      fc.tuple(fc.nat(), fc.nat(), fc.nat()),
      fc.tuple(fc.nat(), fc.nat(), fc.nat()),
      async (first, second) => {
        const changed = mutate(mutate(text, first, pieces), second, pieces);
        await withFiles({ 'a.json': changed }, (path) =>
          readSources('arm', { template: path('a.json'), location: 'francecentral' }),
        ).catch((error: unknown) => {
          if (!(error instanceof BercailError)) throw error;
        });
      },
    ),
    { numRuns: 400, seed: 6 },
  );
});

const written = (resources: object): string =>
  JSON.stringify({
    $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
    contentVersion: '1.0.0.0',
    resources,
  });

test('locations that the template does not tell are one copy more, at an unknown place', () =>
  withFiles(
    {
      'a.json': written([
        {
          type: 'Microsoft.DocumentDB/databaseAccounts',
          apiVersion: '2023-04-15',
          name: 'c',
          location: 'francecentral',
          properties: { locations: "[map(parameters('x'), lambda('r', lambdaVariables('r')))]" },
        },
      ]),
    },
    async (path) => {
      const { relations, fact } = await readSources('arm', {
        template: path('a.json'),
        location: 'francecentral',
      });
      const replicas = relations('a.json#Microsoft.DocumentDB/databaseAccounts/c').filter((one) =>
        one.startsWith('replica '),
      );
      expect(replicas).toHaveLength(1);
      expect(fact(replicas[0]?.slice('replica '.length) ?? '', 'place.region')).toBe('not_collected');
    },
  ));

test('what a linked template deploys is not here, and that is a gap', () =>
  withFiles(
    {
      'a.json': written([
        {
          type: 'Microsoft.Resources/deployments',
          apiVersion: '2022-09-01',
          name: 'l',
          properties: { mode: 'Incremental', templateLink: { uri: 'https://example.org/x.json' } },
        },
      ]),
    },
    async (path) => {
      const { observed } = await readSources('arm', { template: path('a.json') });
      expect(observed.gaps.map(({ subject, reason }) => `${subject} ${reason}`)).toEqual([
        'a.json#Microsoft.Resources/deployments/l/* not_collected',
      ]);
      expect([...observed.incomplete]).toEqual(['arm']);
    },
  ));
