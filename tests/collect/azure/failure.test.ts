import { describe, expect, test } from '@jest/globals';
import { addressOf } from '../../../src/collect/azure/connection.ts';
import type { Fact, Json } from '../../../src/inventory/fact.ts';
import type { Observation } from '../../../src/inventory/observation.ts';
import { factsOf, gapsOf, readFake, relationsOf } from '../../setup/azure.ts';
import {
  ent,
  estateOf,
  grades,
  group,
  resource,
  storageAccount,
  subscription,
} from '../../setup/azure-estate.ts';
import type { FakeCall, FakeReply } from '../../setup/fake-arm.ts';
import { idOf, refuse } from '../../setup/fake-arm.ts';

const known = (value: Json): Fact => ({ state: 'known', value });
const account = storageAccount(ent, 'resultats', 'francecentral');
const estate = estateOf([group(ent, 'francecentral'), account]);
const only = { services: ['resources', 'storage'] };
const isList = ({ path }: FakeCall): boolean => path.endsWith('/microsoft.storage/storageaccounts');
const isGraph = ({ path }: FakeCall): boolean => path.endsWith('/microsoft.resourcegraph/resources');

/** Gaps but for the services that the test leaves out. */
const missedBy = (observations: readonly Observation[]): readonly string[] =>
  gapsOf(observations).filter((gap) => !gap.includes('ServiceLeftOut'));

describe('what the Resource Manager does not answer', () => {
  const failures: readonly (readonly [string, FakeReply, string])[] = [
    ['403', refuse(403, 'AuthorizationFailed'), 'denied … AuthorizationFailed'],
    [
      '401 for a token that nobody takes',
      refuse(401, 'InvalidAuthenticationToken'),
      'error … InvalidAuthenticationToken',
    ],
    ['404', refuse(404, 'SubscriptionNotFound'), 'error … SubscriptionNotFound'],
    ['500', refuse(500, 'InternalServerError'), 'error … InternalServerError'],
    ['501', refuse(501, 'NotImplemented'), 'not_collected … NotImplemented'],
    ['a body that is no JSON object', { status: 200 }, 'error … UnreadableAnswer'],
    ['an object that is no list', { status: 200, body: { count: 0 } }, 'error … NotAList'],
    ['an item without an id', { status: 200, body: { value: [{ name: 'x' }] } }, 'error … ItemWithoutId'],
  ];
  test.each(failures)('%s is a gap, and the place of the account is not known', async (_, reply, gap) => {
    const { observations } = await readFake(
      { estate, answer: (call) => (isList(call) ? reply : undefined) },
      { ...only, max_attempts: 1 },
    );
    const missed = missedBy(observations);
    expect(missed).toEqual([gap.replace('…', 'Microsoft.Storage:StorageAccounts_List')]);
    expect(factsOf(observations, idOf(account))['place.region']).toMatchObject({ state: 'not_collected' });
    expect(JSON.stringify(observations)).not.toMatch(/secret-of-|token-of-the-fake/);
  });

  test('a provider that the subscription never registered has nothing there', async () => {
    const reply = refuse(409, 'MissingSubscriptionRegistration');
    const { observations } = await readFake(
      { estate, answer: (call) => (isList(call) ? reply : undefined) },
      only,
    );
    expect(missedBy(observations)).toEqual([]);
  });

  test('a refusal names the action that would allow the call', async () => {
    const { observations } = await readFake({
      estate,
      answer: (call) =>
        call.path.endsWith('/objectreplicationpolicies') ? refuse(403, 'AuthorizationFailed') : undefined,
    });
    const facts = factsOf(observations, idOf(account));
    expect(facts['relations.replica']).toMatchObject({
      state: 'denied',
      permission: 'Microsoft.Storage/storageAccounts/objectReplicationPolicies/read',
    });
  });
});

