import type { PolicyType } from '@aws-sdk/client-organizations';
import {
  DescribeOrganizationCommand,
  DescribePolicyCommand,
  ListParentsCommand,
  ListPoliciesCommand,
  ListRootsCommand,
  ListTargetsForPolicyCommand,
  OrganizationsClient,
} from '@aws-sdk/client-organizations';
import type { Answer, FailedAnswer, NoneAnswer } from '../../call.ts';
import { failAnswer, isFailed } from '../../call.ts';
import { askPages } from '../service/pages.ts';
import type { ServiceCall, ServiceContext, ServiceSession } from '../service/service.ts';
import type { GuardPolicy } from './policy.ts';
import { parseGuardPolicy } from './policy.ts';

const facts = ['guard_rail'];
const call = (name: string, none: readonly string[] = []): ServiceCall => ({
  operation: `organizations:${name}`,
  permission: `organizations:${name}`,
  none,
  facts,
});

const describeOrganization = call('DescribeOrganization', ['AWSOrganizationsNotInUseException']);
const listRoots = call('ListRoots');
const listPolicies = call('ListPolicies');
const listTargets = call('ListTargetsForPolicy');
export const describePolicy = call('DescribePolicy');
const listParents = call('ListParents');
export const guardRailCalls: readonly ServiceCall[] = [
  describeOrganization,
  listRoots,
  listPolicies,
  listTargets,
  describePolicy,
  listParents,
];

const TYPES: readonly { readonly type: GuardPolicy['type']; readonly filter: PolicyType }[] = [
  { type: 'scp', filter: 'SERVICE_CONTROL_POLICY' },
  { type: 'rcp', filter: 'RESOURCE_CONTROL_POLICY' },
];

export interface ReadPolicy extends GuardPolicy {
  /** Ids of roots, units and accounts. */
  readonly targets: readonly string[];
}

/** The policies of an organisation, or what kept them from being read. */
export interface Organization {
  readonly managementAccount: string;
  readonly policies: readonly ReadPolicy[];
  /** The way from the root to an account, both included; a failed answer where it could not be read. */
  readonly pathOf: (account: string) => Promise<readonly string[] | FailedAnswer>;
  /** What the documents rest on. */
  readonly evidence: Answer<unknown>;
}

/** Where the account belongs to no organisation, the answer that said so. */
export async function readOrganization(
  session: ServiceSession,
  { ask }: ServiceContext,
): Promise<Organization | NoneAnswer | FailedAnswer> {
  const client = session.client(OrganizationsClient);
  const described = await ask(describeOrganization, (abortSignal) =>
    client.send(new DescribeOrganizationCommand({}), { abortSignal }),
  );
  if (described.state !== 'ok') return described;
  const managementAccount = described.response.Organization?.MasterAccountId ?? '';
  // Only that account, or one to which it delegated the organisation, may read policies: others are refused for sure.
  const mayAsk = managementAccount === session.account || session.options['organization'] === true;
  if (!mayAsk) return failAnswer(described, 'not_collected', 'NotTheManagementAccount');

  const enabled = new Set<string>();
  for await (const { answer } of askPages(
    ask,
    listRoots,
    (NextToken, abortSignal) => client.send(new ListRootsCommand({ NextToken }), { abortSignal }),
    ({ NextToken }) => NextToken,
  )) {
    if (answer.state !== 'ok') return failed(answer);
    for (const { PolicyTypes = [] } of answer.response.Roots ?? []) {
      for (const { Type, Status } of PolicyTypes)
        if (Type !== undefined && Status !== 'PENDING_DISABLE') enabled.add(Type);
    }
  }

  const policies: ReadPolicy[] = [];
  let evidence: Answer<unknown> = described;
  for (const { type, filter } of TYPES.filter(({ filter }) => enabled.has(filter))) {
    for await (const { answer } of askPages(
      ask,
      listPolicies,
      (NextToken, abortSignal) =>
        client.send(new ListPoliciesCommand({ Filter: filter, NextToken }), { abortSignal }),
      ({ NextToken }) => NextToken,
    )) {
      if (answer.state !== 'ok') return failed(answer);
      const read = await Promise.all(
        (answer.response.Policies ?? []).map(({ Id = '' }) => readPolicy(Id, type)),
      );
      for (const one of read) {
        if ('state' in one) return one;
        policies.push(one.policy);
        evidence = one.answer;
      }
    }
  }
  policies.sort((a, b) => (a.id < b.id ? -1 : 1));

  async function readPolicy(
    id: string,
    type: GuardPolicy['type'],
  ): Promise<{ policy: ReadPolicy; answer: Answer<unknown> } | FailedAnswer> {
    const targets: string[] = [];
    for await (const { answer } of askPages(
      ask,
      listTargets,
      (NextToken, abortSignal) =>
        client.send(new ListTargetsForPolicyCommand({ PolicyId: id, NextToken }), { abortSignal }),
      ({ NextToken }) => NextToken,
    )) {
      if (answer.state !== 'ok') return failed(answer);
      for (const { TargetId } of answer.response.Targets ?? [])
        if (TargetId !== undefined) targets.push(TargetId);
    }
    const answer = await ask(describePolicy, (abortSignal) =>
      client.send(new DescribePolicyCommand({ PolicyId: id }), { abortSignal }),
    );
    if (answer.state !== 'ok') return failed(answer);
    const statements = parseGuardPolicy(answer.response.Policy?.Content ?? '');
    if (statements === null) return failAnswer(answer, 'error', 'MalformedPolicy');
    return { policy: { id, type, statements, targets }, answer };
  }

  const parents = new Map<string, Promise<readonly string[] | FailedAnswer>>();
  function pathOf(id: string): Promise<readonly string[] | FailedAnswer> {
    const known = parents.get(id) ?? readPath(id);
    parents.set(id, known);
    return known;
  }
  async function readPath(id: string): Promise<readonly string[] | FailedAnswer> {
    if (id.startsWith('r-')) return [id];
    const answer = await ask(listParents, (abortSignal) =>
      client.send(new ListParentsCommand({ ChildId: id }), { abortSignal }),
    );
    if (answer.state !== 'ok') return failed(answer);
    const parent = answer.response.Parents?.[0]?.Id;
    if (parent === undefined) return failAnswer(answer, 'error', 'NoParent');
    const above = await pathOf(parent);
    return 'state' in above ? above : [...above, id];
  }

  return { managementAccount, policies, pathOf, evidence };
}

function failed(answer: Answer<unknown>): FailedAnswer {
  return isFailed(answer)
    ? answer
    : failAnswer(answer, 'error', answer.state === 'none' ? answer.code : 'EmptyAnswer');
}
