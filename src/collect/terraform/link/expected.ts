/** What kind of thing an attribute names: a mention of anything else is not of it. */
const EXPECTED: readonly (readonly [attribute: RegExp, types: RegExp])[] = [
  [
    /(^|\.)(kms_key_id|kms_master_key_id|kms_key_arn|kms_key_name|key_arn|default_kms_key_name|encryption_key_name|target_key_id|primary_key_arn|kms_key_self_link|encryption_at_rest_kms_key_arn|replica_kms_key_id)$/,
    /_kms_|key_vault_key|crypto_key/,
  ],
  [
    /(^|\.)(key_vault_key_id|key_vault_id|transparent_data_encryption_key_vault_key_id|key_id)$/,
    /key_vault|managed_hsm/,
  ],
  [/(^|\.)(bucket|target_bucket|log_bucket|s3_bucket_name|bucket_name|bucket_arn)$/, /bucket/],
  [/(^|\.)domain_name$/, /bucket|_lb$|_alb$|_elb$|apigateway|api_gateway|media/],
  [/(^|\.)(target_vault_name|destination_vault_arn|recovery_vault_name|vault_id)$/, /vault/],
  [/(^|\.)plan_id$/, /backup_plan/],
  [/(^|\.)(global_cluster_identifier|global_replication_group_id)$/, /global/],
  [/(^|\.)(replicate_source_db|source_db_instance_arn|db_instance_identifier)$/, /db_instance|rds_cluster/],
  [
    /(^|\.)(cluster_identifier|db_cluster_identifier|replication_source_identifier|source_db_cluster_identifier)$/,
    /cluster|db_instance/,
  ],
  [
    /(^|\.)(source_db_snapshot_identifier|source_db_cluster_snapshot_identifier|source_snapshot_id|snapshot_identifier|snapshot_id)$/,
    /snapshot/,
  ],
  [/(^|\.)(cloudwatch_log_group_arn|cloud_watch_logs_group_arn)$/, /log_group/],
  [/(^|\.)(global_table_arn|table_name)$/, /dynamodb_table/],
  [/(^|\.)master_instance_name$/, /sql_database_instance/],
  [/(^|\.)primary_cluster_name$/, /alloydb_cluster/],
  [/(^|\.)source_disk$/, /compute_(region_)?disk/],
  [/(^|\.)log_group_name$/, /log_group/],
  [/(^|\.)multi_region_cluster_name$/, /multi_region_cluster/],
  [/(^|\.)(source_file_system_id|file_system_id)$/, /file_system/],
  [
    /(^|\.)(storage_account_id|storage_account_name|source_storage_account_id|destination_storage_account_id)$/,
    /storage_account/,
  ],
  [/(^|\.)log_analytics_workspace_id$/, /workspace/],
  [/(^|\.)(server_id|server_name|mssql_server_id|source_server_id|creation_source_server_id)$/, /server/],
  [/(^|\.)(databases|creation_source_database_id)$/, /database/],
];

/** Null where nothing particular is expected. */
export function expectedTypes(attribute: string): ((type: string) => boolean) | null {
  const found = EXPECTED.find(([pattern]) => pattern.test(attribute));
  return found === undefined ? null : (type) => found[1].test(type);
}