describe('throttling', () => {
  test('429 with Retry-After is obeyed, and leaves no trace', async () => {
    let first = 0;
    let again = 0;
    const { observations } = await readFake(
      {
        estate,
        answer: (call) => {
          if (!isList(call)) return undefined;
          if (call.attempt === 1) {
            first = performance.now();
            return refuse(429, 'TooManyRequests', { 'retry-after': '1' });
          }
          again = performance.now();
          return undefined;
        },
      },
      only,
    );
    expect(again - first).toBeGreaterThanOrEqual(990);
    expect(missedBy(observations)).toEqual([]);
  });

  test('429 without end is a gap', async () => {
    const reply = refuse(429, 'TooManyRequests', { 'retry-after': '0' });
    const { observations, fake } = await readFake(
      { estate, answer: (call) => (isList(call) ? reply : undefined) },
      { ...only, max_attempts: 3 },
    );
    expect(missedBy(observations)).toEqual(['error Microsoft.Storage:StorageAccounts_List TooManyRequests']);
    expect(fake.requests.filter((one) => one.endsWith('/storageaccounts')).length).toBe(3);
  });

  test('500 is tried again', async () => {
    const { observations } = await readFake(
      {
        estate,
        answer: (call) =>
          isList(call) && call.attempt === 1 ? refuse(500, 'InternalServerError') : undefined,
      },
      only,
    );
    expect(missedBy(observations)).toEqual([]);
  });

  test('no more calls to a subscription are under way than are allowed', async () => {
    const accounts = Array.from({ length: 30 }, (_, i) => storageAccount(ent, `compte${i}`, 'francecentral'));
    const { fake } = await readFake(
      { estate: estateOf(accounts), latency: 5 },
      { services: ['storage'] },
      { concurrency: 3 },
    );
    expect(fake.most()).toBeGreaterThan(1);
    expect(fake.most()).toBeLessThanOrEqual(3);
  });
});

describe('pages', () => {
  const accounts = Array.from({ length: 23 }, (_, i) => storageAccount(ent, `compte${i}`, 'francecentral'));
  const many = estateOf(accounts);
  const seen = (observations: readonly Observation[]): number =>
    new Set(observations.filter(({ asset }) => asset?.kind === 'object_store').map(({ subject }) => subject))
      .size;

  test('are followed to the last, of Resource Graph and of lists', async () => {
    const { observations } = await readFake({ estate: many, pageSize: 5 }, only);
    expect(seen(observations)).toBe(23);
    expect(missedBy(observations)).toEqual([]);
  });

  test('the second one failing is a gap, and the first is kept', async () => {
    const { observations } = await readFake(
      {
        estate: many,
        pageSize: 5,
        answer: (call) =>
          isList(call) && call.query.has('$skiptoken') ? refuse(403, 'AuthorizationFailed') : undefined,
      },
      { services: ['storage'] },
    );
    expect(seen(observations)).toBe(5);
    expect(missedBy(observations)).toEqual([
      'denied Microsoft.Storage:StorageAccounts_List AuthorizationFailed',
    ]);
  });

  test('one that comes again is a gap', async () => {
    const { observations } = await readFake(
      {
        estate: many,
        answer: (call) =>
          isList(call)
            ? { status: 200, body: { value: accounts.slice(0, 1), nextLink: `${call.path}?api-version=x` } }
            : undefined,
      },
      { services: ['storage'] },
    );
    expect(missedBy(observations)).toEqual(['error Microsoft.Storage:StorageAccounts_List RepeatedPage']);
  });

  test('one at another host is a gap, and the token goes nowhere', async () => {
    const { observations } = await readFake(
      {
        estate: many,
        answer: (call) =>
          isList(call)
            ? { status: 200, body: { value: [], nextLink: 'https://collector.example/next' } }
            : undefined,
      },
      { services: ['storage'] },
    );
    expect(missedBy(observations)).toEqual(['error Microsoft.Storage:StorageAccounts_List ForeignNextPage']);
  });

  const own = 'https://management.azure.com';
  test.each([
    ['https://management.azure.com/next?x=1', true],
    ['https://francecentral.management.azure.com/next', true],
    ['https://management.azure.com:8443/next', false],
    ['https://management.azure.com.example/next', false],
    ['https://user@management.azure.com/next', false],
    ['http://management.azure.com/next', false],
    ['https://example/?https://management.azure.com', false],
    ['javascript:alert(1)', false],
    ['https://', false],
  ])('%s is of the Resource Manager: %s', (link, isOurs) => {
    const ask = (): string => addressOf(link, '2025-01-01', own);
    if (isOurs) expect(ask()).toBe(new URL(link).href);
    else expect(ask).toThrow('ForeignNextPage');
  });

  test('a page of Resource Graph that holds fewer rows than it counted is a gap, and the list is asked', async () => {
    const { observations } = await readFake(
      {
        estate: many,
        answer: (call) =>
          isGraph(call)
            ? { status: 200, body: { totalRecords: 23, count: 1, data: [account], resultTruncated: 'false' } }
            : undefined,
      },
      only,
    );
    expect(seen(observations)).toBe(24);
  });
});

