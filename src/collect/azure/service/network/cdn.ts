import type { Json, Tree } from '../../../../inventory/fact.ts';
import type { Observation } from '../../../../inventory/observation.ts';
import type { Answer } from '../../../call.ts';
import { isFailed, observe } from '../../../call.ts';
import { boolAt, textAt, treesAt } from '../../read/json.ts';
import { listItems } from '../ask.ts';
import { known, listFact, unsaid } from '../fact.ts';
import type { Item } from '../item.ts';
import { itemOf, observeItem } from '../item.ts';
import { diagnose, diagnosticCalls } from '../monitor/diagnostic.ts';
import { listAll } from '../page.ts';
import type { AzureService, AzureSession, ServiceCall, ServiceContext } from '../service.ts';
import { action, listing } from '../service.ts';
import { replicationCalls } from '../storage/replication.ts';
import { type Origin, observeOrigins } from './origin.ts';

const API = '2025-06-01';
const listProfiles = listing('Microsoft.Cdn/profiles/read', API, 'Profiles_List');
const part = (path: string, name: string, facts: readonly string[]): ServiceCall =>
  action(`Microsoft.Cdn/profiles/${path}/read`, API, name, { facts });
const listAfdEndpoints = part('afdEndpoints', 'AFDEndpoints_ListByProfile', ['endpoints']);
const listOriginGroups = part('originGroups', 'AFDOriginGroups_ListByProfile', ['relations.origin']);
const listOrigins = part('originGroups/origins', 'AFDOrigins_ListByOriginGroup', ['relations.origin']);
const listEndpoints = part('endpoints', 'Endpoints_ListByProfile', ['relations.origin', 'endpoints']);

/** Front Door (Standard, Premium) and CDN profiles: caches in many countries, and what they fetch from. */
export const cdnService: AzureService = {
  name: 'cdn',
  scope: 'subscription',
  calls: [
    listProfiles,
    listAfdEndpoints,
    listOriginGroups,
    listOrigins,
    listEndpoints,
    ...replicationCalls.filter(({ operation }) => operation.startsWith('Microsoft.ResourceGraph')),
    ...diagnosticCalls,
  ],
  read: readProfiles,
};

async function* readProfiles(session: AzureSession, context: ServiceContext): AsyncGenerator<Observation> {
  const path = `/subscriptions/${session.subscription}/providers/Microsoft.Cdn/profiles`;
  yield* listItems(session, context, listProfiles, path, async (profile, answer) => {
    const item = showProfile(profile);
    const isFrontDoor = /azurefrontdoor/i.test(textAt(profile, 'sku', 'name') ?? '');
    return [
      ...observeItem(session, context, answer, item),
      ...(await (isFrontDoor ? readFrontDoor : readEndpoints)(session, context, item)),
      ...(await diagnose(session, context, item, null)),
    ];
  });
}

/** Wherever the resource is said to be, it caches at the edge. */
export function showProfile(profile: Tree): Item {
  const item = itemOf(profile, 'cdn');
  return { ...item, facts: { ...item.facts, 'place.region': known('edge') } };
}

async function readFrontDoor(
  session: AzureSession,
  context: ServiceContext,
  item: Item,
): Promise<readonly Observation[]> {
  const endpoints = await askPart(session, context, item, listAfdEndpoints, `${item.id}/afdEndpoints`);
  const groups = await askPart(session, context, item, listOriginGroups, `${item.id}/originGroups`);
  const hosts = endpoints.items.flatMap((one) => textAt(one, 'properties', 'hostName') ?? []);
  const named = groups.items.flatMap((group) => textAt(group, 'name') ?? []);
  const origins = await Promise.all(
    named.map((group) =>
      askPart(session, context, item, listOrigins, `${item.id}/originGroups/${group}/origins`),
    ),
  );
  const seen = origins.flatMap(({ observations }) => observations);
  const sources = origins.flatMap(({ items }) => items.map(originOf));
  const by = origins.find(({ items }) => items.length > 0)?.answer ?? null;
  return [
    ...endpoints.observations,
    ...groups.observations,
    ...seen,
    ...sayEndpoints(session, context, item, endpoints.answer, hosts),
    ...(by === null ? [] : await observeOrigins(session, context, by, sources, item.id)),
  ];
}

/** Endpoints of a classic profile name their origins themselves. */
async function readEndpoints(
  session: AzureSession,
  context: ServiceContext,
  item: Item,
): Promise<readonly Observation[]> {
  const { answer, items, observations } = await askPart(
    session,
    context,
    item,
    listEndpoints,
    `${item.id}/endpoints`,
  );
  const hosts = items.flatMap((one) => textAt(one, 'properties', 'hostName') ?? []);
  const isClear = items.map((one) => boolAt(one, 'properties', 'isHttpAllowed'));
  const origins = items.flatMap((one) => treesAt(one, 'properties', 'origins').map(originOf));
  const transit =
    isClear.includes(null) || items.length === 0
      ? unsaid('isHttpAllowed is not told')
      : known(!isClear.includes(true));
  return [
    ...observations,
    ...sayEndpoints(session, context, item, answer, hosts, { 'encryption.in_transit': transit }),
    ...(answer === null ? [] : await observeOrigins(session, context, answer, origins, item.id)),
  ];
}

interface Part {
  readonly answer: Answer<Json> | null;
  readonly items: readonly Tree[];
  readonly observations: readonly Observation[];
}

async function askPart(
  session: AzureSession,
  context: ServiceContext,
  { id }: Item,
  call: ServiceCall,
  path: string,
): Promise<Part> {
  if (!context.needs(call)) return { answer: null, items: [], observations: [] };
  const { answer, items } = await listAll(session, context, call, path);
  return {
    answer,
    items,
    observations: [observe(session.scene(id), answer, { about: { items: items.length } })],
  };
}

function sayEndpoints(
  session: AzureSession,
  { wants }: ServiceContext,
  { id }: Item,
  answer: Answer<Json> | null,
  hosts: readonly string[],
  more: NonNullable<Item['facts']> = {},
): readonly Observation[] {
  if (answer === null || isFailed(answer)) return [];
  const facts = { endpoints: listFact(hosts.map((host) => `https://${host}`)), ...more };
  const wanted = Object.fromEntries(Object.entries(facts).filter(([name]) => wants(name)));
  return [observe(session.scene(id), answer, { facts: wanted })];
}

/** https://learn.microsoft.com/rest/api/frontdoor/azurefrontdoorstandardpremium/afd-origins */
export function originOf(origin: Tree): Origin {
  return {
    id: textAt(origin, 'properties', 'azureOrigin', 'id'),
    host: textAt(origin, 'properties', 'hostName'),
  };
}
