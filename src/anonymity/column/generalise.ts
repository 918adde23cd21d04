/** One way to say less with a column: its name, and what a value becomes. Null: the value has no such form. */
export interface Generalisation {
  readonly to:
    | 'month'
    | 'year'
    | 'commune'
    | 'departement'
    | 'school_departement'
    | 'band_5'
    | 'band_10'
    | 'band_100';
  readonly of: (value: string) => string | null;
}

/** Values that must have a form before the whole column is said to have it. */
const MOST = 0.9;

const isoDay = /^(\d{4})-(\d{2})-\d{2}(?:[T ].*)?$/;
const isoMonth = /^(\d{4})-(\d{2})$/;
const frenchDay = /^\d{1,2}[/.-](\d{1,2})[/.-](\d{4})$/;
const address = /\b(\d{5})[ ,]+(\p{L}[\p{L}' .-]+)$/u;
const postcode = /^(?:0[1-9]|[1-8]\d|9[0-8]|2[AB])\d{3}$/i;
const school = /^(\d{3})\d{4}[A-Z]$/i;
const number = /^-?\d{1,9}(?:[.,]\d+)?$/;

/** What a column could be replaced by, from least to most loss. `values` are its distinct values, empty ones left out. */
export function generalisationsOf(values: readonly string[]): readonly Generalisation[] {
  if (values.length < 3) return [];
  const have = (form: RegExp): boolean =>
    values.filter((value) => form.test(value.trim())).length >= values.length * MOST;
  if (have(isoDay) || have(frenchDay))
    return [
      { to: 'month', of: monthOf },
      { to: 'year', of: (value) => monthOf(value)?.slice(0, 4) ?? null },
    ];
  if (have(isoMonth)) return [{ to: 'year', of: (value) => isoMonth.exec(value.trim())?.[1] ?? null }];
  if (have(address)) {
    return [
      {
        to: 'commune',
        of: (value) => {
          const found = address.exec(value.trim());
          return found ? `${found[1]} ${found[2]?.toLowerCase()}` : null;
        },
      },
      { to: 'departement', of: (value) => departementOf(address.exec(value.trim())?.[1] ?? '') },
    ];
  }
  if (have(school))
    return [{ to: 'school_departement', of: (value) => school.exec(value.trim())?.[1] ?? null }];
  if (have(postcode) && values.some((value) => !/^0*[1-9]0*$/.test(value)))
    return [{ to: 'departement', of: departementOf }];
  if (have(number) && values.length > 10) {
    return ([5, 10, 100] as const)
      .filter((width) => span(values) > width)
      .map((width) => ({ to: `band_${width}` as const, of: (value) => bandOf(value, width) }));
  }
  return [];
}

function monthOf(value: string): string | null {
  const iso = isoDay.exec(value.trim());
  if (iso) return `${iso[1]}-${iso[2]}`;
  const french = frenchDay.exec(value.trim());
  return french ? `${french[2]}-${french[1]?.padStart(2, '0')}` : null;
}

/** From a postcode or an INSEE code: three digits overseas, 2A or 2B in Corsica. */
function departementOf(code: string): string | null {
  if (!postcode.test(code.trim())) return null;
  const text = code.trim().toUpperCase();
  if (/^9[78]/.test(text)) return text.slice(0, 3);
  if (text.startsWith('20')) return text < '20200' ? '2A' : '2B';
  return text.slice(0, 2);
}

function numberOf(value: string): number {
  return Number(value.trim().replace(',', '.'));
}

function bandOf(value: string, width: number): string | null {
  return number.test(value.trim()) ? String(Math.floor(numberOf(value) / width)) : null;
}

function span(values: readonly string[]): number {
  const numbers = values.map(numberOf).filter(Number.isFinite);
  return (
    numbers.reduce((most, value) => Math.max(most, value), -Infinity) -
    numbers.reduce((least, value) => Math.min(least, value), Infinity)
  );
}
