import type { InputAccount } from '../account.ts';
import type { Evidence } from '../fact.ts';
import { isMissing } from '../fact.ts';
import { createFactTables, type Facts, type Found } from '../fact-table.ts';
import type { Relation } from '../noun.ts';
import type { Gap, Observation, SeenAsset } from '../observation.ts';
import { compare } from '../order.ts';
import { accountOf } from './account.ts';

type TableOf = ReturnType<typeof createFactTables>;

/** Everything that the sources say of one asset. */
export interface ObservedAsset {
  readonly id: string;
  readonly source: string;
  readonly scope: string;
  readonly seen: SeenAsset;
  readonly facts: Facts;
  readonly relations: readonly Relation[];
  readonly evidence: readonly Evidence[];
}

export interface Observed {
  readonly assets: ReadonlyMap<string, ObservedAsset>;
  readonly gaps: readonly Gap[];
  readonly inputs: readonly InputAccount[];
  /** Sources with a listing that failed: absence there proves nothing. */
  readonly incomplete: ReadonlySet<string>;
  /** Sources with at least one observation. */
  readonly sources: ReadonlySet<string>;
}

interface Draft {
  readonly id: string;
  readonly source: string;
  scope: string;
  seen: SeenAsset | null;
  /** What was said of it, in order. */
  readonly answers: { readonly facts: NonNullable<Observation['facts']>; readonly evidence: Evidence }[];
  readonly relations: Relation[];
  readonly evidence: Evidence[];
}

/** Folds observations into assets and gaps. Nothing is dropped: a subject that no listing named becomes an asset too. */
export function foldObservations(observations: readonly Observation[]): Observed {
  const drafts = new Map<string, Draft>();
  const gaps: Gap[] = [];
  const inputs: InputAccount[] = [];
  const incomplete = new Set<string>();
  const sources = new Set<string>();
  for (const observation of observations) {
    sources.add(observation.source);
    const about =
      observation.asset !== undefined ||
      observation.facts !== undefined ||
      observation.relations !== undefined;
    if (observation.outcome !== 'ok') {
      gaps.push(gapOf(observation, observation.outcome));
      // A call about one asset that fails hides nothing else; the subject of a listing is its scope.
      if (!about && observation.subject === observation.scope) incomplete.add(observation.source);
    }
    if (about) fold(draftOf(drafts, observation), observation);
    const account = about ? null : accountOf(observation);
    if (account !== null) inputs.push(account);
  }
  const tableOf = createFactTables();
  const assets = new Map<string, ObservedAsset>();
  for (const draft of [...drafts.values()].sort((a, b) => compare(a.id, b.id)))
    assets.set(draft.id, finish(draft, tableOf));
  return {
    assets,
    gaps: gaps.sort((a, b) => compare(gapKey(a), gapKey(b))),
    inputs: inputs.sort((a, b) => compare(a.file, b.file)),
    incomplete,
    sources,
  };
}

function gapOf(observation: Observation, reason: Gap['reason']): Gap {
  const { source, scope, operation, subject, permission } = observation;
  return { source, scope, operation, subject, reason, permission: permission ?? null };
}

function draftOf(drafts: Map<string, Draft>, { subject, source, scope }: Observation): Draft {
  const found = drafts.get(subject);
  if (found) return found;
  const draft: Draft = {
    id: subject,
    source,
    scope,
    seen: null,
    answers: [],
    relations: [],
    evidence: [],
  };
  drafts.set(subject, draft);
  return draft;
}

function fold(draft: Draft, observation: Observation): void {
  const { asset, operation, at, sha256, ref, source, scope } = observation;
  const evidence: Evidence = {
    source,
    ref: ref ?? null,
    operation: ref ? null : operation,
    at: at === '' ? null : at,
    sha256,
  };
  // That it exists rests on the listing that named it, before any question about it.
  if (asset && observation.outcome === 'ok') draft.evidence.unshift(evidence);
  else draft.evidence.push(evidence);
  if (asset && (draft.seen === null || knowsBetter(asset, draft.seen))) {
    draft.seen = asset;
    draft.scope = scope;
  } else if (asset?.account && draft.seen && draft.seen.account === null) {
    draft.seen = { ...draft.seen, account: asset.account };
  }
  if (observation.facts) draft.answers.push({ facts: observation.facts, evidence });
  for (const { kind, to, operation: by } of observation.relations ?? []) {
    draft.relations.push({ kind, to, evidence: by ? { ...evidence, operation: by } : evidence });
  }
}

/** The owner's own listing knows better than who only names it, and the service itself better than a list of everything. */
function knowsBetter(asset: SeenAsset, before: SeenAsset): boolean {
  if (asset.external !== before.external) return asset.external !== true;
  return before.kind === 'other' && asset.kind !== 'other';
}

function finish(
  { id, source, scope, seen, answers, relations, evidence }: Draft,
  tableOf: TableOf,
): ObservedAsset {
  const known: SeenAsset = seen ?? { kind: 'other', name: id, provider: null, account: null };
  // A list that was added to has room for more: by the million, that is more than what is in it.
  return {
    id,
    source,
    scope,
    seen: known,
    facts: tableOf(factsOf(answers)),
    relations: relations.slice(),
    evidence: evidence.slice(),
  };
}

/** A later answer never erases what an earlier one established. */
function factsOf(answers: Draft['answers']): ReadonlyMap<string, Found> {
  const known = new Map<string, Found>();
  for (const { facts, evidence } of answers) {
    for (const [name, fact] of Object.entries(facts)) {
      const before = known.get(name)?.fact;
      if (before === undefined || isMissing(before)) known.set(name, { fact, evidence });
    }
  }
  return known;
}

function gapKey({ source, scope, operation, subject }: Gap): string {
  return `${source}\0${scope}\0${operation}\0${subject}`;
}
