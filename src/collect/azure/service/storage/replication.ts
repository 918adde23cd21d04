import type { Json, Tree } from '../../../../inventory/fact.ts';
import type { Observation } from '../../../../inventory/observation.ts';
import type { Answer } from '../../../call.ts';
import { canonicalId } from '../../read/id.ts';
import { textAt } from '../../read/json.ts';
import { askItems } from '../ask.ts';
import { unsaid } from '../fact.ts';
import { graphPages, queryGraph } from '../inventory/graph.ts';
import type { Item } from '../item.ts';
import { observeEnd } from '../item.ts';
import { observeSink, sinkCalls } from '../monitor/sink.ts';
import type { AzureSession, ServiceCall, ServiceContext } from '../service.ts';
import { action } from '../service.ts';

const listPolicies = action(
  'Microsoft.Storage/storageAccounts/objectReplicationPolicies/read',
  '2025-06-01',
  'ObjectReplicationPolicies_List',
  { facts: ['relations.replica'], none: ['FeatureNotSupportedForAccount', 'OperationNotAllowedOnKind'] },
);
const findAccounts: ServiceCall = { ...queryGraph, facts: ['relations.replica', 'relations.origin'] };
export const replicationCalls: readonly ServiceCall[] = [listPolicies, findAccounts, ...sinkCalls];

/**
 * Objects that are copied to another account, which may be anybody's. The policy of an account names both ends, by id or,
 * in older answers, by name alone.
 */
export async function readReplication(
  session: AzureSession,
  context: ServiceContext,
  item: Item,
): Promise<readonly Observation[]> {
  const ends: { readonly id: string; readonly isNamed: boolean }[] = [];
  let answered: Answer<Json> | undefined;
  const said = await askItems(
    session,
    { ...context, ask: async (call, send) => keep(await context.ask(call, send)) },
    item,
    listPolicies,
    `${item.id}/objectReplicationPolicies`,
    async (policies) => {
      for (const to of policies.flatMap((policy) => destinationOf(policy, item)))
        ends.push(await resolveAccount(session, context, to));
      return { relations: ends.map(({ id }) => ({ kind: 'replica', to: id })) };
    },
  );
  if (answered === undefined) return said;
  const by = answered;
  const unplaced = { 'place.region': unsaid('an account that is known by its name alone') };
  const seen = await Promise.all(
    ends.map(async ({ id, isNamed }) =>
      isNamed
        ? observeSink(session, context, by, id, 'object_store')
        : [observeEnd(session, by, { id, kind: 'object_store', facts: unplaced })],
    ),
  );
  return [...said, ...seen.flat()];

  function keep<T>(answer: Answer<T>): Answer<T> {
    answered = answer as Answer<Json>;
    return answer;
  }
}

/** The account that objects go to, where the policy is about this one as their source. */
export function destinationOf(policy: Tree, { id, name }: Pick<Item, 'id' | 'name'>): readonly string[] {
  const source = textAt(policy, 'properties', 'sourceAccount')?.toLowerCase() ?? null;
  const destination = textAt(policy, 'properties', 'destinationAccount');
  const isSource = source === null || source === name.toLowerCase() || canonicalId(source) === id;
  if (!isSource || destination === null) return [];
  const isItself = destination.toLowerCase() === name.toLowerCase() || canonicalId(destination) === id;
  return isItself ? [] : [destination];
}

/** Names of accounts are unique in a cloud: one that Resource Graph shows is the one. */
async function resolveAccount(
  session: AzureSession,
  context: ServiceContext,
  account: string,
): Promise<{ readonly id: string; readonly isNamed: boolean }> {
  if (account.startsWith('/')) return { id: canonicalId(account), isNamed: true };
  const [id] = (await findByName(session, context, [account])).values();
  return id === undefined
    ? { id: `storage-account:${account.toLowerCase()}`, isNamed: false }
    : { id, isNamed: true };
}

/** Ids of storage accounts by name, as far as the caller sees them. */
export async function findByName(
  session: AzureSession,
  context: ServiceContext,
  names: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const wanted = [...new Set(names.map((name) => name.toLowerCase()))]
    // The name becomes part of a query.
    .filter((name) => /^[a-z0-9]{3,24}$/.test(name))
    .toSorted();
  const found = new Map<string, string>();
  if (wanted.length === 0) return found;
  const query = `Resources | where type =~ 'microsoft.storage/storageaccounts' and name in~ (${wanted
    .map((name) => `'${name}'`)
    .join(', ')}) | project id, name`;
  for await (const { rows } of graphPages(session, context, [], query, findAccounts))
    for (const row of rows) {
      const [id, name] = [textAt(row, 'id'), textAt(row, 'name')];
      if (id !== null && name !== null) found.set(name.toLowerCase(), canonicalId(id));
    }
  return found;
}
