import type { Json, Tree } from '../../src/inventory/fact.ts';
import type { Estate } from './fake-arm.ts';
import { tenantOfTests } from './fake-arm.ts';

/** Subscriptions of the tenant of the tests. */
export const ent = '22222222-0000-4000-8000-000000000001';
export const grades = '22222222-0000-4000-8000-000000000002';
export const lab = '22222222-0000-4000-8000-000000000003';
export const shared = '22222222-0000-4000-8000-000000000004';
export const archive = '22222222-0000-4000-8000-000000000005';
/** A subscription of another tenant, that the caller cannot see. */
export const foreign = '99999999-0000-4000-8000-000000000009';
export const foreignTenant = '99999999-0000-4000-8000-00000000000f';

export function subscription(id: string, displayName: string, more: Tree = {}): Tree {
  return {
    id: `/subscriptions/${id}`,
    subscriptionId: id,
    tenantId: tenantOfTests,
    displayName,
    state: 'Enabled',
    ...more,
  };
}

/** A resource as the Resource Manager answers it; `path` is its types and names: `Microsoft.Storage/storageAccounts/x`. */
export function resource(
  subscriptionId: string,
  path: string,
  location: string | null,
  more: Tree = {},
): Tree {
  const [provider = '', ...steps] = path.split('/');
  const type = [provider, ...steps.filter((_, i) => i % 2 === 0)].join('/');
  return {
    id: `/subscriptions/${subscriptionId}/resourceGroups/rg-Ecole/providers/${path}`,
    name: steps.at(-1) ?? '',
    type,
    ...(location === null ? {} : { location }),
    ...more,
  };
}

export function group(subscriptionId: string, location: string): Tree {
  return {
    id: `/subscriptions/${subscriptionId}/resourceGroups/rg-Ecole`,
    name: 'rg-Ecole',
    type: 'Microsoft.Resources/subscriptions/resourceGroups',
    location,
  };
}

const regions: readonly (readonly [string, string, string, string | null])[] = [
  ['francecentral', 'France Central', 'Paris', 'francesouth'],
  ['francesouth', 'France South', 'Marseille', 'francecentral'],
  ['westeurope', 'West Europe', 'Netherlands', 'northeurope'],
  ['northeurope', 'North Europe', 'Ireland', 'westeurope'],
  ['eastus', 'East US', 'Virginia', 'westus'],
  ['westus', 'West US', 'California', 'eastus'],
  ['swedencentral', 'Sweden Central', 'Gävle', 'swedensouth'],
  ['italynorth', 'Italy North', 'Milan', null],
];

export const locations: readonly Tree[] = [
  ...regions.map(
    ([name, displayName, physicalLocation, pair]): Tree => ({
      name,
      displayName,
      regionalDisplayName: `(Europe) ${displayName}`,
      metadata: {
        regionType: 'Physical',
        physicalLocation,
        geographyGroup: 'Europe',
        pairedRegion: pair === null ? [] : [{ name: pair }],
      },
    }),
  ),
  { name: 'europe', displayName: 'Europe', metadata: { regionType: 'Logical' } },
];

export const pupils = { tags: { 'Data-Class': 'eleves' } };

export function storageAccount(
  subscriptionId: string,
  name: string,
  location: string,
  more: Tree = {},
): Tree {
  const { properties = {}, ...rest } = more;
  return resource(subscriptionId, `Microsoft.Storage/storageAccounts/${name}`, location, {
    kind: 'StorageV2',
    sku: { name: 'Standard_LRS', tier: 'Standard' },
    ...rest,
    properties: {
      primaryLocation: location,
      supportsHttpsTrafficOnly: true,
      minimumTlsVersion: 'TLS1_2',
      allowBlobPublicAccess: false,
      encryption: { keySource: 'Microsoft.Storage' },
      ...(properties as { readonly [key: string]: Json }),
    },
  });
}

export function estateOf(resources: readonly Tree[], more: Partial<Estate> = {}): Estate {
  return {
    tenants: [{ tenantId: tenantOfTests, displayName: 'Académie d’essai', countryCode: 'FR' }],
    subscriptions: [subscription(ent, 'ENT')],
    tenantOf: (id) => (id === foreign ? foreignTenant : tenantOfTests),
    locations,
    resources,
    at: {
      '/providers/microsoft.resources/databoundaries/default': { properties: { dataBoundary: 'EU' } },
    },
    ...more,
  };
}
