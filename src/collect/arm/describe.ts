import { absent, days, known, truth, unsaid } from '../code/fact.ts';
import { at, boolOf, items, numberOf, Open, textOf } from '../code/value.ts';
import { cosmos, server, sql } from './database.ts';
import { type Copy, type Describe, encrypted, geo, network, prop } from './description.ts';
import { image, model, origins, replica, volume } from './flow.ts';

/** https://learn.microsoft.com/azure/templates/microsoft.storage/storageaccounts */
const storage: Describe = (resource, children) => {
  const byVault = /keyvault/i.test(textOf(prop(resource, 'encryption', 'keySource')) ?? '');
  const key = byVault
    ? (prop(resource, 'encryption', 'keyvaultproperties', 'keyvaulturi') ??
      prop(resource, 'encryption', 'keyvaultproperties', 'keyname') ??
      'a key vault')
    : undefined;
  const allowed = boolOf(prop(resource, 'allowBlobPublicAccess'));
  const containers = children('microsoft.storage/storageaccounts/blobservices/containers').map((one) =>
    prop(one, 'publicAccess'),
  );
  const isOpen = containers.some((one) => /^(blob|container)$/i.test(textOf(one) ?? ''));
  const { facts, ties = [] } = encrypted(key);
  const net = network(resource);
  const open =
    allowed === undefined
      ? unsaid('allowBlobPublicAccess is known when it is deployed')
      : known(allowed === true && isOpen);
  return {
    facts: {
      ...facts,
      'encryption.in_transit': truth(
        boolOf(prop(resource, 'supportsHttpsTrafficOnly')),
        true,
        'supportsHttpsTrafficOnly',
      ),
      public:
        net['public'] ??
        (allowed === true && containers.some((one) => one instanceof Open) && !isOpen
          ? unsaid('who may read a container is known when it is deployed')
          : open),
    },
    ties,
    copies: geo(at(resource.body, 'sku', 'name'), false, 'secondary', 'replica', 'object_store'),
  };
};

const vault: Describe = (resource, children) => {
  const setting = [
    prop(resource, 'redundancySettings', 'standardTierStorageRedundancy'),
    ...children('microsoft.recoveryservices/vaults/backupstorageconfig').map(
      (one) => prop(one, 'storageModelType') ?? prop(one, 'storageType'),
    ),
    ...items(prop(resource, 'storageSettings')).map((one) => at(one, 'type')),
  ].find((one) => one !== undefined);
  return {
    ...encrypted(prop(resource, 'encryption', 'keyVaultProperties', 'keyUri')),
    copies: geo(setting, true, 'secondary', 'replica', 'backup_vault'),
  };
};

const key: Describe = (resource) => ({
  facts: { 'key_facts.manager': known('customer'), 'key_facts.origin': absent, ...network(resource) },
});

/** Thirty days where nothing is said. */
const workspace: Describe = (resource) => ({
  ...encrypted(undefined),
  facts: {
    ...encrypted(undefined).facts,
    retention: days(numberOf(prop(resource, 'retentionInDays')) ?? 30, 'retentionInDays'),
  },
});

const registry: Describe = (resource, children) => ({
  ...encrypted(prop(resource, 'encryption', 'keyVaultProperties', 'keyIdentifier')),
  copies: children('microsoft.containerregistry/registries/replications').map(
    (one, i): Copy => ({
      suffix: textOf(one.body['location']) ?? `replica-${i + 1}`,
      kind: 'replica',
      as: 'object_store',
      location: one.body['location'],
    }),
  ),
});

const cache: Describe = (resource) => ({
  ...encrypted(undefined),
  facts: {
    ...encrypted(undefined).facts,
    ...network(resource),
    'encryption.in_transit':
      boolOf(prop(resource, 'enableNonSslPort')) === undefined
        ? unsaid('enableNonSslPort is known when it is deployed')
        : known(boolOf(prop(resource, 'enableNonSslPort')) !== true),
  },
});

const disk: Describe = (resource) => encrypted(prop(resource, 'encryption', 'diskEncryptionSetId'));

const site: Describe = (resource) => ({
  facts: {
    'encryption.in_transit': truth(boolOf(prop(resource, 'httpsOnly')), false, 'httpsOnly'),
    ...network(resource),
  },
});

const messages: Describe = (resource) => {
  const alias = prop(resource, 'encryption', 'keyVaultProperties', '0', 'keyVaultUri');
  return { ...encrypted(alias), facts: { ...encrypted(alias).facts, ...network(resource) } };
};

const describers: { readonly [type: string]: Describe } = {
  'microsoft.storage/storageaccounts': storage,
  'microsoft.dbforpostgresql/flexibleservers': server,
  'microsoft.dbforpostgresql/servers': server,
  'microsoft.dbformysql/flexibleservers': server,
  'microsoft.dbformysql/servers': server,
  'microsoft.dbformariadb/servers': server,
  'microsoft.sql/servers/databases': sql,
  'microsoft.sql/managedinstances': sql,
  'microsoft.documentdb/databaseaccounts': cosmos,
  'microsoft.recoveryservices/vaults': vault,
  'microsoft.dataprotection/backupvaults': vault,
  'microsoft.keyvault/vaults': key,
  'microsoft.keyvault/managedhsms': key,
  'microsoft.keyvault/vaults/keys': key,
  'microsoft.operationalinsights/workspaces': workspace,
  'microsoft.containerregistry/registries': registry,
  'microsoft.cache/redis': cache,
  'microsoft.compute/disks': disk,
  'microsoft.compute/snapshots': disk,
  'microsoft.web/sites': site,
  'microsoft.servicebus/namespaces': messages,
  'microsoft.eventhub/namespaces': messages,
  'microsoft.search/searchservices': (resource) => ({
    ...encrypted(undefined),
    facts: { ...encrypted(undefined).facts, ...network(resource) },
  }),
  'microsoft.cdn/profiles/endpoints': origins,
  'microsoft.cdn/profiles/origingroups/origins': origins,
  'microsoft.network/frontdoors': origins,
  'microsoft.netapp/netappaccounts/capacitypools/volumes': volume,
  'microsoft.documentdb/mongoclusters': replica,
  'microsoft.dbforpostgresql/servergroupsv2': replica,
  'microsoft.compute/galleries/images/versions': image,
  'microsoft.cognitiveservices/accounts/deployments': model,
};

export const describe: Describe = (resource, children) => {
  const type = resource.type.toLowerCase();
  return (Object.hasOwn(describers, type) ? describers[type] : undefined)?.(resource, children) ?? {};
};
