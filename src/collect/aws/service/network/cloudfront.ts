import type { CacheBehavior, DistributionConfig, DistributionSummary } from '@aws-sdk/client-cloudfront';
import {
  CloudFrontClient,
  GetDistributionConfigCommand,
  ListDistributionsCommand,
  ListTagsForResourceCommand,
} from '@aws-sdk/client-cloudfront';
import type { Observation } from '../../../../inventory/observation.ts';
import { action } from '../action.ts';
import { absent, known, notCollected, tagsFact } from '../fact.ts';
import type { End, Said, Shown } from '../item.ts';
import { askItem, listItems, observeShown } from '../item.ts';
import type { AwsService, ServiceContext, ServiceSession } from '../service.ts';
import { placingBuckets } from '../storage/place-bucket.ts';
import { bucketOfHost, endOfHost } from './origin.ts';

const listDistributions = action('cloudfront:ListDistributions');
const getConfig = action('cloudfront:GetDistributionConfig', { facts: ['access_log', 'relations.log'] });
const listTags = action('cloudfront:ListTagsForResource', { facts: ['tags'] });

/** Distributions: caches in many countries, whatever the price class; their origins send to them, and they send their logs. */
export const cloudfrontService: AwsService = placingBuckets({
  name: 'cloudfront',
  scope: 'global',
  calls: [listDistributions, getConfig, listTags],
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
      return [
        ...observeShown(session, context, answer, shown),
        ...(await askItem(
          session,
          context,
          id,
          getConfig,
          (abortSignal) => client.send(new GetDistributionConfigCommand({ Id }), { abortSignal }),
          (response) => readConfig(response?.DistributionConfig, session),
        )),
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
  const origins = (Origins?.Items ?? []).flatMap(({ DomainName: host }): End[] =>
    host ? [{ ...endOfHost(host, session), relations: [{ kind: 'origin', to: id }] }] : [],
  );
  return {
    item: {
      id,
      kind: 'cdn',
      name: DomainName,
      region: 'edge',
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
    ends: origins,
  };
}

/** Content that is handed out only to signed requests is not public. */
function isSigned({
  TrustedKeyGroups,
  TrustedSigners,
}: Pick<CacheBehavior, 'TrustedKeyGroups' | 'TrustedSigners'>): boolean {
  return TrustedKeyGroups?.Enabled === true || TrustedSigners?.Enabled === true;
}

function readConfig(config: DistributionConfig | undefined, session: ServiceSession): Said {
  if (config === undefined) return { unreadable: 'not_collected', code: 'EmptyAnswer' };
  const { Logging, DefaultCacheBehavior, CacheBehaviors } = config;
  const streams = [DefaultCacheBehavior, ...(CacheBehaviors?.Items ?? [])].flatMap(
    (one) => one?.RealtimeLogConfigArn ?? [],
  );
  if (!Logging?.Enabled || !Logging.Bucket) {
    return streams.length > 0
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