describe('who sees what', () => {
  const machine = resource(ent, 'Microsoft.Compute/virtualMachines/vm', 'francecentral');
  const whole = estateOf([group(ent, 'francecentral'), machine]);
  const roles = (...actions: readonly string[]) => ({
    ...whole,
    permissions: () => [{ actions, notActions: [] }],
  });

  test('a reader is shown everything by Resource Graph', async () => {
    const { observations, calls } = await readFake({ estate: whole }, { services: ['resources'] });
    expect(factsOf(observations, idOf(machine))['place.region']).toEqual(known('francecentral'));
    expect(calls['Microsoft.ResourceGraph:Resources']).toBe(2);
    expect(calls['Microsoft.Resources:Resources_List']).toBeUndefined();
  });

  test('a role of a few actions is not: the list of resources is asked, which is whole', async () => {
    const { observations, calls } = await readFake(
      {
        estate: roles(
          'Microsoft.Resources/subscriptions/resources/read',
          'Microsoft.Storage/storageAccounts/read',
        ),
      },
      { services: ['resources'] },
    );
    expect(factsOf(observations, idOf(machine))['place.region']).toEqual(known('francecentral'));
    expect(calls['Microsoft.ResourceGraph:Resources']).toBeUndefined();
    expect(missedBy(observations)).toEqual([]);
  });

  test('who may list neither is shown a part, which is a gap', async () => {
    const { observations } = await readFake({ estate: roles() }, { services: ['resources'] });
    expect(missedBy(observations)).toEqual(['not_collected Microsoft.Resources:Resources_List PartialView']);
  });

  test.each([
    [[{ actions: ['*'], notActions: ['Microsoft.Authorization/*/Write'] }], 'all'],
    [[{ actions: ['*'], notActions: ['Microsoft.Storage/*/read'] }], 'listed'],
    [[{ actions: ['*/read'], notActions: [] }], 'all'],
    [[{ actions: ['Microsoft.Resources/*'], notActions: [] }], 'listed'],
    [[{ actions: ['Microsoft.Storage/*/read'], notActions: [] }], 'part'],
    [[], 'part'],
  ])('%j sees %s', async (permissions, sight) => {
    const { observations } = await readFake(
      { estate: { ...whole, permissions: () => permissions } },
      { services: ['resources'] },
    );
    expect(observations.find(({ about }) => about?.['sight'] !== undefined)?.about).toEqual({ sight });
  });

  test('where Resource Graph is refused, the list is asked, and says so; where both are, both are gaps', async () => {
    const refused = refuse(403, 'AuthorizationFailed');
    const one = await readFake(
      { estate: whole, answer: (call) => (isGraph(call) ? refused : undefined) },
      { services: ['resources'] },
    );
    expect(missedBy(one.observations)).toEqual([]);
    expect(factsOf(one.observations, idOf(machine))['place.region']).toEqual(known('francecentral'));
    expect(JSON.stringify(one.observations)).toContain('"resource_graph":"AuthorizationFailed"');
    const both = await readFake(
      {
        estate: whole,
        answer: (call) => (call.path.endsWith('/resources') ? refused : undefined),
      },
      { services: ['resources'] },
    );
    expect(missedBy(both.observations)).toEqual([
      'denied Microsoft.ResourceGraph:Resources AuthorizationFailed',
      'denied Microsoft.Resources:Resources_List AuthorizationFailed',
    ]);
  });
});

