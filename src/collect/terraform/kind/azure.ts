import type { AssetKind } from '../../../inventory/observation.ts';

/**
 * What each type of Azure's provider is, without its `azurerm_`. What cannot be tagged (containers, shares, databases
 * inside a server) is part of what holds it, which can.
 */
export const azureKinds: { readonly [kind in AssetKind]?: string } = {
  object_store: 'storage_account data_lake_store',
  database:
    'mssql_database mssql_managed_instance mssql_elasticpool sql_database sql_managed_instance cosmosdb_account cosmosdb_postgresql_cluster cosmosdb_cassandra_cluster mongo_cluster postgresql_server postgresql_flexible_server mysql_server mysql_flexible_server mariadb_server oracle_autonomous_database',
  file_share: 'netapp_volume storage_sync hpc_cache',
  block_volume: 'managed_disk elastic_san',
  snapshot: 'snapshot image shared_image_version',
  backup_vault: 'recovery_services_vault data_protection_backup_vault',
  queue:
    'servicebus_namespace eventgrid_topic eventgrid_domain eventgrid_system_topic relay_namespace web_pubsub signalr_service',
  stream: 'eventhub_namespace eventhub_cluster',
  search_index: 'search_service',
  cache: 'redis_cache redis_enterprise_cluster managed_redis',
  log_store: 'log_analytics_workspace',
  monitoring:
    'application_insights monitor_workspace monitor_log_profile monitor_diagnostic_setting network_watcher_flow_log dashboard_grafana sentinel_log_analytics_workspace_onboarding',
  server:
    'virtual_machine linux_virtual_machine windows_virtual_machine linux_virtual_machine_scale_set windows_virtual_machine_scale_set orchestrated_virtual_machine_scale_set linux_web_app windows_web_app app_service static_site static_web_app mssql_virtual_machine virtual_desktop_host_pool',
  cluster:
    'kubernetes_cluster redhat_openshift_cluster hdinsight_hadoop_cluster hdinsight_spark_cluster service_fabric_cluster batch_account',
  container_service:
    'container_app container_app_environment container_group container_registry spring_cloud_service',
  function:
    'linux_function_app windows_function_app function_app function_app_flex_consumption logic_app_workflow logic_app_standard',
  analytics:
    'synapse_workspace synapse_sql_pool synapse_spark_pool databricks_workspace data_factory kusto_cluster stream_analytics_job purview_account powerbi_embedded fabric_capacity data_share_account',
  ai_service:
    'cognitive_account cognitive_deployment ai_services ai_foundry machine_learning_workspace bot_service_azure_bot healthbot',
  email: 'communication_service email_communication_service',
  identity_directory: 'aadb2c_directory active_directory_domain_service',
  cdn: 'cdn_endpoint cdn_frontdoor_endpoint frontdoor',
  dns: 'dns_zone private_dns_zone traffic_manager_profile',
  load_balancer: 'lb application_gateway',
  key: 'key_vault_key key_vault_managed_hardware_security_module_key',
  endpoint: 'api_management iothub',
  account: 'subscription',
};
