import type { AssetKind } from '../../../inventory/observation.ts';

type Kinds = { readonly [kind in AssetKind]?: string };

/** Without `google_`. */
export const googleKinds: Kinds = {
  object_store: 'storage_bucket',
  database:
    'sql_database_instance spanner_instance bigtable_instance firestore_database alloydb_cluster datastore_index',
  file_share: 'filestore_instance netapp_volume parallelstore_instance',
  block_volume: 'compute_disk compute_region_disk',
  snapshot:
    'compute_snapshot compute_image compute_machine_image filestore_backup alloydb_backup filestore_snapshot',
  backup_vault: 'backup_dr_backup_vault gke_backup_backup_plan',
  queue: 'cloud_tasks_queue pubsub_topic pubsub_lite_topic',
  stream: 'managed_kafka_cluster datastream_stream',
  search_index: 'discovery_engine_data_store vertex_ai_index',
  cache: 'redis_instance redis_cluster memcache_instance memorystore_instance',
  log_store: 'logging_project_bucket_config logging_folder_bucket_config logging_organization_bucket_config',
  monitoring: 'logging_project_sink logging_folder_sink logging_organization_sink',
  server:
    'compute_instance compute_instance_template workstations_workstation notebooks_instance workbench_instance app_engine_standard_app_version app_engine_flexible_app_version',
  cluster: 'container_cluster dataproc_cluster gke_hub_membership',
  container_service:
    'cloud_run_service cloud_run_v2_service cloud_run_v2_job artifact_registry_repository container_registry',
  function: 'cloudfunctions_function cloudfunctions2_function workflows_workflow',
  analytics:
    'bigquery_dataset dataflow_job dataflow_flex_template_job composer_environment dataplex_lake looker_instance data_fusion_instance bigquery_data_transfer_config',
  ai_service:
    'vertex_ai_endpoint vertex_ai_dataset vertex_ai_featurestore dialogflow_agent dialogflow_cx_agent document_ai_processor',
  identity_directory: 'identity_platform_config identity_platform_tenant active_directory_domain',
  cdn: 'compute_backend_bucket',
  dns: 'dns_managed_zone',
  load_balancer: 'compute_forwarding_rule compute_global_forwarding_rule',
  key: 'kms_crypto_key',
  endpoint: 'api_gateway_gateway apigee_organization endpoints_service',
  account: 'project',
};

/** Without `scaleway_`. */
export const scalewayKinds: Kinds = {
  object_store: 'object_bucket',
  database: 'rdb_instance documentdb_instance mongodb_instance sdb_sql_database datawarehouse_deployment',
  file_share: 'file_filesystem',
  block_volume: 'block_volume instance_volume',
  snapshot:
    'block_snapshot instance_snapshot instance_image rdb_snapshot rdb_database_backup mongodb_snapshot',
  queue: 'mnq_sqs_queue mnq_nats_account mnq_sns_topic',
  search_index: 'opensearch_deployment',
  cache: 'redis_cluster',
  log_store: 'cockpit_source',
  monitoring: 'cockpit cockpit_exporter',
  server: 'instance_server baremetal_server apple_silicon_server',
  cluster: 'k8s_cluster',
  container_service: 'container container_namespace registry_namespace',
  function: 'function job_definition',
  ai_service: 'inference_deployment inference_endpoint',
  email: 'tem_domain',
  cdn: 'edge_services_pipeline',
  dns: 'domain_zone',
  load_balancer: 'lb',
  key: 'key_manager_key',
};

/** Without `ovh_`. */
export const ovhKinds: Kinds = {
  object_store: 'cloud_project_storage',
  database: 'cloud_project_database',
  file_share: 'cloud_project_file_storage',
  block_volume: 'cloud_project_volume',
  snapshot: 'cloud_project_instance_snapshot',
  log_store: 'dbaas_logs_cluster dbaas_logs_output_graylog_stream dbaas_logs_output_opensearch_index',
  server: 'cloud_project_instance vps dedicated_server',
  cluster: 'cloud_project_kube cloud_project_rancher',
  container_service: 'cloud_project_containerregistry',
  ai_service: 'cloud_project_ai_notebook',
  email: 'email_domain',
  cdn: 'cdn_dedicated',
  dns: 'domain_zone',
  load_balancer: 'iploadbalancing cloud_project_loadbalancer',
  key: 'okms_service_key',
};

/** Without `outscale_`. */
export const outscaleKinds: Kinds = {
  block_volume: 'volume',
  snapshot: 'snapshot image image_export_task snapshot_export_task',
  server: 'vm',
  cluster: 'oks_cluster',
  load_balancer: 'load_balancer',
};

/** Of other clouds, whole. */
export const wholeKinds: Kinds = {
  object_store:
    'openstack_objectstorage_container_v1 exoscale_sos_bucket ibm_cos_bucket oci_objectstorage_bucket ionoscloud_s3_bucket alicloud_oss_bucket tencentcloud_cos_bucket clevercloud_cellar clevercloud_cellar_bucket minio_s3_bucket cloudflare_r2_bucket hcloud_storage_box',
  database:
    'exoscale_dbaas exoscale_database ibm_database oci_database_autonomous_database ionoscloud_pg_cluster ionoscloud_mongo_cluster clevercloud_postgresql clevercloud_mysql clevercloud_mongodb scalingo_addon openstack_db_instance_v1 cloudflare_d1_database',
  file_share: 'clevercloud_fsbucket openstack_sharedfilesystem_share_v2',
  block_volume:
    'openstack_blockstorage_volume_v3 hcloud_volume exoscale_block_storage_volume ibm_is_volume oci_core_volume ionoscloud_volume',
  snapshot: 'openstack_blockstorage_snapshot_v3 hcloud_snapshot exoscale_block_storage_volume_snapshot',
  cache: 'clevercloud_redis clevercloud_materia_kv',
  search_index: 'clevercloud_elasticsearch',
  server:
    'openstack_compute_instance_v2 hcloud_server exoscale_compute_instance ibm_is_instance oci_core_instance ionoscloud_server scalingo_app clevercloud_nodejs clevercloud_docker clevercloud_java_war clevercloud_python clevercloud_php',
  cluster:
    'openstack_containerinfra_cluster_v1 exoscale_sks_cluster ibm_container_vpc_cluster oci_containerengine_cluster ionoscloud_k8s_cluster',
  load_balancer: 'openstack_lb_loadbalancer_v2 hcloud_load_balancer exoscale_nlb',
  dns: 'cloudflare_zone',
  cdn: 'cloudflare_load_balancer',
  identity_directory: 'azuread_user azuread_group',
};
