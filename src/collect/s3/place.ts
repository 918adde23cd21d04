import type { S3Client } from '@aws-sdk/client-s3';
import type { Fact } from '../../inventory/fact.ts';
import type { Answer, Ask, FailedAnswer } from '../call.ts';
import { failAnswer, isFailed, missingFact } from '../call.ts';
import { canonicalJson, sha256 } from '../canonical.ts';
import type { Dialect } from './bucket.ts';
import { getLocation, headBucket } from './calls.ts';
import type { ConfiguredPlace } from './endpoint/owner.ts';
import type { Reading } from './reader.ts';

const REGION_HEADER = 'x-amz-bucket-region';

export interface Placed {
  readonly region: string | null;
  readonly readings: readonly Reading[];
}

/** S3's oldest names: an empty location, and `EU`. Only of the partition that is old enough to have them. */
const OLD_NAMES = new Map([
  ['', 'us-east-1'],
  ['EU', 'eu-west-1'],
]);

/**
 * The region of a bucket that its listing did not place: by `HeadBucket`, whose header tells it even to those it
 * refuses, then by `GetBucketLocation`. A refusal is never read as a region.
 */
export async function placeBucket(
  ask: Ask,
  client: S3Client,
  name: string,
  {
    dialect,
    partition,
    configured,
  }: { dialect: Dialect; partition: string | null; configured: ConfiguredPlace | null },
): Promise<Placed> {
  const head = await placeByHead(ask, client, name, dialect);
  if (head.region !== null) return head;
  const located = await ask(getLocation, (signal) => getLocation.send(client, name, signal));
  const region =
    located.state === 'ok' ? locate(located.response.LocationConstraint, dialect, partition) : null;
  // The configuration fills in for an endpoint that does not say, never for one that refuses.
  const isSilent = located.state === 'ok' || located.state === 'not_collected';
  const unsaid =
    located.state === 'ok' && region === null ? failAnswer(located, 'not_collected', 'EmptyAnswer') : located;
  const isFilled = region === null && isSilent && configured !== null;
  const filled = isFilled ? placeByConfiguration(configured, located.at) : { region, readings: [] };
  return {
    region: filled.region,
    readings: [
      { by: head.raw, facts: {} },
      { by: unsaid, facts: isFilled ? {} : { 'place.region': regionFact(region, unsaid) } },
      ...filled.readings,
    ],
  };
}

/** The place as a person, or the host's name, tells it: seen in no answer of the endpoint, and said so. */
export function placeByConfiguration({ fact, value, operation }: ConfiguredPlace, at: string): Placed {
  const said = { [fact]: value };
  const by: Answer<unknown> = {
    call: { operation, permission: '' },
    at,
    state: 'ok',
    response: said,
    sha256: sha256(canonicalJson(said)),
  };
  return {
    region: typeof value === 'string' ? value : null,
    readings: [{ by, facts: { [fact]: { state: 'known', value } } }],
  };
}

/** For the other end of a copy, which may lie in another account: only the header is to be had. */
export async function placeByHead(
  ask: Ask,
  client: S3Client,
  name: string,
  dialect: Dialect,
): Promise<Placed & { readonly raw: Answer<unknown> }> {
  const head = await ask(headBucket, (signal) => headBucket.send(client, name, signal));
  const said =
    head.state === 'ok'
      ? head.response.BucketRegion
      : isFailed(head)
        ? head.headers[REGION_HEADER]
        : undefined;
  const region = known(said, dialect);
  const by = weigh(head, region);
  return { region, raw: head, readings: [{ by, facts: { 'place.region': regionFact(region, by) } }] };
}

/** A refusal or a redirect that told the region answered what was asked; an answer without it did not. */
function weigh(head: Answer<unknown>, region: string | null): Answer<unknown> {
  if (region === null) return head.state === 'ok' ? failAnswer(head, 'not_collected', 'EmptyAnswer') : head;
  return isFailed(head) ? answered(head, region) : head;
}

function answered({ call, at, code }: FailedAnswer, region: string): Answer<unknown> {
  return { call, at, state: 'none', code, sha256: sha256(canonicalJson({ [REGION_HEADER]: region })) };
}

function regionFact(region: string | null, by: Answer<unknown>): Fact {
  if (region !== null) return { state: 'known', value: region };
  return isFailed(by) ? missingFact(by) : { state: 'not_collected' };
}

function locate(constraint: string | undefined, dialect: Dialect, partition: string | null): string | null {
  if (dialect === 'aws' && partition === 'aws') {
    const old = OLD_NAMES.get(constraint ?? '');
    if (old !== undefined) return old;
  }
  return known(constraint, dialect);
}

/** Ceph calls the zone group that nobody named `default`: that is no place. */
function known(region: string | undefined, dialect: Dialect): string | null {
  if (region === undefined || region === '' || (dialect === 'compatible' && region === 'default'))
    return null;
  return region;
}
