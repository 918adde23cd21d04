import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { buildInventory } from '../../src/inventory/build/build.ts';
import type { AssetKind, Observation, RelationKind } from '../../src/inventory/observation.ts';
import { catalog, known, manifestInput, outcomesOf, run } from '../setup/run.ts';

type Link = readonly [from: string, kind: RelationKind, to: string];

const manifest = (match: string, dataset = ''): string => `
bercail: manifest/v1
id: m
organisations:
  men: {name: Ministère, role: controller, kind: public_body, seat: FR}
  cloud: {provider: aws, role: processor, engaged_by: men}
datasets:
  results: {title: Résultats, subjects: [pupil], categories: [education.results], secrecy: secret, population: 1200${dataset}}
assets:
  store: {kind: object_store, operator: cloud, holds: [results], match: [{source: aws, name: ${match}}]}
activities:
  tests: {title: Évaluations, controller: men, datasets: [results], retention: {period: P1Y}}
`;

function observed(
  links: readonly Link[],
  kinds: { readonly [name: string]: AssetKind } = {},
  regions: { readonly [name: string]: string } = {},
): Observation[] {
  const names = [...new Set([...links.flatMap(([from, , to]) => [from, to]), ...Object.keys(kinds)])].filter(
    (name) => !name.startsWith('?'),
  );
  return names.map((name) => ({
    source: 'aws',
    scope: '123456789012',
    operation: 'test:Describe',
    subject: name,
    at: '2026-11-22T08:00:00Z',
    sha256: null,
    outcome: 'ok' as const,
    asset: { kind: kinds[name] ?? 'object_store', name, provider: 'aws', account: '123456789012' },
    facts: { 'place.region': known(regions[name] ?? 'eu-west-3') },
    relations: links.filter(([from]) => from === name).map(([, kind, to]) => ({ kind, to })),
  }));
}

function holdings(links: readonly Link[], kinds?: { readonly [name: string]: AssetKind }, match = 'a') {
  const inventory = buildInventory({
    manifests: [manifestInput(manifest(match))],
    observations: observed(links, kinds),
    classification: { tags: new Map(), untagged: 'none' },
    catalog,
  });
  return inventory.holdings;
}

function ids(...given: Parameters<typeof holdings>): readonly string[] {
  return holdings(...given).map(
    ({ id, derived, use }) =>
      `${id.replace('m/', '')}${derived ? '' : ' primary'}${use === 'processed' ? ' processed' : ''}`,
  );
}

