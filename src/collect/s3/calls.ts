import type { InventoryConfiguration, ListBucketsCommandInput, S3Client } from '@aws-sdk/client-s3';
import {
  GetBucketAccelerateConfigurationCommand,
  GetBucketAclCommand,
  GetBucketEncryptionCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketLocationCommand,
  GetBucketLoggingCommand,
  GetBucketMetadataConfigurationCommand,
  GetBucketNotificationConfigurationCommand,
  GetBucketPolicyCommand,
  GetBucketPolicyStatusCommand,
  GetBucketReplicationCommand,
  GetBucketTaggingCommand,
  GetBucketVersioningCommand,
  GetObjectLockConfigurationCommand,
  GetPublicAccessBlockCommand,
  HeadBucketCommand,
  ListBucketInventoryConfigurationsCommand,
  ListBucketsCommand,
} from '@aws-sdk/client-s3';
import type { Call } from '../call.ts';
import { EndpointFault } from './endpoint/fault.ts';

/** A name that is an ARN or a path would take the request, signed, to another host or another bucket. */
const NAME = /^(?!arn:)[A-Za-z0-9_][A-Za-z0-9._:-]{0,254}$/;

/** A call about one bucket. `permission` is the IAM action, which is not always named after the call. */
export interface BucketCall<T> extends Call {
  readonly send: (client: S3Client, bucket: string, abortSignal: AbortSignal) => Promise<T>;
}

export const listBuckets = {
  operation: 's3:ListBuckets',
  permission: 's3:ListAllMyBuckets',
  send: (client: S3Client, input: ListBucketsCommandInput, abortSignal: AbortSignal) =>
    client.send(new ListBucketsCommand(input), { abortSignal }),
};

export const headBucket = call('s3:HeadBucket', 's3:ListBucket', [], (client, Bucket, abortSignal) =>
  client.send(new HeadBucketCommand({ Bucket }), { abortSignal }),
);

export const getLocation = call(
  's3:GetBucketLocation',
  's3:GetBucketLocation',
  [],
  (client, Bucket, abortSignal) => client.send(new GetBucketLocationCommand({ Bucket }), { abortSignal }),
);

export const getTagging = call(
  's3:GetBucketTagging',
  's3:GetBucketTagging',
  ['NoSuchTagSet', 'NoSuchTagSetError'],
  (client, Bucket, abortSignal) => client.send(new GetBucketTaggingCommand({ Bucket }), { abortSignal }),
);

export const getEncryption = call(
  's3:GetBucketEncryption',
  's3:GetEncryptionConfiguration',
  ['ServerSideEncryptionConfigurationNotFoundError'],
  (client, Bucket, abortSignal) => client.send(new GetBucketEncryptionCommand({ Bucket }), { abortSignal }),
);

export const getPolicy = call(
  's3:GetBucketPolicy',
  's3:GetBucketPolicy',
  ['NoSuchBucketPolicy'],
  (client, Bucket, abortSignal) => client.send(new GetBucketPolicyCommand({ Bucket }), { abortSignal }),
);

export const getPolicyStatus = call(
  's3:GetBucketPolicyStatus',
  's3:GetBucketPolicyStatus',
  ['NoSuchBucketPolicy'],
  (client, Bucket, abortSignal) => client.send(new GetBucketPolicyStatusCommand({ Bucket }), { abortSignal }),
);

export const getPublicAccessBlock = call(
  's3:GetPublicAccessBlock',
  's3:GetBucketPublicAccessBlock',
  ['NoSuchPublicAccessBlockConfiguration'],
  (client, Bucket, abortSignal) => client.send(new GetPublicAccessBlockCommand({ Bucket }), { abortSignal }),
);

export const getAcl = call('s3:GetBucketAcl', 's3:GetBucketAcl', [], (client, Bucket, abortSignal) =>
  client.send(new GetBucketAclCommand({ Bucket }), { abortSignal }),
);

