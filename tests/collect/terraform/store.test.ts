import { describe, expect, test } from '@jest/globals';
import type { Json } from '../../../src/inventory/fact.ts';
import {
  factOf,
  type PlannedResource,
  planAssets,
  region,
  regionOf,
  relationsOf,
} from '../../setup/terraform.ts';

const providers = { aws: region('eu-west-3'), 'aws.us': region('us-east-1') };
const to = (address: string): Json => ({ references: [`${address}.arn`, address] });

type Facts = readonly [
  type: string,
  after: { readonly [name: string]: Json },
  unknown: Json,
  facts: { readonly [name: string]: Json },
];

const facts: readonly Facts[] = [
  [
    'aws_db_instance',
    { storage_encrypted: null },
    {},
    { 'encryption.at_rest': false, 'encryption.key_manager': 'none', public: false },
  ],
  [
    'aws_db_instance',
    { storage_encrypted: true, publicly_accessible: true },
    { kms_key_id: true },
    { 'encryption.at_rest': true, 'encryption.key_manager': 'provider', public: true },
  ],
  [
    'aws_db_instance',
    { storage_encrypted: null, snapshot_identifier: 'rds:old' },
    {},
    { 'encryption.at_rest': 'not_collected' },
  ],
  [
    'aws_rds_cluster',
    { storage_encrypted: true, kms_key_id: 'arn:aws:kms:eu-west-3:123456789012:key/k' },
    {},
    { 'encryption.key_manager': 'customer', 'encryption.key_account': '123456789012' },
  ],
  [
    'aws_dynamodb_table',
    { server_side_encryption: [] },
    {},
    { 'encryption.at_rest': true, 'encryption.key_manager': 'provider' },
  ],
  [
    'aws_dynamodb_table',
    {},
    { server_side_encryption: true },
    { 'encryption.at_rest': true, 'encryption.key_manager': 'not_collected' },
  ],
  [
    'aws_sqs_queue',
    { kms_master_key_id: null, sqs_managed_sse_enabled: false, message_retention_seconds: 345600 },
    {},
    { 'encryption.at_rest': false, retention: 'P4D' },
  ],
  [
    'aws_sqs_queue',
    { kms_master_key_id: null },
    { sqs_managed_sse_enabled: true },
    { 'encryption.at_rest': 'not_collected' },
  ],
  [
    'aws_sns_topic',
    { kms_master_key_id: 'alias/aws/sns' },
    {},
    { 'encryption.at_rest': true, 'encryption.key_manager': 'provider' },
  ],
  [
    'aws_kinesis_stream',
    { encryption_type: 'NONE', retention_period: 24 },
    {},
    { 'encryption.at_rest': false, retention: 'P1D' },
  ],
  [
    'aws_opensearch_domain',
    {
      encrypt_at_rest: [{ enabled: true }],
      domain_endpoint_options: [{ enforce_https: true }],
      log_publishing_options: [],
      vpc_options: [{}],
    },
    {},
    { 'encryption.at_rest': true, 'encryption.in_transit': true, public: false, access_log: false },
  ],
  [
    'aws_elasticache_replication_group',
    { at_rest_encryption_enabled: false, transit_encryption_enabled: true },
    {},
    { 'encryption.at_rest': false, 'encryption.in_transit': true },
  ],
  ['aws_efs_file_system', { encrypted: null }, {}, { 'encryption.at_rest': false }],
  ['aws_ebs_volume', { encrypted: null }, {}, { 'encryption.at_rest': 'not_collected' }],
  [
    'aws_cloudwatch_log_group',
    { retention_in_days: 30 },
    {},
    { 'encryption.at_rest': true, retention: 'P30D' },
  ],
  ['aws_cloudwatch_log_group', { retention_in_days: 0 }, {}, { retention: 'absent' }],
  [
    'aws_kms_key',
    { multi_region: false },
    {},
    { 'key_facts.manager': 'customer', 'key_facts.replicas': 'absent' },
  ],
  ['aws_kms_key', { multi_region: false, xks_key_id: 'k' }, {}, { 'key_facts.manager': 'external' }],
  ['aws_lb', { internal: false }, {}, { entry_point: true }],
  [
    'aws_redshift_cluster',
    { encrypted: true, publicly_accessible: true },
    {},
    { 'encryption.at_rest': true, public: true },
  ],
  [
    'azurerm_storage_account',
    {
      https_traffic_only_enabled: false,
      allow_nested_items_to_be_public: false,
      account_replication_type: 'LRS',
    },
    {},
    { 'encryption.at_rest': true, 'encryption.in_transit': false, public: false },
  ],
  [
    'azurerm_storage_account',
    { public_network_access_enabled: true, allow_nested_items_to_be_public: true },
    {},
    { public: 'not_collected' },
  ],
  [
    'azurerm_mssql_database',
    { transparent_data_encryption_enabled: true, storage_account_type: 'Local' },
    {},
    { 'encryption.at_rest': true, 'encryption.in_transit': true },
  ],
  ['azurerm_log_analytics_workspace', { retention_in_days: 90 }, {}, { retention: 'P90D' }],
  [
    'google_storage_bucket',
    {
      public_access_prevention: 'enforced',
      versioning: [],
      lifecycle_rule: [{ action: [{ type: 'Delete' }], condition: [{ age: 30 }] }],
    },
    {},
    { 'encryption.at_rest': true, public: false, retention: 'P30D' },
  ],
  [
    'google_sql_database_instance',
    { settings: [{ ip_configuration: [{ ssl_mode: 'ENCRYPTED_ONLY', ipv4_enabled: false }] }] },
    {},
    { 'encryption.in_transit': true, public: false },
  ],
  [
    'google_sql_database_instance',
    {
      settings: [
        {
          ip_configuration: [
            {
              ssl_mode: 'ALLOW_UNENCRYPTED_AND_ENCRYPTED',
              ipv4_enabled: true,
              authorized_networks: [{ value: '0.0.0.0/0' }],
            },
          ],
        },
      ],
    },
    {},
    { 'encryption.in_transit': false, public: true },
  ],
  ['scaleway_object_bucket', { acl: 'public-read' }, {}, { public: true }],
  [
    'scaleway_rdb_instance',
    { encryption_at_rest: true },
    {},
    { 'encryption.at_rest': true, 'encryption.key_manager': 'provider' },
  ],
];

