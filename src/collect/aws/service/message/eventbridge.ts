import type { ApiDestination, EventBus, Target } from '@aws-sdk/client-eventbridge';
import {
  EventBridgeClient,
  ListApiDestinationsCommand,
  ListArchivesCommand,
  ListEventBusesCommand,
  ListRulesCommand,
  ListTargetsByRuleCommand,
} from '@aws-sdk/client-eventbridge';
import type { Observation } from '../../../../inventory/observation.ts';
import { action } from '../action.ts';
import { known } from '../fact.ts';
import type { End, Said } from '../item.ts';
import { askItemPages, listItems, observeEnd, observeItem } from '../item.ts';
import { kindOfArn } from '../other/kind.ts';
import { policyFacts, readPolicyText } from '../policy.ts';
import type { AwsService, ServiceContext, ServiceSession } from '../service.ts';
import { hostOf } from './firehose.ts';

const facts = ['relations.notification'];
const listBuses = action('events:ListEventBuses');
const listRules = action('events:ListRules', { facts });
const listTargets = action('events:ListTargetsByRule', { facts });
const listHosts = action('events:ListApiDestinations', { facts });
const listArchives = action('events:ListArchives', { facts: ['relations.replica'] });

/**
 * Buses, which keep nothing, and where their rules send what comes in: to other regions and accounts, to queues and functions, to hosts of
 * others. What a bucket or a service announces, with names of objects, comes in by the default one.
 */
export const eventBridgeService: AwsService = {
  name: 'eventbridge',
  scope: 'region',
  calls: [listBuses, listRules, listTargets, listHosts, listArchives],
  read: readBuses,
};

async function* readBuses(session: ServiceSession, context: ServiceContext): AsyncGenerator<Observation> {
  const client = session.client(EventBridgeClient);
  const buses: { readonly id: string; readonly name: string }[] = [];
  yield* listItems(session, context, {
    call: listBuses,
    send: (NextToken, abortSignal) => client.send(new ListEventBusesCommand({ NextToken }), { abortSignal }),
    token: ({ NextToken }) => NextToken,
    items: ({ EventBuses }) => EventBuses,
    each: (bus, answer) => {
      const { Name: name = 'default' } = bus;
      const id = busArn(bus, session);
      buses.push({ id, name });
      const policy = readPolicyText(session, bus.Policy);
      const said = 'facts' in policy ? policy.facts : unreadable;
      return [observeItem(session, context, answer, { id, kind: 'other', name, facts: said ?? {} })];
    },
  });
  if (context.needs(listHosts)) yield* readHosts(session, context, client);
  if (context.needs(listRules))
    for (const { id, name } of buses) yield* readRules(session, context, client, id, name);
  if (context.needs(listArchives)) yield* readArchives(session, context, client);
}

const unreadable = Object.fromEntries(
  policyFacts.map((fact) => [fact, { state: 'error', note: 'MalformedPolicy' } as const]),
);

function busArn({ Arn, Name = 'default' }: EventBus, session: ServiceSession): string {
  return Arn ?? session.arn('events', session.region, `event-bus/${Name}`);
}

/** Hosts that rules may call, each by the ARN by which a rule names it. */
async function* readHosts(
  session: ServiceSession,
  context: ServiceContext,
  client: EventBridgeClient,
): AsyncGenerator<Observation> {
  yield* listItems(session, context, {
    call: listHosts,
    send: (NextToken, abortSignal) =>
      client.send(new ListApiDestinationsCommand({ NextToken }), { abortSignal }),
    token: ({ NextToken }) => NextToken,
    items: ({ ApiDestinations }) => ApiDestinations,
    each: (one, answer) => showHost(one, session).map((end) => observeEnd(session, answer, end)),
  });
}

export function showHost(
  { ApiDestinationArn: arn, InvocationEndpoint: address, Name: name = '' }: ApiDestination,
  session: ServiceSession,
): readonly End[] {
  const id = arn ?? session.arn('events', session.region, `api-destination/${name}`);
  const hosts = hostOf(address);
  const relations = hosts.map((host) => ({ kind: 'notification' as const, to: host.id }));
  return [{ id, kind: 'other', name, relations }, ...hosts];
}

async function* readRules(
  session: ServiceSession,
  context: ServiceContext,
  client: EventBridgeClient,
  id: string,
  EventBusName: string,
): AsyncGenerator<Observation> {
  yield* listItems(session, context, {
    call: listRules,
    send: (NextToken, abortSignal) =>
      client.send(new ListRulesCommand({ EventBusName, NextToken }), { abortSignal }),
    token: ({ NextToken }) => NextToken,
    // What runs on a schedule sends on nothing that came in.
    items: ({ Rules }) => Rules?.filter(({ State, EventPattern }) => State !== 'DISABLED' && EventPattern),
    each: ({ Name: Rule }) =>
      askItemPages(
        session,
        context,
        id,
        listTargets,
        (NextToken, abortSignal) =>
          client.send(new ListTargetsByRuleCommand({ EventBusName, Rule, NextToken }), { abortSignal }),
        ({ NextToken }) => NextToken,
        (pages) => readTargets(pages.flatMap(({ Targets = [] }) => Targets)),
      ),
  });
}

/** Stands, without a name, for the archives that the service feeds by a rule of its own. */
const ARCHIVE = /^arn:[^:]+:events:[^:]*:::$/;

/** What could not be delivered is put aside, in a queue. */
export function readTargets(targets: readonly Target[]): Said {
  const named = targets.flatMap(({ Arn, DeadLetterConfig }) => [Arn, DeadLetterConfig?.Arn]);
  const arns = named.flatMap((arn) => (arn && !ARCHIVE.test(arn) ? [arn] : []));
  const ids = [...new Set(arns)].map((arn) => arn.replace(/:\*$/, ''));
  return {
    relations: ids.map((to) => ({ kind: 'notification', to })),
    ends: ids.map((id) => ({ id, kind: kindOfArn(id) })),
  };
}

/** What came in is kept, to be sent once more. */
async function* readArchives(
  session: ServiceSession,
  context: ServiceContext,
  client: EventBridgeClient,
): AsyncGenerator<Observation> {
  yield* listItems(session, context, {
    call: listArchives,
    send: (NextToken, abortSignal) => client.send(new ListArchivesCommand({ NextToken }), { abortSignal }),
    token: ({ NextToken }) => NextToken,
    items: ({ Archives }) => Archives,
    each: ({ ArchiveName: name = '', EventSourceArn: bus, RetentionDays: days }, answer) => {
      const id = session.arn('events', session.region, `archive/${name}`);
      return [
        observeItem(session, context, answer, {
          id,
          kind: 'stream',
          name,
          facts: { public: known(false), ...(days ? { retention: known(`P${days}D`) } : {}) },
        }),
        ...(bus
          ? [
              observeEnd(session, answer, {
                id: bus,
                kind: 'queue',
                relations: [{ kind: 'replica', to: id }],
              }),
            ]
          : []),
      ];
    },
  });
}
