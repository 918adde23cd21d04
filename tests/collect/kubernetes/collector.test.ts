import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { BercailError } from '../../../src/error.ts';
import { mutate, readSources, withFiles } from '../../setup/template.ts';

const folder = 'tests/fixtures/kubernetes';
const app = { path: `${folder}/app.yaml` };

describe('objects', () => {
  test.each([
    ['app.yaml#Deployment/reperes/web', 'container_service'],
    ['app.yaml#StatefulSet/reperes/db', 'database'],
    ['app.yaml#StatefulSet/reperes/db/data', 'block_volume'],
    ['app.yaml#PersistentVolumeClaim/reperes/files', 'block_volume'],
    ['app.yaml#Cluster/main', 'database'],
    ['app.yaml#Secret/keys', 'other'],
  ])('%s is of kind %s', async (id, kind) => {
    const { observed } = await readSources('kubernetes', app);
    expect(observed.assets.get(id)?.seen.kind).toBe(kind);
  });

  test('a cluster is where the configuration says, and nowhere known without', async () => {
    const told = await readSources('kubernetes', { ...app, provider: 'scaleway', region: 'fr-par' });
    expect(told.fact('app.yaml#Deployment/reperes/web', 'place.region')).toBe('fr-par');
    const untold = await readSources('kubernetes', app);
    expect(untold.note('app.yaml#Deployment/reperes/web', 'place.region')).toContain('bercail.yaml');
  });

  test('a storage class tells how its volumes are encrypted', async () => {
    const { fact, note } = await readSources('kubernetes', app);
    expect(fact('app.yaml#StatefulSet/reperes/db/data', 'encryption.key_manager')).toBe('customer');
    expect(note('app.yaml#PersistentVolumeClaim/reperes/files', 'encryption.at_rest')).toContain('elsewhere');
  });
});

describe('what settings name', () => {
  test.each([
    ['s3.fr-par.scw.cloud/reperes-uploads', 'object_store', 'scaleway', 'fr-par'],
    ['db.abc.eu-west-3.rds.amazonaws.com', 'database', 'aws', 'eu-west-3'],
    ['s3.us-east-1.amazonaws.com/reperes-dumps', 'object_store', 'aws', 'us-east-1'],
  ])('%s is an %s of %s in %s', async (id, kind, provider, region) => {
    const { observed, fact } = await readSources('kubernetes', app);
    expect(observed.assets.get(id)?.seen).toMatchObject({ kind, provider });
    expect(fact(id, 'place.region')).toBe(region);
  });

  test('backups lead to their bucket', async () => {
    const { relations } = await readSources('kubernetes', app);
    expect(relations('app.yaml#Cluster/main')).toEqual(['backup s3.us-east-1.amazonaws.com/reperes-dumps']);
  });

  test('nothing of a secret, of a password or of an address in the cluster is kept', async () => {
    const { observations } = await readSources('kubernetes', app);
    expect(JSON.stringify(observations)).not.toMatch(/us-west-2|secret@|svc\.cluster/);
  });

  test('images name their registries', async () => {
    const { observed } = await readSources('kubernetes', app);
    expect([...observed.assets.keys()].filter((id) => id.startsWith('registry '))).toEqual([
      'registry docker.io',
      'registry ghcr.io',
    ]);
  });
});

test('compose services and volumes are assets, defaults of variables included', async () => {
  const { observed, fact } = await readSources('kubernetes', { path: `${folder}/compose.yaml` });
  expect([...observed.assets.values()].map(({ id, seen }) => `${id} ${seen.kind}`)).toEqual(
    expect.arrayContaining([
      'compose.yaml#services/db database',
      'compose.yaml#services/web container_service',
      'compose.yaml#volumes/data block_volume',
      'compose.yaml#volumes/shared file_share',
    ]),
  );
  expect(fact('s3.gra.io.cloud.ovh.net', 'place.region')).toBe('gra');
});

test.each([
  [
    'a chart',
    'apiVersion: v1\nkind: Pod\nmetadata:\n  name: {{ .Values.name }}\n',
    /a\.yaml:4:1: a chart that is not rendered.*helm template/s,
  ],
  ['a second document that is broken', 'apiVersion: v1\nkind: Pod\n---\na: [\n', /a\.yaml:[45]:\d+/],
  [
    'one object twice',
    'apiVersion: v1\nkind: Pod\nmetadata: {name: a}\n---\napiVersion: v1\nkind: Pod\nmetadata: {name: a}\n',
    /Pod\/a is defined twice/,
  ],
])('%s is told with its place', async (_, text, message) => {
  await expect(
    withFiles({ 'a.yaml': text }, (path) => readSources('kubernetes', { path: path('a.yaml') })),
  ).rejects.toThrow(message);
});

test('a mutated manifest is read or refused, never more', async () => {
  const text = readFileSync(`${folder}/app.yaml`, 'utf8');
  const pieces = [
    '---\n',
    '{}',
    '[]',
    'null',
    '- ',
    '{{ .Values.x }}',
    'items: [',
    '"',
    '&a',
    '*a',
    ': ',
    '\t',
  ];
  await fc.assert(
    fc.asyncProperty(
      fc.tuple(fc.nat(), fc.nat(), fc.nat()),
      fc.tuple(fc.nat(), fc.nat(), fc.nat()),
      async (first, second) => {
        const changed = mutate(mutate(text, first, pieces), second, pieces);
        await withFiles({ 'a.yaml': changed }, (path) =>
          readSources('kubernetes', { path: path('a.yaml') }),
        ).catch((error: unknown) => {
          if (!(error instanceof BercailError)) throw error;
        });
      },
    ),
    { numRuns: 400, seed: 6 },
  );
});
