import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Tree } from '../../src/inventory/fact.ts';
import { root } from '../../src/io/root.ts';
import {
  archive,
  ent,
  estateOf,
  foreign,
  grades,
  group,
  lab,
  pupils,
  resource,
  shared,
  storageAccount,
  subscription,
} from './azure-estate.ts';
import { type Estate, idOf } from './fake-arm.ts';

export const subscriptions = [ent, grades, lab, shared, archive];

const builtIn = '/providers/Microsoft.Authorization/policyDefinitions/e56962a6-4747-49cd-b67b-bf8b01975c4c';

/** The built-in definition « Allowed locations », as Azure answers it. */
export const allowedLocations = JSON.parse(
  readFileSync(join(root, 'tests/fixtures/azure/policy/allowed-locations.json'), 'utf8'),
) as Tree;

export function assignment(scope: string, name: string, definition: string, more: Tree = {}): Tree {
  return {
    id: `${scope}/providers/Microsoft.Authorization/policyAssignments/${name}`,
    name,
    type: 'Microsoft.Authorization/policyAssignments',
    properties: { policyDefinitionId: definition, scope, enforcementMode: 'Default', notScopes: [], ...more },
  };
}

export function onlyIn(...regions: readonly string[]): Tree {
  return { parameters: { listOfAllowedLocations: { value: regions } } };
}

/** The sinks of a resource, as its diagnostic setting names them. */
export function diagnosticSetting(of: Tree, part: string, sinks: Tree): Tree {
  return {
    id: `${idOf(of)}${part}/providers/Microsoft.Insights/diagnosticSettings/logs`,
    name: 'logs',
    type: 'Microsoft.Insights/diagnosticSettings',
    properties: {
      ...sinks,
      workspaceId: sinks['workspaceId'] ?? '',
      logs: [{ categoryGroup: 'audit', enabled: true }],
    },
  };
}

/**
 * Five subscriptions with whatever leaks: an account whose pair is outside France and one whose pair is not, a database
 * with a region in the United States, a failover group in the Netherlands, logs that go to another tenant, a model that
 * answers from anywhere, a Front Door; and machines without data, until there are `size` resources.
 */
