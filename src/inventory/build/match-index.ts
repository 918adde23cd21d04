import { isMissing, type Json, jsonText, type Tree } from '../fact.ts';
import { isGlob } from '../glob.ts';
import { treeOf } from './declared.ts';
import type { ObservedAsset } from './observed.ts';
import { lowerCase } from './tag.ts';

/** An entry under `match`, with the id of the declared asset. */
export interface MatchRule {
  readonly declared: string;
  readonly entry: Tree;
}

/**
 * The entries that may match an asset, or that its unread facts leave open: each entry is filed under the one of its
 * criteria that few assets meet. In an estate of thousands of manifests, an asset is compared with a handful.
 */
export function createMatchIndex(rules: readonly MatchRule[]): (asset: ObservedAsset) => Iterable<MatchRule> {
  const shelves = new Map<string, MatchRule[]>();
  const everywhere: MatchRule[] = [];
  const [accounts, tags]: [MatchRule[], MatchRule[]] = [[], []];
  const lengths = { name: new Set<number>(), id: new Set<number>() };
  const file = (shelf: string, rule: MatchRule): void => {
    const found = shelves.get(shelf);
    if (found) found.push(rule);
    else shelves.set(shelf, [rule]);
  };
  for (const rule of rules) {
    const key = keyOf(rule.entry);
    if (key === null) everywhere.push(rule);
    else if (key.of === 'name' || key.of === 'id') {
      lengths[key.of].add(key.text.length);
      file(`${key.of} ${key.text}`, rule);
    } else {
      (key.of === 'account' ? accounts : tags).push(rule);
      file(`${key.of} ${key.text}`, rule);
    }
  }
  return function* ({ id, seen, facts }) {
    yield* everywhere;
    for (const [of, text] of [
      ['name', seen.name],
      ['id', id],
    ] as const)
      for (const length of lengths[of])
        if (length <= text.length) yield* shelves.get(`${of} ${text.slice(0, length)}`) ?? [];
    yield* seen.account === null ? accounts : (shelves.get(`account ${seen.account}`) ?? []);
    const fact = facts.get('tags');
    if (fact !== undefined && isMissing(fact)) yield* tags;
    if (tags.length > 0 && fact?.state === 'known')
      for (const [key, value] of lowerCase(treeOf(fact.value)))
        yield* shelves.get(`tag ${key}=${value}`) ?? [];
  };
}

interface Key {
  readonly of: 'name' | 'id' | 'account' | 'tag';
  readonly text: string;
}

/** The criterion that an entry is filed under; null where it names nothing that few assets have. */
function keyOf(entry: Tree): Key | null {
  const texts = Object.entries(entry).filter(([key]) => !aside.has(key));
  const starts = texts
    .map(([key, value]): Key => ({ of: key === 'name' ? 'name' : 'id', text: startOf(value) }))
    .sort((a, b) => b.text.length - a.text.length);
  const [longest] = starts;
  const account = entry['account'];
  if (account !== undefined && !isGlob(jsonText(account))) return { of: 'account', text: jsonText(account) };
  if (longest && longest.text.length > 0) return longest;
  for (const [key, value] of lowerCase(treeOf(entry['tags'])))
    if (!isGlob(value)) return { of: 'tag', text: `${key}=${value}` };
  return null;
}

/** Criteria that are no part of a name: many assets meet the same one. */
const aside: ReadonlySet<string> = new Set(['source', 'kind', 'provider', 'account', 'region', 'tags']);

/** A pattern up to its first wildcard: a name that matches begins with it. */
function startOf(pattern: Json): string {
  return /^[^*?]*/.exec(jsonText(pattern))?.[0] ?? '';
}
