export type Point = readonly [longitude: number, latitude: number];

/** `reports/templates/coordinates.json`: where maps draw a place. */
export interface Coordinates {
  /** `IE/Dublin` → degrees. */
  readonly cities: { readonly [place: string]: Point };
  /** Countries and territories without a shape of their own on the map. */
  readonly territories: { readonly [country: string]: Point };
  /** ISO 3166-1 alpha-2 → the numeric code that shapes are keyed by. */
  readonly numeric: { readonly [country: string]: string };
}

/** The catalog writes `Paris area`, `Frankfurt (Limburg)`, `Cardiff/Newport`: the town is what counts. */
function townOf(city: string): string {
  const at = city.endsWith(')') ? city.indexOf(' (') : -1;
  return (at < 0 ? city : city.slice(0, at)).replace(/ (area|HDS)$/, '').replace(/\/.*$/s, '');
}

/** Null when only the country is known, or the city is in no table. */
export function pointOfCity({ cities }: Coordinates, country: string, city: string | null): Point | null {
  if (city === null) return null;
  const name = [city, townOf(city)]
    .map((town) => `${country}/${town}`)
    .find((key) => Object.hasOwn(cities, key));
  return name === undefined ? null : (cities[name] ?? null);
}