describe('subscriptions', () => {
  const two = estateOf([], {
    subscriptions: [subscription(ent, 'ENT'), subscription(grades, 'Notes', { state: 'Disabled' })],
  });

  test('one that is left out, and one that nobody has, are gaps', async () => {
    const { observations } = await readFake(
      { estate: two },
      { services: ['storage'], subscriptions: ['ent', 'nulle-part'] },
    );
    expect(missedBy(observations)).toEqual([
      'not_collected Microsoft.Resources:Subscriptions_List SubscriptionLeftOut',
      'not_collected Microsoft.Resources:Subscriptions_List SubscriptionLeftOut',
      'not_collected Microsoft.Resources:Subscriptions_List NoSuchSubscription',
    ]);
  });

  test('one that is disabled is still read; one that was deleted is a gap', async () => {
    const { observations, calls } = await readFake({ estate: two }, { services: ['storage'] });
    expect(missedBy(observations)).toEqual([]);
    expect(calls['Microsoft.Storage:StorageAccounts_List']).toBe(2);
    const gone = { ...two, subscriptions: [subscription(ent, 'ENT', { state: 'Deleted' })] };
    const after = await readFake({ estate: gone }, { services: ['storage'] });
    expect(missedBy(after.observations)).toContain(
      'not_collected Microsoft.Resources:Subscriptions_List SubscriptionDeleted',
    );
  });

  test('a list that is refused is a gap, and nothing is judged of what it would have shown', async () => {
    const { observations } = await readFake({
      estate: two,
      answer: ({ path }) => (path === '/subscriptions' ? refuse(403, 'AuthorizationFailed') : undefined),
    });
    expect(missedBy(observations)).toEqual([
      'denied Microsoft.Resources:Subscriptions_List AuthorizationFailed',
    ]);
  });

  test('another tenant of the caller is a gap, unless one is configured', async () => {
    const guest = { ...two, tenants: [...two.tenants, { tenantId: '33333333-0000-4000-8000-000000000003' }] };
    const without = await readFake({ estate: guest }, { services: ['storage'], tenant: null });
    expect(missedBy(without.observations)).toEqual([
      'not_collected Microsoft.Resources:Tenants_List TenantLeftOut',
    ]);
    const configured = await readFake({ estate: guest }, { services: ['storage'] });
    expect(missedBy(configured.observations)).toEqual([]);
  });
});

describe('places', () => {
  test.each([
    ['France Central', 'francecentral'],
    ['(Europe) France Central', 'francecentral'],
    ['francecentral', 'francecentral'],
    ['FRANCECENTRAL', 'francecentral'],
    ['global', 'global'],
    ['Global', 'global'],
    ['atlantis', 'atlantis'],
  ])('%s is %s', async (location, code) => {
    const one = resource(ent, 'Microsoft.Compute/disks/d', location);
    const { observations } = await readFake({ estate: estateOf([one]) }, { services: ['resources'] });
    expect(factsOf(observations, idOf(one))['place.region']).toEqual(known(code));
  });

  test.each([[null], [''], [' ']])('the location %j is not known', async (location) => {
    const one = resource(ent, 'Microsoft.Compute/disks/d', location);
    const { observations } = await readFake({ estate: estateOf([one]) }, { services: ['resources'] });
    expect(factsOf(observations, idOf(one))['place.region']).toMatchObject({ state: 'not_collected' });
  });

  test('an account that failed over is where its data is', async () => {
    const moved = storageAccount(ent, 'resultats', 'francecentral', {
      properties: { primaryLocation: 'francesouth' },
    });
    const { observations } = await readFake({ estate: estateOf([moved]) }, only);
    expect(factsOf(observations, idOf(moved))['place.region']).toEqual(known('francesouth'));
  });

  test('a geo-redundant account that names no secondary is in its pair; where Azure says there is none, nobody knows', async () => {
    const paired = storageAccount(ent, 'deux', 'francecentral', { sku: { name: 'Standard_GZRS' } });
    const alone = storageAccount(ent, 'seul', 'italynorth', { sku: { name: 'Standard_GRS' } });
    const { observations } = await readFake({ estate: estateOf([paired, alone]) }, only);
    expect(factsOf(observations, `${idOf(paired)}@secondary`)['place.region']).toEqual(known('francesouth'));
    expect(factsOf(observations, `${idOf(alone)}@secondary`)['place.region']).toMatchObject({
      state: 'not_collected',
    });
  });

  test('LRS and ZRS make no copy', async () => {
    const local = ['Standard_LRS', 'Standard_ZRS', 'Premium_LRS', 'Premium_ZRS', 'StandardV2_ZRS'].map(
      (name, i) => storageAccount(ent, `compte${i}`, 'francecentral', { sku: { name } }),
    );
    const { observations } = await readFake({ estate: estateOf(local) }, only);
    for (const one of local) expect(relationsOf(observations, idOf(one))).toEqual([]);
  });
});
