import type { AssetKind } from '../../inventory/observation.ts';
import { describeBucket } from './describe/bucket.ts';
import {
  describeDistributed,
  describeFileSystem,
  describeReplicationGroup,
  describeSnapshots,
  describeWarehouse,
} from './describe/copy.ts';
import {
  describeCluster,
  describeGlobalTable,
  describeInstance,
  describeTable,
} from './describe/database.ts';
import type { Describe } from './describe/description.ts';
import type { Encrypted } from './describe/encryption.ts';
import {
  describeDelivery,
  describeDistribution,
  describeFunction,
  describeKey,
  describeQueue,
  describeSecret,
  describeStackSet,
  describeTopic,
  describeTrail,
  describeVault,
} from './describe/other.ts';

/** What is known of a type before its properties are looked at. */
export interface TypeEntry {
  readonly kind: AssetKind;
  /** Property that names it. */
  readonly name?: string;
  readonly encrypted?: Encrypted;
  readonly describe?: Describe;
  /** Property of the days that what is in it is kept. */
  readonly days?: string;
}

const always = (key?: string): Encrypted => (key === undefined ? {} : { key });

/** By the type without `AWS::`. Types that are not here are of kind `other`. */
export const types: { readonly [type: string]: TypeEntry } = {
  'S3::Bucket': { kind: 'object_store', name: 'BucketName', describe: describeBucket },
  'S3Express::DirectoryBucket': { kind: 'object_store', name: 'BucketName', encrypted: always() },
  'S3Tables::TableBucket': { kind: 'object_store', name: 'TableBucketName', encrypted: always() },
  'S3::AccessPoint': { kind: 'endpoint', name: 'Name' },
  'S3::MultiRegionAccessPoint': { kind: 'endpoint', name: 'Name' },
  'RDS::DBInstance': { kind: 'database', name: 'DBInstanceIdentifier', describe: describeInstance },
  'RDS::DBCluster': { kind: 'database', name: 'DBClusterIdentifier', describe: describeCluster },
  'RDS::GlobalCluster': { kind: 'other', name: 'GlobalClusterIdentifier' },
  'RDS::DBProxy': { kind: 'endpoint', name: 'DBProxyName' },
  'DocDB::DBCluster': { kind: 'database', name: 'DBClusterIdentifier', describe: describeCluster },
  'DocDB::DBInstance': { kind: 'other', name: 'DBInstanceIdentifier' },
  'Neptune::DBCluster': { kind: 'database', name: 'DBClusterIdentifier', describe: describeCluster },
  'Neptune::DBInstance': { kind: 'other', name: 'DBInstanceIdentifier' },
  'DSQL::Cluster': {
    kind: 'database',
    encrypted: always('KmsEncryptionKey'),
    describe: describeDistributed,
  },
  'DynamoDB::Table': { kind: 'database', name: 'TableName', describe: describeTable },
  'DynamoDB::GlobalTable': { kind: 'database', name: 'TableName', describe: describeGlobalTable },
  'Serverless::SimpleTable': { kind: 'database', name: 'TableName', describe: describeTable },
  'Cassandra::Table': {
    kind: 'database',
    name: 'TableName',
    encrypted: always('EncryptionSpecification.KmsKeyIdentifier'),
  },
  'Timestream::Database': { kind: 'database', name: 'DatabaseName', encrypted: always('KmsKeyId') },
  'QLDB::Ledger': { kind: 'database', name: 'Name', encrypted: always('KmsKey') },
  'MemoryDB::Cluster': { kind: 'database', name: 'ClusterName', encrypted: always('KmsKeyId') },
  'Redshift::Cluster': {
    kind: 'database',
    name: 'ClusterIdentifier',
    encrypted: { flag: 'Encrypted', unset: 'account', key: 'KmsKeyId' },
    describe: describeWarehouse,
  },
  'RedshiftServerless::Namespace': { kind: 'database', name: 'NamespaceName', encrypted: always('KmsKeyId') },
  'EFS::FileSystem': {
    kind: 'file_share',
    encrypted: { flag: 'Encrypted', key: 'KmsKeyId' },
    describe: describeFileSystem,
  },
  'FSx::FileSystem': { kind: 'file_share', encrypted: always('KmsKeyId') },
  'EC2::Volume': {
    kind: 'block_volume',
    encrypted: { flag: 'Encrypted', unset: 'account', key: 'KmsKeyId' },
    describe: describeSnapshots,
  },
  'Lightsail::Bucket': { kind: 'object_store', name: 'BucketName', encrypted: always() },
  'Lightsail::Database': { kind: 'database', name: 'RelationalDatabaseName', encrypted: always() },
  'Lightsail::Disk': { kind: 'block_volume', name: 'DiskName', encrypted: always() },
  'DocDBElastic::Cluster': { kind: 'database', name: 'ClusterName', encrypted: always('KmsKeyId') },
  'NeptuneGraph::Graph': { kind: 'database', name: 'GraphName', encrypted: always('KmsKeyIdentifier') },
  'Timestream::InfluxDBInstance': { kind: 'database', name: 'Name', encrypted: always() },
  'S3Vectors::VectorBucket': { kind: 'object_store', name: 'VectorBucketName', encrypted: always() },
  'Events::EventBus': { kind: 'stream', name: 'Name', encrypted: always('KmsKeyIdentifier') },
  'Events::Archive': { kind: 'stream', name: 'ArchiveName', encrypted: always('KmsKeyIdentifier') },
  'ECR::Repository': {
    kind: 'container_service',
    name: 'RepositoryName',
    encrypted: always('EncryptionConfiguration.KmsKey'),
  },
  'Backup::BackupVault': { kind: 'backup_vault', name: 'BackupVaultName', describe: describeVault },
  'Backup::LogicallyAirGappedBackupVault': {
    kind: 'backup_vault',
    name: 'BackupVaultName',
    describe: describeVault,
  },
  'SQS::Queue': { kind: 'queue', name: 'QueueName', describe: describeQueue },
  'SNS::Topic': { kind: 'queue', name: 'TopicName', describe: describeTopic },
  'AmazonMQ::Broker': { kind: 'queue', name: 'BrokerName', encrypted: always('EncryptionOptions.KmsKeyId') },
  'Kinesis::Stream': {
    kind: 'stream',
    name: 'Name',
    encrypted: { byKey: true, key: 'StreamEncryption.KeyId' },
  },
  'KinesisFirehose::DeliveryStream': {
    kind: 'stream',
    name: 'DeliveryStreamName',
    describe: describeDelivery,
  },
  'MSK::Cluster': {
    kind: 'stream',
    name: 'ClusterName',
    encrypted: always('EncryptionInfo.EncryptionAtRest.DataVolumeKMSKeyId'),
  },
  'MSK::ServerlessCluster': { kind: 'stream', name: 'ClusterName', encrypted: always() },
  'OpenSearchService::Domain': {
    kind: 'search_index',
    name: 'DomainName',
    encrypted: { flag: 'EncryptionAtRestOptions.Enabled', key: 'EncryptionAtRestOptions.KmsKeyId' },
  },
  'Elasticsearch::Domain': {
    kind: 'search_index',
    name: 'DomainName',
    encrypted: { flag: 'EncryptionAtRestOptions.Enabled', key: 'EncryptionAtRestOptions.KmsKeyId' },
  },
  'OpenSearchServerless::Collection': { kind: 'search_index', name: 'Name', encrypted: always() },
  'Kendra::Index': {
    kind: 'search_index',
    name: 'Name',
    encrypted: always('ServerSideEncryptionConfiguration.KmsKeyId'),
  },
  'ElastiCache::ReplicationGroup': {
    kind: 'cache',
    name: 'ReplicationGroupId',
    encrypted: { flag: 'AtRestEncryptionEnabled', key: 'KmsKeyId' },
    describe: describeReplicationGroup,
  },
  'ElastiCache::CacheCluster': { kind: 'cache', name: 'ClusterName' },
  'ElastiCache::ServerlessCache': {
    kind: 'cache',
    name: 'ServerlessCacheName',
    encrypted: always('KmsKeyId'),
  },
  'Logs::LogGroup': {
    kind: 'log_store',
    name: 'LogGroupName',
    encrypted: always('KmsKeyId'),
    days: 'RetentionInDays',
  },
  'CloudTrail::Trail': { kind: 'monitoring', name: 'TrailName', describe: describeTrail },
  'CloudTrail::EventDataStore': {
    kind: 'log_store',
    name: 'Name',
    encrypted: always('KmsKeyId'),
    days: 'RetentionPeriod',
  },
  'EC2::Instance': { kind: 'server', describe: describeSnapshots },
  'EC2::LaunchTemplate': { kind: 'other' },
  'AutoScaling::AutoScalingGroup': { kind: 'server' },
  'Lightsail::Instance': { kind: 'server', name: 'InstanceName' },
  'EKS::Cluster': { kind: 'cluster', name: 'Name' },
  'ECS::Cluster': { kind: 'cluster', name: 'ClusterName' },
  'EMR::Cluster': { kind: 'analytics', name: 'Name' },
  'ECS::Service': { kind: 'container_service', name: 'ServiceName' },
  'AppRunner::Service': { kind: 'container_service', name: 'ServiceName' },
  'Batch::ComputeEnvironment': { kind: 'container_service' },
  'Lambda::Function': { kind: 'function', name: 'FunctionName', describe: describeFunction },
  'Serverless::Function': { kind: 'function', name: 'FunctionName', describe: describeFunction },
  'StepFunctions::StateMachine': { kind: 'function', name: 'StateMachineName' },
  'Serverless::StateMachine': { kind: 'function', name: 'Name' },
  'Athena::WorkGroup': { kind: 'analytics', name: 'Name' },
  'Glue::Database': { kind: 'analytics' },
  'Glue::Job': { kind: 'analytics', name: 'Name' },
  'QuickSight::DataSet': { kind: 'analytics', name: 'Name' },
  'SageMaker::NotebookInstance': { kind: 'ai_service', name: 'NotebookInstanceName' },
  'SageMaker::Endpoint': { kind: 'ai_service', name: 'EndpointName' },
  'SageMaker::Domain': { kind: 'ai_service', name: 'DomainName' },
  'Bedrock::Agent': { kind: 'ai_service', name: 'AgentName' },
  'Bedrock::KnowledgeBase': { kind: 'ai_service', name: 'Name' },
  'SES::EmailIdentity': { kind: 'email', name: 'EmailIdentity' },
  'Pinpoint::App': { kind: 'email', name: 'Name' },
  'Cognito::UserPool': { kind: 'identity_directory', name: 'UserPoolName', encrypted: always() },
  'DirectoryService::MicrosoftAD': { kind: 'identity_directory', name: 'Name' },
  'CloudFront::Distribution': { kind: 'cdn', describe: describeDistribution },
  'GlobalAccelerator::Accelerator': { kind: 'load_balancer', name: 'Name' },
  'Route53::HostedZone': { kind: 'dns', name: 'Name' },
  'ElasticLoadBalancingV2::LoadBalancer': { kind: 'load_balancer', name: 'Name' },
  'ElasticLoadBalancing::LoadBalancer': { kind: 'load_balancer', name: 'LoadBalancerName' },
  'ApiGateway::RestApi': { kind: 'endpoint', name: 'Name' },
  'ApiGatewayV2::Api': { kind: 'endpoint', name: 'Name' },
  'Serverless::Api': { kind: 'endpoint', name: 'Name' },
  'Serverless::HttpApi': { kind: 'endpoint', name: 'Name' },
  'AppSync::GraphQLApi': { kind: 'endpoint', name: 'Name' },
  'KMS::Key': { kind: 'key', describe: describeKey },
  'KMS::ReplicaKey': { kind: 'key', describe: describeKey },
  'SecretsManager::Secret': { kind: 'other', name: 'Name', describe: describeSecret },
  'CloudFormation::StackSet': { kind: 'other', name: 'StackSetName', describe: describeStackSet },
  'Organizations::Account': { kind: 'account', name: 'AccountName' },
};

export function typeEntry(type: string): TypeEntry {
  const name = type.replace(/^AWS::/, '');
  return (
    (type.startsWith('AWS::') && Object.hasOwn(types, name) ? types[name] : undefined) ?? { kind: 'other' }
  );
}

const EDGE = /^AWS::(CloudFront|GlobalAccelerator|Route53)::/;
const GLOBAL =
  /^AWS::(IAM|Organizations|Budgets|CE|RolesAnywhere|NetworkManager|Shield|WAF|Route53RecoveryControl|Route53RecoveryReadiness)::/;

/** The catalog's code for what is in no region of its own; null for the rest. */
export function globalCode(type: string): string | null {
  return EDGE.test(type) ? 'edge' : GLOBAL.test(type) ? 'aws-global' : null;
}
