import { describe, expect, test } from '@jest/globals';
import type { Json } from '../../../src/inventory/fact.ts';
import { type PlannedResource, planAssets, region, regionOf, relationsOf } from '../../setup/terraform.ts';

const providers = { aws: region('eu-west-3'), 'aws.us': region('us-east-1') };
const to = (address: string, attribute = 'arn'): Json => ({
  references: [`${address}.${attribute}`, address],
});
const bucket: PlannedResource = {
  address: 'aws_s3_bucket.far',
  after: { bucket: 'far' },
  provider: 'aws.us',
};

type Case = readonly [
  what: string,
  resources: readonly PlannedResource[],
  from: string,
  relations: readonly string[],
  places?: { readonly [id: string]: string | null },
];

const cases: readonly Case[] = [
  [
    'the bucket of a delivery stream',
    [
      bucket,
      {
        address: 'aws_kinesis_firehose_delivery_stream.f',
        after: { extended_s3_configuration: [{}] },
        unknown: { extended_s3_configuration: [{ bucket_arn: true }] },
        expressions: { extended_s3_configuration: [{ bucket_arn: to('aws_s3_bucket.far') }] },
      },
    ],
    'aws_kinesis_firehose_delivery_stream.f',
    ['replica aws_s3_bucket.far'],
  ],
  [
    'the other regions of a global table of the first kind',
    [
      { address: 'aws_dynamodb_table.t', after: { name: 'marks' } },
      {
        address: 'aws_dynamodb_global_table.g',
        after: { name: 'marks', replica: [{ region_name: 'eu-west-3' }, { region_name: 'us-east-1' }] },
      },
    ],
    'aws_dynamodb_table.t',
    ['replica aws_dynamodb_table.t#us-east-1'],
    { 'aws_dynamodb_table.t#us-east-1': 'us-east-1' },
  ],
  [
    'an access point of several regions',
    [
      bucket,
      {
        address: 'aws_s3control_multi_region_access_point.m',
        after: { details: [{ name: 'm', region: [{ bucket: 'far' }] }] },
      },
    ],
    'aws_s3_bucket.far',
    ['access_point aws_s3control_multi_region_access_point.m'],
  ],
  [
    'where logs are sent on to',
    [
      { address: 'aws_cloudwatch_log_group.l', after: { name: 'app' } },
      {
        address: 'aws_cloudwatch_log_subscription_filter.s',
        after: {
          log_group_name: 'app',
          destination_arn: 'arn:aws:logs:us-east-1:123456789012:destination:d',
        },
      },
    ],
    'aws_cloudwatch_log_group.l',
    ['log arn:aws:logs:us-east-1:123456789012:destination:d'],
    { 'arn:aws:logs:us-east-1:123456789012:destination:d': 'us-east-1' },
  ],
  [
    'copies that a lifecycle policy makes of tagged disks in another region',
    [
      { address: 'aws_ebs_volume.v', after: { tags: { keep: 'yes' } } },
      { address: 'aws_ebs_volume.other', after: { tags: {} } },
      {
        address: 'aws_dlm_lifecycle_policy.p',
        after: {
          policy_details: [
            {
              target_tags: { keep: 'yes' },
              schedule: [{ cross_region_copy_rule: [{ target: 'us-west-2' }] }],
            },
          ],
        },
      },
    ],
    'aws_ebs_volume.v',
    ['snapshot aws_ebs_volume.v#us-west-2'],
    { 'aws_ebs_volume.v#us-west-2': 'us-west-2' },
  ],
  [
    'the other clusters of a multi-region cluster of MemoryDB',
    [
      { address: 'aws_memorydb_cluster.a', after: { name: 'a', multi_region_cluster_name: 'm' } },
      {
        address: 'aws_memorydb_cluster.b',
        after: { name: 'b', multi_region_cluster_name: 'm' },
        provider: 'aws.us',
      },
    ],
    'aws_memorydb_cluster.a',
    ['replica aws_memorydb_cluster.b'],
  ],
  [
    'the peers of a cluster of Aurora DSQL',
    [
      { address: 'aws_dsql_cluster.a' },
      { address: 'aws_dsql_cluster.b', provider: 'aws.us' },
      {
        address: 'aws_dsql_cluster_peering.p',
        unknown: { identifier: true, clusters: true },
        expressions: {
          identifier: to('aws_dsql_cluster.a', 'identifier'),
          clusters: to('aws_dsql_cluster.b'),
        },
      },
    ],
    'aws_dsql_cluster.a',
    ['replica aws_dsql_cluster.b'],
  ],
  [
    'the queue that a bucket notifies',
    [
      { address: 'aws_s3_bucket.b', after: { bucket: 'b' } },
      {
        address: 'aws_s3_bucket_notification.n',
        after: { bucket: 'b', queue: [{ queue_arn: 'arn:aws:sqs:us-east-1:123456789012:q' }] },
      },
    ],
    'aws_s3_bucket.b',
    ['notification arn:aws:sqs:us-east-1:123456789012:q'],
  ],
  [
    'the subscriber of a topic, but no address of a person',
    [
      { address: 'aws_sns_topic.t', after: { name: 't' } },
      {
        address: 'aws_sns_topic_subscription.q',
        after: { protocol: 'sqs', endpoint: 'arn:aws:sqs:us-east-1:123456789012:q' },
        unknown: { topic_arn: true },
        expressions: { topic_arn: to('aws_sns_topic.t') },
      },
      {
        address: 'aws_sns_topic_subscription.mail',
        after: { protocol: 'email', endpoint: 'head@ecole.example' },
        unknown: { topic_arn: true },
        expressions: { topic_arn: to('aws_sns_topic.t') },
      },
    ],
    'aws_sns_topic.t',
    ['notification arn:aws:sqs:us-east-1:123456789012:q'],
  ],
  [
    'the geo-replications of a registry',
    [
      {
        address: 'azurerm_container_registry.r',
        after: { location: 'francecentral', georeplications: [{ location: 'eastus' }] },
      },
    ],
    'azurerm_container_registry.r',
    ['replica azurerm_container_registry.r#eastus'],
    { 'azurerm_container_registry.r#eastus': 'eastus' },
  ],
  [
    'the volume that receives another one’s',
    [
      { address: 'azurerm_netapp_volume.a', after: { location: 'francecentral' } },
      {
        address: 'azurerm_netapp_volume.b',
        after: { location: 'eastus', data_protection_replication: [{ endpoint_type: 'dst' }] },
        unknown: { data_protection_replication: [{ remote_volume_resource_id: true }] },
        expressions: {
          data_protection_replication: [{ remote_volume_resource_id: to('azurerm_netapp_volume.a', 'id') }],
        },
      },
    ],
    'azurerm_netapp_volume.a',
    ['replica azurerm_netapp_volume.b'],
  ],
  [
    'the fabric that a machine is recovered to',
    [
      { address: 'azurerm_linux_virtual_machine.m', after: { location: 'francecentral' } },
      { address: 'azurerm_site_recovery_fabric.f', after: { location: 'eastus' } },
      {
        address: 'azurerm_site_recovery_replicated_vm.r',
        unknown: { source_vm_id: true, target_recovery_fabric_id: true },
        expressions: {
          source_vm_id: to('azurerm_linux_virtual_machine.m', 'id'),
          target_recovery_fabric_id: to('azurerm_site_recovery_fabric.f', 'id'),
        },
      },
    ],
    'azurerm_linux_virtual_machine.m',
    ['replica azurerm_linux_virtual_machine.m#recovery'],
    { 'azurerm_linux_virtual_machine.m#recovery': 'eastus' },
  ],
  [
    'the edges of a front door',
    [
      { address: 'azurerm_storage_account.s', after: { name: 's', account_replication_type: 'LRS' } },
      {
        address: 'azurerm_cdn_frontdoor_origin.o',
        unknown: { host_name: true },
        expressions: { host_name: to('azurerm_storage_account.s', 'primary_blob_host') },
      },
    ],
    'azurerm_storage_account.s',
    ['origin azurerm_cdn_frontdoor_origin.o'],
    { 'azurerm_cdn_frontdoor_origin.o': 'edge' },
  ],
  [
    'backups of Cloud SQL, wherever they are by default',
    [
      {
        address: 'google_sql_database_instance.i',
        after: { region: 'europe-west9', settings: [{ backup_configuration: [{ enabled: true }] }] },
      },
    ],
    'google_sql_database_instance.i',
    ['backup google_sql_database_instance.i#backup'],
    { 'google_sql_database_instance.i#backup': null },
  ],
  [
    'the other clusters of Bigtable',
    [
      {
        address: 'google_bigtable_instance.i',
        after: { cluster: [{ zone: 'europe-west9-a' }, { zone: 'us-east1-b' }] },
      },
    ],
    'google_bigtable_instance.i',
    ['replica google_bigtable_instance.i#us-east1-b'],
    { 'google_bigtable_instance.i': 'europe-west9-a', 'google_bigtable_instance.i#us-east1-b': 'us-east1-b' },
  ],
];

describe('data is followed to', () => {
  test.each(cases)('%s', async (_, resources, from, relations, places = {}) => {
    const assets = await planAssets({ providers, resources });
    expect(relationsOf(assets, from)).toEqual(relations);
    for (const [id, code] of Object.entries(places)) expect(regionOf(assets, id)).toBe(code);
  });
});
