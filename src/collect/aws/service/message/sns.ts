import type { Subscription } from '@aws-sdk/client-sns';
import {
  GetTopicAttributesCommand,
  ListSubscriptionsByTopicCommand,
  ListTagsForResourceCommand,
  ListTopicsCommand,
  SNSClient,
} from '@aws-sdk/client-sns';
import type { AssetKind, Observation } from '../../../../inventory/observation.ts';
import { action } from '../action.ts';
import { nameOfArn, parseArn } from '../arn.ts';
import { encryptionFacts, tagsFact } from '../fact.ts';
import type { End, Said } from '../item.ts';
import { askItem, askItemPages, listItems, observeItem } from '../item.ts';
import { policyFacts, readPolicyText } from '../policy.ts';
import type { AwsService, ServiceContext, ServiceSession } from '../service.ts';

const listTopics = action('sns:ListTopics');
const getAttributes = action('sns:GetTopicAttributes', {
  facts: [
    'encryption.at_rest',
    'encryption.key_manager',
    'encryption.key_account',
    'relations.key',
    ...policyFacts,
  ],
});
const listTags = action('sns:ListTagsForResource', { facts: ['tags'] });
const listSubscriptions = action('sns:ListSubscriptionsByTopic', { facts: ['relations.notification'] });

/** Topics, and who gets what is published there. */
export const snsService: AwsService = {
  name: 'sns',
  scope: 'region',
  calls: [listTopics, getAttributes, listTags, listSubscriptions],
  read: readTopics,
};

async function* readTopics(session: ServiceSession, context: ServiceContext): AsyncGenerator<Observation> {
  const client = session.client(SNSClient);
  yield* listItems(session, context, {
    call: listTopics,
    send: (NextToken, abortSignal) => client.send(new ListTopicsCommand({ NextToken }), { abortSignal }),
    token: ({ NextToken }) => NextToken,
    items: ({ Topics }) => Topics,
    each: async ({ TopicArn = '' }, answer) => {
      const name = parseArn(TopicArn)?.resource ?? TopicArn;
      return [
        observeItem(session, context, answer, { id: TopicArn, kind: 'queue', name }),
        ...(await askItem(
          session,
          context,
          TopicArn,
          getAttributes,
          (abortSignal) => client.send(new GetTopicAttributesCommand({ TopicArn }), { abortSignal }),
          (response) => readTopic(response?.Attributes, session),
        )),
        ...(await askItem(
          session,
          context,
          TopicArn,
          listTags,
          (abortSignal) =>
            client.send(new ListTagsForResourceCommand({ ResourceArn: TopicArn }), { abortSignal }),
          (response) => ({ facts: { tags: tagsFact(response?.Tags) } }),
        )),
        // By topic: the account's own list leaves out those by which another account takes what is published here.
        ...(await askItemPages(
          session,
          context,
          TopicArn,
          listSubscriptions,
          (NextToken, abortSignal) =>
            client.send(new ListSubscriptionsByTopicCommand({ TopicArn, NextToken }), { abortSignal }),
          ({ NextToken }) => NextToken,
          (pages) =>
            readSubscriptions(
              pages.flatMap(({ Subscriptions = [] }) => Subscriptions),
              TopicArn,
            ),
        )),
      ];
    },
  });
}

/** Messages rest only until they are delivered; without a key of one's own they are not encrypted by one. */
export function readTopic(
  attributes: { readonly [name: string]: string } | undefined,
  session: ServiceSession,
): Said {
  if (attributes === undefined) return { unreadable: 'not_collected', code: 'EmptyAnswer' };
  const { facts, relations } = encryptionFacts(session, {
    encrypted: Boolean(attributes['KmsMasterKeyId']),
    key: attributes['KmsMasterKeyId'],
    keyless: 'provider',
  });
  const policy = readPolicyText(session, attributes['Policy']);
  return { facts: { ...facts, ...('facts' in policy ? policy.facts : {}) }, relations };
}

const kinds: { readonly [protocol: string]: AssetKind } = {
  sqs: 'queue',
  lambda: 'function',
  firehose: 'stream',
  application: 'endpoint',
};

/** Addresses of people are not kept: that there are some is. */
export function readSubscriptions(subscriptions: readonly Subscription[], topic: string): Said {
  const ends = subscriptions.map(({ Protocol = '', Endpoint = '' }) => endOf(topic, Protocol, Endpoint));
  return { relations: ends.map(({ id }) => ({ kind: 'notification', to: id })), ends };
}

function endOf(topic: string, protocol: string, endpoint: string): End {
  const kind = kinds[protocol];
  if (kind !== undefined && endpoint.startsWith('arn:'))
    return { id: endpoint, kind, name: nameOfArn(endpoint) };
  if (/^https?$/.test(protocol) && URL.canParse(endpoint)) {
    const { origin, host } = new URL(endpoint);
    return { id: origin, kind: 'endpoint', name: host };
  }
  const isMail = protocol.startsWith('email');
  return { id: `${topic}/${protocol}`, kind: isMail ? 'email' : 'other', name: protocol, region: null };
}
