import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { buildInventory } from '../../src/inventory/build/build.ts';
import type { Observation, RelationKind } from '../../src/inventory/observation.ts';
import type { Link } from '../setup/relation-graph.ts';
import { holdings, ids, manifest } from '../setup/relation-graph.ts';
import { catalog, manifestInput } from '../setup/run.ts';

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
  const name = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h');
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