describe('what travels along a relation', () => {
  test.each<[RelationKind, AssetKind, readonly string[]]>([
    ['replica', 'object_store', ['results@b']],
    ['backup', 'backup_vault', ['results@b']],
    ['snapshot', 'snapshot', ['results@b']],
    ['share', 'account', ['results@b']],
    ['origin', 'cdn', ['results@b']],
    ['origin', 'endpoint', ['results@b processed']],
    ['access_point', 'endpoint', ['results@b processed']],
    ['log', 'object_store', ['results/access-log@b']],
    ['log', 'log_store', ['results/access-log@b']],
    ['inventory', 'object_store', ['results/listing@b']],
    ['notification', 'queue', ['results/event@b']],
    ['notification', 'function', ['results/event@b processed']],
    ['key', 'key', []],
  ])('by %s to a %s', (kind, target, expected) => {
    expect(ids([['a', kind, 'b']], { b: target })).toEqual(
      [...expected, 'results@m/store primary'].toSorted(),
    );
  });

  test('a log is technical data about the same people, under discretion at most, of the same activities', async () => {
    const { inventory, findings } = await run({
      manifests: [manifest('a')],
      observations: observed([['a', 'log', 'b']], {}, { b: 'us-east-1' }),
      more: { rules: ({ id }) => ['LOC-04', 'SEC-02', 'RET-01'].includes(id) },
    });
    expect(inventory.datasets.get('m/results/access-log')).toMatchObject({
      derivedFrom: 'm/results',
      title: { fr: 'Journaux d’accès : Résultats', en: 'Access logs: Résultats' },
      declared: {
        subjects: ['pupil'],
        categories: ['technical.access_log', 'technical.ip'],
        secrecy: 'discretion',
        population: 1200,
      },
    });
    const about = findings.filter(({ subject }) => subject.id === 'results/access-log@b');
    expect(about.map(({ rule, outcome }) => [rule, outcome])).toContainEqual(['LOC-04', 'fail']);
    expect(about.filter(({ rule }) => rule === 'SEC-02').map(({ outcome }) => outcome)).toEqual([
      'not_applicable',
    ]);
    const kept = about.find(({ rule }) => rule === 'RET-01');
    expect(kept?.missing.map(({ fact }) => fact)).toEqual(['retention']);
  });

  test('a trace is no dataset that a manifest could describe: no rule about datasets judges it', async () => {
    const evaluation = await run({ manifests: [manifest('a')], observations: observed([['a', 'log', 'b']]) });
    const datasets = evaluation.findings
      .filter(({ subject }) => subject.type === 'dataset')
      .map(({ subject }) => subject.id);
    expect(new Set(datasets)).toEqual(new Set(['results']));
  });

  test('the replica of a log is a log, and a log of logs is nothing more', () => {
    expect(
      ids([
        ['a', 'log', 'b'],
        ['b', 'replica', 'c'],
        ['b', 'log', 'd'],
        ['b', 'inventory', 'd'],
      ]),
    ).toEqual(['results/access-log@b', 'results/access-log@c', 'results@m/store primary']);
  });

  test('a bucket that logs to itself holds its own log', () => {
    expect(ids([['a', 'log', 'a']])).toEqual(['results/access-log@m/store', 'results@m/store primary']);
  });

  test('what a trail gathers is delivered as it is', () => {
    expect(
      ids(
        [
          ['a', 'log', 't'],
          ['t', 'log', 'b'],
          ['b', 'replica', 'c'],
        ],
        { t: 'monitoring' },
      ),
    ).toEqual([
      'results/access-log@b',
      'results/access-log@c',
      'results/access-log@t processed',
      'results@m/store primary',
    ]);
  });

  test('the replica, its log, its cache and the log of the cache are all followed, with the path', () => {
    const links: Link[] = [
      ['a', 'replica', 'b'],
      ['b', 'origin', 'c'],
      ['c', 'log', 'd'],
      ['b', 'inventory', 'd'],
    ];
    const all = holdings(links, { c: 'cdn' });
    const path = (id: string) =>
      all.find((one) => one.id === id)?.path.map(({ kind, to }) => `${kind} ${to}`);
    expect(path('m/results/access-log@d')).toEqual(['declared store', 'replica b', 'origin c', 'log d']);
    expect(path('m/results/listing@d')).toEqual(['declared store', 'replica b', 'inventory d']);
  });

  test('what only works on data may write copies of it all the same', () => {
    const links: Link[] = [
      ['a', 'notification', 'f'],
      ['a', 'access_point', 'p'],
      ['p', 'replica', 'x'],
      ['p', 'log', 'l'],
    ];
    expect(ids(links, { p: 'endpoint', f: 'function' })).toEqual([
      'results/access-log@l',
      'results/event@f processed',
      'results@m/store primary',
      'results@p processed',
      'results@x',
    ]);
  });

  test('a queue hands on what is in it, where a bucket only tells of its objects', () => {
    expect(
      ids(
        [
          ['a', 'notification', 'q'],
          ['q', 'notification', 'f'],
        ],
        { q: 'queue', f: 'function' },
      ),
    ).toEqual(['results/event@f processed', 'results/event@q', 'results@m/store primary']);
  });
});

describe('circles of copies', () => {
  test('two stores that replicate each other and are both declared: neither is the copy of the other', () => {
    expect(
      ids(
        [
          ['a', 'replica', 'b'],
          ['b', 'replica', 'a'],
        ],
        {},
        '"?"',
      ),
    ).toEqual(['results@m/store/a primary', 'results@m/store/b primary']);
  });

  test('of a circle of three, those that nobody declared are copies, and so is what hangs on it', () => {
    expect(
      ids([
        ['a', 'replica', 'b'],
        ['b', 'replica', 'c'],
        ['c', 'replica', 'a'],
        ['c', 'snapshot', 'd'],
      ]),
    ).toEqual(['results@b', 'results@c', 'results@d', 'results@m/store primary']);
  });

  test('a declared store that a circle feeds is a copy', () => {
    expect(
      ids(
        [
          ['a', 'replica', 'b'],
          ['b', 'replica', 'a'],
          ['b', 'replica', 'c'],
        ],
        {},
        '"[ac]"'.replace('[ac]', '?'),
      ),
    ).toEqual(['results@m/store/a primary', 'results@m/store/b primary', 'results@m/store/c']);
  });
});

