import { describe, expect, test } from '@jest/globals';
import { buildInventory } from '../../src/inventory/build/build.ts';
import type { Observation } from '../../src/inventory/observation.ts';
import { bucket, catalog, known, manifestInput, run } from '../setup/run.ts';

const manifest = (match: string, more = ''): string => `
bercail: manifest/v1
id: m
organisations:
  men: {name: Ministère, role: controller, kind: public_body, seat: FR}
  cloud: {provider: aws, role: processor, engaged_by: men}
datasets:
  results: {subjects: [pupil], categories: [education.results]}
assets:
  store: {kind: object_store, operator: cloud, place: {provider: aws, region: eu-west-3}, holds: [results], match: ${match}}
${more}`;

const paris = { 'place.region': known('eu-west-3'), tags: known({ App: 'Reperes' }) };

function build(text: string, observations: readonly Observation[]) {
  return buildInventory({
    manifests: [manifestInput(text)],
    observations,
    classification: { tags: new Map(), untagged: 'unknown' },
    catalog,
  });
}

describe('matching declared with observed assets', () => {
  test.each([
    ['a name', '[{source: aws, name: store-a}]', ['m/store']],
    ['a pattern that two fit', '[{source: aws, name: "store-*"}]', ['m/store/store-a', 'm/store/store-b']],
    [
      'tags, whatever their case',
      '[{source: aws, tags: {app: REPERES}}]',
      ['m/store/store-a', 'm/store/store-b'],
    ],
    ['an id', '[{source: aws, arn: "bucket:store-b"}]', ['m/store']],
    ['every criterion of an entry', '[{source: aws, name: "store-*", tags: {app: other}}]', ['m/store']],
    ['another source', '[{source: azure, name: store-a}]', ['m/store']],
  ])('by %s', (_by, match, ids) => {
    const { assets } = build(manifest(match), [bucket('store-a', paris), bucket('store-b', paris)]);
    expect([...assets.values()].filter(({ isDeclared }) => isDeclared).map(({ id }) => id)).toEqual(ids);
  });

  test('one match keeps the key of the manifest and remembers the observed id', () => {
    const { assets } = build(manifest('[{source: aws, name: store-a}]'), [bucket('store-a', paris)]);
    expect(assets.get('m/store')).toMatchObject({
      label: 'store',
      aliases: ['bucket:store-a'],
      isObserved: true,
    });
  });

  test('a whole name beats a pattern of another declaration', () => {
    const more = '  logs: {kind: object_store, operator: cloud, match: [{source: aws, name: store-b}]}\n';
    const { assets } = build(manifest('[{source: aws, name: "store-*"}]', more), [
      bucket('store-a', paris),
      bucket('store-b', paris),
    ]);
    expect([...assets.keys()]).toEqual(['m/logs', 'm/store']);
  });

  test('two declarations that fit alike are told', () => {
    const more = '  twin: {kind: object_store, operator: cloud, match: [{source: aws, name: "store-*"}]}\n';
    const { warnings } = build(manifest('[{source: aws, name: "store-*"}]', more), [
      bucket('store-a', paris),
    ]);
    expect(warnings).toEqual([expect.stringContaining('m/store and m/twin')]);
  });

  test('tags that could not be read leave it undecided whether an asset is declared', async () => {
    const denied = {
      'place.region': known('eu-west-3'),
      tags: { state: 'denied', permission: 's3:GetBucketTagging' } as const,
    };
    const { findings } = await run({
      manifests: [manifest('[{source: aws, tags: {app: reperes}}]')],
      observations: [bucket('store-a', denied)],
    });
    const drift = findings.find(({ rule, subject }) => rule === 'DRF-01' && subject.id === 'bucket:store-a');
    expect(drift).toMatchObject({
      outcome: 'unknown',
      missing: [{ reason: 'denied', permission: 's3:GetBucketTagging' }],
    });
  });
});

