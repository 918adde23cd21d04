import type { AssetKind, RelationKind } from '../../inventory/observation.ts';
import { absent, days, type Facts, known, truth, unsaid } from '../code/fact.ts';
import { at, boolOf, items, numberOf, Open, textOf, type Value } from '../code/value.ts';
import type { Resource } from './template.ts';

export interface Tie {
  readonly kind: RelationKind;
  readonly to: Value;
  readonly as: AssetKind;
  /** True where data comes from the other end. */
  readonly reversed?: boolean;
}

export interface Copy {
  /** What follows `@` in its id. */
  readonly suffix: string;
  readonly kind: RelationKind;
  readonly as: AssetKind;
  /** Its location; `paired`: that of the pair of the resource's own. */
  readonly location: Value | 'paired';
}

export interface Description {
  readonly facts?: Facts;
  readonly ties?: readonly Tie[];
  readonly copies?: readonly Copy[];
}

type Describe = (resource: Resource, children: (type: string) => readonly Resource[]) => Description;

const prop = ({ body }: Resource, ...path: readonly string[]): Value => at(body, 'properties', ...path);

function tie(kind: RelationKind, as: AssetKind, to: Value, reversed = false): readonly Tie[] {
  return to === undefined || to === null || to === '' ? [] : [{ kind, as, to, reversed }];
}

/** Everything in Azure is encrypted at rest; a key that is named is the customer's. */
function encrypted(key: Value): Description & { readonly facts: Facts } {
  return {
    facts: { 'encryption.at_rest': known(true), 'encryption.key_manager': known(key === undefined || key === null || key === '' ? 'provider' : 'customer') },
    ties: tie('key', 'key', key),
  };
}

function network(resource: Resource): Facts {
  const access = prop(resource, 'publicNetworkAccess') ?? prop(resource, 'network', 'publicNetworkAccess');
  if (access instanceof Open) return { public: unsaid(access.why) };
  // Reachable is not open: who may read behind it is for keys and rules, which a template does not show.
  return /^(disabled|securedbyperimeter)$/i.test(textOf(access) ?? '') ? { public: known(false) } : {};
}

/** A geo-redundant copy; where its setting is open, one of which the place is not known. */
function geo(value: Value, unset: boolean, suffix: string, kind: RelationKind, as: AssetKind): readonly Copy[] {
  if (value instanceof Open && value.text === null) return [{ suffix, kind, as, location: new Open(`whether there is a copy: ${value.why}`) }];
  const text = textOf(value);
  const isGeo = text === null ? unset : /(^|_)(RA)?GZ?RS|^Geo|^Enabled$/i.test(text);
  return isGeo ? [{ suffix, kind, as, location: 'paired' }] : [];
}

/** https://learn.microsoft.com/azure/templates/microsoft.storage/storageaccounts */
const storage: Describe = (resource, children) => {
  const byVault = /keyvault/i.test(textOf(prop(resource, 'encryption', 'keySource')) ?? '');
  const key = byVault ? (prop(resource, 'encryption', 'keyvaultproperties', 'keyvaulturi') ?? prop(resource, 'encryption', 'keyvaultproperties', 'keyname') ?? 'a key vault') : undefined;
  const allowed = boolOf(prop(resource, 'allowBlobPublicAccess'));
  const containers = children('microsoft.storage/storageaccounts/blobservices/containers').map((one) => prop(one, 'publicAccess'));
  const isOpen = containers.some((one) => /^(blob|container)$/i.test(textOf(one) ?? ''));
  const { facts, ties = [] } = encrypted(key);
  const net = network(resource);
  const open = allowed === undefined ? unsaid('allowBlobPublicAccess is known when it is deployed') : known(allowed === true && isOpen);
  return {
    facts: {
      ...facts,
      'encryption.in_transit': truth(boolOf(prop(resource, 'supportsHttpsTrafficOnly')), true, 'supportsHttpsTrafficOnly'),
      public: net['public'] ?? (allowed === true && containers.some((one) => one instanceof Open) && !isOpen ? unsaid('who may read a container is known when it is deployed') : open),
    },
    ties,
    copies: geo(at(resource.body, 'sku', 'name'), false, 'secondary', 'replica', 'object_store'),
  };
};

const server: Describe = (resource) => {
  const key = prop(resource, 'dataEncryption', 'primaryKeyURI');
  const source = prop(resource, 'sourceServerResourceId');
  const kept = numberOf(prop(resource, 'backup', 'backupRetentionDays'));
  const { facts, ties = [] } = encrypted(key);
  return {
    facts: { ...facts, ...network(resource), ...(kept === null ? {} : { 'backup.retention': days(kept, 'backupRetentionDays') }) },
    ties: [...ties, ...tie('replica', 'database', source, true)],
    copies: geo(prop(resource, 'backup', 'geoRedundantBackup') ?? prop(resource, 'storageProfile', 'geoRedundantBackup'), false, 'backup', 'backup', 'snapshot'),
  };
};

/** Backups of Azure SQL are geo-redundant unless it says otherwise. */
const sql: Describe = (resource) => {
  const { facts, ties = [] } = encrypted(prop(resource, 'encryptionProtector') ?? prop(resource, 'keyId'));
  return {
    facts: { ...facts, 'encryption.in_transit': known(true), ...network(resource) },
    ties: [...ties, ...(/^(secondary|onlinesecondary|copy)$/i.test(textOf(prop(resource, 'createMode')) ?? '') ? tie('replica', 'database', prop(resource, 'sourceDatabaseId') ?? prop(resource, 'sourceResourceId'), true) : [])],
    copies: geo(prop(resource, 'requestedBackupStorageRedundancy'), true, 'backup', 'backup', 'snapshot'),
  };
};