describe('the other end', () => {
  test('that no source described is an asset whose place is not known', async () => {
    const { inventory, ...evaluation } = await run({
      manifests: [manifest('a')],
      observations: observed([['a', 'replica', '?far']]),
    });
    expect(inventory.assets.get('?far')).toMatchObject({
      kind: 'other',
      external: true,
      place: { countries: [], reason: 'not_collected' },
    });
    expect(outcomesOf(evaluation, 'LOC-04')).toMatchObject({ 'results@?far': 'unknown' });
  });

  test('of a key holds nothing, described or not', () => {
    expect(ids([['a', 'key', '?key']])).toEqual(['results@m/store primary']);
  });
});

test('a hundred thousand assets in circles that log to one bucket are followed once each', () => {
  const names = Array.from({ length: 50_000 }, (_, i) => `n${i}`);
  const ring = names.map(
    (name, i): Observation =>
      node(name, [
        ['replica', names[(i + 1) % names.length] ?? ''],
        ['log', 'logs'],
      ]),
  );
  const stars = Array.from({ length: 50_000 }, (_, i): Observation => node(`s${i}`, [['log', 'logs']]));
  const inventory = buildInventory({
    manifests: [manifestInput(manifest('s*'))],
    observations: [...ring, ...stars, node('logs', [['replica', 'n0']])],
    classification: { tags: new Map(), untagged: 'none' },
    catalog,
  });
  const traces = inventory.holdings.filter(({ dataset }) => dataset === 'm/results/access-log');
  expect(traces).toHaveLength(50_001);
  expect(traces.at(-1)?.path.length).toBeGreaterThan(2);
}, 120_000);

function node(name: string, links: readonly (readonly [RelationKind, string])[]): Observation {
  return {
    source: 'aws',
    scope: '1',
    operation: 'test:Describe',
    subject: name,
    at: '',
    sha256: null,
    outcome: 'ok',
    asset: { kind: 'object_store', name, provider: 'aws', account: '1' },
    relations: links.map(([kind, to]) => ({ kind, to })),
  };
}

test('every chain of copies ends in a holding with an unbroken path, whatever the graph', () => {
  const kinds = fc.constantFrom<RelationKind>(
    'replica',
    'backup',
    'share',
    'log',
    'origin',
    'notification',
    'key',
  );
  const name = fc.constantFrom(...'abcdefgh');
  fc.assert(
    fc.property(fc.array(fc.tuple(name, kinds, name), { maxLength: 20 }), (links) => {
      const all = holdings(links, { a: 'object_store' });
      const reached = reach(links);
      expect(new Set(all.map(({ asset }) => asset.replace('m/store', 'a')))).toEqual(reached);
      expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
      for (const { path } of all) {
        for (const [index, step] of path.entries())
          if (index > 1) expect(step.from).toBe(path[index - 1]?.to);
      }
    }),
    { numRuns: 300 },
  );
});

/** The plain definition: same data along copies, then at most one trace, then its copies. */
function reach(links: readonly Link[]): ReadonlySet<string> {
  const same = new Set(['replica', 'backup', 'share', 'origin']);
  const states: (readonly [string, boolean])[] = [['a', false]];
  const seen = new Set(['a false']);
  for (let state = states.pop(); state; state = states.pop()) {
    const [at, isTrace] = state;
    for (const [from, kind, to] of links) {
      if (from !== at || kind === 'key' || (!same.has(kind) && isTrace)) continue;
      const next: readonly [string, boolean] = [to, isTrace || !same.has(kind)];
      if (!seen.has(next.join(' '))) {
        seen.add(next.join(' '));
        states.push(next);
      }
    }
  }
  return new Set([...seen].map((state) => state.slice(0, state.indexOf(' '))));
}
