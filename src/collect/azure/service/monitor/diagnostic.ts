import type { Tree } from '../../../../inventory/fact.ts';
import type { Observation, SeenRelation } from '../../../../inventory/observation.ts';
import { failAnswer, isFailed, missingFact, observe } from '../../../call.ts';
import { canonicalId } from '../../read/id.ts';
import { boolAt, textAt, treesAt } from '../../read/json.ts';
import { known, unsaid } from '../fact.ts';
import type { Item } from '../item.ts';
import { listAll } from '../page.ts';
import type { AzureSession, ServiceContext } from '../service.ts';
import { action } from '../service.ts';
import { observeSink, sinkCalls } from './sink.ts';

const listSettings = action(
  'Microsoft.Insights/diagnosticSettings/read',
  '2021-05-01-preview',
  'DiagnosticSettings_List',
  {
    facts: ['access_log', 'access_log_places', 'relations.log'],
    none: ['ResourceTypeNotSupported', 'UnsupportedResourceType'],
  },
);
export const diagnosticCalls = [listSettings, ...sinkCalls];

/** Categories of logs that tell who read what: of storage, vaults, SQL and Cosmos DB. */
const READS =
  /^(storageread|auditevent|sqlsecurityauditevents|dataplanerequests|postgresqllogs|mysqlauditlogs|audit|requestresponse|frontdooraccesslog|azurecdnaccesslog|frontdooraccess|alllogs)$/i;

/** Types that keep or handle data, that send logs, and that no reader of their own asks about. */
const DIAGNOSABLE = new Set([
  'microsoft.servicebus/namespaces',
  'microsoft.eventhub/namespaces',
  'microsoft.eventgrid/topics',
  'microsoft.search/searchservices',
  'microsoft.cache/redis',
  'microsoft.web/sites',
  'microsoft.app/managedenvironments',
  'microsoft.containerregistry/registries',
  'microsoft.containerservice/managedclusters',
  'microsoft.apimanagement/service',
  'microsoft.synapse/workspaces',
  'microsoft.databricks/workspaces',
  'microsoft.datafactory/factories',
  'microsoft.machinelearningservices/workspaces',
  'microsoft.network/applicationgateways',
]);

export function isDiagnosable(resource: Tree): boolean {
  return DIAGNOSABLE.has(textAt(resource, 'type')?.toLowerCase() ?? '');
}

/**
 * Where an asset sends its logs, as far as its diagnostic settings say: workspaces, storage accounts, event hubs, partners.
 * @param parts paths under it that have settings of their own: the blobs of a storage account
 * @param elsewhere where reads may be logged besides; null where these settings are the only way
 */
export async function diagnose(
  session: AzureSession,
  context: ServiceContext,
  { id }: Pick<Item, 'id'>,
  elsewhere: string | null,
  parts: readonly string[] = [''],
): Promise<readonly Observation[]> {
  if (!context.needs(listSettings)) return [];
  const asked = await Promise.all(
    parts.map((part) =>
      listAll(session, context, listSettings, `${id}${part}/providers/Microsoft.Insights/diagnosticSettings`),
    ),
  );
  const failed = asked.map(({ answer }) => answer).find(isFailed);
  const sinks = asked.flatMap(({ answer, items }) =>
    items.flatMap((item) => sinksOf(item).map((to) => ({ answer, to }))),
  );
  const isLogged = asked.some(({ items }) => items.some(logsReads));
  const relations = sinks.map(({ to }): SeenRelation => ({ kind: 'log', to }));
  const [first] = asked;
  if (first === undefined) return [];
  // What one part said holds; that there is no more is known only when all were heard.
  const unlogged = elsewhere === null ? known(false) : unsaid(elsewhere);
  const logged = isLogged ? known(true) : failed === undefined ? unlogged : missingFact(failed);
  const missing = failed === undefined ? {} : { 'relations.log': missingFact(failed) };
  const facts = { ...(context.wants('access_log') ? { access_log: logged } : {}), ...missing };
  const ends = await Promise.all(
    [...new Map(sinks.map((sink) => [sink.to, sink])).values()].map(({ answer, to }) =>
      observeSink(session, context, answer, to),
    ),
  );
  const said = asked.find(({ items }) => items.length > 0) ?? first;
  const answer =
    failed ?? (isFailed(said.answer) ? failAnswer(said.answer, 'error', 'Unreadable') : said.answer);
  return [observe(session.scene(id), answer, { facts, relations }), ...ends.flat()];
}

/** https://learn.microsoft.com/azure/azure-monitor/platform/diagnostic-settings */
export function sinksOf(setting: Tree): readonly string[] {
  const named = (name: string): string | null => {
    const text = textAt(setting, 'properties', name);
    return text === null ? null : canonicalId(text);
  };
  const rules = ['eventHubAuthorizationRuleId', 'serviceBusRuleId'].map((name) => namespaceOf(named(name)));
  return [named('workspaceId'), named('storageAccountId'), ...rules, named('marketplacePartnerId')].filter(
    (id) => id !== null,
  );
}

/** The rule that lets logs in belongs to a namespace, and that is where they go. */
function namespaceOf(rule: string | null): string | null {
  return rule === null ? null : rule.replace(/\/authorizationrules\/[^/]*$/, '');
}

export function logsReads(setting: Tree): boolean {
  return treesAt(setting, 'properties', 'logs').some(
    (log) =>
      boolAt(log, 'enabled') === true &&
      READS.test(textAt(log, 'category') ?? textAt(log, 'categoryGroup') ?? ''),
  );
}