const cosmos: Describe = (resource) => {
  const { facts, ties = [] } = encrypted(prop(resource, 'keyVaultKeyUri'));
  const locations = items(prop(resource, 'locations')).map((one) => ({ name: at(one, 'locationName'), first: numberOf(at(one, 'failoverPriority')) === 0 }));
  const own = locations.find(({ first }) => first) ?? locations[0];
  const others = locations.filter((one) => one !== own);
  const code = textOf(own?.name);
  return {
    facts: { ...facts, 'encryption.in_transit': known(true), ...network(resource), ...(code === null ? {} : { 'place.region': known(code), 'place.derivation': known([`locations, failover priority 0: ${code}`]) }) },
    ties,
    copies: [
      ...others.map(({ name }, i): Copy => ({ suffix: textOf(name) ?? `replica-${i + 1}`, kind: 'replica', as: 'database', location: name })),
      ...(/^continuous$/i.test(textOf(prop(resource, 'backupPolicy', 'type')) ?? '') ? [] : geo(prop(resource, 'backupPolicy', 'periodicModeProperties', 'backupStorageRedundancy'), true, 'backup', 'backup', 'snapshot')),
    ],
  };
};

const vault: Describe = (resource, children) => {
  const setting = [
    prop(resource, 'redundancySettings', 'standardTierStorageRedundancy'),
    ...children('microsoft.recoveryservices/vaults/backupstorageconfig').map((one) => prop(one, 'storageModelType') ?? prop(one, 'storageType')),
    ...items(prop(resource, 'storageSettings')).map((one) => at(one, 'type')),
  ].find((one) => one !== undefined);
  return { ...encrypted(prop(resource, 'encryption', 'keyVaultProperties', 'keyUri')), copies: geo(setting, true, 'secondary', 'replica', 'backup_vault') };
};

const key: Describe = (resource) => ({ facts: { 'key_facts.manager': known('customer'), 'key_facts.origin': absent, ...network(resource) } });

/** Thirty days where nothing is said. */
const workspace: Describe = (resource) => ({ ...encrypted(undefined), facts: { ...encrypted(undefined).facts, retention: days(numberOf(prop(resource, 'retentionInDays')) ?? 30, 'retentionInDays') } });

const registry: Describe = (resource, children) => ({
  ...encrypted(prop(resource, 'encryption', 'keyVaultProperties', 'keyIdentifier')),
  copies: children('microsoft.containerregistry/registries/replications').map((one, i): Copy => ({ suffix: textOf(one.body['location']) ?? `replica-${i + 1}`, kind: 'replica', as: 'object_store', location: one.body['location'] })),
});

const cache: Describe = (resource) => ({
  ...encrypted(undefined),
  facts: { ...encrypted(undefined).facts, ...network(resource), 'encryption.in_transit': boolOf(prop(resource, 'enableNonSslPort')) === undefined ? unsaid('enableNonSslPort is known when it is deployed') : known(boolOf(prop(resource, 'enableNonSslPort')) !== true) },
});

const disk: Describe = (resource) => encrypted(prop(resource, 'encryption', 'diskEncryptionSetId'));

const site: Describe = (resource) => ({ facts: { 'encryption.in_transit': truth(boolOf(prop(resource, 'httpsOnly')), false, 'httpsOnly'), ...network(resource) } });

const messages: Describe = (resource) => {
  const alias = prop(resource, 'encryption', 'keyVaultProperties', '0', 'keyVaultUri');
  return { ...encrypted(alias), facts: { ...encrypted(alias).facts, ...network(resource) } };
};

const describers: { readonly [type: string]: Describe } = {
  'microsoft.storage/storageaccounts': storage,
  'microsoft.dbforpostgresql/flexibleservers': server, 'microsoft.dbforpostgresql/servers': server, 'microsoft.dbformysql/flexibleservers': server, 'microsoft.dbformysql/servers': server, 'microsoft.dbformariadb/servers': server,
  'microsoft.sql/servers/databases': sql, 'microsoft.sql/managedinstances': sql,
  'microsoft.documentdb/databaseaccounts': cosmos,
  'microsoft.recoveryservices/vaults': vault, 'microsoft.dataprotection/backupvaults': vault,
  'microsoft.keyvault/vaults': key, 'microsoft.keyvault/managedhsms': key, 'microsoft.keyvault/vaults/keys': key,
  'microsoft.operationalinsights/workspaces': workspace, 'microsoft.containerregistry/registries': registry, 'microsoft.cache/redis': cache,
  'microsoft.compute/disks': disk, 'microsoft.compute/snapshots': disk, 'microsoft.web/sites': site,
  'microsoft.servicebus/namespaces': messages, 'microsoft.eventhub/namespaces': messages,
  'microsoft.search/searchservices': (resource) => ({ ...encrypted(undefined), facts: { ...encrypted(undefined).facts, ...network(resource) } }),
  'microsoft.cdn/profiles/endpoints': (resource) => ({ ties: items(prop(resource, 'origins')).flatMap((one) => tie('origin', 'other', at(one, 'properties', 'hostName'), true)) }),
};

export const describe: Describe = (resource, children) => {
  const type = resource.type.toLowerCase();
  return (Object.hasOwn(describers, type) ? describers[type] : undefined)?.(resource, children) ?? {};
};
