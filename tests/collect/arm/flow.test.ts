import { describe, expect, test } from '@jest/globals';
import { type Read, readSources, withFiles } from '../../setup/template.ts';

function read(resources: object): Promise<Read> {
  const text = JSON.stringify({
    $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
    contentVersion: '1.0.0.0',
    resources,
  });
  return withFiles({ 'a.json': text }, (path) =>
    readSources('arm', { template: path('a.json'), location: 'francecentral' }),
  );
}

const disk = { type: 'Microsoft.Compute/disks', name: 'd', location: 'westus' };
const deployment = { type: 'Microsoft.CognitiveServices/accounts/deployments', name: 'oai/gpt' };

describe('a place is', () => {
  test.each([
    [
      'an extended zone’s, not its location’s',
      { ...disk, extendedLocation: { type: 'EdgeZone', name: 'la' } },
      'not_collected',
    ],
    [
      'that of a site of the customer’s own',
      { ...disk, extendedLocation: { type: 'CustomLocation', name: 'x' } },
      'not_collected',
    ],
    ['its location', disk, 'westus'],
    ['everywhere, of a global deployment', { ...deployment, sku: { name: 'GlobalStandard' } }, 'global'],
    ['anywhere in its zone', { ...deployment, sku: { name: 'DataZoneStandard' } }, 'not_collected'],
  ])('%s', async (_, resource, region) => {
    const { observed, fact } = await read([resource]);
    const [id = ''] = observed.assets.keys();
    expect(fact(id, 'place.region')).toBe(region);
  });
});

const account = {
  type: 'Microsoft.Storage/storageAccounts',
  name: 'carnet',
  location: 'francecentral',
  sku: { name: 'Standard_LRS' },
};
const volumes = 'Microsoft.NetApp/netAppAccounts/capacityPools/volumes';

describe('data is followed to', () => {
  test.each([
    [
      'the edges of a front door',
      [
        account,
        {
          type: 'Microsoft.Cdn/profiles/originGroups/origins',
          name: 'fd/g/o',
          properties: { hostName: 'carnet.blob.core.windows.net' },
        },
      ],
      'a.json#Microsoft.Storage/storageAccounts/carnet',
      'origin a.json#Microsoft.Cdn/profiles/fd/originGroups/g/origins/o',
    ],
    [
      'the volume that receives another one’s',
      [
        { type: volumes, name: 'a/p/here', location: 'francecentral' },
        {
          type: volumes,
          name: 'a/p/far',
          location: 'eastus',
          properties: {
            dataProtection: {
              replication: {
                endpointType: 'dst',
                remoteVolumeResourceId: `[resourceId('${volumes}', 'a', 'p', 'here')]`,
              },
            },
          },
        },
      ],
      'a.json#Microsoft.NetApp/netAppAccounts/a/capacityPools/p/volumes/here',
      'replica a.json#Microsoft.NetApp/netAppAccounts/a/capacityPools/p/volumes/far',
    ],
    [
      'the regions of an image',
      [
        {
          type: 'Microsoft.Compute/galleries/images/versions',
          name: 'g/i/1.0.0',
          location: 'francecentral',
          properties: { publishingProfile: { targetRegions: [{ name: 'eastus' }] } },
        },
      ],
      'a.json#Microsoft.Compute/galleries/g/images/i/versions/1.0.0',
      'replica a.json#Microsoft.Compute/galleries/g/images/i/versions/1.0.0@eastus',
    ],
    [
      'a replica of a cluster',
      [
        { type: 'Microsoft.DocumentDB/mongoClusters', name: 'here', location: 'francecentral' },
        {
          type: 'Microsoft.DocumentDB/mongoClusters',
          name: 'far',
          location: 'eastus',
          properties: {
            replicaParameters: {
              sourceResourceId: "[resourceId('Microsoft.DocumentDB/mongoClusters', 'here')]",
            },
          },
        },
      ],
      'a.json#Microsoft.DocumentDB/mongoClusters/here',
      'replica a.json#Microsoft.DocumentDB/mongoClusters/far',
    ],
  ])('%s', async (_, resources, from, relation) => {
    const { relations } = await read(resources);
    expect(relations(from)).toContain(relation);
  });
});
