import type { HostedZone } from '@aws-sdk/client-route-53';
import {
  ListHostedZonesCommand,
  ListQueryLoggingConfigsCommand,
  ListTagsForResourceCommand,
  Route53Client,
} from '@aws-sdk/client-route-53';
import type { Observation } from '../../../../inventory/observation.ts';
import { action, listing } from '../action.ts';
import { tagsFact } from '../fact.ts';
import type { Item } from '../item.ts';
import { askItem, listItems, observeEnd, observeItem } from '../item.ts';
import type { AwsService, ServiceContext, ServiceSession } from '../service.ts';

const listZones = listing('route53:ListHostedZones');
const listTags = action('route53:ListTagsForResource', { facts: ['tags'] });
const listLogging = listing('route53:ListQueryLoggingConfigs', { facts: ['relations.log'] });

/** Zones: names are answered from the edge, those of private networks from the service's own regions. */
export const route53Service: AwsService = {
  name: 'route53',
  scope: 'global',
  calls: [listZones, listTags, listLogging],
  read: readZones,
};

async function* readZones(session: ServiceSession, context: ServiceContext): AsyncGenerator<Observation> {
  const client = session.client(Route53Client);
  yield* listItems(session, context, {
    call: listZones,
    send: (Marker, abortSignal) => client.send(new ListHostedZonesCommand({ Marker }), { abortSignal }),
    token: ({ IsTruncated, NextMarker }) => (IsTruncated ? NextMarker : undefined),
    items: ({ HostedZones }) => HostedZones,
    each: async (zone, answer) => {
      const item = showZone(zone, session);
      const ResourceId = keyOf(zone.Id);
      return [
        observeItem(session, context, answer, item),
        ...(await askItem(
          session,
          context,
          item.id,
          listTags,
          (abortSignal) =>
            client.send(new ListTagsForResourceCommand({ ResourceType: 'hostedzone', ResourceId }), {
              abortSignal,
            }),
          (response) => ({ facts: { tags: tagsFact(response?.ResourceTagSet?.Tags) } }),
        )),
      ];
    },
  });
  if (!context.needs(listLogging)) return;
  yield* listItems(session, context, {
    call: listLogging,
    send: (NextToken, abortSignal) =>
      client.send(new ListQueryLoggingConfigsCommand({ NextToken }), { abortSignal }),
    token: ({ NextToken }) => NextToken,
    items: ({ QueryLoggingConfigs }) => QueryLoggingConfigs,
    each: ({ HostedZoneId, CloudWatchLogsLogGroupArn: arn }, answer) => {
      const to = arn?.replace(/:\*$/, '');
      if (to === undefined) return [];
      return [
        observeEnd(session, answer, {
          id: zoneArn(session, HostedZoneId),
          kind: 'dns',
          relations: [{ kind: 'log', to }],
        }),
        observeEnd(session, answer, { id: to, kind: 'log_store' }),
      ];
    },
  });
}

function keyOf(id: string | undefined): string {
  return (id ?? '').replace(/^\/hostedzone\//, '');
}

function zoneArn({ partition }: ServiceSession, id: string | undefined): string {
  return `arn:${partition}:route53:::hostedzone/${keyOf(id)}`;
}

export function showZone({ Id, Name = '', Config }: HostedZone, session: ServiceSession): Item {
  return {
    id: zoneArn(session, Id),
    kind: 'dns',
    name: Name.replace(/\.$/, ''),
    region: Config?.PrivateZone ? 'aws-global' : 'edge',
  };
}
