import type {
  GetBucketAccelerateConfigurationCommandOutput,
  GetBucketMetadataConfigurationCommandOutput,
  GetObjectLockConfigurationCommandOutput,
  InventoryConfiguration,
  NotificationConfiguration,
} from '@aws-sdk/client-s3';
import type { AssetKind } from '../../inventory/observation.ts';
import type { Bucket } from './bucket.ts';
import { getAcceleration, getMetadata, getNotification, getObjectLock, listInventories } from './calls.ts';
import { nameOf, relate } from './copies.ts';
import type { Destination, End, Said, Unreadable } from './reader.ts';
import { EMPTY, readOne } from './reader.ts';

export const inventoryReader = readOne(['relations.inventory'], listInventories, readInventories);
export const metadataReader = {
  ...readOne(['relations.inventory'], getMetadata, readMetadata),
  only: 'aws' as const,
};
export const notificationReader = readOne(['relations.notification'], getNotification, readNotification);
export const accelerationReader = {
  ...readOne(['relations.access_point'], getAcceleration, readAcceleration),
  only: 'aws' as const,
};
export const objectLockReader = readOne(['object_lock'], getObjectLock, readObjectLock);

/** Lists of the objects, delivered to buckets that may be of other regions and accounts. */
export function readInventories(
  response: { readonly InventoryConfigurationList: readonly InventoryConfiguration[] } | null,
  bucket: Bucket,
): Said {
  const enabled = (response?.InventoryConfigurationList ?? []).filter(({ IsEnabled }) => IsEnabled);
  const destinations = enabled.flatMap(({ Destination }): Destination[] => {
    const to = Destination?.S3BucketDestination;
    return to?.Bucket === undefined ? [] : [{ name: nameOf(to.Bucket), account: to.AccountId ?? null }];
  });
  return relate('inventory', 'relations.inventory', listInventories.operation, destinations, bucket);
}

/** Tables of metadata that the service keeps up to date, in a table bucket of the bucket's account and region. */
export function readMetadata(
  response: GetBucketMetadataConfigurationCommandOutput | null,
  bucket: Bucket,
): Said | Unreadable {
  if (response === null) return { facts: {} };
  const arn =
    response.GetBucketMetadataConfigurationResult?.MetadataConfigurationResult?.DestinationResult
      ?.TableBucketArn;
  if (arn === undefined) return EMPTY;
  return deliver('inventory', getMetadata.operation, [endOf(arn, 'object_store', bucket)]);
}

/** Events name objects and who touched them; they go to topics, queues and functions, or to the bus of the region. */
export function readNotification(response: NotificationConfiguration | null, bucket: Bucket): Said {
  const {
    TopicConfigurations = [],
    QueueConfigurations = [],
    LambdaFunctionConfigurations = [],
    EventBridgeConfiguration: bus,
  } = response ?? {};
  const ends = [
    ...TopicConfigurations.flatMap(({ TopicArn }) => (TopicArn ? [endOf(TopicArn, 'queue', bucket)] : [])),
    ...QueueConfigurations.flatMap(({ QueueArn }) => (QueueArn ? [endOf(QueueArn, 'queue', bucket)] : [])),
    ...LambdaFunctionConfigurations.flatMap(({ LambdaFunctionArn: arn }) =>
      arn ? [endOf(arn, 'function', bucket)] : [],
    ),
    ...(bus === undefined ? [] : [busOf(bucket)]),
  ];
  return deliver('notification', getNotification.operation, ends);
}

/** The bus of the bucket's own account and region: what its rules send on, and where, is for them to say. */
function busOf(bucket: Bucket): End {
  const { id, account, region = null } = bucket;
  const partition = id.split(':')[1] ?? '';
  const arn = `arn:${partition}:events:${region ?? ''}:${account ?? ''}:event-bus/default`;
  return { ...endOf(arn, 'other', bucket), region };
}

/** Accelerated, objects travel through the provider's edge in many countries. */
export function readAcceleration(
  response: GetBucketAccelerateConfigurationCommandOutput | null,
  bucket: Bucket,
): Said {
  if (response?.Status !== 'Enabled') return { facts: { 'relations.access_point': { state: 'absent' } } };
  const end: End = {
    id: `${bucket.id}:accelerate`,
    name: `${bucket.name} (accelerate)`,
    kind: 'endpoint',
    account: bucket.account,
    region: 'edge',
  };
  return deliver('access_point', getAcceleration.operation, [end]);
}

/** The default of the bucket: for how long, or whether at all, nobody can delete. */
export function readObjectLock(response: GetObjectLockConfigurationCommandOutput | null): Said | Unreadable {
  if (response === null) return { facts: { object_lock: { state: 'absent' } } };
  const lock = response.ObjectLockConfiguration;
  if (lock === undefined) return EMPTY;
  const { Mode, Days, Years } = lock.Rule?.DefaultRetention ?? {};
  const period = Days === undefined ? (Years === undefined ? null : `P${Years}Y`) : `P${Days}D`;
  return { facts: { object_lock: { state: 'known', value: { mode: Mode?.toLowerCase() ?? null, period } } } };
}

function deliver(
  kind: 'inventory' | 'notification' | 'access_point',
  operation: string,
  ends: readonly End[],
): Said {
  const ids = [...new Set(ends.map(({ id }) => id))].toSorted();
  return {
    facts: { [`relations.${kind}`]: ids.length === 0 ? { state: 'absent' } : { state: 'known', value: ids } },
    relations: ids.map((to) => ({ kind, to, operation })),
    ends,
  };
}

function endOf(id: string, kind: AssetKind, { account }: Bucket): End {
  const [, , , region, owner, ...resource] = id.split(':');
  const name =
    resource
      .join(':')
      .split('/')
      .at(-1)
      ?.replace(/^function:/, '') ?? id;
  return { id, name, kind, account: owner || account, region: region || null };
}