export function schoolTenant(size: number): Estate {
  const results = storageAccount(ent, 'resultats', 'francecentral', {
    ...pupils,
    sku: { name: 'Standard_GRS' },
    properties: { secondaryLocation: 'francesouth' },
  });
  const copies = storageAccount(grades, 'copies', 'West Europe', {
    ...pupils,
    sku: { name: 'Standard_RAGRS' },
    properties: { secondaryLocation: 'northeurope' },
  });
  const cosmos = resource(grades, 'Microsoft.DocumentDB/databaseAccounts/notes', 'France Central', {
    ...pupils,
    kind: 'GlobalDocumentDB',
    properties: {
      publicNetworkAccess: 'Disabled',
      locations: [
        { locationName: 'France Central', failoverPriority: 0 },
        { locationName: 'East US', failoverPriority: 1 },
      ],
      backupPolicy: { type: 'Periodic', periodicModeProperties: { backupStorageRedundancy: 'Zone' } },
    },
  });
  const server = resource(ent, 'Microsoft.Sql/servers/ecole', 'francecentral', { properties: {} });
  const database = resource(ent, 'Microsoft.Sql/servers/ecole/databases/eleves', 'francecentral', {
    ...pupils,
    kind: 'v12.0,user',
    properties: { currentBackupStorageRedundancy: 'Zone' },
  });
  const keys = [
    resource(ent, 'Microsoft.Sql/servers/ecole/encryptionProtector/current', null, {
      properties: { serverKeyType: 'ServiceManaged' },
    }),
    resource(ent, 'Microsoft.Sql/servers/ecole/databases/eleves/transparentDataEncryption/current', null, {
      properties: { state: 'Enabled' },
    }),
  ];
  const failover = resource(ent, 'Microsoft.Sql/servers/ecole/failoverGroups/secours', null, {
    location: 'France Central',
    properties: {
      replicationRole: 'Primary',
      partnerServers: [
        {
          id: `/subscriptions/${ent}/resourceGroups/rg-Ecole/providers/Microsoft.Sql/servers/ecole-nl`,
          location: 'West Europe',
          replicationRole: 'Secondary',
        },
      ],
      databases: [database['id'] ?? ''],
    },
  });
  const ai = resource(lab, 'Microsoft.CognitiveServices/accounts/tuteur', 'francecentral', {
    ...pupils,
    kind: 'OpenAI',
    properties: { publicNetworkAccess: 'Disabled' },
  });
  const model = resource(lab, 'Microsoft.CognitiveServices/accounts/tuteur/deployments/gpt', null, {
    sku: { name: 'GlobalStandard', capacity: 10 },
    properties: { model: { name: 'gpt', version: '1' } },
  });
  const door = resource(shared, 'Microsoft.Cdn/profiles/portail', 'Global', {
    sku: { name: 'Premium_AzureFrontDoor' },
    properties: {},
  });
  const origins = [
    resource(shared, 'Microsoft.Cdn/profiles/portail/originGroups/ent', null, { properties: {} }),
    resource(shared, 'Microsoft.Cdn/profiles/portail/originGroups/ent/origins/blob', null, {
      properties: { hostName: 'resultats.blob.core.windows.net' },
    }),
    resource(shared, 'Microsoft.Cdn/profiles/portail/afdEndpoints/ent', null, {
      properties: { hostName: 'ent.azurefd.net' },
    }),
  ];
  const vault = resource(shared, 'Microsoft.KeyVault/vaults/coffre', 'francecentral', {
    properties: { vaultUri: 'https://coffre.vault.azure.net/', publicNetworkAccess: 'Disabled' },
  });
  const old = storageAccount(archive, 'archives', 'francecentral', {
    ...pupils,
    properties: {
      encryption: {
        keySource: 'Microsoft.Keyvault',
        keyvaultproperties: { keyvaulturi: 'https://coffre.vault.azure.net', keyname: 'k' },
      },
    },
  });
  const logs = diagnosticSetting(results, '/blobServices/default', {
    workspaceId: `/subscriptions/${foreign}/resourceGroups/soc/providers/Microsoft.OperationalInsights/workspaces/soc`,
  });
  const named = [
    results,
    copies,
    cosmos,
    server,
    database,
    ...keys,
    failover,
    ai,
    model,
    door,
    ...origins,
    vault,
    old,
    logs,
  ];
  const groups = subscriptions.map((id) => group(id, 'francecentral'));
  // What Resource Graph lists: resources of their own, without what is under them.
  const isListed = (one: Tree): boolean => idOf(one).split('/providers/')[1]?.split('/').length === 3;
  const listed = [...named, ...groups].filter((one) => isListed(one) || groups.includes(one)).length;
  const machines = Array.from({ length: Math.max(0, size - listed) }, (_, i) =>
    resource(
      subscriptions[i % subscriptions.length] ?? ent,
      i % 3 === 0
        ? `Microsoft.Compute/virtualMachines/vm-${i}`
        : `Microsoft.Network/networkInterfaces/nic-${i}`,
      'francecentral',
    ),
  );
  const scope = '/providers/Microsoft.Management/managementGroups/academie';
  const guarded = assignment(scope, 'france-seulement', builtIn, onlyIn('France Central', 'francesouth'));
  return estateOf([...named, ...groups, ...machines, allowedLocations], {
    subscriptions: [
      subscription(ent, 'ENT'),
      subscription(grades, 'Notes'),
      subscription(lab, 'Laboratoire'),
      subscription(shared, 'Services partagés'),
      subscription(archive, 'Archives'),
    ],
    lists: Object.fromEntries(
      [ent, grades].map((id) => [
        `/subscriptions/${id}/providers/microsoft.authorization/policyassignments`,
        [guarded],
      ]),
    ),
  });
}

/** What the académie says it keeps there: results of pupils, by tag. */
export const schoolManifest = `bercail: manifest/v1
id: academie
organisations:
  academie: {name: Académie d’essai, role: controller, kind: public_body, public_level: state, seat: FR}
  cloud: {provider: azure, role: processor, engaged_by: academie}
datasets:
  resultats: {title: {fr: Résultats des élèves, en: Results of pupils}, subjects: [pupil], categories: [education.results], secrecy: discretion}
assets:
  fichiers: {kind: object_store, operator: cloud, place: {provider: azure, region: francecentral}, holds: [resultats], match: [{source: azure, kind: object_store, tags: {data-class: eleves}}]}
  bases: {kind: database, operator: cloud, place: {provider: azure, region: francecentral}, holds: [resultats], match: [{source: azure, kind: database, tags: {data-class: eleves}}]}
  tuteur: {kind: ai_service, operator: cloud, place: {provider: azure, region: francecentral}, processes: [resultats], match: [{source: azure, kind: ai_service, tags: {data-class: eleves}}]}
activities:
  suivi: {title: {fr: Suivi des élèves, en: Following pupils}, controller: academie, datasets: [resultats], retention: {period: P1Y}}
`;
