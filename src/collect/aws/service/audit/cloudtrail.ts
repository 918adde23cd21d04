import type { AdvancedEventSelector, EventSelector, Trail } from '@aws-sdk/client-cloudtrail';
import {
  CloudTrailClient,
  DescribeTrailsCommand,
  GetEventSelectorsCommand,
  GetTrailStatusCommand,
  ListEventDataStoresCommand,
  ListTagsCommand,
} from '@aws-sdk/client-cloudtrail';
import type { Fact } from '../../../../inventory/fact.ts';
import type { Observation } from '../../../../inventory/observation.ts';
import type { Answer } from '../../../call.ts';
import { isFailed, missingFact, observe } from '../../../call.ts';
import { listBuckets } from '../../../s3/calls.ts';
import { listPages } from '../../../s3/list.ts';
import { action, listing } from '../action.ts';
import { bucketOfArn } from '../arn.ts';
import { encryptionFacts, known, tagsFact } from '../fact.ts';
import type { End, Shown } from '../item.ts';
import { askItem, listItems, observeEnd, observeItem, observeShown } from '../item.ts';
import { PAGE_SIZE, s3Client } from '../s3.ts';
import type { AwsService, ServiceCall, ServiceContext, ServiceSession } from '../service.ts';
import { placingBuckets } from '../storage/place-bucket.ts';

const describeTrails = action('cloudtrail:DescribeTrails');
const listTags = action('cloudtrail:ListTags', { facts: ['tags'] });
const getStatus = action('cloudtrail:GetTrailStatus', { facts: ['relations.log'] });
const listStores = listing('cloudtrail:ListEventDataStores');
const getSelectors = action('cloudtrail:GetEventSelectors', { facts: ['access_log', 'relations.log'] });

const bucketsOfAccount: ServiceCall = { ...listBuckets, facts: ['relations.log'] };

/** Trails, where they deliver, and the buckets whose objects' readings they record; stores of events. */
export const cloudtrailService: AwsService = placingBuckets({
  name: 'cloudtrail',
  scope: 'region',
  calls: [describeTrails, listTags, getStatus, getSelectors, bucketsOfAccount, listStores],
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
        ...(await readRecorded(session, context, client, trail, id)),
      ];
    },
  });
  yield* listItems(session, context, {
    call: listStores,
    send: (NextToken, abortSignal) =>
      client.send(new ListEventDataStoresCommand({ NextToken }), { abortSignal }),
    token: ({ NextToken }) => NextToken,
    items: ({ EventDataStores }) => EventDataStores,
    each: ({ EventDataStoreArn: id = '', Name: name = id }, answer) => [
      observeItem(session, context, answer, { id, kind: 'log_store', name, facts: { public: known(false) } }),
    ],
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

/** A trail that is stopped records nothing, whatever it selects. */
async function readRecorded(
  session: ServiceSession,
  context: ServiceContext,
  client: CloudTrailClient,
  { HomeRegion, IsMultiRegionTrail = false }: Trail,
  trail: string,
): Promise<readonly Observation[]> {
  if (!context.needs(getSelectors)) return [];
  const scene = session.scene(trail);
  const status = await context.ask(getStatus, (abortSignal) =>
    client.send(new GetTrailStatusCommand({ Name: trail }), { abortSignal }),
  );
  const seen = [observe(scene, status, {})];
  if (status.state === 'ok' && status.response.IsLogging === false) return seen;
  const answer = await context.ask(getSelectors, (abortSignal) =>
    client.send(new GetEventSelectorsCommand({ TrailName: trail }), { abortSignal }),
  );
  seen.push(observe(scene, answer, {}));
  if (answer.state !== 'ok') return seen;
  const { EventSelectors = [], AdvancedEventSelectors = [] } = answer.response;
  const recorded = recordedBy(EventSelectors, AdvancedEventSelectors);
  const isOn: Fact = isFailed(status) ? missingFact(status) : known(true);
  const show = (name: string, by: Answer<unknown>, isWhole: boolean): Observation => {
    const end = observeEnd(session, by, {
      id: `arn:${session.partition}:s3:::${name}`,
      kind: 'object_store',
      name,
      relations: [{ kind: 'log', to: trail }],
    });
    const facts = isWhole && context.wants('access_log') ? { access_log: isOn } : {};
    return { ...end, facts: { ...end.facts, ...facts } };
  };
  for (const name of recorded.whole) seen.push(show(name, answer, true));
  for (const name of recorded.partly) seen.push(show(name, answer, false));
  if (!recorded.all) return seen;
  // Which « all » are, the account's own list says; a trail of one region records what is in it.
  for await (const page of listPages(context.ask, s3Client(session, session.region), PAGE_SIZE)) {
    seen.push(observe(scene, page.answer, { about: { page: page.number } }));
    const within = page.buckets.filter(({ region }) => IsMultiRegionTrail || region === HomeRegion);
    for (const { name } of within) seen.push(show(name, answer, true));
  }
  return seen;
}

interface Recorded {
  /** Whether the readings of every bucket of the account are recorded. */
  readonly all: boolean;
  /** Names of buckets of which every object's are. */
  readonly whole: readonly string[];
  /** Of which some objects' are. */
  readonly partly: readonly string[];
}

/** Fields of a selector that do not narrow what is recorded of an object that is read. */
const KIND_OF_EVENT = new Set(['eventCategory', 'resources.type', 'resources.ARN', 'readOnly']);

/** Whose readings are recorded, by the selectors of a trail: of all, of a bucket, or of a prefix or an object of it. */
export function recordedBy(
  plain: readonly EventSelector[],
  advanced: readonly AdvancedEventSelector[],
): Recorded {
  const byPlain = plain
    .filter(({ ReadWriteType }) => ReadWriteType !== 'WriteOnly')
    .flatMap(({ DataResources = [] }) => DataResources)
    .flatMap(({ Type, Values = [] }) => (Type === 'AWS::S3::Object' ? Values : []));
  const byAdvanced = advanced.flatMap(({ FieldSelectors = [] }) => {
    const field = (name: string) => FieldSelectors.find(({ Field }) => Field === name);
    const isWriteOnly = field('readOnly')?.Equals?.includes('false') === true;
    if (isWriteOnly || !field('resources.type')?.Equals?.includes('AWS::S3::Object')) return [];
    const arn = field('resources.ARN');
    const { StartsWith = [], Equals = [], NotEquals = [], NotStartsWith = [], EndsWith = [] } = arn ?? {};
    const named = [...StartsWith, ...Equals.map((one) => `${one}#`)];
    const isNarrowed =
      FieldSelectors.some(({ Field = '' }) => !KIND_OF_EVENT.has(Field)) ||
      [...NotEquals, ...NotStartsWith, ...EndsWith].length > 0;
    // One who is left out, or one kind of event alone: some of what is read.
    if (isNarrowed) return named.map((one) => `${one}#`);
    return arn === undefined ? [EVERYTHING] : named;
  });
  const found = [...byPlain, ...byAdvanced];
  const named = (isWhole: boolean): readonly string[] => {
    const arns = found.filter((arn) => /^arn:[^:]*:[^:]*:::[^/]+\/?$/.test(arn) === isWhole);
    return [...new Set(arns.flatMap((arn) => bucketOfArn(arn) ?? []))].toSorted();
  };
  const whole = named(true);
  return {
    all: found.some((arn) => arn === EVERYTHING || /^arn:[\w-]+:s3(?::::?)?$/.test(arn)),
    whole,
    partly: named(false).filter((name) => !whole.includes(name)),
  };
}

const EVERYTHING = 'all';
