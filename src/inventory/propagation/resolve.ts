import type { Fact, MissingFact } from '../fact.ts';
import { isMissing } from '../fact.ts';
import { createFactTables, evidenced, type Facts, type Found } from '../fact-table.ts';
import type { Asset, Place } from '../noun.ts';

/**
 * Facts of an asset that only the other end of a relation can tell: who manages its key and where, and where its
 * access logs go.
 */
export function resolveEnds(assets: ReadonlyMap<string, Asset>): Map<string, Asset> {
  const keys = keysByName(assets);
  const tableOf = createFactTables();
  const resolved = new Map<string, Asset>();
  for (const [id, asset] of assets) {
    const facts = [...keyFacts(asset, keys), ...logFacts(asset, assets)];
    resolved.set(
      id,
      facts.length === 0 ? asset : { ...asset, facts: tableOf(withFacts(asset.facts, facts)) },
    );
  }
  return resolved;
}

function withFacts(facts: Facts, more: readonly (readonly [string, Fact])[]): ReadonlyMap<string, Found> {
  const found = new Map<string, Found>();
  for (const [name, fact] of facts) found.set(name, { fact, evidence: facts.evidenceOf(name) });
  for (const [name, fact] of more) found.set(name, { fact, evidence: undefined });
  return found;
}

/** Keys by id and by each alias: stores name their key either way. */
function keysByName(assets: ReadonlyMap<string, Asset>): ReadonlyMap<string, Asset> {
  const keys = new Map<string, Asset>();
  for (const asset of assets.values()) {
    if (asset.kind !== 'key') continue;
    const aliases = asset.facts.get('aliases');
    const names = aliases?.state === 'known' && Array.isArray(aliases.value) ? aliases.value.map(String) : [];
    for (const name of [asset.id, ...asset.aliases, ...names]) keys.set(name, asset);
  }
  return keys;
}

function keyFacts(asset: Asset, keys: ReadonlyMap<string, Asset>): [string, Fact][] {
  const named = asset.relations.filter(({ kind }) => kind === 'key');
  if (named.length === 0) return [];
  const own = evidenced(asset.facts, 'encryption.key_manager');
  const found = named.flatMap(({ to }) => keys.get(to) ?? []);
  const [key] = found;
  if (key === undefined)
    return own === undefined || !isMissing(own) ? [] : [['encryption.key_manager', unread(own)]];
  const manager = managerOf(own, found);
  const place: Fact =
    manager?.state === 'known' && manager.value === 'external'
      ? { state: 'not_collected', note: 'where an external key store stands is for its owner to say' }
      : placeFact(key.place);
  const said: [string, Fact][] = manager === undefined ? [] : [['encryption.key_manager', manager]];
  return [...said, ['encryption.key_place', place]];
}

/** The store names a key, and the key was not read: no declaration may say whose it is. */
function unread(own: MissingFact): MissingFact {
  return { ...own, state: own.permission === undefined ? 'error' : 'denied' };
}

/** The key service knows best; what the store itself established stays where the key service was not heard. */
function managerOf(own: Fact | undefined, keys: readonly Asset[]): Fact | undefined {
  const said = keys
    .map(({ facts }) => evidenced(facts, 'key_facts.manager'))
    .filter((fact) => fact !== undefined);
  const known =
    said.find((fact) => fact.state === 'known' && fact.value !== 'external') ??
    said.find(({ state }) => state === 'known');
  const missing = said.find(isMissing);
  if (own !== undefined && !isMissing(own)) return missing === undefined ? known : undefined;
  return missing ?? known ?? (own === undefined ? undefined : unread(own));
}

function logFacts(asset: Asset, assets: ReadonlyMap<string, Asset>): [string, Fact][] {
  if (asset.facts.has('access_log_places')) return [];
  const places = logTargets(asset, assets).flatMap((target) => {
    // A trail keeps nothing: its logs are where it delivers them.
    const delivered = target.kind === 'monitoring' ? logTargets(target, assets) : [];
    return (delivered.length > 0 ? delivered : [target]).map(({ place }) => place);
  });
  if (places.length > 0) return [['access_log_places', placesFact(places)]];
  const logged = asset.facts.get('access_log');
  return logged?.state === 'known' && logged.value === false
    ? [['access_log_places', { state: 'absent' }]]
    : [];
}

function logTargets({ relations }: Asset, assets: ReadonlyMap<string, Asset>): readonly Asset[] {
  return relations.flatMap(({ kind, to }) => (kind === 'log' ? (assets.get(to) ?? []) : []));
}

/** Places as a manifest would write them. One that is not known leaves the list open; where none is known, why. */
function placesFact(places: readonly Place[]): Fact {
  const facts = places.map(placeFact);
  const values = facts.map((fact) => (fact.state === 'known' ? fact.value : 'unknown'));
  return values.some((value) => value !== 'unknown')
    ? { state: 'known', value: values }
    : (facts[0] ?? { state: 'absent' });
}

function placeFact({ provider, region, countries, complete, scope, reason, permission }: Place): Fact {
  if (provider !== null && region !== null && scope !== 'multi_region') {
    return { state: 'known', value: { provider, region } };
  }
  if (countries.length > 0) return { state: 'known', value: { countries, complete } };
  return {
    state: reason === 'denied' || reason === 'error' ? reason : 'not_collected',
    ...(permission === undefined ? {} : { permission }),
  };
}
