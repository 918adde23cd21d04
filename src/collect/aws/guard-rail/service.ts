import type { Fact } from '../../../inventory/fact.ts';
import type { Observation } from '../../../inventory/observation.ts';
import type { Answer, FailedAnswer, NoneAnswer } from '../../call.ts';
import { missingFact, observe } from '../../call.ts';
import { canonicalJson, sha256 } from '../../canonical.ts';
import { listOption } from '../../option.ts';
import { describeRegions } from '../regions.ts';
import type { AwsService, ServiceContext, ServiceSession } from '../service/service.ts';
import { accountArn } from '../session.ts';
import { analyseGuardRail } from './analyse.ts';
import type { Organization } from './read.ts';
import { describePolicy, guardRailCalls, readOrganization } from './read.ts';

const FIELDS = ['effective', 'allowed_regions', 'statement', 'exemptions', 'gaps'];

/** What the policies of the organisation keep each of its accounts from doing in other regions. */
export const guardRailService: AwsService = {
  name: 'organizations',
  scope: 'organization',
  calls: guardRailCalls,
  read: readGuardRails,
};

async function* readGuardRails(
  session: ServiceSession,
  context: ServiceContext,
): AsyncGenerator<Observation> {
  const accounts = listOption(session.options, 'accounts') ?? [session.account];
  const organization = await readOrganization(session, context);
  for (const account of accounts) yield* await observeAccount(account, organization, session);
}

async function observeAccount(
  account: string,
  organization: Organization | FailedAnswer | NoneAnswer,
  session: ServiceSession,
): Promise<readonly Observation[]> {
  const { partition } = session;
  const scene = session.scene(accountArn(partition, account));
  const missing = (answer: FailedAnswer): Observation[] => [
    observe(scene, answer, { facts: fieldsOf(() => missingFact(answer)) }),
  ];
  if ('state' in organization) {
    // Outside of an organisation no policy can bind an account: there is no guard rail.
    return organization.state === 'none'
      ? [observe(scene, organization, { facts: { guard_rail: { state: 'absent' } } })]
      : missing(organization);
  }
  const path = await organization.pathOf(account);
  if ('state' in path) return missing(path);
  const regions = listOption(session.options, 'partition_regions') ?? [];
  const levels = path.map((id) => ({
    id,
    policies: organization.policies.filter(({ targets }) => targets.includes(id)),
  }));
  const attached = new Set(levels.flatMap(({ policies }) => policies));
  const elsewhere = organization.policies.filter((policy) => !attached.has(policy));
  const isManagement = account === organization.managementAccount;
  const rail = analyseGuardRail({ account, partition, isManagement, regions, levels, elsewhere });
  return [observe(scene, restingOn(organization.evidence, [...attached]), { facts: factsOf(rail) })];
}

function factsOf({
  effective,
  allowed_regions,
  statements,
  exemptions,
  gaps,
}: ReturnType<typeof analyseGuardRail>): { readonly [name: string]: Fact } {
  const values = { effective, allowed_regions, statement: statements.join(', '), exemptions, gaps };
  return fieldsOf((field): Fact => {
    const value = values[field as keyof typeof values];
    if (value === '') return { state: 'absent' };
    if (value !== null) return { state: 'known', value };
    // Without the list of regions nobody can say which stay open; the call that lists them was refused.
    return {
      state: 'denied',
      permission: describeRegions.permission,
      note: 'the regions of the partition are not known',
    };
  });
}

function fieldsOf(fact: (field: string) => Fact): { readonly [name: string]: Fact } {
  return Object.fromEntries(FIELDS.map((field) => [`guard_rail.${field}`, fact(field)]));
}

/** All the documents that were weighed, as one answer. */
function restingOn(evidence: Answer<unknown>, policies: readonly unknown[]): Answer<unknown> {
  return {
    call: describePolicy,
    at: evidence.at,
    state: 'ok',
    response: policies,
    sha256: sha256(canonicalJson(policies)),
  };
}
