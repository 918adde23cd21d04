import type { ReceiptAction, ReceiptRule } from '@aws-sdk/client-ses';
import {
  DescribeActiveReceiptRuleSetCommand,
  DescribeConfigurationSetCommand,
  ListConfigurationSetsCommand,
  ListIdentitiesCommand,
  SESClient,
} from '@aws-sdk/client-ses';
import type { Observation } from '../../../../inventory/observation.ts';
import { action, listing } from '../action.ts';
import type { End } from '../item.ts';
import { askItem, listItems, observeEnd, observeItem } from '../item.ts';
import type { AwsService, ServiceContext, ServiceSession } from '../service.ts';
import { placingBuckets } from '../storage/place-bucket.ts';

const listIdentities = listing('ses:ListIdentities');
const describeRules = listing('ses:DescribeActiveReceiptRuleSet', {
  facts: ['relations.replica', 'relations.notification'],
  none: ['RuleSetDoesNotExist'],
});

const listSets = listing('ses:ListConfigurationSets', { facts: ['relations.notification'] });
const describeSet = action('ses:DescribeConfigurationSet', { facts: ['relations.notification'] });

/** Domains that mail is sent from, in which region, where mail that comes in is put, and who is told of what is sent. */
export const sesService: AwsService = placingBuckets({
  name: 'ses',
  scope: 'region',
  calls: [listIdentities, describeRules, listSets, describeSet],
  read: readIdentities,
});

async function* readIdentities(
  session: ServiceSession,
  context: ServiceContext,
): AsyncGenerator<Observation> {
  const client = session.client(SESClient);
  const domains = new Set<string>();
  yield* listItems(session, context, {
    call: listIdentities,
    send: (NextToken, abortSignal) => client.send(new ListIdentitiesCommand({ NextToken }), { abortSignal }),
    token: ({ NextToken }) => NextToken,
    items: ({ Identities }) => Identities,
    each: (identity, answer) => {
      // An address may name a person: its domain says as much of the place.
      const domain = identity.split('@').at(-1) ?? identity;
      if (domains.has(domain)) return [];
      domains.add(domain);
      return [
        observeItem(session, context, answer, {
          id: identityArn(session, domain),
          kind: 'email',
          name: domain,
        }),
      ];
    },
  });
  if (context.needs(describeRules) && domains.size > 0) {
    yield* listItems(session, context, {
      call: describeRules,
      send: (_, abortSignal) => client.send(new DescribeActiveReceiptRuleSetCommand({}), { abortSignal }),
      items: ({ Rules }) => Rules?.filter(({ Enabled }) => Enabled),
      each: (rule, answer) =>
        showRule(rule, [...domains], session).map((end) => observeEnd(session, answer, end)),
    });
  }
  if (context.needs(listSets)) yield* readSets(session, context, client);
}

/** Events of a set (sent, opened, complained of) carry the addresses of those who get the mail. */
async function* readSets(
  session: ServiceSession,
  context: ServiceContext,
  client: SESClient,
): AsyncGenerator<Observation> {
  yield* listItems(session, context, {
    call: listSets,
    send: (NextToken, abortSignal) =>
      client.send(new ListConfigurationSetsCommand({ NextToken }), { abortSignal }),
    token: ({ NextToken }) => NextToken,
    items: ({ ConfigurationSets }) => ConfigurationSets,
    each: async ({ Name: name = '' }, answer) => {
      const id = session.arn('ses', session.region, `configuration-set/${name}`);
      return [
        observeItem(session, context, answer, { id, kind: 'email', name }),
        ...(await askItem(
          session,
          context,
          id,
          describeSet,
          (abortSignal) =>
            client.send(
              new DescribeConfigurationSetCommand({
                ConfigurationSetName: name,
                ConfigurationSetAttributeNames: ['eventDestinations'],
              }),
              { abortSignal },
            ),
          (response) => {
            const ends = (response?.EventDestinations ?? [])
              .filter(({ Enabled }) => Enabled !== false)
              .flatMap(({ KinesisFirehoseDestination: stream, SNSDestination: topic }): End[] => [
                ...(stream?.DeliveryStreamARN
                  ? [{ id: stream.DeliveryStreamARN, kind: 'stream' as const }]
                  : []),
                ...(topic?.TopicARN ? [{ id: topic.TopicARN, kind: 'queue' as const }] : []),
              ]);
            return { relations: ends.map((end) => ({ kind: 'notification', to: end.id })), ends };
          },
        )),
      ];
    },
  });
}

function identityArn(session: ServiceSession, domain: string): string {
  return session.arn('ses', session.region, `identity/${domain}`);
}

/** A rule without recipients is for every domain. */
export function showRule(
  { Recipients = [], Actions = [] }: ReceiptRule,
  domains: readonly string[],
  session: ServiceSession,
): readonly End[] {
  const asked = new Set(Recipients.map((one) => one.split('@').at(-1)?.replace(/^\./, '') ?? one));
  const ends = Actions.flatMap((one) => endOf(one, session));
  const sources = domains.filter(
    (domain) => asked.size === 0 || [...asked].some((one) => domain === one || domain.endsWith(`.${one}`)),
  );
  const relations = ends.map(({ id }) => ({ kind: 'replica' as const, to: id }));
  return [
    ...sources.map(
      (domain): End => ({ id: identityArn(session, domain), kind: 'email', name: domain, relations }),
    ),
    ...ends,
  ];
}

function endOf(
  { S3Action, LambdaAction, SNSAction }: ReceiptAction,
  session: ServiceSession,
): readonly End[] {
  return [
    ...(S3Action?.BucketName
      ? [
          {
            id: `arn:${session.partition}:s3:::${S3Action.BucketName}`,
            kind: 'object_store' as const,
            name: S3Action.BucketName,
          },
        ]
      : []),
    ...(LambdaAction?.FunctionArn ? [{ id: LambdaAction.FunctionArn, kind: 'function' as const }] : []),
    ...(SNSAction?.TopicArn ? [{ id: SNSAction.TopicArn, kind: 'queue' as const }] : []),
  ];
}
