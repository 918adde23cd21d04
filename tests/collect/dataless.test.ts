import { expect, test } from '@jest/globals';
import { isDataless } from '../../src/collect/code/dataless.ts';

test.each([
  'aws_iam_role',
  'aws_security_group',
  'aws_vpc',
  'aws_subnet',
  'aws_route_table',
  'aws_kms_alias',
  'azurerm_resource_group',
  'azurerm_virtual_network',
  'google_project',
  'google_storage_bucket_iam_member',
  'scaleway_vpc_private_network',
  'random_id',
  'AWS::IAM::Role',
  'AWS::EC2::SecurityGroup',
  'Microsoft.Network/virtualNetworks',
  'Microsoft.Authorization/roleAssignments',
])('%s holds no data, however it is tagged', (type) => {
  expect(isDataless(type, 'other')).toBe(true);
});

test.each([
  'aws_s3_bucket',
  'aws_db_instance',
  'aws_ebs_volume',
  'aws_instance',
  'aws_lambda_function',
  'aws_ecs_service',
  'aws_lb',
  'aws_cloudwatch_log_group',
  'aws_kms_key',
  'aws_flow_log',
  'azurerm_storage_account',
  'azurerm_linux_web_app',
  'google_storage_bucket',
  'google_compute_instance',
  'google_compute_disk',
  'ovh_cloud_project_storage',
  'aws_route53_zone',
  'aws_brand_new_store',
  'AWS::S3::Bucket',
  'AWS::EC2::Instance',
  'AWS::EC2::Volume',
  'AWS::Lambda::Function',
  'AWS::Brand::New',
  'Microsoft.Storage/storageAccounts',
  'Microsoft.Web/sites',
])('%s may, or nobody has said that it does not', (type) => {
  expect(isDataless(type, 'other')).toBe(false);
});

test.each(['key', 'object_store', 'dns'] as const)(
  'what has a kind of its own, such as %s, is left to it',
  (kind) => {
    expect(isDataless('aws_iam_role', kind)).toBe(false);
  },
);
