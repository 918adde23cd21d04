import type {
  AggregationAuthorization,
  ConfigurationAggregator,
  DeliveryChannel,
} from '@aws-sdk/client-config-service';
import {
  ConfigServiceClient,
  DescribeAggregationAuthorizationsCommand,
  DescribeConfigurationAggregatorsCommand,
  DescribeDeliveryChannelsCommand,
} from '@aws-sdk/client-config-service';
import type { Observation } from '../../../../inventory/observation.ts';
import { action } from '../action.ts';
import { encryptionFacts } from '../fact.ts';
import type { End, Item, Shown } from '../item.ts';
import { listItems, observeItem, observeShown } from '../item.ts';
import type { AwsService, ServiceContext, ServiceSession } from '../service.ts';
import { placingBuckets } from '../storage/place-bucket.ts';

const describeChannels = action('config:DescribeDeliveryChannels');
const describeAggregators = action('config:DescribeConfigurationAggregators');
const describeAuthorizations = action('config:DescribeAggregationAuthorizations');

/** Where the records of configuration go: buckets and topics, aggregators that gather them, accounts that may do so. */
export const configService: AwsService = placingBuckets({
  name: 'config',
  scope: 'region',
  calls: [describeChannels, describeAggregators, describeAuthorizations],
  read: readChannels,
});

async function* readChannels(session: ServiceSession, context: ServiceContext): AsyncGenerator<Observation> {
  const client = session.client(ConfigServiceClient);
  yield* listItems(session, context, {
    call: describeChannels,
    send: (_, abortSignal) => client.send(new DescribeDeliveryChannelsCommand({}), { abortSignal }),
    items: ({ DeliveryChannels }) => DeliveryChannels,
    each: (channel, answer) => observeShown(session, context, answer, showChannel(channel, session)),
  });
  yield* listItems(session, context, {
    call: describeAggregators,
    send: (NextToken, abortSignal) =>
      client.send(new DescribeConfigurationAggregatorsCommand({ NextToken }), { abortSignal }),
    token: ({ NextToken }) => NextToken,
    items: ({ ConfigurationAggregators }) => ConfigurationAggregators,
    each: (aggregator, answer) => [
      observeItem(session, context, answer, showAggregator(aggregator, session)),
    ],
  });
  yield* listItems(session, context, {
    call: describeAuthorizations,
    send: (NextToken, abortSignal) =>
      client.send(new DescribeAggregationAuthorizationsCommand({ NextToken }), { abortSignal }),
    token: ({ NextToken }) => NextToken,
    items: ({ AggregationAuthorizations }) => AggregationAuthorizations,
    each: (authorization, answer) =>
      observeShown(session, context, answer, showAuthorization(authorization, session)),
  });
}

/** Records of this region go to whichever aggregator that account makes in that region. */
export function showAuthorization(authorization: AggregationAuthorization, session: ServiceSession): Shown {
  const { AuthorizedAccountId: account = '', AuthorizedAwsRegion: region = '' } = authorization;
  const id =
    authorization.AggregationAuthorizationArn ??
    session.arn('config', session.region, `aggregation-authorization/${account}/${region}`);
  const to = `arn:${session.partition}:config:${region}:${account}:config-aggregator/*`;
  return {
    item: { id, kind: 'monitoring', name: `config/${account}/${region}`, relations: [{ kind: 'log', to }] },
    ends: [{ id: to, kind: 'monitoring', name: `config/${account}/${region}` }],
  };
}

export function showChannel(channel: DeliveryChannel, session: ServiceSession): Shown {
  const { name = 'default', s3BucketName, snsTopicARN, s3KmsKeyArn } = channel;
  const { facts, relations } = s3KmsKeyArn
    ? encryptionFacts(session, { key: s3KmsKeyArn, keyless: 'provider' })
    : { facts: {}, relations: [] };
  const ends: End[] = [
    ...(s3BucketName
      ? [
          {
            id: `arn:${session.partition}:s3:::${s3BucketName}`,
            kind: 'object_store' as const,
            name: s3BucketName,
          },
        ]
      : []),
    ...(snsTopicARN ? [{ id: snsTopicARN, kind: 'queue' as const }] : []),
  ];
  const id = session.arn('config', session.region, `delivery-channel/${name}`);
  return {
    item: {
      id,
      kind: 'monitoring',
      name: `config/${name}`,
      facts,
      relations: [...relations, ...ends.map((end) => ({ kind: 'log' as const, to: end.id }))],
    },
    ends,
  };
}

export function showAggregator(
  { ConfigurationAggregatorArn: arn, ConfigurationAggregatorName: name = '' }: ConfigurationAggregator,
  session: ServiceSession,
): Item {
  return {
    id: arn ?? session.arn('config', session.region, `config-aggregator/${name}`),
    kind: 'monitoring',
    name,
  };
}