describe('the place that is judged', () => {
  test('is the observed one, and the declared one is kept', () => {
    const dublin = { ...paris, 'place.region': known('eu-west-1') };
    const asset = build(manifest('[{source: aws, name: store-a}]'), [bucket('store-a', dublin)]).assets.get(
      'm/store',
    );
    expect([asset?.place.countries, asset?.declaredPlace?.countries]).toEqual([['IE'], ['FR']]);
  });

  test.each([
    ['a region that the catalog does not list', known('eu-west-99'), 'error'],
    ['an empty region', known(''), 'error'],
    ['a region that was refused', { state: 'denied', permission: 's3:GetBucketLocation' } as const, 'denied'],
    ['no region at all', undefined, 'not_collected'],
  ])('is not known for %s, though another is declared', (_what, region, reason) => {
    const facts = region ? { 'place.region': region } : {};
    const asset = build(manifest('[{source: aws, name: store-a}]'), [bucket('store-a', facts)]).assets.get(
      'm/store',
    );
    expect(asset?.place).toMatchObject({ countries: [], reason });
  });
});

describe('holdings', () => {
  const replica = (from: string, to: string) =>
    bucket(from, paris, { relations: [{ kind: 'replica', to: `bucket:${to}` }] });
  const ids = (observations: Observation[], match = '[{source: aws, name: a}]') =>
    build(manifest(match), observations)
      .holdings.filter(({ dataset }) => dataset === 'm/results')
      .map(({ id, derived }) => `${id}${derived ? ' copy' : ''}`);

  test('follow a chain of replicas', () => {
    expect(ids([replica('a', 'b'), replica('b', 'c'), bucket('c', paris)])).toEqual([
      'm/results@bucket:b copy',
      'm/results@bucket:c copy',
      'm/results@m/store',
    ]);
  });

  test('keep the path that led there', () => {
    const { holdings } = build(manifest('[{source: aws, name: a}]'), [
      replica('a', 'b'),
      replica('b', 'c'),
      bucket('c', paris),
    ]);
    const last = holdings.find(({ id }) => id === 'm/results@bucket:c');
    expect(last?.path.map(({ kind, from, to }) => `${from} ${kind} ${to}`)).toEqual([
      'results declared store',
      'store replica bucket:b',
      'bucket:b replica bucket:c',
    ]);
  });

  test('end where a loop began: what was declared stays primary, the other end is its copy', () => {
    expect(ids([replica('a', 'b'), replica('b', 'a')])).toEqual([
      'm/results@bucket:b copy',
      'm/results@m/store',
    ]);
  });

  test('are copies at a destination, also when the pattern of the source fits it', () => {
    expect(ids([replica('a', 'b'), bucket('b', paris)], '[{source: aws, name: "*"}]')).toEqual([
      'm/results@m/store/a',
      'm/results@m/store/b copy',
    ]);
  });

  test('reach a destination that lies outside what was collected', () => {
    const outside = bucket(
      'far',
      { 'place.region': known('us-east-1') },
      { asset: { external: true, account: null } },
    );
    expect(ids([replica('a', 'far'), outside])).toContain('m/results@bucket:far copy');
  });

  test('of a store that nobody declared or classified are unclassified', () => {
    expect(
      build(manifest('[{source: aws, name: a}]'), [bucket('z', paris)]).holdings.map(({ id }) => id),
    ).toContain('policy/unclassified@bucket:z');
  });
});

describe('several manifests', () => {
  const other = `
bercail: manifest/v1
id: n
organisations:
  men: {name: Autre, role: controller, kind: public_body, seat: FR}
  host: {provider: aws, role: sub_processor, engaged_by: men, address: SEAT}
datasets:
  results: {subjects: [pupil], categories: [education.results]}
assets:
  store: {kind: database, operator: host, place: {country: FR}, holds: [results]}
`;
  const first = manifest('[{source: aws, name: a}]').replace(
    'engaged_by: men}',
    'engaged_by: men, address: Luxembourg}',
  );

  test('that name one provider name one organisation', async () => {
    const { inventory } = await run({ manifests: [first, other.replace('SEAT', 'Luxembourg')] });
    expect([...inventory.organisations.values()].filter(({ provider }) => provider === 'aws')).toHaveLength(
      1,
    );
  });

  test('that say different things of one organisation are an error that names both places', async () => {
    await expect(run({ manifests: [first, other.replace('SEAT', 'Dublin')] })).rejects.toThrow(
      /manifest-2.yaml:6:\d+: organisation host: address conflicts with manifest-1.yaml:6:/,
    );
  });

  test('with the same keys keep their subjects apart', async () => {
    const { findings } = await run({ manifests: [first, other.replace('SEAT', 'Luxembourg')] });
    const subjects = findings.filter(({ rule }) => rule === 'LOC-01').map(({ subject }) => subject.id);
    expect(subjects).toEqual(['m/results@m/store', 'n/results@n/store']);
  });
});
