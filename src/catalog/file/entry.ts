import type {
  Category,
  City,
  CompanyCertificate,
  Country,
  Law,
  Mark,
  Provider,
  Qualification,
  Region,
  Sourced,
} from '../types.ts';

/** An entry as its file writes it, once the schema has accepted it: what may be left out is not there. */
type Written<T> = { readonly [key in keyof T]?: T[key] | null };

export type WrittenEntry = Written<Sourced>;

/** Head and entries of one file; the head's values hold for entries that say nothing else. */
export interface Head extends WrittenEntry {
  readonly provider?: string;
  readonly basis?: Law['basis'];
  readonly url?: string;
  readonly from?: string | null;
  readonly to?: string | null;
  readonly contested?: boolean;
}

/** Source, day and mark of an entry: its own, else the head's. The caller has checked that there are some. */
export function sourcedBy(entry: WrittenEntry, head: WrittenEntry): Sourced {
  return {
    source: entry.source ?? head.source ?? '',
    checked_on: entry.checked_on ?? head.checked_on ?? '',
    mark: (entry.mark ?? head.mark ?? 'to_verify') satisfies Mark,
  };
}

export function toRegion(region: string, entry: Written<Region>, head: Head): Region {
  return {
    provider: head.provider ?? '',
    region,
    aliases: entry.aliases ?? [],
    city: entry.city ?? null,
    countries: entry.countries ?? [],
    scope: entry.scope ?? 'region',
    complete: entry.complete ?? true,
    paired_region: entry.paired_region ?? null,
    note: entry.note ?? null,
    ...sourcedBy(entry, head),
  };
}

export function toProvider(id: string, entry: Written<Provider>, head: Head): Provider {
  const offers = Object.entries(entry.offers ?? {}).map(
    ([offer, { qualifications, note }]) =>
      [offer, { qualifications: qualifications.map(toQualification), note: note ?? null }] as const,
  );
  return {
    id,
    name: entry.name ?? id,
    legal_entity: entry.legal_entity ?? id,
    seat: entry.seat ?? 'ZZ',
    kind: entry.kind ?? 'company',
    owners: entry.owners ?? null,
    exposures: entry.exposures?.map((one) => ({ ...one, from: one.from ?? null })) ?? null,
    offers: Object.fromEntries(offers),
    complete_for: entry.complete_for ?? [],
    company_certificates: (entry.company_certificates ?? []).map(
      (one): CompanyCertificate => ({ ...toQualification(one), note: one.note ?? null }),
    ),
    endpoints: entry.endpoints ?? [],
    ...(entry.endpoints_mark ? { endpoints_mark: entry.endpoints_mark } : {}),
    note: entry.note ?? null,
    ...sourcedBy(entry, head),
  };
}

function toQualification({ scheme, from, to, seen_on, mark }: Qualification): Qualification {
  return { scheme, from: from ?? null, to: to ?? null, seen_on: seen_on ?? null, mark };
}

export function toCountry(id: string, entry: Written<Country>, head: Head): Country {
  const own = sourcedBy(entry, head);
  return {
    id,
    name: entry.name ?? { fr: id, en: id },
    eea: (entry.eea ?? []).map((one) => ({
      status: one.status,
      from: one.from ?? null,
      to: one.to ?? null,
      ...sourcedBy(one, own),
    })),
    france: (entry.france ?? []).map((one) => ({
      status: one.status,
      from: one.from ?? null,
      to: one.to ?? null,
      ...sourcedBy(one, own),
    })),
    adequacy: (entry.adequacy ?? []).map((one) => ({
      decision: one.decision,
      valid_from: one.valid_from,
      valid_to: one.valid_to ?? null,
      condition: one.condition ?? null,
      scope: one.scope ?? null,
      struck_down: one.struck_down ?? null,
      ...sourcedBy(one, own),
    })),
    disclosure_laws: entry.disclosure_laws ?? [],
    ...own,
  };
}

export function toLaw(id: string, entry: Written<Law>, head: Head): Law {
  return {
    id,
    label: entry.label ?? { fr: id, en: id },
    title: entry.title ?? { fr: id, en: id },
    url: entry.url === undefined ? (head.url ?? null) : entry.url,
    basis: entry.basis ?? head.basis ?? 'law',
    from: entry.from === undefined ? (head.from ?? null) : entry.from,
    to: entry.to === undefined ? (head.to ?? null) : entry.to,
    contested: entry.contested ?? head.contested ?? false,
    replaced_by: entry.replaced_by ?? null,
    ...sourcedBy(entry, head),
  };
}

export function toTerm(id: string, entry: Written<Category>, head: Head): Category {
  return { id, label: entry.label ?? { fr: id, en: id }, dpv: entry.dpv ?? null, ...sourcedBy(entry, head) };
}

export function toCity(id: string, entry: Written<City>, head: Head): City {
  return { id, name: entry.name ?? { fr: id, en: id }, ...sourcedBy(entry, head) };
}