export const getLogging = call(
  's3:GetBucketLogging',
  's3:GetBucketLogging',
  [],
  (client, Bucket, abortSignal) => client.send(new GetBucketLoggingCommand({ Bucket }), { abortSignal }),
);

export const getReplication = call(
  's3:GetBucketReplication',
  's3:GetReplicationConfiguration',
  ['ReplicationConfigurationNotFoundError'],
  (client, Bucket, abortSignal) => client.send(new GetBucketReplicationCommand({ Bucket }), { abortSignal }),
);

export const getLifecycle = call(
  's3:GetBucketLifecycleConfiguration',
  's3:GetLifecycleConfiguration',
  ['NoSuchLifecycleConfiguration'],
  (client, Bucket, abortSignal) =>
    client.send(new GetBucketLifecycleConfigurationCommand({ Bucket }), { abortSignal }),
);

export const getVersioning = call(
  's3:GetBucketVersioning',
  's3:GetBucketVersioning',
  [],
  (client, Bucket, abortSignal) => client.send(new GetBucketVersioningCommand({ Bucket }), { abortSignal }),
);

export const listInventories = call(
  's3:ListBucketInventoryConfigurations',
  's3:GetInventoryConfiguration',
  [],
  readInventories,
);

export const getMetadata = call(
  's3:GetBucketMetadataConfiguration',
  's3:GetBucketMetadataTableConfiguration',
  ['MetadataConfigurationNotFound'],
  (client, Bucket, abortSignal) =>
    client.send(new GetBucketMetadataConfigurationCommand({ Bucket }), { abortSignal }),
);

export const getNotification = call(
  's3:GetBucketNotificationConfiguration',
  's3:GetBucketNotification',
  [],
  (client, Bucket, abortSignal) =>
    client.send(new GetBucketNotificationConfigurationCommand({ Bucket }), { abortSignal }),
);

export const getAcceleration = call(
  's3:GetBucketAccelerateConfiguration',
  's3:GetAccelerateConfiguration',
  [],
  (client, Bucket, abortSignal) =>
    client.send(new GetBucketAccelerateConfigurationCommand({ Bucket }), { abortSignal }),
);

export const getObjectLock = call(
  's3:GetObjectLockConfiguration',
  's3:GetBucketObjectLockConfiguration',
  ['ObjectLockConfigurationNotFoundError'],
  (client, Bucket, abortSignal) =>
    client.send(new GetObjectLockConfigurationCommand({ Bucket }), { abortSignal }),
);

/** A bucket has a thousand inventories at most. */
const PAGES = 100;

/** Pages of 100: few buckets have a second one, so that all are one call here. */
async function readInventories(client: S3Client, Bucket: string, abortSignal: AbortSignal) {
  const found: InventoryConfiguration[] = [];
  const before = new Set<string>();
  let ContinuationToken: string | undefined;
  do {
    const page = await client.send(
      new ListBucketInventoryConfigurationsCommand({ Bucket, ContinuationToken }),
      { abortSignal },
    );
    found.push(...(page.InventoryConfigurationList ?? []));
    ContinuationToken = page.IsTruncated ? page.NextContinuationToken : undefined;
    if (ContinuationToken !== undefined && (before.has(ContinuationToken) || before.size === PAGES))
      throw new EndpointFault('EndlessListing');
    before.add(ContinuationToken ?? '');
  } while (ContinuationToken !== undefined);
  return { InventoryConfigurationList: found };
}

function call<T>(
  operation: string,
  permission: string,
  none: readonly string[],
  send: BucketCall<T>['send'],
): BucketCall<T> {
  return {
    operation,
    permission,
    none,
    send: (client, bucket, abortSignal) => {
      if (!NAME.test(bucket)) return Promise.reject(new EndpointFault('UnsafeName'));
      return send(client, bucket, abortSignal);
    },
  };
}
