import type {
  GetBucketLifecycleConfigurationCommandOutput,
  GetBucketVersioningCommandOutput,
  LifecycleRule,
} from '@aws-sdk/client-s3';
import type { Fact } from '../../inventory/fact.ts';
import type { Answer } from '../call.ts';
import { isFailed, missingFact } from '../call.ts';
import { getLifecycle, getVersioning } from './calls.ts';
import type { Reading } from './reader.ts';
import { readOne, readSeveral } from './reader.ts';

export const versioningReader = readOne(['versioning'], getVersioning, (response) => ({
  facts: { versioning: { state: 'known', value: response?.Status === 'Enabled' } },
}));

export const retentionReader = readSeveral(
  ['retention'],
  { lifecycle: getLifecycle, versioning: getVersioning },
  readRetention,
);

/**
 * ISO 8601 duration after which every object is gone. Absent where no enabled rule expires the whole bucket, or where
 * versions would outlive it.
 */
export function readRetention({
  lifecycle,
  versioning,
}: {
  readonly lifecycle: Answer<GetBucketLifecycleConfigurationCommandOutput>;
  readonly versioning: Answer<GetBucketVersioningCommandOutput>;
}): readonly Reading[] {
  return [
    { by: versioning, facts: {} },
    { by: lifecycle, facts: { retention: retentionFact(lifecycle, versioning) } },
  ];
}

function retentionFact(
  lifecycle: Answer<GetBucketLifecycleConfigurationCommandOutput>,
  versioning: Answer<GetBucketVersioningCommandOutput>,
): Fact {
  if (isFailed(lifecycle)) return missingFact(lifecycle);
  const rules = lifecycle.state === 'ok' ? (lifecycle.response.Rules ?? []).filter(coversAll) : [];
  const days = least(rules.map(({ Expiration }) => Expiration?.Days));
  if (days === null) return { state: 'absent' };
  if (isFailed(versioning)) return missingFact(versioning);
  const isVersioned = versioning.state === 'ok' && versioning.response.Status !== undefined;
  if (!isVersioned) return { state: 'known', value: `P${days}D` };
  const versions = least(
    rules.map(({ NoncurrentVersionExpiration: old }) =>
      old?.NewerNoncurrentVersions === undefined ? old?.NoncurrentDays : undefined,
    ),
  );
  return versions === null ? { state: 'absent' } : { state: 'known', value: `P${days + versions}D` };
}

function coversAll({ Status, Filter, Prefix }: LifecycleRule): boolean {
  if (Status !== 'Enabled' || (Prefix !== undefined && Prefix !== '')) return false;
  return Object.entries(Filter ?? {}).every(([, value]) => value === undefined || value === '');
}

function least(values: readonly (number | undefined)[]): number | null {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? null : Math.min(...known);
}
