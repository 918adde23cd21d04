import { canonicalId, nameOfId, subscriptionId } from '../read/id.ts';
import { type Holds, holds, speaksOfLocation } from './condition.ts';
import type { AssignedPolicy, Exemption } from './policy.ts';

export interface GuardRailInput {
  readonly subscription: string;
  /** Every region that the subscription may use; empty where they are not known. */
  readonly regions: readonly string[];
  readonly policies: readonly AssignedPolicy[];
  readonly exemptions: readonly Exemption[];
  /** RFC 3339: an exemption that ended before is none. */
  readonly now: string;
  /** Ids of the management groups above it; null where they are not known. */
  readonly above: readonly string[] | null;
}

export interface GuardRail {
  /** Whether some region is closed. */
  readonly effective: boolean;
  /** Regions that stay open; null where they cannot be listed. */
  readonly allowed_regions: readonly string[] | null;
  /** Ids of the assignments that close regions. */
  readonly statements: readonly string[];
  /** Scopes and exemptions that may go around it. */
  readonly exemptions: readonly string[];
  /** What it leaves open. */
  readonly gaps: readonly string[];
}

const GROUPS = 'microsoft.resources/subscriptions/resourcegroups';

/** Any region that is not named anywhere: one that Azure opens tomorrow. */
const ELSEWHERE = 'zz-elsewhere';

/** What the assigned policies prevent, region by region, and what they leave open. Pure. */
export function analyseGuardRail(input: GuardRailInput): GuardRail {
  const { regions } = input;
  const universe = [...new Set([...regions, ELSEWHERE])].toSorted();
  const weighed = input.policies.map((policy) => ({ policy, ...reach(policy, input) }));
  const binding = weighed.filter(({ why, policy }) => why === null && policy.effect === 'deny');
  const closedBy = (location: string, type: string | null): readonly Closing[] =>
    binding.flatMap(({ policy, exemptions }) => {
      const found = closes(policy, location, type);
      return found === null ? [] : [{ policy, exemptions, except: found.except }];
    });
  const closed = universe.map((region) => [region, closedBy(region, null)] as const);
  const open = closed.filter(([, closings]) => closings.length === 0).map(([region]) => region);
  const closings = closed.flatMap(([, found]) => found);
  const effective = closings.length > 0;
  const isNewOpen = open.includes(ELSEWHERE);
  return {
    effective,
    allowed_regions: regions.length > 0 ? open.filter((region) => region !== ELSEWHERE) : null,
    statements: sorted(closings.map(({ policy }) => policy.assignment)),
    exemptions: sorted(closed.flatMap(([, found]) => aroundAll(found))),
    gaps: sorted([
      ...closed.flatMap(([, found]) => exceptedByAll(found)),
      ...(effective && isNewOpen ? ['regions that no policy names'] : []),
      ...(effective && closedBy('global', null).length === 0 ? ['location global'] : []),
      ...closed.flatMap(([region, found]) =>
        found.length > 0 && closedBy(region, GROUPS).length === 0 ? ['resource groups in other regions'] : [],
      ),
      ...closed.flatMap(([, found]) =>
        found.length > 0 && found.every(({ policy }) => policy.mode === 'indexed')
          ? ['resources without location or tags (mode Indexed)']
          : [],
      ),
      ...closings.flatMap(({ policy }) =>
        policy.scope === subscriptionId(input.subscription)
          ? [`${nameOfId(policy.assignment)}: assigned in the subscription, whose owners may remove it`]
          : [],
      ),
      ...weighed.flatMap(({ policy, why }) => weaknessOf(policy, why, regions)),
    ]),
  };
}

interface Closing {
  readonly policy: AssignedPolicy;
  readonly exemptions: readonly string[];
  readonly except: readonly string[];
}