test.each(facts)('%s %j is read', async (type, after, unknown, expected) => {
  const assets = await planAssets({ providers, resources: [{ address: `${type}.x`, after, unknown }] });
  expect(
    Object.fromEntries(Object.keys(expected).map((name) => [name, factOf(assets, `${type}.x`, name)])),
  ).toEqual(expected);
});

type Link = readonly [
  what: string,
  resources: readonly PlannedResource[],
  from: string,
  relations: readonly string[],
  places?: { readonly [id: string]: string | null },
];

const links: readonly Link[] = [
  [
    'a read replica of a database',
    [
      { address: 'aws_db_instance.d' },
      {
        address: 'aws_db_instance.r',
        provider: 'aws.us',
        unknown: { replicate_source_db: true },
        expressions: { replicate_source_db: to('aws_db_instance.d') },
      },
    ],
    'aws_db_instance.d',
    ['replica aws_db_instance.r'],
  ],
  [
    'a replica of a database elsewhere',
    [
      {
        address: 'aws_db_instance.r',
        after: { replicate_source_db: 'arn:aws:rds:eu-west-1:123456789012:db:main' },
      },
    ],
    'arn:aws:rds:eu-west-1:123456789012:db:main',
    ['replica aws_db_instance.r'],
    { 'arn:aws:rds:eu-west-1:123456789012:db:main': 'eu-west-1' },
  ],
  [
    'members of a global database',
    [
      { address: 'aws_rds_global_cluster.g', after: { global_cluster_identifier: 'g' } },
      { address: 'aws_rds_cluster.a', after: { global_cluster_identifier: 'g' } },
      {
        address: 'aws_rds_cluster.b',
        provider: 'aws.us',
        unknown: { global_cluster_identifier: true },
        expressions: { global_cluster_identifier: to('aws_rds_global_cluster.g') },
      },
    ],
    'aws_rds_cluster.a',
    ['replica aws_rds_cluster.b'],
  ],
  [
    'replicas of a table',
    [
      {
        address: 'aws_dynamodb_table.t',
        after: { replica: [{ region_name: 'eu-central-1' }, { region_name: 'us-east-1' }] },
      },
    ],
    'aws_dynamodb_table.t',
    ['replica aws_dynamodb_table.t#eu-central-1', 'replica aws_dynamodb_table.t#us-east-1'],
    { 'aws_dynamodb_table.t#us-east-1': 'us-east-1' },
  ],
  [
    'a replicated file system',
    [
      { address: 'aws_efs_file_system.f' },
      {
        address: 'aws_efs_replication_configuration.r',
        after: { destination: [{ region: 'us-east-1' }] },
        unknown: { source_file_system_id: true },
        expressions: { source_file_system_id: to('aws_efs_file_system.f') },
      },
    ],
    'aws_efs_file_system.f',
    ['replica aws_efs_file_system.f#us-east-1'],
    { 'aws_efs_file_system.f#us-east-1': 'us-east-1' },
  ],
  [
    'a plan’s copies of backups',
    [
      { address: 'aws_backup_vault.v', after: { name: 'v' } },
      {
        address: 'aws_backup_plan.p',
        after: {
          rule: [
            {
              target_vault_name: 'v',
              copy_action: [
                { destination_vault_arn: 'arn:aws:backup:us-east-1:210987654321:backup-vault:far' },
              ],
            },
          ],
        },
      },
    ],
    'aws_backup_vault.v',
    ['backup arn:aws:backup:us-east-1:210987654321:backup-vault:far'],
    { 'arn:aws:backup:us-east-1:210987654321:backup-vault:far': 'us-east-1' },
  ],
  [
    'what a backup selects, by reference',
    [
      { address: 'aws_db_instance.d' },
      { address: 'aws_backup_vault.v', after: { name: 'v' } },
      { address: 'aws_backup_plan.p', after: { rule: [{ target_vault_name: 'v' }] } },
      {
        address: 'aws_backup_selection.s',
        unknown: { plan_id: true, resources: true },
        expressions: {
          plan_id: { references: ['aws_backup_plan.p.id', 'aws_backup_plan.p'] },
          resources: to('aws_db_instance.d'),
        },
      },
    ],
    'aws_db_instance.d',
    ['backup aws_backup_vault.v'],
  ],
  [
    'what a backup selects, by tag',
    [
      { address: 'aws_db_instance.d', after: { tags: { backup: 'daily' } } },
      { address: 'aws_backup_vault.v', after: { name: 'v' } },
      { address: 'aws_backup_plan.p', after: { rule: [{ target_vault_name: 'v' }] } },
      {
        address: 'aws_backup_selection.s',
        after: { selection_tag: [{ type: 'STRINGEQUALS', key: 'backup', value: 'daily' }] },
        unknown: { plan_id: true },
        expressions: { plan_id: { references: ['aws_backup_plan.p.id', 'aws_backup_plan.p'] } },
      },
    ],
    'aws_db_instance.d',
    ['backup aws_backup_vault.v'],
  ],
  [
    'a key, by its alias',
    [
      { address: 'aws_kms_key.k' },
      {
        address: 'aws_kms_alias.a',
        after: { name: 'alias/pupils' },
        expressions: { target_key_id: to('aws_kms_key.k') },
      },
      { address: 'aws_db_instance.d', after: { storage_encrypted: true, kms_key_id: 'alias/pupils' } },
    ],
    'aws_db_instance.d',
    ['key aws_kms_key.k'],
  ],
  [
    'a store behind a distribution',
    [
      { address: 'aws_s3_bucket.b', after: { bucket: 'site' } },
      {
        address: 'aws_cloudfront_distribution.d',
        after: { origin: [{ domain_name: 'site.s3.eu-west-3.amazonaws.com' }] },
      },
    ],
    'aws_s3_bucket.b',
    ['origin aws_cloudfront_distribution.d'],
    { 'aws_cloudfront_distribution.d': 'edge' },
  ],
  [
    'a copied snapshot',
    [
      { address: 'aws_ebs_volume.v' },
      {
        address: 'aws_ebs_snapshot.s',
        unknown: { volume_id: true },
        expressions: { volume_id: { references: ['aws_ebs_volume.v.id', 'aws_ebs_volume.v'] } },
      },
    ],
    'aws_ebs_volume.v',
    ['snapshot aws_ebs_snapshot.s'],
  ],
  [
    'a snapshot schedule of Redshift',
    [
      { address: 'aws_redshift_cluster.r', after: { cluster_identifier: 'r' } },
      {
        address: 'aws_redshift_snapshot_copy.c',
        after: { cluster_identifier: 'r', destination_region: 'us-east-1' },
      },
    ],
    'aws_redshift_cluster.r',
    ['snapshot aws_redshift_cluster.r#us-east-1'],
    { 'aws_redshift_cluster.r#us-east-1': 'us-east-1' },
  ],
  [
    'a geo-redundant account',
    [
      {
        address: 'azurerm_storage_account.s',
        after: { location: 'francecentral', account_replication_type: 'RAGZRS' },
      },
    ],
    'azurerm_storage_account.s',
    ['replica azurerm_storage_account.s#secondary'],
    { 'azurerm_storage_account.s#secondary': 'francesouth' },
  ],
  [
    'an account whose redundancy is not known yet',
    [
      {
        address: 'azurerm_storage_account.s',
        after: { location: 'francecentral' },
        unknown: { account_replication_type: true },
      },
    ],
    'azurerm_storage_account.s',
    ['replica azurerm_storage_account.s#secondary'],
    { 'azurerm_storage_account.s#secondary': null },
  ],
  [
    'every location of Cosmos but the first',
    [
      {
        address: 'azurerm_cosmosdb_account.c',
        after: {
          location: 'francecentral',
          geo_location: [
            { location: 'francecentral', failover_priority: 0 },
            { location: 'eastus', failover_priority: 1 },
          ],
        },
      },
    ],
    'azurerm_cosmosdb_account.c',
    ['replica azurerm_cosmosdb_account.c#eastus'],
    { 'azurerm_cosmosdb_account.c#eastus': 'eastus' },
  ],
  [
    'a failover group',
    [
      { address: 'azurerm_mssql_server.far', after: { location: 'eastus' } },
      { address: 'azurerm_mssql_database.d', after: { storage_account_type: 'Local' } },
      {
        address: 'azurerm_mssql_failover_group.g',
        after: { partner_server: [{}] },
        unknown: { databases: true, partner_server: [{ id: true }] },
        expressions: {
          databases: { references: ['azurerm_mssql_database.d.id', 'azurerm_mssql_database.d'] },
          partner_server: [
            { id: { references: ['azurerm_mssql_server.far.id', 'azurerm_mssql_server.far'] } },
          ],
        },
      },
    ],
    'azurerm_mssql_database.d',
    ['replica azurerm_mssql_database.d#failover'],
    { 'azurerm_mssql_database.d#failover': 'eastus' },
  ],
  [
    'geo-redundant backups of PostgreSQL',
    [
      {
        address: 'azurerm_postgresql_flexible_server.p',
        after: { location: 'northeurope', geo_redundant_backup_enabled: true },
      },
    ],
    'azurerm_postgresql_flexible_server.p',
    ['backup azurerm_postgresql_flexible_server.p#backup'],
    { 'azurerm_postgresql_flexible_server.p#backup': 'westeurope' },
  ],
  [
    'logs of a resource of Azure',
    [
      {
        address: 'azurerm_storage_account.s',
        after: { location: 'francecentral', account_replication_type: 'LRS' },
      },
      { address: 'azurerm_log_analytics_workspace.w', after: { location: 'westeurope' } },
      {
        address: 'azurerm_monitor_diagnostic_setting.d',
        after: { enabled_log: [{ category: 'StorageRead' }] },
        unknown: { target_resource_id: true, log_analytics_workspace_id: true },
        expressions: {
          target_resource_id: { references: ['azurerm_storage_account.s.id', 'azurerm_storage_account.s'] },
          log_analytics_workspace_id: {
            references: ['azurerm_log_analytics_workspace.w.id', 'azurerm_log_analytics_workspace.w'],
          },
        },
      },
    ],
    'azurerm_storage_account.s',
    ['log azurerm_log_analytics_workspace.w'],
  ],
  [
    'backups of Cloud SQL elsewhere',
    [
      {
        address: 'google_sql_database_instance.i',
        after: { region: 'europe-west9', settings: [{ backup_configuration: [{ location: 'us' }] }] },
      },
    ],
    'google_sql_database_instance.i',
    ['backup google_sql_database_instance.i#backup'],
    { 'google_sql_database_instance.i#backup': 'us' },
  ],
];

