import { describe, expect, test } from '@jest/globals';
import { treesAt } from '../../../src/collect/azure/read/json.ts';
import type { Fact, Json, Tree } from '../../../src/inventory/fact.ts';
import { example, factsOf, gapsOf, readFake, relationsOf } from '../../setup/azure.ts';
import { estateOf, subscription } from '../../setup/azure-estate.ts';
import type { FakeReply } from '../../setup/fake-arm.ts';

/** Microsoft's examples have ids of several subscriptions; whichever is asked, they are answered as they are. */
const asked = '00000000-0000-0000-0000-000000000000';

/** Reads the answers of Microsoft's examples, by the end of the address that they answer. */
async function readExamples(
  answers: { readonly [ending: string]: Json },
  services: readonly string[],
): ReturnType<typeof readFake> {
  const estate = estateOf([], { subscriptions: [subscription(asked, 'Example')] });
  const answer = ({ path }: { readonly path: string }): FakeReply | undefined => {
    const found = Object.entries(answers).find(([ending]) => path.endsWith(ending.toLowerCase()));
    return found === undefined ? undefined : { status: 200, body: withoutNext(found[1]) };
  };
  return readFake({ estate, answer }, { services });
}

/** A next page that Microsoft's examples only hint at would be asked of Microsoft. */
function withoutNext(body: Json): Json {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return body;
  const { nextLink: _, ...rest } = body as Tree;
  return rest;
}

const known = (value: Json): Fact => ({ state: 'known', value });
const of = (type: string, name: string, rg: string, sub = asked): string =>
  `/subscriptions/${sub}/resourcegroups/${rg}/providers/${type}/${name}`.toLowerCase();

