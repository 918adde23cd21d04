import { dayBefore, daysBetween } from './day.ts';
import type { CatalogData, Mark, Sourced } from './types.ts';

/** After this many days without a look, an entry is stale. */
export const freshDays = 90;

/** One reason to look at an entry again. */
export interface CheckEntry {
  readonly kind:
    | 'region'
    | 'provider'
    | 'qualification'
    | 'country'
    | 'adequacy'
    | 'law'
    | 'category'
    | 'purpose';
  /** `aws eu-west-3`, `outscale iaas-cloud-on-demand secnumcloud`, `GB (EU) 2021/1772`. */
  readonly id: string;
  /** `expired`: its last day is past and nothing follows it in the catalog. */
  readonly reason: 'expired' | 'expiring' | 'stale' | 'unverified';
  readonly mark: Mark;
  readonly checked_on: string;
  /** The last day it holds, for what expires. */
  readonly expires: string | null;
  readonly source: string;
}

type Known = Omit<CheckEntry, 'reason'>;
type Kind = CheckEntry['kind'];

/** Entries that nobody has looked at for more than 90 days before a day. */
export function staleEntries(data: CatalogData, asOf: string): CheckEntry[] {
  const fresh = dayBefore(asOf, freshDays);
  return entries(data)
    .filter(({ checked_on }) => checked_on < fresh)
    .map((entry) => ({ ...entry, reason: 'stale' }));
}

/**
 * What to look at: first what expired or expires within `withinDays` after the day, soonest first, then what is
 * stale, then what is marked other than `verified`. An entry is listed once for each reason.
 */
export function checkCatalog(data: CatalogData, asOf: string, withinDays: number): CheckEntry[] {
  const all = entries(data);
  const ending = all
    .filter(({ expires }) => expires !== null && daysBetween(asOf, expires) <= withinDays)
    .filter(
      (entry) => !isPast(entry, asOf) || (entry.kind === 'qualification' && !isFollowed(entry, all, asOf)),
    )
    .sort((a, b) => compare(a.expires ?? '', b.expires ?? '') || compare(a.id, b.id))
    .map((entry): CheckEntry => ({ ...entry, reason: isPast(entry, asOf) ? 'expired' : 'expiring' }));
  const unverified = all
    .filter(({ mark }) => mark !== 'verified')
    .map((entry): CheckEntry => ({ ...entry, reason: 'unverified' }));
  return [...ending, ...staleEntries(data, asOf), ...unverified];
}

function isPast({ expires }: Known, asOf: string): boolean {
  return expires !== null && expires < asOf;
}

function isFollowed({ id }: Known, all: readonly Known[], asOf: string): boolean {
  return all.some((other) => other.id === id && !isPast(other, asOf));
}

function entries(data: CatalogData): Known[] {
  const list: Known[] = [];
  const add = (
    kind: Kind,
    id: string,
    { source, checked_on, mark }: Sourced,
    expires: string | null = null,
  ): void => {
    list.push({ kind, id, mark, checked_on, expires, source });
  };
  for (const entry of data.regions) add('region', `${entry.provider} ${entry.region}`, entry);
  for (const entry of data.providers) {
    add('provider', entry.id, entry);
    for (const [offer, { qualifications }] of Object.entries(entry.offers)) {
      for (const one of qualifications)
        add('qualification', `${entry.id} ${offer} ${one.scheme}`, { ...entry, mark: one.mark }, one.to);
    }
    for (const one of entry.company_certificates ?? [])
      add('qualification', `${entry.id} ${one.scheme}`, { ...entry, mark: one.mark }, one.to);
  }
  for (const entry of data.countries) {
    add('country', entry.id, entry);
    for (const one of [...entry.eea, ...entry.france]) add('country', `${entry.id} ${one.status}`, one);
    for (const one of entry.adequacy) add('adequacy', `${entry.id} ${one.decision}`, one, one.valid_to);
  }
  for (const entry of data.laws) add('law', entry.id, entry, entry.to);
  for (const entry of data.categories) add('category', entry.id, entry);
  for (const entry of data.purposes) add('purpose', entry.id, entry);
  return list;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
