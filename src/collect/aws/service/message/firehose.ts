import type { DeliveryStreamDescription, DestinationDescription } from '@aws-sdk/client-firehose';
import {
  DescribeDeliveryStreamCommand,
  FirehoseClient,
  ListDeliveryStreamsCommand,
  ListTagsForDeliveryStreamCommand,
} from '@aws-sdk/client-firehose';
import type { Observation } from '../../../../inventory/observation.ts';
import { action } from '../action.ts';
import { bucketOfArn } from '../arn.ts';
import { encryptionFacts, known, tagsFact } from '../fact.ts';
import type { End, Said } from '../item.ts';
import { askItem, askItemPages, listItems, observeItem } from '../item.ts';
import type { AwsService, ServiceContext, ServiceSession } from '../service.ts';
import { placingBuckets } from '../storage/place-bucket.ts';

const listStreams = action('firehose:ListDeliveryStreams');
const describeStream = action('firehose:DescribeDeliveryStream', {
  facts: [
    'encryption.at_rest',
    'encryption.key_manager',
    'encryption.key_account',
    'public',
    'relations.key',
    'relations.replica',
  ],
});
const listTags = action('firehose:ListTagsForDeliveryStream', { facts: ['tags'] });

/** Delivery streams: what comes in goes to buckets, indexes, warehouses and hosts, also of others than AWS. */
export const firehoseService: AwsService = placingBuckets({
  name: 'firehose',
  scope: 'region',
  calls: [listStreams, describeStream, listTags],
  read: readStreams,
});

async function* readStreams(session: ServiceSession, context: ServiceContext): AsyncGenerator<Observation> {
  const client = session.client(FirehoseClient);
  yield* listItems(session, context, {
    call: listStreams,
    send: (ExclusiveStartDeliveryStreamName, abortSignal) =>
      client.send(new ListDeliveryStreamsCommand({ ExclusiveStartDeliveryStreamName }), { abortSignal }),
    // It is asked for what comes after the last name.
    token: ({ HasMoreDeliveryStreams, DeliveryStreamNames }) =>
      HasMoreDeliveryStreams ? DeliveryStreamNames?.at(-1) : undefined,
    items: ({ DeliveryStreamNames }) => DeliveryStreamNames,
    each: async (DeliveryStreamName, answer) => {
      const id = session.arn('firehose', session.region, `deliverystream/${DeliveryStreamName}`);
      return [
        observeItem(session, context, answer, { id, kind: 'stream', name: DeliveryStreamName }),
        ...(await askItem(
          session,
          context,
          id,
          describeStream,
          (abortSignal) =>
            client.send(new DescribeDeliveryStreamCommand({ DeliveryStreamName }), { abortSignal }),
          (response) => readStream(response?.DeliveryStreamDescription, id, session),
        )),
        ...(await askItemPages(
          session,
          context,
          id,
          listTags,
          (ExclusiveStartTagKey, abortSignal) =>
            client.send(new ListTagsForDeliveryStreamCommand({ DeliveryStreamName, ExclusiveStartTagKey }), {
              abortSignal,
            }),
          ({ HasMoreTags, Tags }) => (HasMoreTags ? Tags?.at(-1)?.Key : undefined),
          (pages) => ({ facts: { tags: tagsFact(pages.flatMap(({ Tags = [] }) => Tags)) } }),
        )),
      ];
    },
  });
}

/** A stream takes in what another stream or a database holds, and copies it to each of its destinations. */
export function readStream(
  stream: DeliveryStreamDescription | undefined,
  id: string,
  session: ServiceSession,
): Said {
  if (stream === undefined) return { unreadable: 'not_collected', code: 'EmptyAnswer' };
  const { DeliveryStreamEncryptionConfiguration: encryption, Source, Destinations = [] } = stream;
  const { facts, relations } = encryptionFacts(session, {
    encrypted: encryption?.Status === 'ENABLED',
    key: encryption?.KeyARN,
    keyless: 'provider',
  });
  const ends = Destinations.flatMap((one) => endsOf(one, session));
  const from = [
    Source?.KinesisStreamSourceDescription?.KinesisStreamARN,
    Source?.MSKSourceDescription?.MSKClusterARN,
  ];
  return {
    facts: { ...facts, public: known(false) },
    relations: [...relations, ...ends.map((end) => ({ kind: 'replica' as const, to: end.id }))],
    ends: [
      ...ends,
      ...from.flatMap((arn): End[] =>
        arn ? [{ id: arn, kind: 'stream', relations: [{ kind: 'replica', to: id }] }] : [],
      ),
    ],
  };
}

/** Where one destination puts what it is sent, and what it could not deliver: beside the one there is always a bucket. */
function endsOf(to: DestinationDescription, { partition }: ServiceSession): readonly End[] {
  const { HttpEndpointDestinationDescription: http, SplunkDestinationDescription: splunk } = to;
  const { SnowflakeDestinationDescription: snowflake, RedshiftDestinationDescription: redshift } = to;
  const search = to.AmazonopensearchserviceDestinationDescription ?? to.ElasticsearchDestinationDescription;
  const {
    AmazonOpenSearchServerlessDestinationDescription: serverless,
    IcebergDestinationDescription: iceberg,
  } = to;
  const { ExtendedS3DestinationDescription: extended } = to;
  const buckets = [
    to.S3DestinationDescription,
    extended,
    extended?.S3BackupDescription,
    redshift?.S3DestinationDescription,
    redshift?.S3BackupDescription,
    search?.S3DestinationDescription,
    serverless?.S3DestinationDescription,
    splunk?.S3DestinationDescription,
    http?.S3DestinationDescription,
    snowflake?.S3DestinationDescription,
    iceberg?.S3DestinationDescription,
  ].flatMap((one) => bucketOfArn(one?.BucketARN ?? '') ?? []);
  const hosts = [
    http?.EndpointConfiguration?.Url,
    splunk?.HECEndpoint,
    snowflake?.AccountUrl,
    serverless?.CollectionEndpoint,
    search?.DomainARN ? undefined : search?.ClusterEndpoint,
  ];
  // `jdbc:redshift://NAME.ID.REGION.redshift.amazonaws.com:5439/DB`.
  const [, warehouse, region] =
    /^jdbc:redshift:\/\/([^.:/]+)\.\w+\.([\w-]+)\./.exec(redshift?.ClusterJDBCURL ?? '') ?? [];
  return [
    ...[...new Set(buckets)].map(
      (name): End => ({ id: `arn:${partition}:s3:::${name}`, kind: 'object_store', name }),
    ),
    ...(search?.DomainARN ? [{ id: search.DomainARN, kind: 'search_index' as const }] : []),
    ...hosts.flatMap(hostOf),
    ...(warehouse === undefined || region === undefined
      ? []
      : [
          {
            id: `https://${warehouse}.${region}.redshift`,
            kind: 'database' as const,
            name: warehouse,
            region,
          },
        ]),
  ];
}

/** The host alone: addresses of collectors carry tokens. */
export function hostOf(address: string | undefined): readonly End[] {
  if (!address) return [];
  const url = address.includes('://') ? address : `https://${address}`;
  if (!URL.canParse(url)) return [];
  const { origin, host } = new URL(url);
  return [{ id: origin, kind: 'endpoint', name: host, region: null }];
}