/** Null where something may still be made there. */
function closes(
  policy: AssignedPolicy,
  location: string,
  type: string | null,
): Extract<Holds, { for: 'all' }> | null {
  const { condition, parameters, selects, mode } = policy;
  if (selects.isPartial) return null;
  if (selects.locations !== null && !selects.locations.some((takes) => takes(location))) return null;
  if (mode !== 'all' && (mode !== 'indexed' || type === GROUPS)) return null;
  const found = holds(condition, parameters, { location, type });
  return found.for === 'all' && found.byLocation ? found : null;
}

/** Whether an assignment binds the subscription as a whole, or why it does not, and who may go around it. */
function reach(
  policy: AssignedPolicy,
  { subscription, exemptions, now, above }: GuardRailInput,
): { readonly why: string | null; readonly exemptions: readonly string[] } {
  const own = subscriptionId(subscription);
  const isOf = (scope: string): boolean => scope === own || scope.startsWith('/providers/') || scope === '';
  const partly = policy.notScopes
    .filter((scope) => scope.startsWith(`${own}/`))
    .map((scope) => `notScopes ${scope}`);
  const none = { exemptions: [] };
  if (!isOf(policy.scope)) return { ...none, why: `binds only ${policy.scope}` };
  if (!policy.isEnforced) return { ...none, why: 'is not enforced (enforcementMode)' };
  const isLeftOut = policy.notScopes.some((scope) => scope === own || (above?.includes(scope) ?? false));
  if (isLeftOut) return { ...none, why: 'leaves this subscription out (notScopes)' };
  for (const one of exemptions) {
    const isAbout =
      one.assignment === canonicalId(policy.assignment) &&
      (one.references.length === 0 || one.references.includes((policy.reference ?? '').toLowerCase()));
    if (!isAbout || hasEnded(one, now)) continue;
    if (isOf(one.scope) && !one.isPartial)
      return { ...none, why: `does not bind it (exemption ${nameOfId(one.id)})` };
    partly.push(`exemption ${one.id}`);
  }
  return { why: null, exemptions: partly };
}

/** An end that nobody can read is none. */
function hasEnded({ expires }: Exemption, now: string): boolean {
  const end = expires === null ? Number.NaN : Date.parse(expires);
  return !Number.isNaN(end) && end <= Date.parse(now);
}

/** One that nobody may go around makes the exemptions of the others void. */
function aroundAll(closings: readonly Closing[]): readonly string[] {
  const isSealed = closings.some(({ exemptions, except }) => exemptions.length === 0 && except.length === 0);
  return isSealed ? [] : closings.flatMap(({ exemptions }) => exemptions);
}

/** A type is left open only where every policy that closes the region leaves it out. */
function exceptedByAll(closings: readonly Closing[]): readonly string[] {
  const [first, ...others] = closings;
  return (first?.except ?? [])
    .filter((type) =>
      others.every(({ except }) => except.some((one) => one.toLowerCase() === type.toLowerCase())),
    )
    .map((type) => `type ${type}`);
}

/** Why a policy that speaks of locations closes none. */
function weaknessOf(
  policy: AssignedPolicy,
  why: string | null,
  regions: readonly string[],
): readonly string[] {
  if (!speaksOfLocation(policy.condition) && policy.selects.locations === null) return [];
  const name = [nameOfId(policy.assignment), ...(policy.reference === null ? [] : [policy.reference])].join(
    '/',
  );
  if (why !== null) return policy.effect === 'deny' || policy.effect === null ? [`${name}: ${why}`] : [];
  if (policy.effect !== 'deny') return [`${name}: effect ${policy.effect ?? 'not known'}, prevents nothing`];
  const isClosing = [...regions, ELSEWHERE].some(
    (region) => closes(policy, region, null) !== null || closes(policy, region, GROUPS) !== null,
  );
  return isClosing ? [] : [`${name}: binds only some of what may be made`];
}

function sorted(values: readonly string[]): readonly string[] {
  return [...new Set(values)].toSorted();
}
