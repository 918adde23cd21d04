import type { Catalog } from '../catalog/catalog.ts';
import type { Fact, Json } from './fact.ts';
import { isMissing, jsonText, reasonOf } from './fact.ts';
import { evidenced, type Facts } from './fact-table.ts';
import type { Place } from './noun.ts';

type Partial = Omit<Place, 'derivation'> & { readonly derivation?: readonly string[] };

const nowhere: Partial = {
  provider: null,
  region: null,
  city: null,
  countries: [],
  complete: false,
  scope: 'unknown',
  reason: 'not_asked',
};

/**
 * The place of a region code of a provider. A code that the catalog does not list is a place whose countries are not
 * known, never a default.
 */
export function placeOfRegion(
  catalog: Catalog,
  provider: string | null,
  code: string,
  derivation: readonly string[],
): Place {
  const base = { ...nowhere, provider, region: code };
  if (provider === null) {
    return { ...base, reason: 'error', derivation: [...derivation, `?/${code}`] };
  }
  const found = catalog.region(provider, code);
  if (!found) {
    const near = catalog.nearestRegions(provider, code);
    const hint = near.length > 0 ? ` ≈ ${near.join(', ')}` : '';
    return { ...base, reason: 'error', derivation: [...derivation, `catalog: ${provider}/${code} ∉${hint}`] };
  }
  const where = `${found.city ?? found.scope} (${found.countries.join(', ')})`;
  return {
    provider,
    region: found.region,
    city: found.city,
    countries: found.countries,
    complete: found.complete,
    scope: found.scope,
    reason: found.complete ? null : 'not_collected',
    derivation: [...derivation, `catalog: ${provider}/${found.region} → ${where}`],
  };
}

/** The place that a manifest declares: `{provider, region}`, `{country}`, `{countries, complete}` or `unknown`. */
export function placeOfDeclaration(catalog: Catalog, value: Json | undefined, ref: string): Place {
  const missing = (reason: 'asked' | 'not_asked', base: Partial = nowhere): Place => ({
    ...base,
    reason,
    derivation: [ref],
  });
  if (value === undefined) return missing('not_asked');
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return missing('asked');
  const { provider, region, country, countries, complete } = value as { readonly [key: string]: Json };
  const host = typeof provider === 'string' && provider !== 'unknown' ? provider : null;
  if (country !== undefined || countries !== undefined) {
    const listed = country === undefined ? countries : [country];
    const named = Array.isArray(listed)
      ? listed.filter((c): c is string => typeof c === 'string' && c !== 'unknown')
      : [];
    const whole =
      named.length > 0 &&
      named.length === (listed as readonly Json[]).length &&
      complete !== false &&
      complete !== 'unknown';
    return {
      ...nowhere,
      provider: host,
      countries: named,
      complete: whole,
      scope: 'country',
      reason: whole ? null : 'asked',
      derivation: [`${ref} → ${named.join(', ') || '?'}`],
    };
  }
  if (typeof region !== 'string' || region === 'unknown') {
    return missing(region === undefined ? 'not_asked' : 'asked', { ...nowhere, provider: host });
  }
  return placeOfRegion(catalog, host, region, [`${ref} → ${host ?? '?'}/${region}`]);
}

/** `placeOfFacts`, with one place for all that the same answers put at the same spot. */
export function createPlaces(catalog: Catalog): (provider: string | null, facts: Facts) => Place {
  const known = new Map<string, Place>();
  return (provider, facts) => {
    // How a reader derived a place is said of one thing at a time.
    if (facts.has('place.derivation')) return placeOfFacts(catalog, provider, facts);
    const key = JSON.stringify([provider, ...placeFacts.map((name) => spotOf(evidenced(facts, name)))]);
    const place = known.get(key) ?? placeOfFacts(catalog, provider, facts);
    known.set(key, place);
    return place;
  };
}

const placeFacts = ['place.countries', 'place.regions', 'place.region'];

/** What a place takes from a fact: everything but when and in which answer it was found. */
function spotOf(fact: Fact | undefined): unknown {
  if (fact === undefined) return null;
  const { evidence, ...said } = fact;
  return [said, evidence?.operation, evidence?.ref];
}

/** The place that sources report by the fact `place.region` (or `place.countries` where there is no region). */
function placeOfFacts(catalog: Catalog, provider: string | null, facts: Facts): Place {
  const countries = evidenced(facts, 'place.countries');
  if (countries?.state === 'known' && Array.isArray(countries.value)) {
    const named = countries.value.filter((c): c is string => typeof c === 'string');
    return {
      ...nowhere,
      provider,
      countries: named,
      complete: named.length > 0,
      scope: 'country',
      reason: null,
      derivation: steps(countries),
    };
  }
  const regions = evidenced(facts, 'place.regions');
  if (regions?.state === 'known' && Array.isArray(regions.value)) {
    return placeOfRegions(catalog, provider, regions.value.map(String), [
      ...derived(facts),
      ...steps(regions),
    ]);
  }
  const region = evidenced(facts, 'place.region');
  if (region?.state === 'known' && typeof region.value === 'string') {
    return placeOfRegion(catalog, provider, region.value, [...derived(facts), ...steps(region)]);
  }
  if (region && isMissing(region)) {
    const permission = region.permission === undefined ? {} : { permission: region.permission };
    return {
      ...nowhere,
      provider,
      reason: reasonOf(region),
      ...permission,
      derivation: [...derived(facts), ...steps(region), ...(region.note ? [region.note] : [])],
    };
  }
  return { ...nowhere, provider, reason: 'not_collected', derivation: derived(facts) };
}

/** One thing in several regions is in the countries of them all; they are complete only where every region is known. */
function placeOfRegions(
  catalog: Catalog,
  provider: string | null,
  codes: readonly string[],
  derivation: readonly string[],
): Place {
  const sorted = [...new Set(codes)].sort();
  const [only] = sorted;
  if (sorted.length === 1 && only !== undefined) return placeOfRegion(catalog, provider, only, derivation);
  const members = sorted.map((code) => placeOfRegion(catalog, provider, code, []));
  const complete = members.length > 0 && members.every((member) => member.complete);
  return {
    ...nowhere,
    provider,
    region: sorted.length === 0 ? null : sorted.join(', '),
    city: complete ? members.map(({ city, region }) => city ?? region).join(', ') : null,
    countries: [...new Set(members.flatMap(({ countries }) => countries))].sort(),
    complete,
    scope: 'multi_region',
    reason: complete ? null : (members.find(({ reason }) => reason !== null)?.reason ?? 'not_collected'),
    derivation: [...derivation, ...members.flatMap(({ derivation: steps }) => steps)],
  };
}

/** Steps that a reader wrote down itself (how a plan's region was found). */
function derived(facts: Facts): readonly string[] {
  const fact = facts.get('place.derivation');
  return fact?.state === 'known' && Array.isArray(fact.value) ? fact.value.map(String) : [];
}

function steps(fact: Fact): readonly string[] {
  const { operation, ref } = fact.evidence ?? { operation: null, ref: null };
  const value = fact.state === 'known' ? jsonText(fact.value) : fact.state;
  const from = operation ?? ref;
  return from === null ? [] : [`${from} → ${value}`];
}
