import type { Catalog } from './catalog.ts';
import { type CheckEntry, freshDays } from './check.ts';
import { inForce } from './day.ts';
import type { Category, Law, Provider, Region, Sourced } from './types.ts';

/**
 * What `bercail catalog …` prints: plain objects, in the order shown, for a day (`YYYY-MM-DD`). Null when the
 * catalog has no such entry; the nearest names come from the catalog.
 */
type Plain = { readonly [key: string]: unknown };
type Language = 'fr' | 'en';

/** Whether a region lies wholly in France (EU territory) that day; null when it cannot be said. */
export function regionInFrance(catalog: Catalog, region: Region, day: string): boolean | null {
  return everyCountry(region, (code) => (catalog.country(code) ? catalog.inFrance(code, day) : null));
}

/** Whether a region lies wholly in the European Economic Area that day; null when it cannot be said. */
export function regionInEea(catalog: Catalog, region: Region, day: string): boolean | null {
  return everyCountry(region, (code) => catalog.inEea(code, day));
}

function everyCountry(
  { countries, complete, scope }: Region,
  holds: (code: string) => boolean | null,
): boolean | null {
  // A global or edge service is a place of its own: it is nowhere in particular, so not wholly inside anything.
  if (scope === 'global' || scope === 'edge') return false;
  const verdicts = countries.map(holds);
  if (verdicts.includes(false)) return false;
  return verdicts.includes(null) || !complete ? null : true;
}

export function describeRegion(catalog: Catalog, provider: string, code: string, day: string): Plain | null {
  const entry = catalog.region(catalog.provider(provider)?.id ?? provider, code);
  if (!entry) return null;
  return {
    provider: entry.provider,
    region: entry.region,
    aliases: entry.aliases,
    city: entry.city,
    countries: entry.countries,
    complete: entry.complete,
    scope: entry.scope,
    in_france: regionInFrance(catalog, entry, day),
    in_eea: regionInEea(catalog, entry, day),
    paired_region: entry.paired_region,
    note: entry.note,
    ...provenance(entry),
  };
}

export function describeCountry(
  catalog: Catalog,
  code: string,
  day: string,
  language: Language = 'en',
): Plain | null {
  const entry = catalog.country(code.toUpperCase());
  if (!entry) return null;
  const { status, decision } = catalog.adequacyOn(entry.id, day);
  const membership = entry.eea.find(({ from, to }) => inForce(from, to, day));
  const limits = [decision?.condition?.text[language], decision?.scope?.[language]].filter(
    (text) => text !== undefined,
  );
  return {
    country: entry.id,
    name: entry.name[language],
    as_of: day,
    in_eea: catalog.inEea(entry.id, day),
    eea_status: membership?.status ?? null,
    in_france: catalog.inFrance(entry.id, day),
    adequacy: {
      status,
      decision: decision?.decision ?? null,
      scope: limits.length > 0 ? limits.join('; ') : null,
      scheme: decision?.condition?.scheme ?? null,
      valid_from: decision?.valid_from ?? null,
      valid_to: decision?.valid_to ?? null,
      struck_down: decision?.struck_down ?? null,
      ...(decision ? provenance(decision) : {}),
    },
    disclosure_laws: entry.disclosure_laws.map((id) => lawLine(catalog, id, day, language)),
    ...provenance(entry),
  };
}

export function describeProvider(
  catalog: Catalog,
  name: string,
  day: string,
  language: Language = 'en',
): Plain | null {
  const entry = catalog.provider(name);
  if (!entry) return null;
  const ultimate =
    entry.owners === null ? null : (entry.owners.at(-1) ?? { name: entry.legal_entity, country: entry.seat });
  return {
    provider: entry.id,
    name: entry.name,
    legal_entity: entry.legal_entity,
    seat: entry.seat,
    kind: entry.kind,
    owners: entry.owners,
    ultimate_parent: ultimate,
    exposures:
      entry.exposures?.map(({ law, reach, status, from }) => ({
        ...lawLine(catalog, law, day, language),
        reach,
        status,
        from,
      })) ?? null,
    offers: offersOf(entry, day),
    complete_for: entry.complete_for ?? [],
    company_certificates: entry.company_certificates ?? [],
    endpoints: entry.endpoints,
    note: entry.note,
    ...provenance(entry),
  };
}

function offersOf({ offers }: Provider, day: string): Plain {
  const described = Object.entries(offers).map(([offer, { qualifications, note }]) => {
    const dated = qualifications.map(({ scheme, from, to, mark }) => ({
      scheme,
      from,
      to,
      in_dates: inForce(from, to, day),
      mark,
    }));
    return [offer, { qualifications: dated, note }] as const;
  });
  return Object.fromEntries(described);
}

export function describeLaw(
  catalog: Catalog,
  id: string,
  day: string,
  language: Language = 'en',
): Plain | null {
  const entry = catalog.law(id);
  return (
    entry && {
      law: entry.id,
      label: entry.label[language],
      title: entry.title[language],
      ...lawFacts(entry, day),
    }
  );
}

function lawFacts({ url, basis, from, to, contested, replaced_by, ...rest }: Law, day: string): Plain {
  return {
    url,
    basis,
    from,
    to,
    in_force: inForce(from, to, day),
    contested,
    replaced_by,
    ...provenance(rest),
  };
}

function lawLine(catalog: Catalog, id: string, day: string, language: Language): Plain {
  const entry = catalog.law(id);
  return {
    law: id,
    label: entry?.label[language] ?? id,
    in_force: catalog.lawOn(id, day),
    url: entry?.url ?? null,
  };
}

/** A data category; `describePurpose` does the same for the other tree. */
export function describeCategory(catalog: Catalog, id: string, language: Language = 'en'): Plain | null {
  return describeTerm('category', catalog.category(id), catalog.data.categories, language);
}

export function describePurpose(catalog: Catalog, id: string, language: Language = 'en'): Plain | null {
  return describeTerm('purpose', catalog.purpose(id), catalog.data.purposes, language);
}

function describeTerm(
  what: string,
  entry: Category | null,
  tree: readonly Category[],
  language: Language,
): Plain | null {
  if (!entry) return null;
  const parent = entry.id.includes('.') ? entry.id.slice(0, entry.id.lastIndexOf('.')) : null;
  const children = tree.filter(
    ({ id }) => id.startsWith(`${entry.id}.`) && !id.slice(entry.id.length + 1).includes('.'),
  );
  return {
    [what]: entry.id,
    label: entry.label[language],
    dpv: entry.dpv,
    parent,
    children: children.map(({ id }) => id),
    ...provenance(entry),
  };
}

/** What `bercail catalog check` prints: how many of each reason, then the entries. */
export function describeCheck(catalog: Catalog, asOf: string, withinDays: number): Plain {
  const found = catalog.check(asOf, withinDays);
  const count = (reason: CheckEntry['reason']): number =>
    found.filter((entry) => entry.reason === reason).length;
  return {
    as_of: asOf,
    within_days: withinDays,
    fresh_days: freshDays,
    summary: {
      expired: count('expired'),
      expiring: count('expiring'),
      stale: count('stale'),
      unverified: count('unverified'),
    },
    entries: found,
  };
}

function provenance({ source, checked_on, mark }: Sourced): Sourced {
  return { source, checked_on, mark };
}
