import type { Json } from '../../../../inventory/fact.ts';
import type { AssetKind, Observation } from '../../../../inventory/observation.ts';
import { kindOfType } from '../../../arm/kind.ts';
import type { Answer } from '../../../call.ts';
import { failAnswer, isFailed, missingFact, observe } from '../../../call.ts';
import { nameOfId, parseId } from '../../read/id.ts';
import { textAt } from '../../read/json.ts';
import { type Facts, known, placeFacts, tagsFact, unsaid } from '../fact.ts';
import { observeEnd } from '../item.ts';
import type { AzureSession, ServiceCall, ServiceContext } from '../service.ts';
import { action, askArm } from '../service.ts';

/** Of each type that data is sent to, how it is asked about by its id. */
const lookups: { readonly [type: string]: ServiceCall } = {
  'microsoft.storage/storageaccounts': lookup(
    'Microsoft.Storage/storageAccounts/read',
    '2025-06-01',
    'StorageAccounts_Get',
  ),
  'microsoft.operationalinsights/workspaces': lookup(
    'Microsoft.OperationalInsights/workspaces/read',
    '2025-02-01',
    'Workspaces_Get',
  ),
  'microsoft.eventhub/namespaces': lookup(
    'Microsoft.EventHub/namespaces/read',
    '2024-01-01',
    'Namespaces_Get',
  ),
  'microsoft.servicebus/namespaces': lookup(
    'Microsoft.ServiceBus/namespaces/read',
    '2024-01-01',
    'Namespaces_Get',
  ),
  'microsoft.sql/servers': lookup('Microsoft.Sql/servers/read', '2023-08-01', 'Servers_Get'),
};

/** Answers everyone, with or without credentials: the challenge says whose a subscription is. */
const findTenant = action('Microsoft.Resources/subscriptions/read', '2022-12-01', 'Subscriptions_Challenge', {
  isFree: true,
  facts: ['other_owner', 'access.outside_accounts'],
});

export const sinkCalls: readonly ServiceCall[] = [...Object.values(lookups), findTenant];

function lookup(permission: string, apiVersion: string, name: string): ServiceCall {
  return action(permission, apiVersion, name, { facts: ['relations'] });
}

/**
 * What data is sent to, where it lies outside this subscription: placed by asking about it; where that is refused its place
 * is not known. Whose it is, the challenge tells that Azure answers anybody.
 */
export async function observeSink(
  session: AzureSession,
  context: ServiceContext,
  answer: Answer<unknown>,
  id: string,
  kind?: AssetKind,
): Promise<readonly Observation[]> {
  const parsed = parseId(id);
  const type = parsed?.type ?? '';
  const as = kind ?? kindOfType(type, null);
  const end = { id, kind: as === 'other' ? (kind ?? 'other') : as };
  if (parsed === null || parsed.subscription === null || parsed.subscription === session.subscription)
    return [observeEnd(session, answer, end)];
  const owner = await observeOwner(session, context, id, parsed.subscription);
  const own = [observeEnd(session, answer, end), ...owner];
  const call = Object.hasOwn(lookups, type) ? lookups[type] : undefined;
  if (call === undefined) return own;
  // Asked once, whoever sends to it; said by each, so that no result depends on who came first.
  const asked: Answer<Json> = await session.once(`sink ${id}`, () => askArm(session, context, call, id));
  if (asked.state === 'ok') {
    const { response } = asked;
    const facts = { ...placeFacts(textAt(response, 'location')), tags: tagsFact(response) };
    const name = textAt(response, 'name') ?? nameOfId(id);
    return [...own, observeEnd(session, asked, { ...end, name, facts })];
  }
  const facts = isFailed(asked) ? { 'place.region': missingFact(asked) } : {};
  return [...own, observeEnd(session, asked, { ...end, facts })];
}

/** Whose the subscription of a sink is: people of another tenant may read what is sent there. */
async function observeOwner(
  session: AzureSession,
  context: ServiceContext,
  id: string,
  subscription: string,
): Promise<readonly Observation[]> {
  if (!context.needs(findTenant)) return [];
  const { apiVersion } = findTenant;
  const path = `/subscriptions/${subscription}`;
  const answer = await session.once(`owner ${subscription}`, async () => {
    const asked = await context.ask(findTenant, async (signal) => {
      const headers = await session.knock({ path, apiVersion }, signal);
      return { owner: tenantOf(headers.get('www-authenticate') ?? '') };
    });
    return asked.state === 'ok' && asked.response.owner === null
      ? failAnswer(asked, 'not_collected', 'NoOwner')
      : asked;
  });
  const owner = answer.state === 'ok' ? answer.response.owner : null;
  const isOther = owner === null || session.tenant === null ? null : owner !== session.tenant;
  const whose = isFailed(answer) ? missingFact(answer) : unsaid('whose subscription it is');
  const facts: Facts = {
    other_owner: isOther === null ? whose : known(isOther),
    ...(isOther ? { 'access.outside_accounts': known([`tenant ${owner}`]) } : {}),
  };
  const wanted = Object.fromEntries(Object.entries(facts).filter(([fact]) => context.wants(fact)));
  return [observe(session.scene(id), answer, { facts: wanted, about: { owner_tenant: owner } })];
}

/** `Bearer authorization_uri="https://login.windows.net/TENANT", …` */
export function tenantOf(challenge: string): string | null {
  const [, tenant] =
    /authorization(?:_uri)?="https:\/\/[^/"]+\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/i.exec(
      challenge,
    ) ?? [];
  return tenant?.toLowerCase() ?? null;
}
