import { digestForm, findHash, type HashFound } from './digest.ts';

/** How a pseudonym was found to be made; null parts were not found. */
export interface PseudonymReport {
  readonly column: string;
  readonly distinct: number;
  /** The hash of another column, salted by a third or not; `copy` is the column itself. */
  readonly hash: HashFound | null;
  /** Whole numbers without gaps, in any order, after a beginning that all share. */
  readonly sequential: boolean;
  /** A date column whose digits it holds, or `itself` when it reads as a date. */
  readonly date: string | null;
  /** Digits of a digest, and nothing to compare it with: whether it is derived cannot be told. */
  readonly digest: boolean;
}

export interface PseudonymInput {
  readonly column: string;
  readonly distinct: number;
  /** Least and greatest, when all are whole numbers, or end in one after a beginning that all share. */
  readonly range: readonly [number, number] | null;
  /** Some rows: the pseudonym first, then the other columns in the order of `others`. */
  readonly rows: readonly (readonly string[])[];
  readonly others: readonly string[];
}

/** A match in most of the rows looked at is no chance: a digest has at least 32 bits in common. */
const MOST = 0.5;

/** Tests whether a pseudonym can be computed again from the rest of the row. */
export function testPseudonym({ column, distinct, range, rows, others }: PseudonymInput): PseudonymReport {
  const filled = rows.filter(([pseudonym]) => (pseudonym ?? '').trim() !== '');
  const form = digestForm(filled.map(([pseudonym]) => pseudonym ?? ''));
  const hash = findCopy(filled, others) ?? (form === null ? null : findHash(filled, others, form));
  const step =
    range === null
      ? 1
      : stepOf(
          filled.map(([pseudonym]) => pseudonym ?? ''),
          range[0],
        );
  const size = range === null ? 0 : (range[1] - range[0]) / step + 1;
  return {
    column,
    distinct,
    hash,
    sequential: range !== null && distinct >= 3 && size >= distinct && size <= distinct * 1.05 + 1,
    date: findDate(filled, others),
    digest: hash === null && form?.isWhole === true,
  };
}

/** True: it can be computed again or guessed; null: it looks like a digest of something that is not here. */
export function isDerived({ hash, sequential, date, digest }: PseudonymReport): boolean | null {
  return hash !== null || sequential || date !== null ? true : digest ? null : false;
}

/** What the numbers go up by: 10, 20, 30… count as 1, 2, 3. */
function stepOf(values: readonly string[], least: number): number {
  const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b));
  const gaps = values.map(
    (value) => Number(/\d{1,15}(?=(?:\.0)?$)/.exec(value.trim())?.[0] ?? least) - least,
  );
  return Math.max(
    1,
    gaps.reduce((common, gap) => divisor(common, gap), 0),
  );
}

function shareOf(rows: readonly (readonly string[])[], matches: (row: readonly string[]) => boolean): number {
  return rows.length === 0 ? 0 : rows.filter(matches).length / rows.length;
}

function findCopy(rows: readonly (readonly string[])[], others: readonly string[]): PseudonymReport['hash'] {
  for (const [at, of] of others.entries()) {
    const share = shareOf(rows, (row) => row[0]?.trim() === row[at + 1]?.trim());
    if (share > MOST && rows.length > 1) return { of, by: 'copy', salt: null, share };
  }
  return null;
}

function findDate(rows: readonly (readonly string[])[], others: readonly string[]): string | null {
  for (const [at, name] of others.entries()) {
    const dated = rows.filter((row) => digitsOfDate(row[at + 1] ?? '').length > 0);
    if (dated.length < Math.max(2, rows.length / 2)) continue;
    const share = shareOf(dated, (row) =>
      digitsOfDate(row[at + 1] ?? '').some((digits) => (row[0] ?? '').replace(/\D/g, '').includes(digits)),
    );
    if (share > MOST) return name;
  }
  const itself = shareOf(rows, (row) =>
    /^(?:19|20)\d\d[-/]?(?:0[1-9]|1[0-2])[-/]?(?:0[1-9]|[12]\d|3[01])(?:\D?\d{1,4})?$/.test(row[0] ?? ''),
  );
  return rows.length >= 5 && itself > 0.9 ? 'itself' : null;
}

/** The orders in which people write the digits of a day. */
function digitsOfDate(value: string): readonly string[] {
  const iso = /^(\d{4})-(\d{2})-(\d{2})/.exec(value.trim());
  const french = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(value.trim());
  const [year, month, day] = iso
    ? [iso[1] ?? '', iso[2] ?? '', iso[3] ?? '']
    : french
      ? [french[3] ?? '', french[2]?.padStart(2, '0') ?? '', french[1]?.padStart(2, '0') ?? '']
      : ['', '', ''];
  if (year === '') return [];
  return [
    `${year}${month}${day}`,
    `${day}${month}${year}`,
    `${year.slice(2)}${month}${day}`,
    `${day}${month}${year.slice(2)}`,
  ];
}
