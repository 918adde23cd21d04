import { CreateAliasCommand, CreateKeyCommand, KMSClient, ReplicateKeyCommand } from '@aws-sdk/client-kms';
import {
  PutBucketAclCommand,
  PutBucketEncryptionCommand,
  PutBucketInventoryConfigurationCommand,
  PutBucketLoggingCommand,
  PutBucketNotificationConfigurationCommand,
  PutBucketReplicationCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import {
  CreateAccessPointCommand,
  CreateMultiRegionAccessPointCommand,
  S3ControlClient,
} from '@aws-sdk/client-s3-control';
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { Built } from './account.ts';
import { dublin, paris, results, virginia } from './account.ts';

/** Buckets: the store of results in Dublin, its replicas in Paris and Virginia, its logs, lists and doors; many of schools. */
export async function buildStores(prod: Built, lab: Built): Promise<void> {
  await prod.bucket('reperes-prod', dublin, results);
  await prod.bucket('reperes-paris', paris);
  await prod.bucket('reperes-dr', virginia);
  await prod.bucket('reperes-logs', dublin);
  await prod.bucket('cdn-logs', virginia);
  await lab.bucket('lab-lists', dublin);
  await lab.bucket('lab-trail', virginia);
  for (let school = 1; school <= 60; school += 1) {
    // Most say what they hold; some say nothing, and some are elsewhere.
    const tags = school % 6 === 0 ? {} : school % 3 === 0 ? results : { app: 'ent' };
    await prod.bucket(
      `school-${String(school).padStart(3, '0')}`,
      school % 20 === 0 ? virginia : paris,
      tags,
    );
  }
  for (let study = 1; study <= 15; study += 1)
    await lab.bucket(`study-${study}`, study % 5 === 0 ? virginia : paris);
  const s3 = prod.client(S3Client, dublin);
  const Bucket = 'reperes-prod';
  const rule = (ID: string, to: string) => ({
    ID,
    Status: 'Enabled' as const,
    Priority: 1,
    Prefix: '',
    Destination: { Bucket: `arn:aws:s3:::${to}` },
  });
  await s3.send(
    new PutBucketReplicationCommand({
      Bucket,
      ReplicationConfiguration: {
        Role: `arn:aws:iam::${prod.account}:role/r`,
        Rules: [rule('near', 'reperes-paris'), rule('far', 'reperes-dr')],
      },
    }),
  );
  const delivery = 'uri="http://acs.amazonaws.com/groups/s3/LogDelivery"';
  await s3.send(
    new PutBucketAclCommand({ Bucket: 'reperes-logs', GrantWrite: delivery, GrantReadACP: delivery }),
  );
  await s3.send(
    new PutBucketLoggingCommand({
      Bucket,
      BucketLoggingStatus: { LoggingEnabled: { TargetBucket: 'reperes-logs', TargetPrefix: 'x/' } },
    }),
  );
  await s3.send(
    new PutBucketInventoryConfigurationCommand({
      Bucket,
      Id: 'all',
      InventoryConfiguration: {
        Id: 'all',
        IsEnabled: true,
        IncludedObjectVersions: 'All',
        Schedule: { Frequency: 'Daily' },
        Destination: {
          S3BucketDestination: { Bucket: 'arn:aws:s3:::lab-lists', Format: 'CSV', AccountId: lab.account },
        },
      },
    }),
  );
  await prod.client(SQSClient, dublin).send(new CreateQueueCommand({ QueueName: 'arrivals' }));
  await s3.send(
    new PutBucketNotificationConfigurationCommand({
      Bucket,
      NotificationConfiguration: {
        QueueConfigurations: [
          { QueueArn: `arn:aws:sqs:${dublin}:${prod.account}:arrivals`, Events: ['s3:ObjectCreated:*'] },
        ],
      },
      SkipDestinationValidation: true,
    }),
  );
  await encrypt(prod, s3);
  await openDoors(prod);
}

async function encrypt(prod: Built, s3: S3Client): Promise<void> {
  const kms = prod.client(KMSClient, dublin);
  const { KeyMetadata } = await kms.send(new CreateKeyCommand({ MultiRegion: true }));
  const KeyId = KeyMetadata?.KeyId ?? '';
  await kms.send(new CreateAliasCommand({ AliasName: 'alias/results', TargetKeyId: KeyId }));
  await kms.send(new ReplicateKeyCommand({ KeyId, ReplicaRegion: virginia }));
  await s3.send(
    new PutBucketEncryptionCommand({
      Bucket: 'reperes-prod',
      ServerSideEncryptionConfiguration: {
        Rules: [
          {
            ApplyServerSideEncryptionByDefault: {
              SSEAlgorithm: 'aws:kms',
              KMSMasterKeyID: KeyMetadata?.Arn ?? '',
            },
          },
        ],
      },
    }),
  );
}

async function openDoors(prod: Built): Promise<void> {
  const control = (region: string): S3ControlClient => {
    const client = prod.client(S3ControlClient, region);
    const url = client.config.endpoint;
    // The emulator does not answer to `ACCOUNT.HOST`.
    client.config.endpointProvider = (params) => ({ url: new URL(params.Endpoint ?? String(url)) });
    return client;
  };
  await control(dublin).send(
    new CreateAccessPointCommand({ AccountId: prod.account, Name: 'analysts', Bucket: 'reperes-prod' }),
  );
  await control('us-west-2').send(
    new CreateMultiRegionAccessPointCommand({
      AccountId: prod.account,
      ClientToken: 'one',
      Details: { Name: 'everywhere', Regions: [{ Bucket: 'reperes-prod' }, { Bucket: 'reperes-dr' }] },
    }),
  );
}
