import type { Bound } from './condition.ts';
import { readConditions } from './condition.ts';
import type { Cover } from './cover.ts';
import { coverOf, covers, leftOpenByAll } from './cover.ts';
import { openByAllows } from './allow.ts';
import type { GuardStatement, Matcher } from './policy.ts';

export interface GuardPolicy {
  /** `p-…` */
  readonly id: string;
  readonly type: 'scp' | 'rcp';
  readonly statements: readonly GuardStatement[];
}

/** One step of the way from the root to the account, and what is attached to it. */
export interface Level {
  readonly id: string;
  readonly policies: readonly GuardPolicy[];
}

export interface GuardRailInput {
  readonly account: string;
  readonly partition: string;
  /** Service control policies do not bind the account that manages the organisation. */
  readonly isManagement: boolean;
  /** Every region of the partition; empty where they are not known. */
  readonly regions: readonly string[];
  /** From the root to the account. */
  readonly levels: readonly Level[];
  /** Policies of the organisation that are attached to none of the levels. */
  readonly elsewhere: readonly GuardPolicy[];
}

export interface GuardRail {
  /** Whether some region is closed to ordinary principals. */
  readonly effective: boolean;
  /** Regions that stay open; null where they cannot be listed. */
  readonly allowed_regions: readonly string[] | null;
  /** `POLICY/STATEMENT` of those that close regions. */
  readonly statements: readonly string[];
  /** Who may go around it. */
  readonly exemptions: readonly string[];
  /** What it leaves open: actions, and whom it does not bind. */
  readonly gaps: readonly string[];
}

/** A Deny, with what it means for the account. */
interface Closing extends Bound {
  readonly name: string;
  readonly cover: Cover;
  /** Binds everybody, for every resource, on all actions but the exempted. */
  readonly isBroad: boolean;
}

/**
 * Services that resource control policies bind, as of their launch (2024-11). Those added since only make more of an
 * exemption closed. https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html
 */
const RCP_ACTIONS = ['s3:*', 'sts:*', 'kms:*', 'sqs:*', 'secretsmanager:*'];

/** Any region that is not named anywhere: one that AWS adds tomorrow. */
const ELSEWHERE = 'zz-elsewhere-0';

/** What the attached policies prevent, region by region, and what they leave open. Pure. */
export function analyseGuardRail(input: GuardRailInput): GuardRail {
  const { levels, regions, isManagement } = input;
  const attached = levels.flatMap(({ policies }) => policies);
  const named = [...attached, ...input.elsewhere].flatMap(regionsNamed);
  const isListed = regions.length > 0 || !named.some((value) => /[*?$]/.test(value));
  const universe = [...new Set([...regions, ...named.filter((value) => !/[*?$]/.test(value)), ELSEWHERE])].toSorted();
  const closings = isManagement ? [] : attached.flatMap((policy) => closingsOf(policy, input));
  const allows = isManagement ? [] : levels.map(({ policies }) => openByAllows(policies, universe, input));
  const closed = new Map(universe.flatMap((region) => {
    const found = closedBy(region, closings, allows);
    return found === null ? [] : [[region, found] as const];
  }));
  const open = universe.filter((region) => !closed.has(region));
  const isNewOpen = open.includes(ELSEWHERE);
  const effective = closed.size > 0;
  const all = [...closed.values()];
  return {
    effective,
    allowed_regions: isListed && (regions.length > 0 || !isNewOpen) ? open.filter((region) => region !== ELSEWHERE) : null,
    statements: sorted(all.flatMap(({ names }) => names)),
    exemptions: sorted(all.flatMap(({ exemptions }) => exemptions)),
    gaps: [
      ...sorted(all.flatMap(({ leftOpen }) => leftOpen)),
      ...(isManagement ? ['management account: not bound by service control policies'] : []),
      ...(effective ? ['service-linked roles: not bound by service control policies'] : []),
      ...(effective && isNewOpen ? ['regions that no statement names'] : []),
      ...sorted(closings.flatMap(weaknessOf)),
      ...sorted(input.elsewhere.flatMap((policy) => unattached(policy, input))),
    ],
  };
}

