import type { Observation } from '../../../../inventory/observation.ts';
import { observe } from '../../../call.ts';
import { headBucket } from '../../../s3/calls.ts';
import { placeByHead } from '../../../s3/place.ts';
import { bucketOfArn } from '../arn.ts';
import { s3Client } from '../s3.ts';
import type { AwsService, ServiceContext, ServiceSession } from '../service.ts';

/**
 * The service, with a place for each bucket that its configurations name: the header of `HeadBucket` tells it to anyone.
 * Whose such a bucket is it does not tell; those of the accounts that are read are listed there.
 */
export function placingBuckets(service: AwsService): AwsService {
  return {
    ...service,
    calls: [...service.calls, { ...headBucket, isFree: true }],
    read: async function* (session, context) {
      const names = new Set<string>();
      for await (const observation of service.read(session, context)) {
        for (const name of bucketsOf(observation)) names.add(name);
        yield observation;
      }
      yield* placeBuckets(session, context, names);
    },
  };
}

function bucketsOf({ subject, asset, facts = {}, relations = [] }: Observation): readonly string[] {
  const isUnplaced = asset?.external === true && facts['place.region'] === undefined;
  const ids = [...(isUnplaced ? [subject] : []), ...relations.map(({ to }) => to)];
  return ids.flatMap((id) => bucketOfArn(id) ?? []);
}

async function* placeBuckets(
  session: ServiceSession,
  context: ServiceContext,
  names: ReadonlySet<string>,
): AsyncGenerator<Observation> {
  for (const name of [...names].toSorted()) {
    const { readings } = await placeByHead(context.ask, s3Client(session, session.region), name, 'aws');
    const asset = {
      kind: 'object_store',
      name,
      provider: session.partition,
      account: null,
      external: true,
    } as const;
    const scene = session.scene(`arn:${session.partition}:s3:::${name}`);
    for (const { by, facts } of readings) yield observe(scene, by, { asset, facts });
  }
}
