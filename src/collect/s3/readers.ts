import type { GetBucketTaggingCommandOutput } from '@aws-sdk/client-s3';
import { isWanted } from '../collector.ts';
import type { Dialect } from './bucket.ts';
import { getTagging } from './calls.ts';
import { loggingReader, replicationReader } from './copies.ts';
import {
  accelerationReader,
  inventoryReader,
  metadataReader,
  notificationReader,
  objectLockReader,
} from './delivery.ts';
import { encryptionReader } from './encryption.ts';
import { exposureReader } from './exposure.ts';
import { policyReader } from './policy.ts';
import type { Reader, Said, Unreadable } from './reader.ts';
import { EMPTY, readOne } from './reader.ts';
import { retentionReader, versioningReader } from './retention.ts';

const tagsReader = readOne(['tags'], getTagging, readTags);

function readTags(response: GetBucketTaggingCommandOutput | null): Said | Unreadable {
  if (response === null) return { facts: { tags: { state: 'absent' } } };
  if (response.TagSet === undefined) return EMPTY;
  const tags = response.TagSet.flatMap(({ Key, Value }) =>
    Key === undefined ? [] : [[Key, Value ?? ''] as const],
  );
  if (tags.length === 0) return { facts: { tags: { state: 'absent' } } };
  return {
    facts: {
      tags: { state: 'known', value: Object.fromEntries(tags.toSorted(([a], [b]) => (a < b ? -1 : 1))) },
    },
  };
}

/** What can be known of a bucket, and by which calls. A new fact is a line here. */
export const readers: readonly Reader[] = [
  tagsReader,
  encryptionReader,
  policyReader,
  exposureReader,
  loggingReader,
  replicationReader,
  retentionReader,
  versioningReader,
  inventoryReader,
  metadataReader,
  notificationReader,
  accelerationReader,
  objectLockReader,
];

export function wantedReaders(wanted: ReadonlySet<string>, dialect: Dialect = 'aws'): readonly Reader[] {
  return readers.filter(
    ({ facts, only = dialect }) => only === dialect && facts.some((fact) => isWanted(wanted, fact)),
  );
}
