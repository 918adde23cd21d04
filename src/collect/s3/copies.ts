import type { GetBucketLoggingCommandOutput, GetBucketReplicationCommandOutput } from '@aws-sdk/client-s3';
import type { Fact, Json } from '../../inventory/fact.ts';
import type { RelationKind } from '../../inventory/observation.ts';
import type { Bucket } from './bucket.ts';
import { getLogging, getReplication } from './calls.ts';
import type { Destination, Said, Unreadable } from './reader.ts';
import { EMPTY, readOne } from './reader.ts';

export const replicationReader = readOne(
  ['relations.replica', 'replica_keys'],
  getReplication,
  readReplication,
);
export const loggingReader = readOne(['access_log', 'relations.log'], getLogging, readLogging);

/** Every destination of every enabled rule: a rule for a prefix copies pupils' data as well as one for the whole. */
export function readReplication(
  response: GetBucketReplicationCommandOutput | null,
  bucket: Bucket,
): Said | Unreadable {
  if (response === null)
    return { facts: { 'relations.replica': { state: 'absent' }, replica_keys: { state: 'absent' } } };
  const rules = response.ReplicationConfiguration?.Rules ?? [];
  // Ceph answers 200 and an empty role where it implements no replication by bucket.
  if (rules.length === 0) return EMPTY;
  const enabled = rules.flatMap(({ Status, Destination }) =>
    Status === 'Enabled' && Destination ? [Destination] : [],
  );
  const destinations = enabled.flatMap(({ Bucket, Account }): Destination[] =>
    Bucket === undefined ? [] : [{ name: nameOf(Bucket), account: Account ?? null }],
  );
  const keys = enabled.flatMap(
    ({ EncryptionConfiguration }) => EncryptionConfiguration?.ReplicaKmsKeyID ?? [],
  );
  const { facts, ...rest } = relate(
    'replica',
    'relations.replica',
    getReplication.operation,
    destinations,
    bucket,
  );
  return { facts: { ...facts, replica_keys: listFact(keys) }, ...rest };
}

export function readLogging(
  response: GetBucketLoggingCommandOutput | null,
  bucket: Bucket,
): Said | Unreadable {
  const target = response?.LoggingEnabled?.TargetBucket;
  if (target === undefined) {
    if (bucket.dialect === 'compatible') return EMPTY;
    return { facts: { access_log: { state: 'known', value: false }, 'relations.log': { state: 'absent' } } };
  }
  // AWS delivers access logs within the account only.
  const destination = { name: target, account: bucket.account };
  const { facts, ...rest } = relate('log', 'relations.log', getLogging.operation, [destination], bucket);
  return { facts: { access_log: { state: 'known', value: true }, ...facts }, ...rest };
}

export function relate(
  kind: RelationKind,
  fact: string,
  operation: string,
  destinations: readonly Destination[],
  bucket: Bucket,
): Said {
  const ids = [...new Set(destinations.map(({ name }) => bucket.idOf(name)))].toSorted();
  return {
    facts: { [fact]: listFact(ids) },
    relations: ids.map((to) => ({ kind, to, operation })),
    destinations,
  };
}

function listFact(items: readonly string[]): Fact {
  const value: Json = [...new Set(items)].toSorted();
  return items.length === 0 ? { state: 'absent' } : { state: 'known', value };
}

/** Replication names buckets by ARN on AWS, and some others by their bare name. */
export function nameOf(bucket: string): string {
  return bucket.startsWith('arn:') ? bucket.split(':').slice(5).join(':') : bucket;
}
