import { known, truth, unsaid } from '../../../code/fact.ts';
import {
  type Copy,
  type Describe,
  itself,
  type Mention,
  mention,
  mentions,
  type Statement,
  said,
  target,
} from '../description.ts';
import { blocksAt, boolAt, noValues, textAt, type Values, valueAt } from '../values.ts';
import { azureEncryption, paired } from './storage.ts';

function network(values: Values) {
  const open = boolAt(values, 'public_network_access_enabled');
  return open === false
    ? known(false)
    : open === undefined
      ? unsaid('public_network_access_enabled is known after apply')
      : unsaid('its firewall decides');
}

/** Servers whose backups may be kept in the paired region, and their replicas. */
export const flexibleServer: Describe = (values) => {
  const geo = boolAt(values, 'geo_redundant_backup_enabled');
  const ssl = boolAt(values, 'ssl_enforcement_enabled');
  const { facts, ties } = azureEncryption(values, 'customer_managed_key.0.key_vault_key_id');
  const transit =
    ssl === null || ssl === undefined ? unsaid('the parameters of the server decide') : known(ssl);
  const source = mention(values, 'source_server_id') ?? mention(values, 'creation_source_server_id');
  const isReplica = textAt(values, 'create_mode') === 'Replica';
  return {
    statements: [
      {
        facts: { ...facts, 'encryption.in_transit': transit, public: network(values) },
        ties,
        copies: paired(geo === undefined ? undefined : (geo ?? false), 'snapshot', 'backup', 'backup'),
      },
      ...said(source, { ties: [{ kind: isReplica ? 'replica' : 'backup', to: 'self' }] }),
    ],
  };
};

/** Connections to Azure SQL are always encrypted; its backups are geo-redundant unless told otherwise. */
export const mssqlDatabase: Describe = (values) => {
  const storage = textAt(values, 'storage_account_type');
  const clear = boolAt(values, 'transparent_data_encryption_enabled') === false;
  const source = mention(values, 'creation_source_database_id');
  const mode = textAt(values, 'create_mode');
  const isReplica = mode === 'Secondary' || mode === 'OnlineSecondary';
  const { facts, ties } = azureEncryption(values, 'transparent_data_encryption_key_vault_key_id', true);
  return {
    statements: [
      {
        facts: {
          ...facts,
          ...(clear ? { 'encryption.at_rest': known(false), 'encryption.key_manager': known('none') } : {}),
          'encryption.in_transit': known(true),
        },
        ties,
        copies: paired(
          storage === undefined ? undefined : storage === null || /^geo/i.test(storage),
          'snapshot',
          'backup',
          'backup',
        ),
      },
      ...said(source, { ties: [{ kind: isReplica ? 'replica' : 'backup', to: 'self' }] }),
    ],
  };
};

export const managedInstance: Describe = (values) => {
  const storage = textAt(values, 'storage_account_type');
  const { facts, ties } = azureEncryption(values, null, true);
  const reach = boolAt(values, 'public_data_endpoint_enabled');
  return itself(
    {
      ...facts,
      'encryption.in_transit': known(true),
      public: truth(reach, false, 'public_data_endpoint_enabled'),
    },
    ties,
    paired(
      storage === undefined ? undefined : storage === null || /^(geo|GRS|GZRS)/i.test(storage),
      'snapshot',
      'backup',
      'backup',
    ),
  );
};

/** Each database of the group is copied to the partner's server. */
export const failoverGroup: Describe = (values) => {
  const written = [blocksAt(values, 'partner_server'), blocksAt(values, 'partner_servers')];
  const open: Mention = { attribute: 'partner_server', name: null, references: [] };
  const partners = written.flatMap((one) => one?.flatMap((partner) => target(partner, 'id') ?? []) ?? open);
  return {
    statements: mentions(values, 'databases').map(
      (about): Statement => ({
        about,
        copies: partners.map(
          (within, i): Copy => ({
            suffix: `failover${i === 0 ? '' : i}`,
            relation: 'replica',
            kind: 'database',
            region: null,
            within,
            note: 'the place of the partner server is not told',
          }),
        ),
      }),
    ),
  };
};

export const instanceFailoverGroup: Describe = (values) => ({
  statements: said(mention(values, 'managed_instance_id'), {
    ties: [mention(values, 'partner_managed_instance_id')].flatMap((to) =>
      to ? [{ kind: 'replica' as const, to }] : [],
    ),
  }),
});

/** Every location but the first to write is a copy. */
export const cosmosAccount: Describe = (values) => {
  const locations = blocksAt(values, 'geo_location');
  // Locations whose number is not known yet are one copy whose place is not known.
  const others = locations?.filter((location) => valueAt(location, 'failover_priority') !== 0) ?? [noValues];
  const { facts, ties } = azureEncryption(values, 'key_vault_key_id');
  const isGeoBackup = /^geo$/i.test(textAt(values, 'backup.0.storage_redundancy') ?? '');
  const copies = others.map((location): Copy => {
    const region = textAt(location, 'location') ?? null;
    return {
      suffix: region ?? 'replica',
      relation: 'replica',
      kind: 'database',
      region,
      ...(region === null ? { note: 'its location is known after apply' } : {}),
    };
  });
  return itself({ ...facts, 'encryption.in_transit': known(true), public: network(values) }, ties, [
    ...copies,
    ...paired(isGeoBackup, 'snapshot', 'backup', 'backup'),
  ]);
};

export const redisCache: Describe = (values) => {
  const clear = [boolAt(values, 'non_ssl_port_enabled'), boolAt(values, 'enable_non_ssl_port')];
  const { facts, ties } = azureEncryption(values, null);
  const transit = clear.includes(true) ? false : clear.includes(undefined) ? undefined : true;
  return itself(
    {
      ...facts,
      'encryption.in_transit': truth(transit, true, 'non_ssl_port_enabled'),
      public: network(values),
    },
    ties,
  );
};

export const redisLink: Describe = (values) => {
  const primary = mention(values, 'target_redis_cache_name');
  const linked = mention(values, 'linked_redis_cache_id');
  const isSecondary = textAt(values, 'server_role') !== 'Primary';
  const [from, to] = isSecondary ? [primary, linked] : [linked, primary];
  return { statements: said(from, { ties: to ? [{ kind: 'replica', to }] : [] }) };
};

/** Namespaces and search services: encrypted, over TLS. */
export const azureService: Describe = (values) => {
  const { facts, ties } = azureEncryption(values, 'customer_managed_key.0.key_vault_key_id', true);
  return itself({ ...facts, 'encryption.in_transit': known(true), public: network(values) }, ties);
};

export const managedDisk: Describe = (values) => {
  const { facts, ties } = azureEncryption(values, 'disk_encryption_set_id');
  const sources = ['source_resource_id', 'source_uri'].flatMap((name) =>
    said(mention(values, name), { ties: [{ kind: 'snapshot', to: 'self' }] }),
  );
  return { statements: [{ facts, ties }, ...sources] };
};

/** « Global » and « DataZone » deployments answer wherever there is room. https://learn.microsoft.com/azure/ai-services/openai/how-to/deployment-types */
export const aiDeployment: Describe = (values) => {
  const sku = textAt(values, 'sku.0.name') ?? textAt(values, 'scale.0.type');
  return {
    statements: [],
    ...(/^global/i.test(sku ?? '')
      ? { region: 'global' }
      : /^datazone/i.test(sku ?? '')
        ? { region: null }
        : {}),
  };
};

export const keyVaultKey: Describe = () => itself({ 'key_facts.manager': known('customer') });
