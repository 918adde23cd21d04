import type { Withheld } from './allow.ts';
import { withheldIn } from './allow.ts';
import type { Bound } from './condition.ts';
import { readConditions } from './condition.ts';
import type { Cover } from './cover.ts';
import { coverOf, covers, leftOpenByAll } from './cover.ts';
import type { Bounded, GuardPolicy, Matcher } from './policy.ts';

/** One step of the way from the root to the account, and what is attached to it. */
export interface Level {
  readonly id: string;
  readonly policies: readonly GuardPolicy[];
}

export interface GuardRailInput extends Bounded {
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
  readonly isScp: boolean;
  /** Closes a region: to everybody but the exempted, for every resource, for all actions but the exempted. */
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
  // Where the regions are known, a code that is none of them (misspelt, in capitals) opens nothing.
  const told = regions.length > 0 ? regions : named.filter((value) => !/[*?$]/.test(value));
  const universe = [...new Set([...told, ELSEWHERE])].toSorted();
  const closings = isManagement ? [] : attached.flatMap((policy) => closingsOf(policy, input));
  const allows = isManagement ? [] : levels.map(({ policies }) => withheldIn(policies, universe, input));
  const closed = new Map(
    universe.flatMap((region) => {
      const found = closedBy(region, closings, allows);
      return found === null ? [] : [[region, found] as const];
    }),
  );
  const open = universe.filter((region) => !closed.has(region));
  const isNewOpen = open.includes(ELSEWHERE);
  const effective = closed.size > 0;
  const all = [...closed.values()];
  return {
    effective,
    allowed_regions:
      isListed && (regions.length > 0 || !isNewOpen) ? open.filter((region) => region !== ELSEWHERE) : null,
    statements: sorted(all.flatMap(({ names }) => names)),
    exemptions: sorted(all.flatMap(({ exemptions }) => exemptions)),
    gaps: [
      ...sorted(all.flatMap(({ leftOpen }) => leftOpen)),
      ...(isManagement ? ['management_account'] : []),
      ...(effective ? ['service_linked_roles'] : []),
      ...(effective && isNewOpen ? ['regions_not_named'] : []),
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
function closedBy(
  region: string,
  closings: readonly Closing[],
  levels: readonly ReadonlyMap<string, Withheld>[],
): Closed | null {
  const denying = closings.filter(
    ({ isScp, inAccount, inRegion, narrowing }) =>
      isScp && inAccount && narrowing.length === 0 && inRegion(region) === true,
  );
  const withheld = levels.flatMap((level) => level.get(region) ?? []);
  const closing = [
    ...denying.filter(({ isBroad }) => isBroad),
    ...withheld.map(({ name, patterns }) => ({
      name,
      exemptions: [],
      cover: { kind: 'except', patterns } as const,
    })),
  ];
  if (closing.length === 0) return null;
  // A Deny of a few actions, or of all but a list of services everywhere, closes no region but makes an exemption void.
  const helping = denying.filter(({ isBroad, exemptions }) => !isBroad && exemptions.length === 0);
  const leftOpen = leftOpenByAll([...closing, ...helping].map(({ cover }) => cover));
  // One that exempts nobody and leaves no more open than all of them together makes the exemptions of the others void.
  const isSealed = closing.some(
    ({ exemptions, cover }) =>
      exemptions.length === 0 &&
      cover.patterns.every((pattern) => leftOpen.some((one) => covers(one, pattern))),
  );
  return {
    names: closing.map(({ name }) => name),
    leftOpen,
    exemptions: isSealed ? [] : closing.flatMap(({ exemptions }) => exemptions),
  };
}

function closingsOf({ id, type, statements }: GuardPolicy, bounded: Bounded): Closing[] {
  return statements
    .filter(({ effect }) => effect === 'Deny')
    .map((statement) => {
      const bound = readConditions(statement, bounded);
      const cover = coverOf(statement.actions);
      const isWhole = isWholeResource(statement.resources);
      const narrowing = [...bound.narrowing, ...(isWhole && statement.everyone ? [] : ['Resource'])];
      const isScp = type === 'scp';
      return {
        ...bound,
        name: `${id}/${statement.id}`,
        cover:
          isScp || cover.kind === 'only'
            ? cover
            : {
                kind: 'only',
                patterns: RCP_ACTIONS.filter((action) => !cover.patterns.some((one) => covers(one, action))),
              },
        narrowing,
        isScp,
        // Without a condition on the region, « all but these services » says nothing of where those may be used.
        isBroad:
          isScp &&
          cover.kind === 'except' &&
          narrowing.length === 0 &&
          (bound.isRegional || cover.patterns.length === 0),
      };
    });
}

/** `NotResource` of a few leaves all others bound; what it leaves out is not told apart here, so that it is no whole. */
function isWholeResource(resources: Matcher): boolean {
  return coverOf(resources).kind === 'except' && coverOf(resources).patterns.length === 0;
}

/** Why a Deny that speaks of regions closes none, or not all that it seems to: a word that the rule has labels for, and of what. */
function weaknessOf({ name, isRegional, inAccount, narrowing, cover, isBroad }: Closing): readonly string[] {
  if (!isRegional) return [];
  if (!inAccount) return [`account_left_out (${name})`];
  if (narrowing.length > 0) return [`some_requests_only (${name}, ${narrowing.join(', ')})`];
  return isBroad ? [] : [`some_actions_only (${[name, ...cover.patterns].join(', ')})`];
}

function unattached(policy: GuardPolicy, input: GuardRailInput): readonly string[] {
  if (input.isManagement) return [];
  return closingsOf(policy, input)
    .filter(({ isRegional, isBroad }) => isRegional && isBroad)
    .map(({ name }) => `not_attached (${name})`);
}

function regionsNamed({ statements }: GuardPolicy): readonly string[] {
  return statements.flatMap(({ conditions }) =>
    conditions.flatMap(({ operator, key, values }) =>
      key.toLowerCase() === 'aws:requestedregion' && operator !== 'null' ? values : [],
    ),
  );
}

function sorted(values: readonly string[]): readonly string[] {
  return [...new Set(values)].toSorted();
}
