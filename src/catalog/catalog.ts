import { type CheckEntry, checkCatalog, staleEntries } from './check.ts';
import { type CountryIndex, indexCountries } from './country.ts';
import { inForce } from './day.ts';
import { nearest } from './nearest.ts';
import { qualificationOf } from './qualification.ts';
import { indexRegions, type RegionIndex } from './region.ts';
import type { CatalogData, Category, Law, Provider } from './types.ts';

/** What the catalog knows, by what one asks it with. Nothing here is ever a default: unknown is null. */
export interface Catalog extends RegionIndex, CountryIndex {
  readonly data: CatalogData;
  /** By id, or by its name or legal entity as written (case does not matter). */
  readonly provider: (idOrName: string) => Provider | null;
  readonly nearestProviders: (name: string) => string[];
  /** The key of a provider that a person named; null, with the nearest keys, for one that is not listed. */
  readonly providerNamed: (name: string) => { readonly id: string | null; readonly nearest: string[] };
  /** The provider of a host name, from its longest known suffix. */
  readonly providerOfHost: (host: string) => string | null;
  /** Null when the catalog cannot say: see `qualification.ts`. */
  readonly qualification: (
    provider: string,
    offer: string | null,
    scheme: string,
    day: string,
  ) => boolean | null;
  /** A city as each language names it; what follows it in parentheses stays. */
  readonly cityName: (city: string) => { readonly fr: string; readonly en: string };
  readonly nearestCountries: (code: string) => string[];
  readonly law: (id: string) => Law | null;
  readonly nearestLaws: (id: string) => string[];
  /** Whether a text was in force on a day; null for an unlisted one. */
  readonly lawOn: (id: string, day: string) => boolean | null;
  readonly category: (id: string) => Category | null;
  readonly nearestCategories: (id: string) => string[];
  readonly purpose: (id: string) => Category | null;
  readonly nearestPurposes: (id: string) => string[];
  /** Whether a category (or purpose) is another or below it in its tree. An unlisted one is nothing. */
  readonly isA: (id: string, ancestor: string) => boolean;
  /** Entries that nobody has looked at for more than 90 days. */
  readonly stale: (asOf: string) => CheckEntry[];
  /** Entries that expire within so many days, are stale, or are not verified. */
  readonly check: (asOf: string, withinDays: number) => CheckEntry[];
}

/** Indexes a parsed catalog. Days are `YYYY-MM-DD`. */
export function createCatalog(data: CatalogData): Catalog {
  const providers = new Map(data.providers.map((entry) => [entry.id, entry]));
  const names = new Map(
    data.providers.flatMap((entry) => namesOf(entry).map((name) => [name, entry] as const)),
  );
  const cities = new Map(data.cities.map((entry) => [entry.id, entry.name]));
  const laws = new Map(data.laws.map((entry) => [entry.id, entry]));
  const categories = new Map(data.categories.map((entry) => [entry.id, entry]));
  const purposes = new Map(data.purposes.map((entry) => [entry.id, entry]));
  const suffixes = data.providers
    .flatMap(({ id, endpoints }) => endpoints.map((suffix) => ({ id, suffix })))
    .sort((a, b) => b.suffix.length - a.suffix.length);
  const countries = indexCountries(data.countries);

  const provider = (idOrName: string): Provider | null =>
    providers.get(idOrName) ?? names.get(idOrName.toLowerCase()) ?? null;
  const nearestProviders = (name: string): string[] => nearest(name, providers.keys());

  return {
    data,
    ...indexRegions(data.regions),
    ...countries,
    provider,
    nearestProviders,
    providerNamed: (name) => ({ id: provider(name)?.id ?? null, nearest: nearestProviders(name) }),
    providerOfHost(host) {
      const name = `.${host.toLowerCase().replace(/\.$/, '')}`;
      return suffixes.find(({ suffix }) => name.endsWith(suffix))?.id ?? null;
    },
    qualification(provider, offer, scheme, day) {
      const entry = providers.get(provider);
      return entry ? qualificationOf(entry, offer, scheme, day) : null;
    },
    cityName(city) {
      const at = city.endsWith(')') ? city.indexOf(' (', 1) : -1;
      const [town, rest] = at < 0 ? [city, ''] : [city.slice(0, at), city.slice(at)];
      const name = cities.get(town);
      return name ? { fr: `${name.fr}${rest}`, en: `${name.en}${rest}` } : { fr: city, en: city };
    },
    nearestCountries: (code) =>
      nearest(
        code,
        data.countries.map(({ id }) => id),
      ),
    law: (id) => laws.get(id) ?? null,
    nearestLaws: (id) => nearest(id, laws.keys()),
    lawOn(id, day) {
      const entry = laws.get(id);
      return entry ? inForce(entry.from, entry.to, day) : null;
    },
    category: (id) => categories.get(id) ?? null,
    nearestCategories: (id) => nearest(id, categories.keys()),
    purpose: (id) => purposes.get(id) ?? null,
    nearestPurposes: (id) => nearest(id, purposes.keys()),
    isA: (id, ancestor) =>
      (categories.has(id) || purposes.has(id)) && (id === ancestor || id.startsWith(`${ancestor}.`)),
    stale: (asOf) => staleEntries(data, asOf),
    check: (asOf, withinDays) => checkCatalog(data, asOf, withinDays),
  };
}

function namesOf({ id, name, legal_entity }: Provider): string[] {
  return [id, name, legal_entity].map((word) => word.toLowerCase());
}