interface Closed {
  readonly names: readonly string[];
  readonly leftOpen: readonly string[];
  readonly exemptions: readonly string[];
}

/** Null where the region stays open. */
function closedBy(region: string, closings: readonly Closing[], allows: readonly ReturnType<typeof openByAllows>[]): Closed | null {
  const denying = closings.filter(({ inAccount, inRegion, narrowing }) => inAccount && narrowing.length === 0 && inRegion(region) === true);
  const broad = denying.filter(({ isBroad }) => isBroad);
  const withheld = allows.flatMap((level) => level.closed.get(region) ?? []);
  if (broad.length === 0 && withheld.length === 0) return null;
  const narrow = denying.filter(({ isBroad, exemptions, cover }) => !isBroad && cover.kind === 'only' && exemptions.length === 0);
  const leftOpen = leftOpenByAll([...broad, ...narrow].map(({ cover }) => cover).concat(withheld.map(({ patterns }) => ({ kind: 'except', patterns }))));
  // One that binds everybody and leaves no more open than all of them together makes the exemptions of others void.
  const isSealed =
    withheld.length > 0 ||
    broad.some(({ exemptions, cover }) => exemptions.length === 0 && cover.patterns.every((pattern) => leftOpen.some((one) => covers(one, pattern))));
  return {
    names: [...broad, ...withheld].map(({ name }) => name),
    leftOpen,
    exemptions: isSealed ? [] : broad.flatMap(({ exemptions }) => exemptions),
  };
}

function closingsOf({ id, type, statements }: GuardPolicy, { account, partition }: GuardRailInput): Closing[] {
  return statements
    .filter(({ effect }) => effect === 'Deny')
    .map((statement) => {
      const bound = readConditions(statement, account, partition);
      const cover = coverOf(statement.actions);
      const isWhole = isWholeResource(statement.resources);
      const narrowing = [...bound.narrowing, ...(isWhole && statement.everyone ? [] : ['Resource'])];
      const isScp = type === 'scp';
      return {
        ...bound,
        name: `${id}/${statement.id}`,
        cover: isScp || cover.kind === 'only' ? cover : { kind: 'only', patterns: RCP_ACTIONS.filter((action) => !cover.patterns.some((one) => covers(one, action))) },
        narrowing,
        isBroad: isScp && cover.kind === 'except' && narrowing.length === 0,
      };
    });
}

/** `NotResource` of a few leaves all others bound; what it leaves out is not told apart here, so that it is no whole. */
function isWholeResource(resources: Matcher): boolean {
  return coverOf(resources).kind === 'except' && coverOf(resources).patterns.length === 0;
}

/** Why a Deny that speaks of regions closes none, or not all that it seems to. */
function weaknessOf({ name, isRegional, inAccount, narrowing, cover, isBroad }: Closing): readonly string[] {
  if (!isRegional) return [];
  if (!inAccount) return [`${name}: leaves this account out`];
  if (narrowing.length > 0) return [`${name}: binds only some requests (${narrowing.join(', ')})`];
  return isBroad ? [] : [`${name}: only ${cover.patterns.join(', ') || 'nothing'}`];
}

function unattached(policy: GuardPolicy, input: GuardRailInput): readonly string[] {
  if (input.isManagement) return [];
  return closingsOf(policy, input).filter(({ isRegional, isBroad }) => isRegional && isBroad).map(({ name }) => `${name}: not attached to this account`);
}

function regionsNamed({ statements }: GuardPolicy): readonly string[] {
  return statements.flatMap(({ conditions }) =>
    conditions.flatMap(({ operator, key, values }) => (key.toLowerCase() === 'aws:requestedregion' && operator !== 'null' ? values : [])),
  );
}

function sorted(values: readonly string[]): readonly string[] {
  return [...new Set(values)].toSorted();
}