describe('data is followed to', () => {
  test.each(links)('%s', async (_, resources, from, relations, places = {}) => {
    const assets = await planAssets({ providers, resources });
    expect(relationsOf(assets, from)).toEqual(relations);
    for (const [id, code] of Object.entries(places)) expect(regionOf(assets, id)).toBe(code);
    for (const relation of relations)
      expect(assets.has(relation.slice(relation.indexOf(' ') + 1))).toBe(true);
  });
});

test('a key of several regions names those of its replicas here, and that there may be others', async () => {
  const assets = await planAssets({
    providers,
    resources: [
      { address: 'aws_kms_key.k', after: { multi_region: true } },
      {
        address: 'aws_kms_replica_key.r',
        provider: 'aws.us',
        unknown: { primary_key_arn: true },
        expressions: { primary_key_arn: to('aws_kms_key.k') },
      },
    ],
  });
  expect(factOf(assets, 'aws_kms_key.k', 'key_facts.replicas')).toEqual([
    { provider: 'aws', region: 'us-east-1' },
    'unknown',
  ]);
});

test('a database that two could be the replica of is the replica of neither', async () => {
  const assets = await planAssets({
    providers,
    resources: [
      { address: 'aws_db_instance.d[0]' },
      { address: 'aws_db_instance.d[1]' },
      {
        address: 'aws_db_instance.r',
        unknown: { replicate_source_db: true },
        expressions: { replicate_source_db: { references: ['aws_db_instance.d', 'var.which'] } },
      },
    ],
  });
  expect(relationsOf(assets, 'aws_db_instance.d[0]')).toEqual([]);
  expect(relationsOf(assets, 'aws_db_instance.d[1]')).toEqual([]);
});

