import { describe, expect, test } from '@jest/globals';
import { buildInventory } from '../../src/inventory/build/build.ts';
import type { Fact } from '../../src/inventory/fact.ts';
import type { Asset } from '../../src/inventory/noun.ts';
import type { AssetKind, Observation, SeenRelation } from '../../src/inventory/observation.ts';
import { catalog, known } from '../setup/run.ts';

type Facts = { readonly [name: string]: Fact };

function seen(
  id: string,
  kind: AssetKind,
  facts: Facts,
  relations: readonly SeenRelation[] = [],
): Observation {
  return {
    source: 'aws',
    scope: '1',
    operation: 'test:Describe',
    subject: id,
    at: '',
    sha256: null,
    outcome: 'ok',
    asset: { kind, name: id, provider: 'aws', account: '1' },
    facts,
    relations,
  };
}

function build(...observations: readonly Observation[]): ReadonlyMap<string, Asset> {
  return buildInventory({
    manifests: [],
    observations,
    classification: { tags: new Map(), untagged: 'none' },
    catalog,
  }).assets;
}

const paris = known('eu-west-3');
const denied: Fact = { state: 'denied', permission: 'kms:DescribeKey' };

describe('who manages the key of a store', () => {
  const left: Fact = { state: 'not_collected', note: 'for the key service to say' };
  const manager = (own: Fact | undefined, ofKey: Fact | undefined, to = 'key'): Fact | undefined => {
    const key = seen('key', 'key', {
      'place.region': paris,
      aliases: known(['alias']),
      ...(ofKey ? { 'key_facts.manager': ofKey } : {}),
    });
    const store = seen('store', 'database', own ? { 'encryption.key_manager': own } : {}, [
      { kind: 'key', to },
    ]);
    return build(store, key).get('store')?.facts.get('encryption.key_manager');
  };

  test.each<[string, Fact | undefined, Fact | undefined, object | undefined]>([
    ['is what the key service says', left, known('external'), { state: 'known', value: 'external' }],
    ['is the provider, of its own key', left, known('provider'), { state: 'known', value: 'provider' }],
    [
      'is better known to the key service than to the store',
      known('customer'),
      known('external'),
      { value: 'external' },
    ],
    ['is denied where the key service is', left, denied, denied],
    [
      'is what the store said where the key service is denied',
      known('customer'),
      denied,
      { value: 'customer' },
    ],
    [
      'is an error where the key service says nothing, so that no declaration fills it in',
      left,
      undefined,
      { state: 'error' },
    ],
  ])('%s', (_, own, ofKey, expected) => {
    expect(manager(own, ofKey)).toMatchObject(expected ?? {});
  });

  test('is found by an alias of the key too', () => {
    expect(manager(left, known('customer'), 'alias')).toMatchObject({ value: 'customer' });
  });

  test('is refused where the key was not seen, by the permission that would tell', () => {
    expect(manager(left, known('customer'), 'another')).toMatchObject({ state: 'error' });
    expect(manager({ ...left, permission: 'kms:DescribeKey' }, known('customer'), 'another')).toMatchObject({
      state: 'denied',
      permission: 'kms:DescribeKey',
    });
  });

  test('comes with the place of the key; of an external one only its owner knows', () => {
    const place = (origin: string) =>
      build(
        seen('store', 'database', {}, [{ kind: 'key', to: 'key' }]),
        seen('key', 'key', { 'place.region': paris, 'key_facts.manager': known(origin) }),
      )
        .get('store')
        ?.facts.get('encryption.key_place');
    expect(place('customer')).toEqual({ state: 'known', value: { provider: 'aws', region: 'eu-west-3' } });
    expect(place('external')).toMatchObject({ state: 'not_collected' });
  });
});

describe('where access logs are kept', () => {
  const places = (facts: Facts, relations: readonly SeenRelation[], ...others: readonly Observation[]) =>
    build(seen('store', 'object_store', facts, relations), ...others)
      .get('store')
      ?.facts.get('access_log_places');

  test('is the place of what they are delivered to', () => {
    expect(
      places(
        {},
        [{ kind: 'log', to: 'logs' }],
        seen('logs', 'object_store', { 'place.region': known('us-east-1') }),
      ),
    ).toEqual({
      state: 'known',
      value: [{ provider: 'aws', region: 'us-east-1' }],
    });
  });

  test('is where a trail delivers them, for it keeps nothing', () => {
    const trail = seen('trail', 'monitoring', { 'place.region': paris }, [{ kind: 'log', to: 'logs' }]);
    expect(
      places(
        {},
        [{ kind: 'log', to: 'trail' }],
        trail,
        seen('logs', 'object_store', { 'place.region': known('us-east-1') }),
      ),
    ).toMatchObject({
      value: [{ region: 'us-east-1' }],
    });
  });

  test('is nowhere where nothing is logged', () => {
    expect(places({ access_log: known(false) }, [])).toEqual({ state: 'absent' });
  });

  test('is not known where the target was refused, and the permission is named', () => {
    expect(
      places({}, [{ kind: 'log', to: 'logs' }], seen('logs', 'object_store', { 'place.region': denied })),
    ).toEqual({ state: 'denied', permission: 'kms:DescribeKey' });
  });

  test('is in part known where one of two targets is', () => {
    const other = seen('logs', 'object_store', { 'place.region': paris });
    expect(
      places(
        {},
        [
          { kind: 'log', to: 'logs' },
          { kind: 'log', to: 'gone' },
        ],
        other,
      ),
    ).toEqual({
      state: 'known',
      value: [{ provider: 'aws', region: 'eu-west-3' }, 'unknown'],
    });
  });
});

describe('one thing in several regions', () => {
  const place = (...regions: readonly string[]) =>
    build(seen('mrap', 'endpoint', { 'place.regions': known([...regions]) })).get('mrap')?.place;

  test('is in the countries of them all', () => {
    expect(place('us-east-1', 'eu-west-1')).toMatchObject({
      countries: ['IE', 'US'],
      complete: true,
      scope: 'multi_region',
      region: 'eu-west-1, us-east-1',
      city: 'Dublin, N. Virginia',
    });
  });

  test('is not wholly known where one of them is not', () => {
    expect(place('eu-west-3', 'eu-west-99')).toMatchObject({
      countries: ['FR'],
      complete: false,
      reason: 'error',
    });
    expect(place('eu-west-3', '')).toMatchObject({ countries: ['FR'], complete: false });
  });

  test('is in one region where all are the same', () => {
    expect(place('eu-west-3', 'eu-west-3')).toMatchObject({
      region: 'eu-west-3',
      scope: 'region',
      complete: true,
    });
  });

  test('is nowhere that anyone knows where none is told', () => {
    expect(place()).toMatchObject({ countries: [], complete: false, reason: 'not_collected' });
  });
});

test('what a list of everything shows is what its own service says it is, in whatever order they come', () => {
  const vague = { ...seen('x', 'other', {}), operation: 'a:List' };
  const exact = { ...seen('x', 'database', {}), operation: 'z:List' };
  const named = {
    ...seen('x', 'snapshot', {}),
    asset: { kind: 'snapshot' as const, name: 'x', provider: 'aws', account: null, external: true },
  };
  for (const order of [
    [vague, exact, named],
    [named, exact, vague],
    [exact, named, vague],
  ])
    expect(build(...order).get('x')).toMatchObject({ kind: 'database', external: false });
});
