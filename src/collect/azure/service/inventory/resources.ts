import type { Json, Tree } from '../../../../inventory/fact.ts';
import type { Observation } from '../../../../inventory/observation.ts';
import { mapBounded } from '../../../bounded.ts';
import type { Answer } from '../../../call.ts';
import { failAnswer, isFailed, observe } from '../../../call.ts';
import { textAt } from '../../read/json.ts';
import { observeItem } from '../item.ts';
import { diagnose, diagnosticCalls, isDiagnosable } from '../monitor/diagnostic.ts';
import { listPages } from '../page.ts';
import type { AzureService, AzureSession, ServiceContext } from '../service.ts';
import { action } from '../service.ts';
import { graphPages, queryGraph } from './graph.ts';
import { showResource } from './show.ts';
import type { Told } from './subscription.ts';
import { subscriptionsOf } from './subscription.ts';

const listResources = action(
  'Microsoft.Resources/subscriptions/resources/read',
  '2021-04-01',
  'Resources_List',
);
const listGroups = action(
  'Microsoft.Resources/subscriptions/resourceGroups/read',
  '2021-04-01',
  'ResourceGroups_List',
);

/** Subscriptions that one query is about. */
const ASKED = 100;

const FIELDS = 'project id, name, type, location, kind, tags | order by id asc';
const QUERIES = [
  `Resources | ${FIELDS}`,
  `ResourceContainers | where type =~ 'microsoft.resources/subscriptions/resourcegroups' | ${FIELDS}`,
];

/**
 * Every resource and resource group with its location: from Resource Graph where it shows the caller everything, else from
 * the list of each subscription. Where neither does, that is a gap.
 */
export const resourcesService: AzureService = {
  name: 'resources',
  scope: 'tenant',
  calls: [queryGraph, listResources, listGroups, ...diagnosticCalls],
  read: readResources,
};

async function* readResources(session: AzureSession, context: ServiceContext): AsyncGenerator<Observation> {
  const subscriptions = subscriptionsOf(session);
  const whole = subscriptions.filter(({ sight }) => sight === 'all');
  const listed = subscriptions.filter(({ sight }) => sight !== 'all');
  for (let from = 0; from < whole.length; from += ASKED) {
    const asked = whole.slice(from, from + ASKED);
    const refused: Answer<unknown>[] = [];
    for (const query of QUERIES) {
      for await (const page of graphPages(
        session,
        context,
        asked.map(({ id }) => id),
        query,
      )) {
        // What another way can still show is no gap yet.
        if (isFailed(page.answer)) refused.push(page.answer);
        else yield* showPage(session, context, page.answer, page.rows, page.number);
      }
    }
    const [why] = refused;
    for (const one of why === undefined ? [] : asked) yield* readListed(session, context, one, why ?? null);
  }
  for (const one of listed) yield* readListed(session, context, one, null);
}

/** @param graph how Resource Graph failed, where it was asked before */
async function* readListed(
  session: AzureSession,
  context: ServiceContext,
  { id, sight }: Told,
  graph: Answer<unknown> | null,
): AsyncGenerator<Observation> {
  const own = {
    ...session,
    scope: id,
    scene: (subject: string) => ({ source: 'azure', scope: id, subject }),
  };
  let read: Answer<Json> | null = null;
  for (const [call, path] of [
    [listGroups, `/subscriptions/${id}/resourcegroups`],
    [listResources, `/subscriptions/${id}/resources`],
  ] as const) {
    for await (const { answer, items, number } of listPages(own, context, call, path)) {
      read = answer;
      yield* showPage(own, context, answer, items, number, graph);
      if (isFailed(answer) && graph !== null) yield observe(own.scene(id), graph, {});
    }
  }
  // Who may not list a subscription is shown, without a word, what they may read of it.
  if (sight === 'part' && read !== null && !isFailed(read))
    yield observe(own.scene(id), failAnswer(read, 'not_collected', 'PartialView'), {});
}

async function* showPage(
  session: AzureSession,
  context: ServiceContext,
  answer: Answer<unknown>,
  items: readonly Tree[],
  page: number,
  graph: Answer<unknown> | null = null,
): AsyncGenerator<Observation> {
  const instead = graph !== null && 'code' in graph ? { resource_graph: graph.code } : {};
  yield observe(session.scene(session.scope), answer, { about: { page, items: items.length, ...instead } });
  const named = items.filter((item) => textAt(item, 'id') !== null);
  if (named.length < items.length)
    yield observe(session.scene(session.scope), failAnswer(answer, 'error', 'ItemWithoutId'), {});
  const shown = mapBounded(named, context.concurrency, async (resource) => {
    const item = showResource(resource);
    const seen = observeItem(session, context, answer, item);
    return isDiagnosable(resource)
      ? [...seen, ...(await diagnose(session, context, item, 'its service may log otherwise'))]
      : seen;
  });
  for await (const seen of shown) yield* seen;
}