test('a container that anyone may read opens its account, unless the account forbids it', async () => {
  const container: PlannedResource = {
    address: 'azurerm_storage_container.c',
    after: { container_access_type: 'blob' },
    unknown: { storage_account_id: true },
    expressions: {
      storage_account_id: { references: ['azurerm_storage_account.s.id', 'azurerm_storage_account.s'] },
    },
  };
  const account = (allowed: boolean): PlannedResource => ({
    address: 'azurerm_storage_account.s',
    after: { location: 'francecentral', allow_nested_items_to_be_public: allowed },
  });
  expect(
    factOf(
      await planAssets({ resources: [account(true), container] }),
      'azurerm_storage_account.s',
      'public',
    ),
  ).toBe(true);
  expect(
    factOf(
      await planAssets({ resources: [account(false), container] }),
      'azurerm_storage_account.s',
      'public',
    ),
  ).toBe(false);
});

describe('copies whose number is known only after apply are there, at a place that is not known', () => {
  test.each([
    ['aws_dynamodb_table', 'replica'],
    ['azurerm_cosmosdb_account', 'geo_location'],
    ['ovh_cloud_project_database', 'nodes'],
    ['ovh_cloud_project_storage', 'replication'],
  ])('%s', async (type, block) => {
    const id = `${type}.t`;
    const assets = await planAssets({
      providers,
      resources: [
        { address: id, after: { region_name: 'GRA', location: 'francecentral' }, unknown: { [block]: true } },
      ],
    });
    const [relation = '', ...others] = relationsOf(assets, id);
    expect(relation).toMatch(/^replica /);
    expect(others).toEqual([]);
    expect(regionOf(assets, relation.slice('replica '.length))).toBeNull();
  });

  test('the actions of a rule of a backup plan', async () => {
    const assets = await planAssets({
      providers,
      resources: [
        { address: 'aws_backup_vault.v', after: { name: 'v' } },
        {
          address: 'aws_backup_plan.p',
          after: { rule: [{ target_vault_name: 'v' }] },
          unknown: { rule: [{ copy_action: true }] },
        },
      ],
    });
    const [relation = ''] = relationsOf(assets, 'aws_backup_vault.v');
    expect(relation).toMatch(/^backup /);
    expect(regionOf(assets, relation.slice('backup '.length))).toBeNull();
  });

  test('the partners of a failover group', async () => {
    const assets = await planAssets({
      providers,
      resources: [
        { address: 'azurerm_mssql_database.d', after: { name: 'd' } },
        {
          address: 'azurerm_mssql_failover_group.g',
          expressions: { databases: to('azurerm_mssql_database.d') },
          after: {},
          unknown: { partner_server: true, databases: true },
        },
      ],
    });
    expect(relationsOf(assets, 'azurerm_mssql_database.d')).toContain(
      'replica azurerm_mssql_database.d#failover',
    );
    expect(regionOf(assets, 'azurerm_mssql_database.d#failover')).toBeNull();
  });
});

