import type { ConfigurationAggregator, DeliveryChannel } from '@aws-sdk/client-config-service';
import {
  ConfigServiceClient,
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

/** Where the records of configuration go: buckets and topics, and aggregators that gather them from other regions. */
export const configService: AwsService = placingBuckets({
  name: 'config',
  scope: 'region',
  calls: [describeChannels, describeAggregators],
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
