import type {
  CacheBehavior,
  DistributionConfig,
  DistributionSummary,
  RealtimeLogConfig,
} from '@aws-sdk/client-cloudfront';
import {
  CloudFrontClient,
  GetDistributionConfigCommand,
  GetRealtimeLogConfigCommand,
  ListDistributionsCommand,
  ListTagsForResourceCommand,
} from '@aws-sdk/client-cloudfront';
import type { Observation } from '../../../../inventory/observation.ts';
import { action, listing } from '../action.ts';
import { absent, known, notCollected, tagsFact } from '../fact.ts';
import type { End, Said, Shown } from '../item.ts';
import { askItem, listItems, observeShown } from '../item.ts';
import type { AwsService, ServiceContext, ServiceSession } from '../service.ts';
import { placingBuckets } from '../storage/place-bucket.ts';
import { bucketOfHost, endOfHost } from './origin.ts';

const listDistributions = listing('cloudfront:ListDistributions');
const getConfig = action('cloudfront:GetDistributionConfig', { facts: ['access_log', 'relations.log'] });
const getRealtime = action('cloudfront:GetRealtimeLogConfig', { facts: ['relations.log'] });
const listTags = action('cloudfront:ListTagsForResource', { facts: ['tags'] });

/** Distributions: caches in many countries, whatever the price class; their origins send to them, and they send their logs. */
export const cloudfrontService: AwsService = placingBuckets({
  name: 'cloudfront',
  scope: 'global',
  calls: [listDistributions, getConfig, getRealtime, listTags],
  read: readDistributions,
});

async function* readDistributions(
  session: ServiceSession,
  context: ServiceContext,
): AsyncGenerator<Observation> {
  const client = session.client(CloudFrontClient);
  yield* listItems(session, context, {
    call: listDistributions,
    send: (Marker, abortSignal) => client.send(new ListDistributionsCommand({ Marker }), { abortSignal }),
    token: ({ DistributionList }) =>
      DistributionList?.IsTruncated ? DistributionList.NextMarker : undefined,
    items: ({ DistributionList }) => DistributionList?.Items,
    each: async (distribution, answer) => {
      const shown = showDistribution(distribution, session);
      const { id } = shown.item;
      const { Id } = distribution;
      const live = realtimeOf(distribution);
      const streams = live.map((ARN) =>
        askItem(
          session,
          context,
          ARN,
          getRealtime,
          (abortSignal) => client.send(new GetRealtimeLogConfigCommand({ ARN }), { abortSignal }),
          (response) => readRealtime(response?.RealtimeLogConfig),
        ),
      );
      return [
        ...observeShown(session, context, answer, shown),
        ...(await askItem(
          session,
          context,
          id,
          getConfig,
          (abortSignal) => client.send(new GetDistributionConfigCommand({ Id }), { abortSignal }),
          (response) => readConfig(response?.DistributionConfig, live.length > 0, session),
        )),
        ...(await Promise.all(streams)).flat(),
        ...(await askItem(
          session,
          context,
          id,
          listTags,
          (abortSignal) => client.send(new ListTagsForResourceCommand({ Resource: id }), { abortSignal }),
          (response) => ({ facts: { tags: tagsFact(response?.Tags?.Items) } }),
        )),
      ];
    },
  });
}

export function showDistribution(distribution: DistributionSummary, session: ServiceSession): Shown {
  const {
    ARN,
    Id = '',
    DomainName = Id,
    Origins,
    DefaultCacheBehavior,
    CacheBehaviors,
    PriceClass,
    Restrictions,
  } = distribution;
  const id = ARN ?? `arn:${session.partition}:cloudfront::${session.account}:distribution/${Id}`;
  const behaviours = [DefaultCacheBehavior, ...(CacheBehaviors?.Items ?? [])].filter(
    (one) => one !== undefined,
  );
  const geo = Restrictions?.GeoRestriction;
  const live = realtimeOf(distribution);
  const origins = (Origins?.Items ?? []).flatMap(({ DomainName: host }): End[] =>
    host ? [{ ...endOfHost(host, session), relations: [{ kind: 'origin', to: id }] }] : [],
  );
  return {
    item: {
      id,
      kind: 'cdn',
      name: DomainName,
      region: 'edge',
      relations: live.map((to) => ({ kind: 'log', to })),
      facts: {
        public: known(behaviours.some((one) => !isSigned(one))),
        'encryption.in_transit': known(
          behaviours.every(({ ViewerProtocolPolicy }) => ViewerProtocolPolicy !== 'allow-all'),
        ),
        endpoints: known([
          `https://${DomainName}`,
          ...(distribution.Aliases?.Items ?? []).map((host) => `https://${host}`),
        ]),
        price_class: PriceClass === undefined ? notCollected() : known(PriceClass),
        // Whom it serves, not where it caches: a restriction of viewers keeps nothing in a country.
        geo_restriction:
          geo === undefined
            ? notCollected()
            : known({ type: geo.RestrictionType ?? null, countries: [...(geo.Items ?? [])].toSorted() }),
      },
    },
    // Where those of a configuration are streamed to, it says itself.
    ends: [...origins, ...live.map((arn): End => ({ id: arn, kind: 'monitoring' }))],
  };
}

/** Content that is handed out only to signed requests is not public. */
function isSigned({
  TrustedKeyGroups,
  TrustedSigners,
}: Pick<CacheBehavior, 'TrustedKeyGroups' | 'TrustedSigners'>): boolean {
  return TrustedKeyGroups?.Enabled === true || TrustedSigners?.Enabled === true;
}

/** Logs that are streamed as requests come in, by behaviour. */
function realtimeOf({ DefaultCacheBehavior, CacheBehaviors }: DistributionSummary): readonly string[] {
  const arns = [DefaultCacheBehavior, ...(CacheBehaviors?.Items ?? [])].flatMap(
    (one) => one?.RealtimeLogConfigArn || [],
  );
  return [...new Set(arns)].toSorted();
}

function readRealtime(config: RealtimeLogConfig | undefined): Said {
  const ids = (config?.EndPoints ?? []).flatMap(({ KinesisStreamConfig: to }) => to?.StreamARN ?? []);
  if (ids.length === 0) return { unreadable: 'not_collected', code: 'EmptyAnswer' };
  return {
    relations: ids.map((to) => ({ kind: 'log', to })),
    ends: ids.map((id) => ({ id, kind: 'stream' })),
  };
}

function readConfig(
  config: DistributionConfig | undefined,
  isStreamed: boolean,
  session: ServiceSession,
): Said {
  if (config === undefined) return { unreadable: 'not_collected', code: 'EmptyAnswer' };
  const { Logging } = config;
  if (!Logging?.Enabled || !Logging.Bucket) {
    return isStreamed
      ? { facts: { access_log: known(true) } }
      : {
          facts: {
            access_log: notCollected('logs that are delivered in the newer way are configured elsewhere'),
            'relations.log': absent,
          },
        };
  }
  const name = bucketOfHost(Logging.Bucket);
  const to = `arn:${session.partition}:s3:::${name}`;
  return {
    facts: { access_log: known(true), 'relations.log': known([to]) },
    relations: [{ kind: 'log', to }],
    ends: [{ id: to, kind: 'object_store', name }],
  };
}