describe('a name alone does not make two things one', () => {
  const far = 'arn:aws:backup:us-west-2:111122223333:backup-vault:main';
  const vaults = (arn: string) => [
    { address: 'aws_backup_vault.v', after: { name: 'main' } },
    {
      address: 'aws_backup_plan.p',
      after: { rule: [{ target_vault_name: 'main', copy_action: [{ destination_vault_arn: arn }] }] },
    },
  ];

  test('a vault of the same name in another region is another vault', async () => {
    const assets = await planAssets({ providers, resources: vaults(far) });
    expect(relationsOf(assets, 'aws_backup_vault.v')).toEqual([`backup ${far}`]);
    expect(regionOf(assets, far)).toBe('us-west-2');
  });

  test('and the one in its own region is itself', async () => {
    const own = far.replace('us-west-2', 'eu-west-3');
    const assets = await planAssets({ providers, resources: vaults(own) });
    expect(relationsOf(assets, 'aws_backup_vault.v')).toEqual([]);
  });

  test('a replica of a database of the same name elsewhere is no replica of this one', async () => {
    const source = 'arn:aws:rds:eu-central-1:111122223333:db:main';
    const assets = await planAssets({
      providers,
      resources: [
        { address: 'aws_db_instance.main', after: { identifier: 'main' } },
        { address: 'aws_db_instance.copy', after: { identifier: 'copy', replicate_source_db: source } },
      ],
    });
    expect(relationsOf(assets, 'aws_db_instance.main')).toEqual([]);
    expect(relationsOf(assets, source)).toEqual(['replica aws_db_instance.copy']);
  });
});
