import { type Fact, isMissing } from '../../inventory/fact.ts';
import type { Observation } from '../../inventory/observation.ts';
import { isDataless } from '../code/dataless.ts';
import { known } from '../code/fact.ts';
import { settleTags } from '../code/tag.ts';
import { isWanted } from '../collector.ts';
import type { Mention } from './describe/description.ts';
import type { Said } from './link/said.ts';
import type { Placed } from './place/place.ts';
import type { Action, Draft } from './resource.ts';

export interface Telling {
  /** The plan, state or folder. */
  readonly scope: string;
  /** RFC 3339 UTC. */
  readonly at: string;
  /** Keys of tags that matter; left out where any may. */
  readonly tagKeys?: ReadonlySet<string>;
}

type Facts = { readonly [name: string]: Fact };

/** The asset that a resource is, with where it is and how that was found. */
export function observeDraft(
  draft: Draft,
  placed: Placed,
  { scope, at, tagKeys }: Telling,
  keep: (facts: Facts) => Facts,
): Observation {
  const { address, id, kind, name, tags, ref, sha256, action, previous } = draft;
  const { provider, account, region, derivation } = placed;
  return {
    source: 'terraform',
    scope,
    // Sorts before what others say: the block of the resource itself is where it is first looked for.
    operation: 'terraform',
    subject: id,
    at,
    sha256,
    outcome: 'ok',
    ref,
    asset: { kind, name, provider, account, ...(isDataless(draft.type, kind) ? { dataless: true } : {}) },
    facts: {
      ...placeFacts(address, region, derivation),
      ...(tags === null ? {} : keep({ tags: settleTags(tags, tagKeys) })),
    },
    about: previous === null ? ABOUT[action] : { ...ABOUT[action], previous_address: previous },
  };
}

/** Shared, for there may be very many. */
const ABOUT: { readonly [action in Action]: { readonly action: Action } } = {
  create: { action: 'create' },
  update: { action: 'update' },
  replace: { action: 'replace' },
  'no-op': { action: 'no-op' },
  forget: { action: 'forget' },
  import: { action: 'import' },
  existing: { action: 'existing' },
  written: { action: 'written' },
};

function placeFacts(address: string, region: Fact, derivation: readonly string[]): Facts {
  return { 'place.region': region, 'place.derivation': known([address, ...derivation]) };
}

/** What one resource says of an asset, with the place in the code where it says so. */
export function observeSaid(
  { subject, by, facts, relations, asset }: Said,
  { scope, at }: Telling,
  keep: (facts: Facts) => Facts,
): Observation | null {
  const kept = keep(facts ?? {});
  const hasFacts = Object.keys(kept).length > 0;
  if (!hasFacts && asset === undefined && (relations ?? []).length === 0) return null;
  return {
    source: 'terraform',
    scope,
    operation: `terraform:${by.type}.${by.label}`,
    subject,
    at,
    sha256: by.sha256,
    outcome: 'ok',
    ref: by.ref,
    ...(asset === undefined ? {} : { asset }),
    ...(hasFacts ? { facts: kept } : {}),
    ...(relations === undefined || relations.length === 0 ? {} : { relations }),
  };
}

/** Leaves out what no rule asks for; each name is looked up once. */
export function keepWanted(wanted: ReadonlySet<string>): (facts: Facts) => Facts {
  const asked = new Map<string, boolean>();
  const isKept = (name: string): boolean => {
    const before = asked.get(name);
    if (before !== undefined) return before;
    const now = name.startsWith('place.') || isWanted(wanted, name);
    asked.set(name, now);
    return now;
  };
  return (facts) => Object.fromEntries(Object.entries(facts).filter(([name]) => isKept(name)));
}

/** The place of what shares that of another, which may share it in turn, or of what stands in something apart. */
export function settlePlace(
  draft: Draft,
  parentOf: (mention: Mention, from: Draft) => Draft | null,
  left = 8,
): Placed {
  if (left === 0) return draft.placed;
  for (const mention of draft.within) {
    const parent = parentOf(mention, draft);
    if (parent === null) continue;
    const { region, derivation, isApart = false } = settlePlace(parent, parentOf, left - 1);
    if (!isApart && !isMissing(draft.placed.region)) continue;
    return {
      ...draft.placed,
      region,
      derivation: [`${mention.attribute} → ${parent.address}`, ...derivation],
      isApart,
    };
  }
  return draft.placed;
}
