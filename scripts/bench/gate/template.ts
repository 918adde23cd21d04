import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** As many as CloudFormation takes in a stack, and Resource Manager in a deployment. */
const STACK = 500;
const DEPLOYMENT = 800;

const classes = ['eleves-resultats', 'aucune-donnee-personnelle', 'eleves-sante', 'journaux'];

/** A folder of CloudFormation templates in YAML with short tags, each as large as a stack may be. */
export async function writeStacks(folder: string, resources: number): Promise<void> {
  await mkdir(folder, { recursive: true });
  const files: string[] = [];
  for (let from = 0; from < resources; from += STACK) {
    const file = `stack-${String(from / STACK).padStart(3, '0')}.yaml`;
    files.push(`  - cloudformation: {template: ${file}, region: eu-west-3, account: "123456789012"}`);
    const parts = Array.from({ length: Math.min(STACK, resources - from) }, (_, at) => stackPart(from + at));
    await writeFile(join(folder, file), `${STACK_HEAD}${parts.join('')}`);
  }
  await writeFile(
    join(folder, 'bercail.yaml'),
    `bercail: config/v1\npolicy: ministere\nsources:\n${files.join('\n')}\n`,
  );
}

const STACK_HEAD = `AWSTemplateFormatVersion: "2010-09-09"
Description: services of an académie
Parameters:
  Stage: {Type: String, Default: prod}
Conditions:
  IsProd: !Equals [!Ref Stage, prod]
Resources:
`;

function stackPart(index: number): string {
  const id = String(index).padStart(6, '0');
  const tags = `      Tags:\n        - {Key: data-class, Value: ${classes[index % classes.length]}}\n        - {Key: stage, Value: !Ref Stage}\n`;
  switch (index % 4) {
    case 0:
      return `  Bucket${id}:
    Type: AWS::S3::Bucket
    Properties:
      BucketName: !Sub "service-${id}-\${AWS::Region}"
      BucketEncryption:
        ServerSideEncryptionConfiguration:
          - ServerSideEncryptionByDefault: {SSEAlgorithm: "aws:kms", KMSMasterKeyID: !If [IsProd, alias/data, !Ref "AWS::NoValue"]}
      PublicAccessBlockConfiguration:
        BlockPublicAcls: true
        BlockPublicPolicy: true
        IgnorePublicAcls: true
        RestrictPublicBuckets: ${index % 3 !== 0}
${tags}`;
    case 1:
      return `  Records${id}:
    Type: AWS::RDS::DBInstance
    DeletionPolicy: Snapshot
    Properties:
      Engine: postgres
      DBInstanceClass: db.t4g.medium
      AllocatedStorage: "50"
      StorageEncrypted: ${index % 5 !== 0}
      BackupRetentionPeriod: 30
${tags}`;
    case 2:
      return `  Jobs${id}:
    Type: AWS::SQS::Queue
    Properties:
      QueueName: !Join ["-", [service, "${id}", !Ref Stage]]
      SqsManagedSseEnabled: ${index % 6 !== 0}
${tags}`;
    default:
      return `  Worker${id}:
    Type: AWS::Lambda::Function
    Properties:
      FunctionName: service-${id}
      Runtime: nodejs22.x
      Handler: index.handler
      Role: !Sub "arn:\${AWS::Partition}:iam::\${AWS::AccountId}:role/worker"
      Environment: {Variables: {STAGE: !Ref Stage}}
${tags}`;
  }
}

/** A folder of ARM templates, each as large as a deployment may be. */
export async function writeDeployments(folder: string, resources: number): Promise<void> {
  await mkdir(folder, { recursive: true });
  const sources: string[] = [];
  for (let from = 0; from < resources; from += DEPLOYMENT) {
    const file = `deployment-${String(from / DEPLOYMENT).padStart(3, '0')}.json`;
    sources.push(`  - arm: {template: ${file}, location: francecentral}`);
    const parts = Array.from({ length: Math.min(DEPLOYMENT, resources - from) }, (_, at) =>
      deploymentPart(from + at),
    );
    await writeFile(
      join(folder, file),
      `${JSON.stringify({ ...DEPLOYMENT_HEAD, resources: parts }, null, 2)}\n`,
    );
  }
  await writeFile(
    join(folder, 'bercail.yaml'),
    `bercail: config/v1\npolicy: ministere\nsources:\n${sources.join('\n')}\n`,
  );
}

const DEPLOYMENT_HEAD = {
  $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
  contentVersion: '1.0.0.0',
  parameters: { location: { type: 'string', defaultValue: '[resourceGroup().location]' } },
  variables: { prefix: 'acad' },
};

function deploymentPart(index: number): object {
  const id = String(index).padStart(6, '0');
  const tags = { 'data-class': classes[index % classes.length] };
  return index % 2 === 0
    ? {
        type: 'Microsoft.Storage/storageAccounts',
        apiVersion: '2023-05-01',
        name: `[concat(variables('prefix'), '${id}')]`,
        location: index % 10 === 0 ? 'West Europe' : "[parameters('location')]",
        kind: 'StorageV2',
        sku: { name: index % 4 === 0 ? 'Standard_GRS' : 'Standard_ZRS' },
        properties: { allowBlobPublicAccess: index % 6 === 0, supportsHttpsTrafficOnly: true },
        tags,
      }
    : {
        type: 'Microsoft.Sql/servers/databases',
        apiVersion: '2023-08-01',
        name: `[format('{0}/{1}', variables('prefix'), 'db${id}')]`,
        location: "[parameters('location')]",
        properties: { requestedBackupStorageRedundancy: index % 3 === 0 ? 'Geo' : 'Local' },
        tags,
      };
}
