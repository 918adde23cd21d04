import { isMissing, reasonOf } from '../../inventory/fact.ts';
import type { Asset } from '../../inventory/noun.ts';
import { placeOfRegion } from '../../inventory/place.ts';
import { PartialList } from '../../rule/cel/value.ts';
import { missing } from '../../rule/view/lift.ts';
import type { ViewContext } from './context.ts';

const REGIONS = 'guard_rail.allowed_regions';

/**
 * Countries that a guard rail leaves open, from the regions that it does, as the catalog places them. Null where its
 * source said nothing of regions. A region that the catalog does not list may be anywhere.
 */
export function countriesLeftOpen({ catalog }: ViewContext, { facts, provider }: Asset): unknown {
  const fact = facts.get(REGIONS);
  if (fact === undefined || facts.has('guard_rail.allowed_countries')) return null;
  if (isMissing(fact)) return missing(reasonOf(fact), fact.permission);
  const regions = fact.state === 'known' && Array.isArray(fact.value) ? fact.value.map(String) : [];
  const places = regions.map((region) => placeOfRegion(catalog, provider, region, []));
  const countries = [...new Set(places.flatMap((place) => place.countries))].toSorted();
  return places.every(({ complete }) => complete) ? countries : new PartialList(countries, missing('error'));
}
