import {
  GetQueueAttributesCommand,
  ListQueuesCommand,
  ListQueueTagsCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import type { Observation, SeenRelation } from '../../../../inventory/observation.ts';
import { action } from '../action.ts';
import { encryptionFacts, secondsFact, tagsFact } from '../fact.ts';
import type { Said } from '../item.ts';
import { askItem, isElsewhere, listItems, observeItem } from '../item.ts';
import { policyFacts, readPolicyText } from '../policy.ts';
import type { AwsService, ServiceContext, ServiceSession } from '../service.ts';

const listQueues = action('sqs:ListQueues');
const getAttributes = action('sqs:GetQueueAttributes', {
  facts: [
    'encryption.at_rest',
    'encryption.key_manager',
    'encryption.key_account',
    'retention',
    'relations.replica',
    'relations.key',
    ...policyFacts,
  ],
});
const listTags = action('sqs:ListQueueTags', { facts: ['tags'] });

/** Queues and the ones that their undelivered messages move to. */
export const sqsService: AwsService = {
  name: 'sqs',
  scope: 'region',
  calls: [listQueues, getAttributes, listTags],
  read: readQueues,
};

async function* readQueues(session: ServiceSession, context: ServiceContext): AsyncGenerator<Observation> {
  const client = session.client(SQSClient);
  yield* listItems(session, context, {
    call: listQueues,
    send: (NextToken, abortSignal) =>
      client.send(new ListQueuesCommand({ MaxResults: 1000, NextToken }), { abortSignal }),
    token: ({ NextToken }) => NextToken,
    items: ({ QueueUrls }) => QueueUrls,
    each: async (QueueUrl, answer) => {
      // `https://HOST/ACCOUNT/NAME`.
      const name = QueueUrl.split('/').at(-1) ?? QueueUrl;
      const id = session.arn('sqs', session.region, name);
      return [
        observeItem(session, context, answer, { id, kind: 'queue', name }),
        ...(await askItem(
          session,
          context,
          id,
          getAttributes,
          (abortSignal) =>
            client.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }), {
              abortSignal,
            }),
          (response) => readQueue(response?.Attributes, session),
        )),
        ...(await askItem(
          session,
          context,
          id,
          listTags,
          (abortSignal) => client.send(new ListQueueTagsCommand({ QueueUrl }), { abortSignal }),
          (response) => ({ facts: { tags: tagsFact(response?.Tags) } }),
        )),
      ];
    },
  });
}

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_GetQueueAttributes.html */
export function readQueue(
  attributes: { readonly [name: string]: string } | undefined,
  session: ServiceSession,
): Said {
  if (attributes === undefined) return { unreadable: 'not_collected', code: 'EmptyAnswer' };
  const {
    KmsMasterKeyId: key,
    SqsManagedSseEnabled: managed,
    Policy,
    RedrivePolicy,
    MessageRetentionPeriod: kept,
  } = attributes;
  const { facts, relations } = encryptionFacts(session, {
    encrypted: Boolean(key) || managed === 'true',
    key,
    keyless: 'provider',
  });
  const policy = readPolicyText(session, Policy);
  const dead = /"deadLetterTargetArn"\s*:\s*"(arn:[^"]+)"/.exec(RedrivePolicy ?? '')?.[1];
  const moved: readonly SeenRelation[] = dead === undefined ? [] : [{ kind: 'replica', to: dead }];
  return {
    facts: {
      ...facts,
      ...('facts' in policy ? policy.facts : {}),
      ...(kept ? { retention: secondsFact(Number(kept)) } : {}),
    },
    relations: [...relations, ...moved],
    ends: moved.filter(({ to }) => isElsewhere(session, to)).map(({ to: id }) => ({ id, kind: 'queue' })),
  };
}
