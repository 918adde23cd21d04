import type { PlaceNote } from '../../result/context.ts';
import { type Finding, type Severity, severities } from '../../result/result.ts';
import type { Teller } from './teller.ts';
import type { Limits } from './told.ts';

/** A place on the map, told. */
export interface PlaceRow {
  /** Its number on the map; null when it cannot be drawn. */
  readonly number: number | null;
  readonly label: string;
  readonly host: string | null;
  readonly holds: string;
  readonly operators: string;
  readonly zone: string;
  readonly findings: number;
  readonly worst: Severity | null;
  readonly findingsLabel: string;
  readonly city: string | null;
  readonly countries: readonly string[];
}

/** A place of more countries than this is shaded, not marked: it is everywhere in them. */
const marked = 4;

function isLocated({ countries }: Pick<PlaceNote, 'countries'>): boolean {
  return countries.length > 0 && countries.every((code) => code !== 'ZZ');
}

/** Every place that holds data. Those whose country is not known are told first: they are on no map. */
export function tellPlaces(teller: Teller, limits: Limits) {
  const { context, say, result } = teller;
  const found = countByPlace(result.findings);
  let number = 0;
  const notes = [...(context?.places ?? [])].sort(
    (a, b) => Number(b.countries.length === 0) - Number(a.countries.length === 0),
  );
  const all = notes.map((note): PlaceRow => {
    const drawn = isLocated(note) && note.countries.length <= marked;
    return rowOf(teller, note, drawn ? ++number : null, found.get(placeKey(note)));
  });
  const rows = all.slice(0, limits.rows);
  const countries = new Set(all.flatMap((row) => row.countries)).size;
  return {
    available: context !== null,
    rows,
    all,
    left: all.length > rows.length ? say('story.left.rows', { count: all.length - rows.length }) : null,
    caption: say('story.places.caption', { count: all.length, countries }),
    alternative: all
      .map(
        (row) =>
          `${row.number === null ? '' : `${row.number}. `}${row.label}${say('story.places.alt', { holds: row.holds, findings: row.findingsLabel })}`,
      )
      .slice(0, limits.rows)
      .join(' '),
    unlocated: all.filter((row) => !isLocated(row)).length,
  };
}

function rowOf(teller: Teller, note: PlaceNote, number: number | null, found: Count | undefined): PlaceRow {
  const { say, few, dataset, organisation, code } = teller;
  const { provider, region, countries, city, datasets, operators } = note;
  const host = [provider, region]
    .filter((part) => part !== null)
    .map(code)
    .join(' ');
  return {
    number,
    countries,
    city,
    label: `${teller.place(note)}${note.complete ? '' : ` ${say('story.places.incomplete')}`}`,
    host: host === '' ? null : host,
    holds: say('story.places.holds', {
      datasets: few(datasets.map(dataset)),
      assets: note.assets,
      copies: note.copies,
    }),
    operators: operators.length === 0 ? say('story.unknown_one') : few(operators.map(organisation)),
    zone: zoneOf(teller, note),
    findings: found?.count ?? 0,
    worst: found?.worst ?? null,
    findingsLabel: say('count.findings', { count: found?.count ?? 0 }),
  };
}

/** What the place is for the law of the day: France, the EEA, an adequate country, another. */
function zoneOf({ context, say }: Teller, { countries, complete }: PlaceNote): string {
  const notes = countries.map((code) => context?.countries.find(({ id }) => id === code));
  if (notes.length === 0 || notes.some((note) => !note || note.in_eea === null))
    return say('story.zone.unknown');
  const known = notes.flatMap((note) => note ?? []);
  if (!complete) return say('story.zone.partly_unknown');
  if (known.every(({ in_france }) => in_france)) return say('story.zone.france');
  if (known.every(({ in_eea }) => in_eea)) return say('story.zone.eea');
  const outside = known.filter(({ in_eea }) => !in_eea);
  const rank = ['none', 'unknown', 'conditional', 'adequate'] as const;
  const [weakest] = outside.sort((a, b) => rank.indexOf(a.adequacy) - rank.indexOf(b.adequacy));
  return say(`story.zone.${weakest?.adequacy ?? 'unknown'}`, { decision: weakest?.decision ?? '' });
}

interface Count {
  count: number;
  worst: Severity;
}

/** Findings at each place: failing ones, waived or not. */
function countByPlace(findings: readonly Finding[]): ReadonlyMap<string, Count> {
  const counts = new Map<string, Count>();
  for (const { outcome, place, severity } of findings) {
    if (outcome !== 'fail' || !place) continue;
    const key = placeKey(place);
    const before = counts.get(key);
    if (!before) counts.set(key, { count: 1, worst: severity });
    else {
      before.count += 1;
      if (severities.indexOf(severity) < severities.indexOf(before.worst)) before.worst = severity;
    }
  }
  return counts;
}

function placeKey({
  provider,
  region,
  city,
  countries,
}: Pick<PlaceNote, 'provider' | 'region' | 'city' | 'countries'>): string {
  return [provider, region, city, countries.join('+')].join('\0');
}
