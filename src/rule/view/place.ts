import type { Catalog } from '../../catalog/catalog.ts';
import type { Place, Text } from '../../inventory/noun.ts';
import { PartialList } from '../cel/value.ts';
import { missing } from './lift.ts';

/** A place as rules see it: a country list that is unknown, partial or whole, never empty. */
export function placeView(place: Place, catalog: Catalog): { [field: string]: unknown } {
  const lack = missing(place.reason ?? 'not_collected', place.permission);
  const { provider, region, city, countries, complete, scope } = place;
  return {
    provider: provider ?? lack,
    region: region ?? lack,
    city: city ?? (countries.length > 0 ? null : lack),
    countries: countries.length === 0 ? lack : complete ? countries : new PartialList(countries, lack),
    scope: scope === 'unknown' ? lack : scope,
    label: placeLabel(place, catalog),
  };
}

/** « Dublin (IE) », « France (FR) », or the code that nobody could place. */
export function placeLabel({ provider, region, city, countries, scope }: Place, catalog: Catalog): Text {
  if (city !== null && countries.length > 0 && scope === 'region')
    return inBoth(catalog.cityName(city), (name) => `${name} (${countries.join(', ')})`);
  if (countries.length > 0) {
    const named = (language: 'fr' | 'en'): string =>
      countries
        .map((code) => (code === 'ZZ' ? '' : (catalog.country(code)?.name[language] ?? code)))
        .filter(Boolean)
        .join(', ');
    const code = region === null ? ` (${countries.join(', ')})` : ` (${provider ?? '?'} ${region})`;
    const elsewhere =
      city === null
        ? { fr: 'plusieurs pays, non précisés', en: 'several countries, not said which' }
        : catalog.cityName(city);
    return { fr: `${named('fr') || elsewhere.fr}${code}`, en: `${named('en') || elsewhere.en}${code}` };
  }
  if (region !== null)
    return {
      fr: `${provider ?? '?'}/${region}, lieu inconnu`,
      en: `${provider ?? '?'}/${region}, place unknown`,
    };
  return { fr: 'lieu inconnu', en: 'a place not known' };
}

function inBoth(
  { fr, en }: { readonly fr: string; readonly en: string },
  say: (name: string) => string,
): Text {
  return { fr: say(fr), en: say(en) };
}
