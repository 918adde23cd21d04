import { type Fact, isMissing, type Json, jsonText, type MissingFact, type Tree } from '../fact.ts';
import { isGlob, matchesGlob } from '../glob.ts';
import { treeOf } from './declared.ts';
import type { ManifestInput } from './input.ts';
import { createMatchIndex } from './match-index.ts';
import type { Observed, ObservedAsset } from './observed.ts';
import { lowerCase } from './tag.ts';

export interface Matches {
  /** Declared asset id → observed ids, sorted. */
  readonly byDeclared: ReadonlyMap<string, readonly string[]>;
  /** Observed id → declared asset id. */
  readonly byObserved: ReadonlyMap<string, string>;
  /** Observed ids that might match a declaration, were their tags readable → the tags fact. */
  readonly undecided: ReadonlyMap<string, Fact>;
  /** Declared ids that no asset matches, but might, were everything readable → what kept it from being read. */
  readonly unsettled: ReadonlyMap<string, MissingFact>;
  readonly warnings: readonly string[];
}

type Verdict = 'yes' | 'no' | 'unknown';

interface Candidate {
  readonly declared: string;
  readonly rank: number;
}

/** Finds the observed assets that each declared asset names. A whole id or name beats tags, tags beat a pattern. */
export function matchAssets(manifests: readonly ManifestInput[], observed: Observed): Matches {
  const byObserved = new Map<string, string>();
  const byDeclared = new Map<string, string[]>();
  const undecided = new Map<string, Fact>();
  const unsettled = new Map<string, MissingFact>();
  const warnings: string[] = [];
  const rules = manifests.flatMap((manifest) =>
    Object.entries(treeOf(manifest.value['assets'])).flatMap(([key, value]) =>
      entries(treeOf(value)['match'])
        .flatMap(spellings)
        .map((entry) => ({ declared: `${manifest.id}/${key}`, entry })),
    ),
  );
  const mayMatch = createMatchIndex(rules);
  for (const asset of observed.assets.values()) {
    const candidates: Candidate[] = [];
    for (const { declared, entry } of mayMatch(asset)) {
      const verdict = matches(entry, asset);
      if (verdict === 'yes') candidates.push({ declared, rank: rankOf(entry) });
      const tags = asset.facts.get('tags');
      if (verdict !== 'unknown') continue;
      if (tags) undecided.set(asset.id, tags);
      const unread = [tags, asset.facts.get('place.region')].find(
        (fact) => fact !== undefined && isMissing(fact),
      );
      if (unread !== undefined && isMissing(unread)) unsettled.set(declared, unread);
    }
    candidates.sort((a, b) => b.rank - a.rank || (a.declared < b.declared ? -1 : 1));
    const [best, second] = candidates;
    if (!best) continue;
    undecided.delete(asset.id);
    if (second && second.rank === best.rank && second.declared !== best.declared) {
      warnings.push(
        `${asset.id}: matches ${best.declared} and ${second.declared} alike; taken as ${best.declared}`,
      );
    }
    byObserved.set(asset.id, best.declared);
    const matched = byDeclared.get(best.declared);
    if (matched) matched.push(asset.id);
    else byDeclared.set(best.declared, [asset.id]);
  }
  for (const { declared, entry } of rules) {
    const gap = unsettled.has(declared) ? undefined : listingGap(entry, observed);
    if (gap !== undefined) unsettled.set(declared, gap);
  }
  for (const declared of byDeclared.keys()) unsettled.delete(declared);
  return { byDeclared, byObserved, undecided, unsettled, warnings };
}

/** Why a source that should show what the entry names was not read to its end; undefined where it was, or was not read. */
function listingGap({ source }: Tree, { gaps, incomplete }: Observed): MissingFact | undefined {
  const gap = gaps.find(
    (one) =>
      one.subject === one.scope &&
      incomplete.has(one.source) &&
      (source === undefined || source === one.source),
  );
  if (gap === undefined) return undefined;
  const { reason, permission, operation } = gap;
  return { state: reason, ...(permission === null ? {} : { permission }), note: operation };
}

function entries(value: Json | undefined): readonly Tree[] {
  return Array.isArray(value) ? value.map(treeOf) : [];
}

/** Ids of Azure are equal whatever their case, and its source keeps them in lower case: a portal spells them otherwise. */
function spellings(entry: Tree): readonly Tree[] {
  const { id } = entry;
  const isAzure = typeof id === 'string' && /^\/(subscriptions|providers)\//i.test(id);
  return isAzure && id !== id.toLowerCase() ? [entry, { ...entry, id: id.toLowerCase() }] : [entry];
}

function rankOf(entry: Tree): number {
  const whole = ['id', 'arn', 'address', 'name'].some(
    (key) => typeof entry[key] === 'string' && !isGlob(entry[key]),
  );
  return whole ? 3 : entry['tags'] === undefined ? 1 : 2;
}

/** Every criterion of an entry must hold; one whose fact could not be read leaves it undecided. */
export function matches(entry: Tree, asset: ObservedAsset): Verdict {
  let verdict: Verdict = 'yes';
  for (const [key, wanted] of Object.entries(entry)) {
    const one = criterion(key, wanted, asset);
    if (one === 'no') return 'no';
    if (one === 'unknown') verdict = 'unknown';
  }
  return verdict;
}

function criterion(key: string, wanted: Json, asset: ObservedAsset): Verdict {
  const { id, source, seen, facts } = asset;
  switch (key) {
    case 'source':
      return test(wanted, source);
    case 'tags':
      return tagsMatch(treeOf(wanted), facts.get('tags'));
    case 'name':
      return test(wanted, seen.name);
    case 'kind':
      return test(wanted, seen.kind);
    case 'provider':
      return seen.provider === null ? 'unknown' : test(wanted, seen.provider);
    case 'account':
      return seen.account === null ? 'unknown' : test(wanted, seen.account);
    case 'region':
      return fromFact(facts.get('place.region'), (region) => test(wanted, jsonText(region)));
    default:
      return test(wanted, id);
  }
}

function test(pattern: Json, text: string): Verdict {
  return matchesGlob(jsonText(pattern), text) ? 'yes' : 'no';
}

function fromFact(fact: Fact | undefined, decide: (value: Json) => Verdict): Verdict {
  if (fact?.state === 'known') return decide(fact.value);
  return fact === undefined || fact.state === 'absent' ? 'no' : 'unknown';
}

/** Keys and values without regard to case; values may hold `*`. */
function tagsMatch(wanted: Tree, fact: Fact | undefined): Verdict {
  return fromFact(fact, (value) => {
    const tags = lowerCase(treeOf(value));
    const all = Object.entries(wanted).every(([key, pattern]) => {
      const found = tags.get(key.toLowerCase());
      return found !== undefined && matchesGlob(jsonText(pattern).toLowerCase(), found);
    });
    return all ? 'yes' : 'no';
  });
}
