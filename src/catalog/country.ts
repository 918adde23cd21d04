import { inForce } from './day.ts';
import type { AdequacyDecision, Country } from './types.ts';

export interface Adequacy {
  /** `conditional`: a decision stands, for recipients that meet its condition only. */
  readonly status: 'adequate' | 'conditional' | 'none' | 'unknown';
  readonly decision: AdequacyDecision | null;
}

export interface CountryIndex {
  readonly country: (code: string) => Country | null;
  /** Null where it cannot be said: no such country, `ZZ`, a French territory outside EU territory (contested). */
  readonly inEea: (code: string, day: string) => boolean | null;
  /** French territory inside EU territory, on a day; without one, today's status. */
  readonly inFrance: (code: string, day?: string) => boolean;
  readonly adequacyOn: (code: string, day: string) => Adequacy;
}

/** Countries with what held on a day: days are `YYYY-MM-DD`, the first and last day of an interval included. */
export function indexCountries(countries: readonly Country[]): CountryIndex {
  const byCode = new Map(countries.map((entry) => [entry.id, entry]));

  return {
    country: (code) => byCode.get(code) ?? null,
    inEea(code, day) {
      const entry = byCode.get(code);
      if (!entry || frenchStatus(entry, day) === 'outside_eu') return null;
      return entry.eea.some(({ from, to }) => inForce(from, to, day));
    },
    inFrance(code, day) {
      const entry = byCode.get(code);
      return entry !== undefined && frenchStatus(entry, day) === 'eu_territory';
    },
    adequacyOn(code, day) {
      const entry = byCode.get(code);
      if (!entry) return { status: 'unknown', decision: null };
      // Where two decisions overlap, the later one is in force for new reasons.
      const decision = entry.adequacy
        .filter(({ valid_from, valid_to }) => inForce(valid_from, valid_to, day))
        .sort((a, b) => (a.valid_from < b.valid_from ? 1 : -1))[0];
      if (!decision) return { status: 'none', decision: null };
      return { status: decision.condition ? 'conditional' : 'adequate', decision };
    },
  };
}

function frenchStatus({ france }: Country, day?: string): string | null {
  const holds = france.find(({ from, to }) => (day === undefined ? to === null : inForce(from, to, day)));
  return holds?.status ?? null;
}
