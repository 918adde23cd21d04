import type { PublicAccessBlockConfiguration, S3Client } from '@aws-sdk/client-s3';
import type { Fact } from '../../inventory/fact.ts';
import type { Observation, SeenAsset } from '../../inventory/observation.ts';
import { mapBounded } from '../bounded.ts';
import type { Answer, Ask } from '../call.ts';
import { isFailed, observe } from '../call.ts';
import type { CollectContext } from '../collector.ts';
import { isWanted } from '../collector.ts';
import type { Bucket, Dialect } from './bucket.ts';
import type { Owner } from './endpoint/owner.ts';
import type { Listed } from './list.ts';
import { listPages } from './list.ts';
import { placeBucket, placeByConfiguration, placeByHead } from './place.ts';
import type { Destination, End, Reading } from './reader.ts';
import { createAskBucket } from './reader.ts';
import { wantedReaders } from './readers.ts';

/** Where buckets are read: an AWS account, or an endpoint. */
export interface Store extends Owner {
  readonly source: string;
  readonly dialect: Dialect;
  readonly partition: string | null;
  /** Null where only the listing tells who owns the buckets. */
  readonly account: string | null;
  readonly isPlain?: boolean;
  readonly pageSize: number | null;
  /** The client of a region; of the configured one for null. */
  readonly clientOf: (region: string | null) => S3Client;
  readonly scopeOf: (region: string | null) => string;
  readonly idOf: (bucket: string) => string;
  readonly accountBlock: Answer<PublicAccessBlockConfiguration> | null;
}

/** Reads the store's buckets, then places those that they copy to and that are not among them. */
export async function* collectBuckets(
  store: Store,
  ask: Ask,
  context: Pick<CollectContext, 'wanted' | 'concurrency'>,
): AsyncGenerator<Observation> {
  const listed = new Set<string>();
  const destinations = new Map<string, Destination>();
  const pages: Observation[] = [];
  const scope = store.scopeOf(null);

  async function* buckets(): AsyncGenerator<Found> {
    for await (const { answer, number, owner, buckets, isLast } of listPages(
      ask,
      store.clientOf(null),
      store.pageSize,
    )) {
      const about = {
        page: number,
        buckets: buckets.length,
        last: isLast,
        ...(owner === null ? {} : { owner }),
      };
      pages.push(observe({ source: store.source, scope, subject: scope }, answer, { about }));
      for (const bucket of buckets) {
        if (listed.has(bucket.name)) continue;
        listed.add(bucket.name);
        yield { ...bucket, answer, account: store.account ?? owner };
      }
    }
  }

  for await (const { observations, sent } of mapBounded(buckets(), context.concurrency, (found) =>
    collectBucket(found, store, ask, context.wanted),
  )) {
    yield* observations;
    for (const destination of sent) {
      const before = destinations.get(destination.name);
      if (!before?.account) destinations.set(destination.name, destination);
    }
  }
  yield* pages;

  const elsewhere = [...destinations.values()].filter(({ name }) => !listed.has(name));
  for await (const observations of mapBounded(elsewhere, context.concurrency, (destination) =>
    placeDestination(destination, store, ask),
  )) {
    yield* observations;
  }
}

interface Found extends Listed {
  readonly answer: Answer<unknown>;
  readonly account: string | null;
}

async function collectBucket(
  found: Found,
  store: Store,
  ask: Ask,
  wanted: ReadonlySet<string>,
): Promise<{ observations: readonly Observation[]; sent: readonly Destination[] }> {
  const { name, answer, account } = found;
  const { dialect, partition, provider, operator } = store;
  const asset: SeenAsset = {
    kind: 'object_store',
    name,
    provider,
    account,
    ...(operator === null ? {} : { operator }),
  };
  const isListedPlace = found.region !== null && !(dialect === 'compatible' && found.region === 'default');
  const placed = isListedPlace
    ? { region: found.region, readings: [] }
    : store.configured?.fact === 'place.countries'
      ? placeByConfiguration(store.configured, answer.at)
      : await placeBucket(ask, store.clientOf(null), name, {
          dialect,
          partition,
          configured: store.configured,
        });
  const bucket: Bucket = { ...store, name, account, region: placed.region, id: store.idOf(name) };
  const askBucket = createAskBucket(ask, store.clientOf(placed.region), name);
  const read = await Promise.all(
    wantedReaders(wanted, store.dialect).map((reader) => reader.read(askBucket, bucket)),
  );
  const readings = [...placed.readings, ...read.flat()];
  const scene = { source: store.source, scope: store.scopeOf(placed.region), subject: bucket.id };
  const place: { [name: string]: Fact } =
    isListedPlace && found.region !== null ? { 'place.region': { state: 'known', value: found.region } } : {};
  return {
    observations: [
      observe(scene, answer, { asset, facts: place }),
      ...mergeReadings(readings).map((reading) =>
        observe(scene, reading.by, { ...reading, facts: onlyWanted(reading.facts, wanted) }),
      ),
      ...readings.flatMap(({ by, ends = [] }) => ends.map((end) => observeEnd(end, by, store, scene.scope))),
    ],
    sent: readings.flatMap(({ destinations = [] }) => destinations),
  };
}

function observeEnd(
  { id, name, kind, account, region }: End,
  by: Answer<unknown>,
  { source, provider }: Store,
  scope: string,
): Observation {
  const asset: SeenAsset = { kind, name, provider, account, external: true };
  return observe({ source, scope, subject: id }, by, {
    asset,
    facts: region === null ? {} : { 'place.region': { state: 'known', value: region } },
  });
}

async function placeDestination(
  { name, account }: Destination,
  store: Store,
  ask: Ask,
): Promise<readonly Observation[]> {
  const { region, readings } = await placeByHead(ask, store.clientOf(null), name, store.dialect);
  const asset: SeenAsset = { kind: 'object_store', name, provider: store.provider, account, external: true };
  const scene = { source: store.source, scope: store.scopeOf(region), subject: store.idOf(name) };
  return readings.map((reading) => observe(scene, reading.by, { asset, facts: reading.facts }));
}

/** One observation a call, though several readers may speak of the same answer. */
function mergeReadings(readings: readonly Reading[]): readonly Reading[] {
  const byOperation = new Map<string, Reading>();
  for (const reading of readings) {
    const { operation } = reading.by.call;
    const before = byOperation.get(operation);
    byOperation.set(
      operation,
      before === undefined
        ? reading
        : {
            by: isFailed(reading.by) ? reading.by : before.by,
            facts: { ...before.facts, ...reading.facts },
            relations: [...(before.relations ?? []), ...(reading.relations ?? [])],
          },
    );
  }
  return [...byOperation.values()];
}

function onlyWanted(facts: Reading['facts'], wanted: ReadonlySet<string>): Reading['facts'] {
  return Object.fromEntries(
    Object.entries(facts).filter(([fact]) => fact.startsWith('place.') || isWanted(wanted, fact)),
  );
}
