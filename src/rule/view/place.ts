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
    return same(`${city} (${countries.join(', ')})`);
  if (countries.length > 0) {
    const named = (language: 'fr' | 'en'): string =>
      countries
        .map((code) => (code === 'ZZ' ? '' : (catalog.country(code)?.name[language] ?? code)))
        .filter(Boolean)
        .join(', ');
    const code = region === null ? ` (${countries.join(', ')})` : ` (${provider ?? '?'} ${region})`;
    const fr = named('fr') || (city ?? 'plusieurs pays, non précisés');
    const en = named('en') || (city ?? 'several countries, not said which');
    return { fr: `${fr}${code}`, en: `${en}${code}` };
  }
  if (region !== null)
    return {
      fr: `${provider ?? '?'}/${region}, lieu inconnu`,
      en: `${provider ?? '?'}/${region}, place unknown`,
    };
  return { fr: 'lieu inconnu', en: 'a place not known' };
}

function same(text: string): Text {
  return { fr: text, en: text };
}
