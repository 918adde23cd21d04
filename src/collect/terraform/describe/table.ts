import * as bucket from './aws/bucket.ts';
import * as database from './aws/database.ts';
import * as flow from './aws/flow.ts';
import * as service from './aws/service.ts';
import * as storage from './aws/storage.ts';
import * as azureDatabase from './azure/database.ts';
import * as azureFlow from './azure/flow.ts';
import * as azure from './azure/storage.ts';
import type { Describe } from './description.ts';
import * as european from './european.ts';
import * as google from './google.ts';

/** What each type says of itself and of others. What is not here has a place, tags, and nothing more. */
const table: { readonly [types: string]: Describe } = {
  aws_s3_bucket: bucket.bucket,
  aws_s3_bucket_server_side_encryption_configuration: bucket.bucketEncryption,
  aws_s3_bucket_replication_configuration: bucket.bucketReplication,
  aws_s3_bucket_logging: bucket.bucketLogging,
  aws_s3_bucket_policy: bucket.bucketPolicy,
  aws_s3_bucket_lifecycle_configuration: bucket.bucketLifecycle,
  aws_s3_bucket_acl: bucket.bucketAcl,
  aws_s3_bucket_versioning: bucket.bucketVersioning,
  aws_s3_bucket_public_access_block: bucket.publicAccessBlock,
  aws_s3_bucket_inventory: bucket.bucketInventory,
  aws_s3_access_point: bucket.accessPoint,
  aws_db_instance: database.dbInstance,
  'aws_rds_cluster aws_docdb_cluster aws_neptune_cluster': database.dbCluster,
  'aws_rds_global_cluster aws_docdb_global_cluster aws_neptune_global_cluster': database.globalOf(
    'global_cluster_identifier',
    'source_db_cluster_identifier',
  ),
  aws_elasticache_global_replication_group: database.globalOf(
    'global_replication_group_id',
    'primary_replication_group_id',
  ),
  aws_dynamodb_table: database.dynamodbTable,
  aws_dynamodb_table_replica: database.dynamodbReplica,
  aws_db_snapshot: database.snapshotOf('db_instance_identifier'),
  aws_db_snapshot_copy: database.snapshotOf('source_db_snapshot_identifier', 'replica'),
  aws_db_cluster_snapshot: database.snapshotOf('db_cluster_identifier'),
  aws_rds_cluster_snapshot_copy: database.snapshotOf('source_db_cluster_snapshot_identifier', 'replica'),
  aws_db_instance_automated_backups_replication: database.snapshotOf('source_db_instance_arn', 'backup'),
  aws_ebs_snapshot: database.snapshotOf('volume_id'),
  aws_ebs_snapshot_copy: database.snapshotOf('source_snapshot_id', 'replica'),
  aws_redshift_cluster_snapshot: database.snapshotOf('cluster_identifier'),
  aws_ami_copy: database.snapshotOf('source_ami_id', 'replica'),
  aws_ami_from_instance: database.snapshotOf('source_instance_id'),
  aws_redshift_cluster: database.redshiftCluster,
  aws_redshift_snapshot_copy: database.redshiftSnapshotCopy,
  aws_redshift_logging: database.redshiftLogging,
  aws_efs_file_system: storage.efs,
  aws_efs_replication_configuration: storage.efsReplication,
  'aws_fsx_lustre_file_system aws_fsx_ontap_file_system aws_fsx_openzfs_file_system aws_fsx_windows_file_system':
    storage.alwaysEncrypted('kms_key_id'),
  aws_ebs_volume: storage.ebsVolume,
  aws_backup_vault: storage.backupVault,
  aws_backup_plan: storage.backupPlan,
  aws_backup_selection: storage.backupSelection,
  aws_cloudwatch_log_group: storage.logGroup,
  aws_cloudtrail: storage.cloudtrail,
  aws_cloudfront_distribution: storage.cloudfront,
  aws_sqs_queue: service.sqs,
  aws_sns_topic: service.sns,
  aws_kinesis_stream: service.kinesis,
  aws_kinesis_firehose_delivery_stream: flow.deliveryStream,
  aws_dynamodb_global_table: flow.globalTable,
  aws_s3control_multi_region_access_point: flow.multiRegionAccessPoint,
  aws_cloudwatch_log_subscription_filter: flow.logSubscription,
  aws_memorydb_multi_region_cluster: database.globalOf('multi_region_cluster_name', null),
  aws_dsql_cluster_peering: flow.peering,
  aws_s3_bucket_notification: flow.bucketNotification,
  aws_sns_topic_subscription: flow.subscription,
  aws_dlm_lifecycle_policy: flow.lifecyclePolicy,
  'aws_opensearch_domain aws_elasticsearch_domain': service.searchDomain,
  'aws_elasticache_replication_group aws_elasticache_cluster': service.elasticache,
  aws_memorydb_cluster: service.memorydb,
  aws_msk_cluster: service.msk,
  aws_timestreamwrite_database: storage.alwaysEncrypted('kms_key_id', 'database_name'),
  'aws_kms_key aws_kms_external_key': service.kmsKey,
  'aws_kms_replica_key aws_kms_replica_external_key': service.kmsReplica,
  aws_kms_alias: service.kmsAlias,
  'aws_lb aws_alb aws_elb': service.loadBalancer,
  aws_instance: service.server,
  azurerm_storage_account: azure.storageAccount,
  azurerm_storage_container: azure.storageContainer,
  azurerm_storage_object_replication: azure.objectReplication,
  azurerm_storage_account_customer_managed_key: azure.storageKey,
  azurerm_storage_management_policy: azure.storageLifecycle,
  azurerm_monitor_diagnostic_setting: azure.diagnosticSetting,
  azurerm_log_analytics_workspace: azure.logWorkspace,
  'azurerm_recovery_services_vault azurerm_data_protection_backup_vault': azure.recoveryVault,
  azurerm_backup_protected_vm: azure.protectedBy('source_vm_id', 'recovery_vault_name'),
  azurerm_backup_protected_file_share: azure.protectedBy('source_storage_account_id', 'recovery_vault_name'),
  azurerm_data_protection_backup_instance_blob_storage: azure.protectedBy('storage_account_id', 'vault_id'),
  azurerm_data_protection_backup_instance_disk: azure.protectedBy('disk_id', 'vault_id'),
  azurerm_data_protection_backup_instance_postgresql_flexible_server: azure.protectedBy(
    'server_id',
    'vault_id',
  ),
  'azurerm_postgresql_flexible_server azurerm_postgresql_server azurerm_mysql_flexible_server azurerm_mysql_server azurerm_mariadb_server':
    azureDatabase.flexibleServer,
  'azurerm_mssql_database azurerm_sql_database': azureDatabase.mssqlDatabase,
  azurerm_mssql_managed_instance: azureDatabase.managedInstance,
  azurerm_mssql_failover_group: azureDatabase.failoverGroup,
  azurerm_sql_failover_group: azureDatabase.failoverGroup,
  azurerm_mssql_managed_instance_failover_group: azureDatabase.instanceFailoverGroup,
  azurerm_cosmosdb_account: azureDatabase.cosmosAccount,
  azurerm_redis_cache: azureDatabase.redisCache,
  azurerm_redis_linked_server: azureDatabase.redisLink,
  'azurerm_servicebus_namespace azurerm_eventhub_namespace azurerm_search_service':
    azureDatabase.azureService,
  'azurerm_managed_disk azurerm_snapshot': azureDatabase.managedDisk,
  azurerm_cosmosdb_postgresql_cluster: azureFlow.postgresCluster,
  azurerm_container_registry: azureFlow.containerRegistry,
  azurerm_shared_image_version: azureFlow.imageVersion,
  azurerm_netapp_volume: azureFlow.netappVolume,
  azurerm_site_recovery_replicated_vm: azureFlow.replicatedMachine,
  azurerm_cdn_frontdoor_origin: azureFlow.edgeOrigin,
  azurerm_cdn_endpoint: azureFlow.edgeEndpoint,
  azurerm_cognitive_deployment: azureDatabase.aiDeployment,
  azurerm_key_vault_key: azureDatabase.keyVaultKey,
  google_storage_bucket: google.googleBucket,
  'google_storage_bucket_iam_member google_storage_bucket_iam_binding': google.bucketMembers,
  google_sql_database_instance: google.sqlInstance,
  google_bigquery_dataset: google.googleStore('default_encryption_configuration.0.kms_key_name'),
  'google_compute_disk google_compute_region_disk': google.googleStore(
    'disk_encryption_key.0.kms_key_self_link',
  ),
  google_pubsub_topic: google.pubsubTopic,
  google_spanner_instance: google.spanner,
  google_bigtable_instance: google.bigtable,
  google_alloydb_cluster: google.alloydb,
  google_compute_backend_bucket: google.backendBucket,
  'google_compute_snapshot google_compute_image': google.googleSnapshot,
  google_kms_crypto_key: google.googleKey,
  scaleway_object_bucket: european.scalewayBucket,
  scaleway_object_bucket_acl: european.scalewayBucketAcl,
  scaleway_rdb_instance: european.scalewayDatabase,
  scaleway_rdb_read_replica: european.scalewayReadReplica,
  'scaleway_block_snapshot scaleway_instance_snapshot scaleway_rdb_snapshot scaleway_rdb_database_backup':
    european.scalewaySnapshot,
  ovh_cloud_project_storage: european.ovhStorage,
  ovh_cloud_project_database: european.ovhDatabase,
  outscale_snapshot: european.outscaleSnapshot,
};

const describers: ReadonlyMap<string, Describe> = new Map(
  Object.entries(table).flatMap(([types, describe]) =>
    types.split(' ').map((type) => [type, describe] as const),
  ),
);

const nothing = { statements: [] };
const plain: Describe = () => nothing;

export function describerOf(type: string): Describe {
  return describers.get(type) ?? plain;
}

/** Whether what the code writes of such a resource is looked at. */
export function isDescribed(type: string): boolean {
  return describers.has(type);
}
