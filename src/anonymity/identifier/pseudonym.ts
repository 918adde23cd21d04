import { createHash } from 'node:crypto';

/** How a pseudonym was found to be made; null parts were not found. */
export interface PseudonymReport {
  readonly column: string;
  readonly distinct: number;
  /** The hash of another column, salted by a third or not; `copy` is the column itself. */
  readonly hash: {
    readonly of: string;
    readonly by: 'copy' | 'md5' | 'sha1' | 'sha256';
    readonly salt: string | null;
    readonly share: number;
  } | null;
  /** Whole numbers without gaps. */
  readonly sequential: boolean;
  /** A date column whose digits it holds, or `itself` when it reads as a date. */
  readonly date: string | null;
  /** Digits of a digest, and nothing to compare it with: whether it is derived cannot be told. */
  readonly digest: boolean;
}

export interface PseudonymInput {
  readonly column: string;
  readonly distinct: number;
  /** Least and greatest, when all are whole numbers. */
  readonly range: readonly [number, number] | null;
  /** Some rows: the pseudonym first, then the other columns in the order of `others`. */
  readonly rows: readonly (readonly string[])[];
  readonly others: readonly string[];
}

const algorithms = ['md5', 'sha1', 'sha256'] as const;
const separators = ['', '-', '_', ':', '|', ';', ' '];
/** A match in most of the rows looked at is no chance: a digest has at least 32 bits in common. */
const MOST = 0.5;

/** Tests whether a pseudonym can be computed again from the rest of the row. */
export function testPseudonym({ column, distinct, range, rows, others }: PseudonymInput): PseudonymReport {
  const filled = rows.filter(([pseudonym]) => (pseudonym ?? '').trim() !== '');
  const hex =
    filled.length > 0 &&
    filled.every(([pseudonym]) => /^[0-9a-f]{8,64}$/i.test(pseudonym ?? '')) &&
    filled.some(([pseudonym]) => /[a-f]/i.test(pseudonym ?? ''));
  const hash = findCopy(filled, others) ?? (hex ? findHash(filled, others) : null);
  const size = range === null ? 0 : range[1] - range[0] + 1;
  return {
    column,
    distinct,
    hash,
    sequential: range !== null && distinct >= 3 && size >= distinct && size <= distinct * 1.05 + 1,
    date: findDate(filled, others),
    digest:
      hash === null &&
      hex &&
      new Set(filled.map(([pseudonym]) => pseudonym?.length)).size === 1 &&
      [32, 40, 64].includes(filled[0]?.[0]?.length ?? 0),
  };
}

/** True: it can be computed again or guessed; null: it looks like a digest of something that is not here. */
export function isDerived({ hash, sequential, date, digest }: PseudonymReport): boolean | null {
  return hash !== null || sequential || date !== null ? true : digest ? null : false;
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

function findHash(rows: readonly (readonly string[])[], others: readonly string[]): PseudonymReport['hash'] {
  const few = rows.slice(0, 8);
  for (const by of algorithms) {
    for (const [at, of] of others.entries()) {
      for (const [saltAt, salt] of [[-1, null] as const, ...others.entries()]) {
        if (saltAt === at) continue;
        const matches = (row: readonly string[]): boolean => isDigest(row, at + 1, saltAt + 1, by);
        if (shareOf(few, matches) <= MOST) continue;
        const share = shareOf(rows, matches);
        if (share > MOST) return { of, by, salt, share };
      }
    }
  }
  return null;
}

/** Whether the pseudonym is a digest, or the start of one, of a cell as written, or in one case, with its salt. */
function isDigest(
  row: readonly string[],
  at: number,
  saltAt: number,
  by: (typeof algorithms)[number],
): boolean {
  const wanted = (row[0] ?? '').toLowerCase();
  const cell = row[at] ?? '';
  const salt = saltAt > 0 ? (row[saltAt] ?? '') : null;
  for (const text of new Set([cell, cell.trim(), cell.toLowerCase(), cell.toUpperCase()])) {
    const inputs =
      salt === null
        ? [text]
        : separators.flatMap((separator) => [`${text}${separator}${salt}`, `${salt}${separator}${text}`]);
    if (inputs.some((input) => createHash(by).update(input).digest('hex').startsWith(wanted))) return true;
  }
  return false;
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
