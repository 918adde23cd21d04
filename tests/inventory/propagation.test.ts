import { describe, expect, test } from '@jest/globals';
import type { AssetKind, RelationKind } from '../../src/inventory/observation.ts';
import type { Link } from '../setup/relation-graph.ts';
import { holdings, ids, manifest, observed } from '../setup/relation-graph.ts';
import { outcomesOf, run } from '../setup/run.ts';

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
