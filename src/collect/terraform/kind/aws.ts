import type { AssetKind } from '../../../inventory/observation.ts';

/** What each type of AWS's provider is, without its `aws_`. What is not here holds no data of its own. */
export const awsKinds: { readonly [kind in AssetKind]?: string } = {
  object_store:
    's3_bucket s3_directory_bucket s3tables_table_bucket s3vectors_vector_bucket lightsail_bucket glacier_vault media_store_container s3control_bucket',
  database:
    'db_instance rds_cluster dynamodb_table docdb_cluster docdbelastic_cluster neptune_cluster neptunegraph_graph keyspaces_table timestreamwrite_database timestreaminfluxdb_db_instance qldb_ledger lightsail_database simpledb_domain memorydb_cluster dsql_cluster opensearchserverless_collection',
  file_share:
    'efs_file_system fsx_lustre_file_system fsx_ontap_file_system fsx_openzfs_file_system fsx_windows_file_system fsx_file_cache workdocs_site',
  block_volume: 'ebs_volume lightsail_disk',
  snapshot:
    'ebs_snapshot ebs_snapshot_copy ebs_snapshot_import db_snapshot db_snapshot_copy db_cluster_snapshot rds_cluster_snapshot_copy neptune_cluster_snapshot docdb_cluster_snapshot redshift_cluster_snapshot fsx_backup elasticache_snapshot memorydb_snapshot ami ami_copy ami_from_instance db_instance_automated_backups_replication',
  backup_vault: 'backup_vault backup_logically_air_gapped_vault',
  queue: 'sqs_queue sns_topic mq_broker',
  stream:
    'kinesis_stream kinesis_firehose_delivery_stream kinesis_video_stream msk_cluster msk_serverless_cluster cloudwatch_event_bus cloudwatch_event_archive',
  search_index: 'opensearch_domain elasticsearch_domain cloudsearch_domain kendra_index',
  cache: 'elasticache_cluster elasticache_replication_group elasticache_serverless_cache dax_cluster',
  log_store: 'cloudwatch_log_group securitylake_data_lake cloudtrail_event_data_store',
  monitoring:
    'cloudtrail config_configuration_recorder prometheus_workspace grafana_workspace guardduty_detector macie2_account flow_log rum_app_monitor',
  server:
    'instance spot_instance_request lightsail_instance rds_cluster_instance docdb_cluster_instance neptune_cluster_instance workspaces_workspace',
  cluster: 'eks_cluster ecs_cluster emr_cluster emrserverless_application batch_compute_environment',
  container_service:
    'ecs_service apprunner_service lightsail_container_service ecr_repository ecrpublic_repository elastic_beanstalk_environment',
  function: 'lambda_function sfn_state_machine',
  analytics:
    'redshift_cluster redshiftserverless_namespace redshiftserverless_workgroup athena_workgroup athena_database glue_catalog_database glue_job glue_crawler kinesis_analytics_application kinesisanalyticsv2_application quicksight_data_source quicksight_data_set dms_replication_instance dms_replication_config dms_replication_task datasync_task appflow_flow lakeformation_resource datazone_domain finspace_kx_database',
  ai_service:
    'bedrock_custom_model bedrock_provisioned_model_throughput bedrockagent_agent bedrockagent_knowledge_base bedrock_inference_profile sagemaker_endpoint sagemaker_model sagemaker_notebook_instance sagemaker_domain sagemaker_feature_group comprehend_entity_recognizer comprehend_document_classifier lex_bot lexv2models_bot rekognition_collection transcribe_vocabulary',
  email:
    'ses_domain_identity ses_email_identity sesv2_email_identity sesv2_configuration_set ses_configuration_set pinpoint_app workmail_organization',
  identity_directory:
    'cognito_user_pool cognito_identity_pool directory_service_directory identitystore_user identitystore_group',
  cdn: 'cloudfront_distribution cloudfront_multitenant_distribution globalaccelerator_accelerator globalaccelerator_custom_routing_accelerator',
  dns: 'route53_zone',
  load_balancer: 'lb alb elb lightsail_lb',
  key: 'kms_key kms_external_key kms_replica_key kms_replica_external_key cloudhsm_v2_cluster',
  endpoint:
    'api_gateway_rest_api apigatewayv2_api appsync_graphql_api s3control_multi_region_access_point lambda_function_url transfer_server',
  saas: 'connect_instance chime_voice_connector workspacesweb_portal',
  account: 'organizations_account',
};
