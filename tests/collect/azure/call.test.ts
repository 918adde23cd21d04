import { expect, test } from '@jest/globals';
import { customRole } from '../../../src/collect/azure/permissions.ts';
import { services } from '../../../src/collect/azure/service/registry.ts';
import { azureFacts, gapsOf, readFake } from '../../setup/azure.ts';
import { foreign } from '../../setup/azure-estate.ts';
import { schoolTenant } from '../../setup/azure-tenant.ts';

const all = await Promise.all(Object.values(services).map((load) => load()));
const calls = all.flatMap((service) => service.calls);

test('every call is a read: no action that changes anything, or hands out a key', () => {
  for (const { permission } of calls) {
    expect(permission).toMatch(/^Microsoft\.[A-Za-z]+(\/[A-Za-z]+)+\/read$/);
    expect(permission).not.toMatch(
      /listkeys|listsecrets|credential|sas|connectionstring|\/secrets\/|\/keys\//i,
    );
  }
});

test('the calls that a whole tenant takes, each of them', async () => {
  const { fake, calls: made, observations } = await readFake({ estate: schoolTenant(60) });
  expect(new Set(fake.requests.map((one) => one.split(' ')[0]))).toEqual(new Set(['GET', 'POST']));
  for (const request of fake.requests.filter((one) => one.startsWith('POST')))
    expect(request).toBe('POST /providers/microsoft.resourcegraph/resources');
  expect(
    fake.requests.filter((one) => /list(keys|secrets|account)|sas|credential|\/secrets/.test(one)),
  ).toEqual([]);
  const told = new Set([
    ...calls.map(({ operation }) => operation),
    ...['Subscriptions_List', 'Subscriptions_ListLocations', 'Tenants_List'].map(
      (name) => `Microsoft.Resources:${name}`,
    ),
    'Microsoft.Authorization:Permissions_ListForSubscription',
  ]);
  expect(Object.keys(made).filter((operation) => !told.has(operation))).toEqual([]);
  expect(Object.values(made).reduce((sum, count) => sum + count, 0)).toBe(fake.requests.length);
  // The one gap is of the workspace of another tenant.
  const gaps = observations.filter(({ outcome }) => outcome !== 'ok');
  expect(new Set(gaps.map(({ subject }) => subject.split('/')[2]))).toEqual(new Set([foreign]));
  expect(gapsOf(observations)).toContain(
    'error Microsoft.OperationalInsights:Workspaces_Get SubscriptionNotFound',
  );
});

test('tokens and secrets are nowhere in what was read', async () => {
  const { observations, fake } = await readFake({ estate: schoolTenant(60) });
  expect([...fake.tokens]).toEqual(['Bearer token-of-the-fake']);
  expect(JSON.stringify(observations)).not.toMatch(/token-of-the-fake|secret-of-the-tests|secret-of-/);
});

test('whose a subscription is, is asked without credentials', async () => {
  const { observations } = await readFake({ estate: schoolTenant(60) });
  const [owner] = observations.filter(({ operation }) => operation.endsWith('Subscriptions_Challenge'));
  expect(owner?.facts).toMatchObject({ 'access.outside_accounts': { state: 'known' } });
});

test('what no rule wants is not asked for, and not in the role', async () => {
  const few = new Set(['tags', 'place.region', 'relations']);
  const { calls: made } = await readFake({ estate: schoolTenant(60) }, {}, { wanted: few });
  expect(
    Object.keys(made).some((name) => /Policy|Containers|TransparentData|DataBoundaries|Challenge/.test(name)),
  ).toBe(false);
  const [whole, small] = [await customRole(azureFacts), await customRole(few)];
  expect(whole.Actions).toContain('Microsoft.Authorization/policyAssignments/read');
  expect(small.Actions).not.toContain('Microsoft.Authorization/policyAssignments/read');
  expect(small.Actions.length).toBeLessThan(whole.Actions.length);
});

test('the custom role is what Azure takes, with every action of the calls and no more', async () => {
  const role = await customRole(azureFacts, { subscriptions: ['s-1'] });
  expect(role).toMatchObject({
    Name: 'Bercail Audit',
    IsCustom: true,
    NotActions: [],
    DataActions: [],
    NotDataActions: [],
    AssignableScopes: ['/subscriptions/s-1'],
  });
  const own = ['Microsoft.Resources/subscriptions/read', 'Microsoft.Resources/subscriptions/locations/read'];
  const free = calls.filter(({ isFree }) => isFree !== true).map(({ permission }) => permission);
  expect(role.Actions).toEqual([...new Set([...own, ...free])].toSorted());
  expect((await customRole(azureFacts)).AssignableScopes[0]).toMatch(/managementGroups/);
});
