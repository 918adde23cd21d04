import type { AccountPolicy, Destination, LogGroup } from '@aws-sdk/client-cloudwatch-logs';
import {
  CloudWatchLogsClient,
  DescribeAccountPoliciesCommand,
  DescribeDestinationsCommand,
  DescribeExportTasksCommand,
  DescribeLogGroupsCommand,
  DescribeSubscriptionFiltersCommand,
  ListTagsForResourceCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import type { AssetKind, Observation } from '../../../../inventory/observation.ts';
import { action } from '../action.ts';
import { parseArn } from '../arn.ts';
import { daysFact, encryptionFacts, known, tagsFact } from '../fact.ts';
import type { End, Item, Shown } from '../item.ts';
import {
  askItem,
  askItemPages,
  isElsewhere,
  listItems,
  observeEnd,
  observeItem,
  observeShown,
} from '../item.ts';
import { readPolicyText } from '../policy.ts';
import type { AwsService, ServiceContext, ServiceSession } from '../service.ts';
import { placingBuckets } from '../storage/place-bucket.ts';
import { deliveryCalls, readDeliveries } from './log-delivery.ts';

const describeGroups = action('logs:DescribeLogGroups');
const listTags = action('logs:ListTagsForResource', { facts: ['tags'] });
const describeFilters = action('logs:DescribeSubscriptionFilters', { facts: ['relations.replica'] });
const describePolicies = action('logs:DescribeAccountPolicies', { facts: ['relations.replica'] });
const describeDestinations = action('logs:DescribeDestinations', { facts: ['relations.replica'] });
const describeExports = action('logs:DescribeExportTasks', { facts: ['relations.replica'] });

/** Log groups, for how long they keep, and what subscribes to them, in other accounts too. */
export const cloudwatchLogsService: AwsService = placingBuckets({
  name: 'logs',
  scope: 'region',
  calls: [
    describeGroups,
    listTags,
    describeFilters,
    describePolicies,
    describeDestinations,
    describeExports,
    ...deliveryCalls,
  ],
  read: readGroups,
});

async function* readGroups(session: ServiceSession, context: ServiceContext): AsyncGenerator<Observation> {
  const client = session.client(CloudWatchLogsClient);
  const everywhere: AccountFilter[] = [];
  if (context.needs(describePolicies)) {
    yield* listItems(session, context, {
      call: describePolicies,
      send: (nextToken, abortSignal) =>
        client.send(
          new DescribeAccountPoliciesCommand({ policyType: 'SUBSCRIPTION_FILTER_POLICY', nextToken }),
          { abortSignal },
        ),
      token: ({ nextToken }) => nextToken,
      items: ({ accountPolicies }) => accountPolicies,
      each: (policy) => {
        everywhere.push(...readAccountFilter(policy));
        return [];
      },
    });
  }
  yield* listItems(session, context, {
    call: describeGroups,
    send: (nextToken, abortSignal) =>
      client.send(new DescribeLogGroupsCommand({ nextToken }), { abortSignal }),
    token: ({ nextToken }) => nextToken,
    items: ({ logGroups }) => logGroups,
    each: async (group, answer) => {
      const { logGroupName } = group;
      const sent = everywhere.filter(({ except }) => !except.has(logGroupName ?? '')).map(({ to }) => to);
      const item = showGroup(group, session, sent);
      return [
        observeItem(session, context, answer, item),
        ...sent.map((id) => observeEnd(session, answer, { id, kind: kindOf(id) })),
        ...(await askItem(
          session,
          context,
          item.id,
          listTags,
          (abortSignal) =>
            client.send(new ListTagsForResourceCommand({ resourceArn: item.id }), { abortSignal }),
          (response) => ({ facts: { tags: tagsFact(response?.tags) } }),
        )),
        ...(await askItemPages(
          session,
          context,
          item.id,
          describeFilters,
          (nextToken, abortSignal) =>
            client.send(new DescribeSubscriptionFiltersCommand({ logGroupName, nextToken }), { abortSignal }),
          ({ nextToken }) => nextToken,
          (pages) => {
            const ids = pages
              .flatMap(({ subscriptionFilters = [] }) => subscriptionFilters)
              .flatMap(({ destinationArn }) => destinationArn ?? []);
            return {
              relations: ids.map((to) => ({ kind: 'replica' as const, to })),
              ends: ids
                .filter((id) => isElsewhere(session, id) || kindOf(id) === 'other')
                .map((id) => ({ id, kind: kindOf(id) })),
            };
          },
        )),
      ];
    },
  });
  if (!context.wants('relations.replica')) return;
  yield* listItems(session, context, {
    call: describeDestinations,
    send: (nextToken, abortSignal) =>
      client.send(new DescribeDestinationsCommand({ nextToken }), { abortSignal }),
    token: ({ nextToken }) => nextToken,
    items: ({ destinations }) => destinations,
    each: (destination, answer) =>
      observeShown(session, context, answer, showDestination(destination, session)),
  });
  yield* listItems(session, context, {
    call: describeExports,
    send: (nextToken, abortSignal) =>
      client.send(new DescribeExportTasksCommand({ nextToken }), { abortSignal }),
    token: ({ nextToken }) => nextToken,
    items: ({ exportTasks }) =>
      exportTasks?.filter(({ status }) => status?.code !== 'FAILED' && status?.code !== 'CANCELLED'),
    each: ({ logGroupName, destination }, answer) => {
      if (!logGroupName || !destination) return [];
      const to = `arn:${session.partition}:s3:::${destination}`;
      const ends: End[] = [
        { id: groupArn(session, logGroupName), kind: 'log_store', relations: [{ kind: 'replica', to }] },
        { id: to, kind: 'object_store' },
      ];
      return ends.map((end) => observeEnd(session, answer, end));
    },
  });
  yield* readDeliveries(session, context, client);
}

/** A filter of the account: it sends on what comes into every group, but for those that it leaves out by name. */
interface AccountFilter {
  readonly to: string;
  readonly except: ReadonlySet<string>;
}

const LEFT_OUT = /^\s*LogGroupName\s+NOT\s+IN\s+(\[.*\])\s*$/is;

/** A selection of another form than that of leaving out names is taken to leave out nothing. */
export function readAccountFilter({
  policyDocument = '',
  selectionCriteria = '',
}: AccountPolicy): AccountFilter[] {
  const to = /"DestinationArn"\s*:\s*"(arn:[^"]+)"/.exec(policyDocument)?.[1];
  if (to === undefined) return [];
  const names = LEFT_OUT.exec(selectionCriteria)?.[1] ?? '';
  return [{ to, except: new Set([...names.matchAll(/"([^"]*)"/g)].map(([, name = '']) => name)) }];
}

export function groupArn(session: ServiceSession, name: string): string {
  return session.arn('logs', session.region, `log-group:${name}`);
}

/** Always encrypted; never open to the world. */
export function showGroup(group: LogGroup, session: ServiceSession, sent: readonly string[]): Item {
  const name = group.logGroupName ?? '';
  const id = group.logGroupArn ?? group.arn?.replace(/:\*$/, '') ?? groupArn(session, name);
  const { facts, relations } = encryptionFacts(session, { key: group.kmsKeyId, keyless: 'provider' });
  return {
    id,
    kind: 'log_store',
    name,
    facts: { ...facts, public: known(false), retention: daysFact(group.retentionInDays) },
    relations: [...relations, ...sent.map((to) => ({ kind: 'replica' as const, to }))],
  };
}

/** A sink that other accounts may send their logs to; it keeps nothing and hands on to a stream. */
export function showDestination(destination: Destination, session: ServiceSession): Shown {
  const { arn, destinationName: name = '', targetArn, accessPolicy } = destination;
  const id = arn ?? session.arn('logs', session.region, `destination:${name}`);
  const policy = readPolicyText(session, accessPolicy);
  return {
    item: {
      id,
      kind: 'monitoring',
      name,
      facts: 'facts' in policy ? (policy.facts ?? {}) : {},
      relations: targetArn ? [{ kind: 'log', to: targetArn }] : [],
    },
    ends: targetArn ? [{ id: targetArn, kind: kindOf(targetArn) }] : [],
  };
}

function kindOf(id: string): AssetKind {
  const { service, resource } = parseArn(id) ?? { service: '', resource: '' };
  if (service === 'lambda') return 'function';
  if (service === 'kinesis' || service === 'firehose') return 'stream';
  return service === 'logs' && resource.startsWith('destination') ? 'monitoring' : 'other';
}
