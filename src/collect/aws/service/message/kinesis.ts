import type { StreamDescriptionSummary } from '@aws-sdk/client-kinesis';
import {
  DescribeStreamSummaryCommand,
  KinesisClient,
  ListStreamsCommand,
  ListTagsForStreamCommand,
} from '@aws-sdk/client-kinesis';
import type { Observation } from '../../../../inventory/observation.ts';
import { action } from '../action.ts';
import { encryptionFacts, secondsFact, tagsFact } from '../fact.ts';
import type { Said } from '../item.ts';
import { askItem, askItemPages, listItems, observeItem } from '../item.ts';
import type { AwsService, ServiceContext, ServiceSession } from '../service.ts';

const listStreams = action('kinesis:ListStreams');
const describeStream = action('kinesis:DescribeStreamSummary', {
  facts: [
    'encryption.at_rest',
    'encryption.key_manager',
    'encryption.key_account',
    'retention',
    'relations.key',
  ],
});
const listTags = action('kinesis:ListTagsForStream', { facts: ['tags'] });

/** Data streams: for how long they keep, and under which key. */
export const kinesisService: AwsService = {
  name: 'kinesis',
  scope: 'region',
  calls: [listStreams, describeStream, listTags],
  read: readStreams,
};

async function* readStreams(session: ServiceSession, context: ServiceContext): AsyncGenerator<Observation> {
  const client = session.client(KinesisClient);
  yield* listItems(session, context, {
    call: listStreams,
    send: (NextToken, abortSignal) => client.send(new ListStreamsCommand({ NextToken }), { abortSignal }),
    token: ({ NextToken }) => NextToken,
    items: ({ StreamNames }) => StreamNames,
    each: async (StreamName, answer) => {
      const id = session.arn('kinesis', session.region, `stream/${StreamName}`);
      return [
        observeItem(session, context, answer, { id, kind: 'stream', name: StreamName }),
        ...(await askItem(
          session,
          context,
          id,
          describeStream,
          (abortSignal) => client.send(new DescribeStreamSummaryCommand({ StreamName }), { abortSignal }),
          (response) => readStream(response?.StreamDescriptionSummary, session),
        )),
        ...(await askItemPages(
          session,
          context,
          id,
          listTags,
          (ExclusiveStartTagKey, abortSignal) =>
            client.send(new ListTagsForStreamCommand({ StreamName, ExclusiveStartTagKey }), { abortSignal }),
          ({ HasMoreTags, Tags }) => (HasMoreTags ? Tags?.at(-1)?.Key : undefined),
          (pages) => ({ facts: { tags: tagsFact(pages.flatMap(({ Tags = [] }) => Tags)) } }),
        )),
      ];
    },
  });
}

export function readStream(stream: StreamDescriptionSummary | undefined, session: ServiceSession): Said {
  if (stream === undefined) return { unreadable: 'not_collected', code: 'EmptyAnswer' };
  const { EncryptionType, KeyId, RetentionPeriodHours: hours } = stream;
  const { facts, relations } = encryptionFacts(session, {
    encrypted: EncryptionType === 'KMS',
    key: KeyId,
    keyless: 'unknown',
  });
  return {
    facts: { ...facts, ...(hours === undefined ? {} : { retention: secondsFact(hours * 3600) }) },
    relations,
  };
}
