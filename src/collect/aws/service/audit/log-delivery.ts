import type {
  CloudWatchLogsClient,
  DeliveryDestination,
  DeliverySource,
} from '@aws-sdk/client-cloudwatch-logs';
import {
  DescribeDeliveriesCommand,
  DescribeDeliveryDestinationsCommand,
  DescribeDeliverySourcesCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import type { AssetKind, Observation } from '../../../../inventory/observation.ts';
import { listing } from '../action.ts';
import { bucketOfArn, parseArn } from '../arn.ts';
import { known } from '../fact.ts';
import { listItems, observeEnd } from '../item.ts';
import { kindOfArn } from '../other/kind.ts';
import type { ServiceContext, ServiceSession } from '../service.ts';

const facts = ['relations.log'];
const describeSources = listing('logs:DescribeDeliverySources', { facts });
const describeTargets = listing('logs:DescribeDeliveryDestinations', { facts });
const describeDeliveries = listing('logs:DescribeDeliveries', { facts });
export const deliveryCalls = [describeSources, describeTargets, describeDeliveries];

/**
 * Logs that services deliver in the newer way, whatever the service: from what they are about to a bucket, a group or a
 * delivery stream, maybe of another account, whose own description only that account has.
 */
export async function* readDeliveries(
  session: ServiceSession,
  context: ServiceContext,
  client: CloudWatchLogsClient,
): AsyncGenerator<Observation> {
  if (!context.needs(describeDeliveries)) return;
  const sources = new Map<string, DeliverySource>();
  const targets = new Map<string, DeliveryDestination>();
  yield* listItems(session, context, {
    call: describeSources,
    send: (nextToken, abortSignal) =>
      client.send(new DescribeDeliverySourcesCommand({ nextToken }), { abortSignal }),
    token: ({ nextToken }) => nextToken,
    items: ({ deliverySources }) => deliverySources,
    each: (source) => {
      sources.set(source.name ?? '', source);
      return [];
    },
  });
  yield* listItems(session, context, {
    call: describeTargets,
    send: (nextToken, abortSignal) =>
      client.send(new DescribeDeliveryDestinationsCommand({ nextToken }), { abortSignal }),
    token: ({ nextToken }) => nextToken,
    items: ({ deliveryDestinations }) => deliveryDestinations,
    each: (target) => {
      targets.set(target.arn ?? '', target);
      return [];
    },
  });
  yield* listItems(session, context, {
    call: describeDeliveries,
    send: (nextToken, abortSignal) =>
      client.send(new DescribeDeliveriesCommand({ nextToken }), { abortSignal }),
    token: ({ nextToken }) => nextToken,
    items: ({ deliveries }) => deliveries,
    each: ({ deliverySourceName = '', deliveryDestinationArn: arn }, answer) => {
      const { resourceArns = [], logType = '' } = sources.get(deliverySourceName) ?? {};
      if (!arn) return [];
      const to = receiver(
        targets.get(arn)?.deliveryDestinationConfiguration?.destinationResourceArn ?? arn,
        session,
      );
      const isAccess = logType.includes('ACCESS') && context.wants('access_log');
      return [
        ...resourceArns.map((id) => {
          const relations = [{ kind: 'log' as const, to }];
          const end = observeEnd(session, answer, { id, kind: kindOfArn(id), relations });
          return isAccess ? { ...end, facts: { ...end.facts, access_log: known(true) } } : end;
        }),
        observeEnd(session, answer, { id: to, kind: receivers[parseArn(to)?.service ?? ''] ?? 'monitoring' }),
      ];
    },
  });
}

const receivers: { readonly [service: string]: AssetKind } = { s3: 'object_store', firehose: 'stream' };

function receiver(arn: string, { partition }: ServiceSession): string {
  const bucket = bucketOfArn(arn);
  return bucket === null ? arn.replace(/:\*$/, '') : `arn:${partition}:s3:::${bucket}`;
}
