import type { Json, Tree } from '../../../inventory/fact.ts';
import { isTree } from '../../../inventory/fact.ts';
import type { Answer, FailedAnswer } from '../../call.ts';
import { failAnswer, isFailed } from '../../call.ts';
import { canonicalId } from '../read/id.ts';
import { textAt, textsAt, treesAt } from '../read/json.ts';
import { graphPages, queryGraph } from '../service/inventory/graph.ts';
import { listAll } from '../service/page.ts';
import type { AzureSession, ServiceCall, ServiceContext } from '../service/service.ts';
import { action, askArm } from '../service/service.ts';
import type { AssignedPolicy, Exemption } from './policy.ts';
import { assignInitiative, assignPolicy, exemptionOf } from './policy.ts';

const API = '2023-04-01';
const facts = ['guard_rail'];
const call = (type: string, name: string, version = API): ServiceCall =>
  action(`Microsoft.Authorization/${type}/read`, version, name, { facts });

export const listAssignments = call('policyAssignments', 'PolicyAssignments_ListForSubscription');
const getDefinition = call('policyDefinitions', 'PolicyDefinitions_Get');
const getInitiative = call('policySetDefinitions', 'PolicySetDefinitions_Get');
const listExemptions = call('policyExemptions', 'PolicyExemptions_ListForSubscription', '2022-07-01-preview');
const findAbove: ServiceCall = { ...queryGraph, facts };
export const policyCalls: readonly ServiceCall[] = [
  listAssignments,
  getDefinition,
  getInitiative,
  listExemptions,
  findAbove,
];

/** What binds one subscription, with all that was read of it. */
export interface Bound {
  readonly policies: readonly AssignedPolicy[];
  readonly exemptions: readonly Exemption[];
  /** Management groups above the subscription; null where they are not known or do not matter. */
  readonly above: readonly string[] | null;
  readonly read: readonly Json[];
  readonly answer: Answer<Json>;
}

/** The policies that are assigned to a subscription or above it; the answer that kept them from being read. */
export async function readPolicies(
  session: AzureSession,
  context: ServiceContext,
  subscription: string,
): Promise<Bound | FailedAnswer> {
  const scope = `/subscriptions/${subscription}/providers/Microsoft.Authorization`;
  const assigned = await listAll(session, context, listAssignments, `${scope}/policyAssignments`);
  if (isFailed(assigned.answer)) return assigned.answer;
  const exempted = await listAll(session, context, listExemptions, `${scope}/policyExemptions`);
  if (isFailed(exempted.answer)) return exempted.answer;
  const policies: AssignedPolicy[] = [];
  const read: Json[] = [...assigned.items, ...exempted.items];
  const found = await Promise.all(assigned.items.map((one) => readAssigned(session, context, one)));
  for (const one of found) {
    if ('state' in one) return one;
    policies.push(...one.policies);
    read.push(...one.read);
  }
  const isGroup = (id: string): boolean => id.startsWith('/providers/microsoft.management/managementgroups/');
  const isNeeded = policies.some(({ notScopes, effect }) => effect === 'deny' && notScopes.some(isGroup));
  const above = isNeeded ? await readAbove(session, context, subscription) : null;
  if (above !== null && 'state' in above) return above;
  return { policies, exemptions: exempted.items.map(exemptionOf), above, read, answer: assigned.answer };
}

async function readAssigned(
  session: AzureSession,
  context: ServiceContext,
  assignment: Tree,
): Promise<{ readonly policies: readonly AssignedPolicy[]; readonly read: readonly Json[] } | FailedAnswer> {
  const id = canonicalId(textAt(assignment, 'properties', 'policyDefinitionId') ?? '');
  const isInitiative = id.includes('/policysetdefinitions/');
  const answer = await define(session, context, isInitiative ? getInitiative : getDefinition, id);
  if ('state' in answer) return answer;
  if (!isInitiative) return { policies: [assignPolicy(assignment, answer.tree)], read: [answer.tree] };
  const parts = treesAt(answer.tree, 'properties', 'policyDefinitions').map((part) =>
    canonicalId(textAt(part, 'policyDefinitionId') ?? ''),
  );
  const definitions = new Map<string, Tree>();
  const read = await Promise.all(
    [...new Set(parts)].map((part) => define(session, context, getDefinition, part)),
  );
  for (const [i, one] of read.entries()) {
    if ('state' in one) return one;
    definitions.set([...new Set(parts)][i] ?? '', one.tree);
  }
  return {
    policies: assignInitiative(assignment, answer.tree, definitions),
    read: [answer.tree, ...definitions.values()],
  };
}

/** A definition is read once, for all that assign it. */
async function define(
  session: AzureSession,
  context: ServiceContext,
  by: ServiceCall,
  id: string,
): Promise<{ readonly tree: Tree } | FailedAnswer> {
  const answer = await session.once(`definition ${id}`, () => askArm(session, context, by, id));
  if (isFailed(answer)) return answer;
  return answer.state === 'ok' && isTree(answer.response)
    ? { tree: answer.response }
    : failAnswer(answer, 'error', 'EmptyAnswer');
}

/** Asked only where an assignment leaves a management group out. */
async function readAbove(
  session: AzureSession,
  context: ServiceContext,
  subscription: string,
): Promise<readonly string[] | FailedAnswer> {
  const query =
    "ResourceContainers | where type =~ 'microsoft.resources/subscriptions' " +
    '| project id, above = properties.managementGroupAncestorsChain';
  for await (const { answer, rows } of graphPages(session, context, [subscription], query, findAbove)) {
    if (isFailed(answer)) return answer;
    const names = rows.flatMap((row) => [
      ...treesAt(row, 'above').map((one) => textAt(one, 'name')),
      ...textsAt(row, 'above'),
    ]);
    return names.length === 0
      ? failAnswer(answer, 'not_collected', 'NoManagementGroup')
      : names.flatMap((name) =>
          name === null ? [] : [`/providers/microsoft.management/managementgroups/${name.toLowerCase()}`],
        );
  }
  return [];
}
