import type { AdvancedEventSelector, EventSelector, Trail } from '@aws-sdk/client-cloudtrail';
import {
  CloudTrailClient,
  DescribeTrailsCommand,
  GetEventSelectorsCommand,
  ListTagsCommand,
} from '@aws-sdk/client-cloudtrail';
import type { Observation } from '../../../../inventory/observation.ts';
import { observe } from '../../../call.ts';
import { action } from '../action.ts';
import { bucketOfArn } from '../arn.ts';
import { encryptionFacts, known, tagsFact } from '../fact.ts';
import type { End, Shown } from '../item.ts';
import { askItem, listItems, observeEnd, observeShown } from '../item.ts';
import type { AwsService, ServiceContext, ServiceSession } from '../service.ts';
import { placingBuckets } from '../storage/place-bucket.ts';

const describeTrails = action('cloudtrail:DescribeTrails');
const listTags = action('cloudtrail:ListTags', { facts: ['tags'] });
const getSelectors = action('cloudtrail:GetEventSelectors', { facts: ['access_log', 'relations.log'] });

/** Trails, where they deliver, and the buckets whose objects' readings they record. */
export const cloudtrailService: AwsService = placingBuckets({
  name: 'cloudtrail',
  scope: 'region',
  calls: [describeTrails, listTags, getSelectors],
  read: readTrails,
});

async function* readTrails(session: ServiceSession, context: ServiceContext): AsyncGenerator<Observation> {
  const client = session.client(CloudTrailClient);
  yield* listItems(session, context, {
    call: describeTrails,
    // Shadows of trails of other regions would make one trail many.
    send: (_, abortSignal) =>
      client.send(new DescribeTrailsCommand({ includeShadowTrails: false }), { abortSignal }),
    items: ({ trailList }) => trailList,
    each: async (trail, answer) => {
      const shown = showTrail(trail, session);
      const { id } = shown.item;
      return [
        ...observeShown(session, context, answer, shown),
        ...(await askItem(
          session,
          context,
          id,
          listTags,
          (abortSignal) => client.send(new ListTagsCommand({ ResourceIdList: [id] }), { abortSignal }),
          (response) => ({ facts: { tags: tagsFact(response?.ResourceTagList?.[0]?.TagsList) } }),
        )),
        ...(await readSelectors(session, context, client, id)),
      ];
    },
  });
}

export function showTrail(trail: Trail, session: ServiceSession): Shown {
  const name = trail.Name ?? '';
  const region = trail.HomeRegion ?? session.region;
  const id = trail.TrailARN ?? session.arn('cloudtrail', region, `trail/${name}`);
  const { facts, relations } = encryptionFacts(session, { key: trail.KmsKeyId, keyless: 'provider' });
  const group = trail.CloudWatchLogsLogGroupArn?.replace(/:\*$/, '');
  const ends: End[] = [
    ...(trail.S3BucketName
      ? [
          {
            id: `arn:${session.partition}:s3:::${trail.S3BucketName}`,
            kind: 'object_store' as const,
            name: trail.S3BucketName,
          },
        ]
      : []),
    ...(group ? [{ id: group, kind: 'log_store' as const }] : []),
  ];
  return {
    item: {
      id,
      kind: 'monitoring',
      name,
      region,
      facts,
      relations: [...relations, ...ends.map((end) => ({ kind: 'log' as const, to: end.id }))],
    },
    ends,
  };
}

async function readSelectors(
  session: ServiceSession,
  context: ServiceContext,
  client: CloudTrailClient,
  trail: string,
): Promise<readonly Observation[]> {
  if (!context.needs(getSelectors)) return [];
  const answer = await context.ask(getSelectors, (abortSignal) =>
    client.send(new GetEventSelectorsCommand({ TrailName: trail }), { abortSignal }),
  );
  const seen = [observe(session.scene(trail), answer, {})];
  if (answer.state !== 'ok') return seen;
  const { EventSelectors = [], AdvancedEventSelectors = [] } = answer.response;
  for (const name of recorded(EventSelectors, AdvancedEventSelectors)) {
    const bucket: End = {
      id: `arn:${session.partition}:s3:::${name}`,
      kind: 'object_store',
      name,
      relations: [{ kind: 'log', to: trail }],
    };
    const end = observeEnd(session, answer, bucket);
    seen.push({
      ...end,
      facts: { ...end.facts, ...(context.wants('access_log') ? { access_log: known(true) } : {}) },
    });
  }
  return seen;
}

/** Buckets whose readings are recorded by name. A trail of all buckets names none: which those are is not said here. */
export function recorded(
  plain: readonly EventSelector[],
  advanced: readonly AdvancedEventSelector[],
): readonly string[] {
  const byPlain = plain
    .filter(({ ReadWriteType }) => ReadWriteType !== 'WriteOnly')
    .flatMap(({ DataResources = [] }) => DataResources)
    .flatMap(({ Type, Values = [] }) => (Type === 'AWS::S3::Object' ? Values : []));
  const byAdvanced = advanced.flatMap(({ FieldSelectors = [] }) => {
    const field = (name: string) => FieldSelectors.find(({ Field }) => Field === name);
    const isWriteOnly = field('readOnly')?.Equals?.includes('false') === true;
    if (isWriteOnly || !field('resources.type')?.Equals?.includes('AWS::S3::Object')) return [];
    const arn = field('resources.ARN');
    return [...(arn?.StartsWith ?? []), ...(arn?.Equals ?? [])];
  });
  const names = [...byPlain, ...byAdvanced]
    .map((arn) => bucketOfArn(arn))
    .filter((name) => name !== null && name !== '');
  return [...new Set(names.filter((name) => name !== null))].toSorted();
}