describe('Microsoft’s own example of', () => {
  test('storage accounts: each GRS account has a copy where it says, with its own key or Microsoft’s', async () => {
    const body = example('Microsoft.Storage/2025-06-01/StorageAccountList');
    const { observations } = await readExamples({ '/storageAccounts': body }, ['storage']);
    const id = of('Microsoft.Storage/storageAccounts', 'sto1125', 'res2627', '{subscription-id}');
    expect(factsOf(observations, id)).toMatchObject({
      'place.region': known('eastus'),
      'encryption.at_rest': known(true),
      'encryption.key_manager': known('provider'),
    });
    expect(relationsOf(observations, id)).toEqual([`replica → ${id}@secondary`]);
    const copies = observations.filter(({ subject, asset }) => asset && subject.endsWith('@secondary'));
    expect(copies.length).toBe(treesAt(body, 'value').length);
    for (const copy of copies) expect(copy.facts?.['place.region']).toMatchObject({ state: 'known' });
  });

  test('an account with a key of the customer’s: `eastus2(stage)` is no region that the catalog knows', async () => {
    const one = example('Microsoft.Storage/2025-06-01/StorageAccountGetPropertiesCMKEnabled');
    const { observations } = await readExamples({ '/storageAccounts': { value: [one] } }, ['storage']);
    const id = of('Microsoft.Storage/storageAccounts', 'sto8596', 'res9407', '{subscription-id}');
    expect(factsOf(observations, id)).toMatchObject({
      'place.region': known('eastus2(stage)'),
      'encryption.key_manager': known('customer'),
    });
    expect(relationsOf(observations, id).find((one) => one.startsWith('key →'))).toMatch(/^key → https:\/\//);
  });

  test('object replication: an account that is known by its name alone is somewhere nobody knows', async () => {
    const account = {
      id: of('Microsoft.Storage/storageAccounts', 'sto2527', 'res6977'),
      name: 'sto2527',
      location: 'eastus',
    };
    const { observations } = await readExamples(
      {
        '/storageAccounts': { value: [account] },
        '/objectReplicationPolicies': example(
          'Microsoft.Storage/2025-06-01/StorageAccountListObjectReplicationPolicies',
        ),
      },
      ['storage'],
    );
    expect(relationsOf(observations, account.id)).toEqual([
      `replica → ${account.id}@secondary`,
      'replica → storage-account:destaccount1',
      'replica → storage-account:destaccount2',
    ]);
    expect(factsOf(observations, 'storage-account:destaccount1')['place.region']).toMatchObject({
      state: 'not_collected',
    });
    expect(factsOf(observations, `${account.id}@secondary`)['place.region']).toMatchObject({
      state: 'not_collected',
      note: 'whether it is copied is not told',
    });
  });

  test('SQL: databases of a server, the system’s own apart, and backups that stay in their zone', async () => {
    const server = {
      id: of('Microsoft.Sql/servers', 'testsvr', 'Default-SQL-SouthEastAsia'),
      name: 'testsvr',
      location: 'southeastasia',
    };
    const { observations } = await readExamples(
      {
        '/Microsoft.Sql/servers': { value: [server] },
        '/databases': example('Microsoft.Sql/2023-08-01/ListVCoreDatabasesByServer'),
      },
      ['sql'],
    );
    const database = of(
      'Microsoft.Sql/servers/testsvr/databases',
      'testdb',
      'Default-SQL-SouthEastAsia',
      '00000000-1111-2222-3333-444444444444',
    );
    expect(factsOf(observations, database)).toMatchObject({
      'place.region': known('southeastasia'),
      'encryption.in_transit': known(true),
    });
    expect(relationsOf(observations, database)).toEqual([]);
    const kinds = observations.flatMap(({ asset }) =>
      asset === undefined ? [] : [`${asset.name} ${asset.kind}`],
    );
    expect(kinds).toContain('master other');
  });

  test('failover groups: those of Microsoft’s example hold no database, so that nothing is copied', async () => {
    const server = { id: of('Microsoft.Sql/servers', 's', 'rg'), name: 's', location: 'japaneast' };
    const groups = example('Microsoft.Sql/2023-08-01/FailoverGroupList');
    const { observations } = await readExamples(
      { '/Microsoft.Sql/servers': { value: [server] }, '/failoverGroups': groups },
      ['sql'],
    );
    expect(observations.flatMap(({ relations = [] }) => relations)).toEqual([]);
    const database = `${server.id}/databases/eleves`;
    const [group] = treesAt(groups, 'value');
    const filled = {
      value: [{ ...group, properties: { ...(group?.['properties'] as Tree), databases: [database] } }],
    };
    const again = await readExamples(
      { '/Microsoft.Sql/servers': { value: [server] }, '/failoverGroups': filled },
      ['sql'],
    );
    const [copy = ''] = relationsOf(again.observations, database).map((one) => one.replace('replica → ', ''));
    expect(copy).toMatch(/failover-group-secondary-server\/databases\/eleves$/);
    expect(factsOf(again.observations, copy)['place.region']).toEqual(known('japanwest'));
  });

  test('Cosmos DB: the data is in its locations, whatever the location of the resource', async () => {
    const { observations } = await readExamples(
      { '/databaseAccounts': example('Microsoft.DocumentDB/2025-10-15/CosmosDBDatabaseAccountList') },
      ['cosmos'],
    );
    const id = of('Microsoft.DocumentDB/databaseAccounts', 'ddb1', 'rg1', 'subid');
    expect(factsOf(observations, id)['place.region']).toEqual(known('eastus'));
    expect(relationsOf(observations, id)).toEqual([`backup → ${id}@backup`]);
    expect(factsOf(observations, `${id}@backup`)['place.region']).toEqual(known('westus'));
  });

  test('PostgreSQL: geo-redundant backups are in the pair', async () => {
    const body = example('Microsoft.DBforPostgreSQL/2025-08-01/ServersListBySubscription');
    const { observations } = await readExamples({ '/flexibleServers': body }, ['postgresql']);
    const geo = treesAt(body, 'value').filter((one) =>
      JSON.stringify(one).includes('"geoRedundantBackup":"Enabled"'),
    );
    const copies = observations.filter(({ subject, asset }) => asset && subject.endsWith('@backup'));
    expect(copies.length).toBe(geo.length);
    expect(copies.length).toBeGreaterThan(0);
  });

  test('Recovery Services: what the list leaves out, the vault says', async () => {
    const vault = example('Microsoft.RecoveryServices/2025-02-01/GETVault');
    const id = of(
      'Microsoft.RecoveryServices/vaults',
      'swaggerExample',
      'Default-RecoveryServices-ResourceGroup',
      '77777777-b0c6-47a2-b37c-d8e65a629c18',
    );
    const { observations } = await readExamples(
      {
        '/vaults': { value: [{ id, name: 'swaggerExample', location: 'westus' }] },
        '/swaggerexample': vault,
      },
      ['recovery-services'],
    );
    expect(relationsOf(observations, id)).toEqual([`replica → ${id}@secondary`]);
    expect(factsOf(observations, `${id}@secondary`)['place.region']).toEqual(known('eastus'));
  });

  test('key vaults and HSMs: keys of the customer, in Microsoft’s service, known by their address', async () => {
    const { observations } = await readExamples(
      {
        '/Microsoft.KeyVault/vaults': example('Microsoft.KeyVault/2025-05-01/listVaultBySubscription'),
        '/managedHSMs': example('Microsoft.KeyVault/2025-05-01/ManagedHsm_ListBySubscription'),
      },
      ['key-vault', 'managed-hsm'],
    );
    const keys = observations.filter(({ asset }) => asset?.kind === 'key');
    expect(keys.length).toBeGreaterThan(2);
    for (const { subject } of keys)
      expect(factsOf(observations, subject)).toMatchObject({
        'key_facts.manager': known('customer'),
        'place.region': known('westus'),
      });
    expect(keys.filter(({ facts }) => facts?.['aliases']?.state === 'known').length).toBe(keys.length);
  });

  test('Front Door: at the edge, wherever the resource is said to be', async () => {
    const { observations } = await readExamples(
      {
        '/Microsoft.Cdn/profiles': example('Microsoft.Cdn/2025-06-01/Profiles_List'),
        '/afdEndpoints': example('Microsoft.Cdn/2025-06-01/AFDEndpoints_ListByProfile'),
      },
      ['cdn'],
    );
    const [door] = observations.filter(({ asset }) => asset?.kind === 'cdn');
    expect(factsOf(observations, door?.subject ?? '')).toMatchObject({
      'place.region': known('edge'),
      endpoints: { state: 'known' },
    });
  });

  test('Log Analytics: how long it keeps', async () => {
    const { observations } = await readExamples(
      { '/workspaces': example('Microsoft.OperationalInsights/2025-02-01/WorkspacesSubscriptionList') },
      ['log-analytics'],
    );
    const [workspace] = observations.filter(({ asset }) => asset?.kind === 'log_store');
    expect(factsOf(observations, workspace?.subject ?? '')).toMatchObject({
      'place.region': known('australiasoutheast'),
      retention: known('P30D'),
    });
  });

  test('diagnostic settings: sinks in other subscriptions, and an empty workspace that is none', async () => {
    const vault = { id: of('Microsoft.KeyVault/vaults', 'v', 'rg'), name: 'v', location: 'francecentral' };
    const { observations } = await readExamples(
      {
        '/Microsoft.KeyVault/vaults': { value: [vault] },
        '/v/providers/microsoft.insights/diagnosticsettings': example(
          'Microsoft.Insights/2021-05-01-preview/listDiagnosticSettings',
        ),
      },
      ['key-vault'],
    );
    expect(relationsOf(observations, vault.id)).toEqual([
      'log → /subscriptions/b67f7fec-69fc-4974-9099-a26bd6ffeda3/resourcegroups/andy1101/providers/microsoft.eventhub/namespaces/andy1101',
      'log → /subscriptions/df602c9c-7aa0-407d-a6fb-eb20c8bd1192/resourcegroups/apptest/providers/microsoft.storage/storageaccounts/appteststorage1',
    ]);
    expect(factsOf(observations, vault.id)['access_log']).toEqual(known(true));
  });

  test('the activity log: sinks without a leading slash are ids all the same', async () => {
    const { observations } = await readExamples(
      {
        [`${asked}/providers/microsoft.insights/diagnosticsettings`]: example(
          'Microsoft.Insights/2021-05-01-preview/listSubscriptionDiagnosticSettings',
        ),
      },
      ['activity-log'],
    );
    const sent = relationsOf(observations, `/subscriptions/${asked}`);
    expect(sent.length).toBe(3);
    for (const one of sent) expect(one).toMatch(/^log → \/subscriptions\//);
  });

  test('AI services: a regional deployment stays where its account is', async () => {
    const accounts = example('Microsoft.CognitiveServices/2025-06-01/ListAccountsBySubscription');
    const { observations } = await readExamples(
      {
        '/Microsoft.CognitiveServices/accounts': accounts,
        '/deployments': example('Microsoft.CognitiveServices/2025-09-01/ListDeployments'),
      },
      ['ai'],
    );
    const places = observations
      .filter(({ asset }) => asset?.kind === 'ai_service' && asset.external !== true)
      .map(({ facts }) => facts?.['place.region']);
    expect(places).toContainEqual(known('global'));
    expect(places).toContainEqual(known('westus'));
  });

  test('list-locations: a bare array is a list, and the pair that Azure says is used', async () => {
    const estate = estateOf([], { subscriptions: [subscription(asked, 'Example')] });
    const answer = ({ path }: { readonly path: string }): FakeReply | undefined =>
      path.endsWith('/locations')
        ? { status: 200, body: example('Microsoft.Resources/2022-12-01/GetLocations') }
        : undefined;
    const { observations } = await readFake({ estate, answer }, { services: ['resources'] });
    const [locations] = observations.filter(({ operation }) => operation.endsWith('ListLocations'));
    expect(locations?.about?.['regions']).toContain('eastus2');
    expect(gapsOf(observations).filter((gap) => !gap.includes('ServiceLeftOut'))).toEqual([]);
  });

  test('the data boundary of a tenant', async () => {
    const body = example('Microsoft.Resources/2024-08-01/GetTenantDataBoundary');
    const { observations } = await readExamples({ '/databoundaries/default': body }, ['data-boundary']);
    const facts = observations.flatMap((one) => one.facts?.['data_boundary'] ?? []);
    expect(facts).toEqual([known('EU')]);
  });
});
