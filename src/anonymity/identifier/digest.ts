import { createHash } from 'node:crypto';

const algorithms = ['md5', 'sha1', 'sha256'] as const;

/** What a pseudonym was found to be the hash of; `copy` is the column itself. */
export interface HashFound {
  readonly of: string;
  readonly by: 'copy' | (typeof algorithms)[number];
  /** The columns that were added. */
  readonly salt: string | null;
  readonly share: number;
}

/** How digests are written here. */
export interface DigestForm {
  readonly encoding: 'hex' | 'base64';
  /** Whether the values are as long as a digest, or are UUIDs made from a name. */
  readonly isWhole: boolean;
}

const separators = ['', '-', '_', ':', '|', ';', ' '];
/** A match in most of the rows looked at is no chance: a digest has at least 32 bits in common. */
const MOST = 0.5;
const FEW = 8;
/** Three columns together are tried among so many at most. */
const COLUMNS = 10;

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-([0-9a-f])[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Null where the values cannot be digests: too short, of other signs, or plain numbers. */
export function digestForm(values: readonly string[]): DigestForm | null {
  const written = values.map(plain);
  const [first = ''] = written;
  if (written.length === 0) return null;
  const alike = written.every(({ length }) => length === first.length);
  const named = values.every((value) => /[35]/.test(uuid.exec(value.trim())?.[1] ?? ''));
  if (
    written.every((value) => /^[0-9a-f]{8,64}$/i.test(value)) &&
    written.some((value) => /[a-f]/i.test(value))
  )
    return {
      encoding: 'hex',
      isWhole: named || (alike && !isUuid(values) && [32, 40, 64].includes(first.length)),
    };
  if (
    written.every((value) => /^[\w+/-]{8,44}={0,2}$/.test(value)) &&
    written.some((value) => /[A-Z]/.test(value) && /[a-z]/.test(value))
  )
    return {
      encoding: 'base64',
      isWhole: alike && [22, 27, 43].includes(first.replace(/(?<!=)=+$/, '').length),
    };
  return null;
}

function isUuid(values: readonly string[]): boolean {
  return values.some((value) => uuid.test(value.trim()));
}

/** A UUID is the start of a digest with dashes in it. */
function plain(value: string): string {
  const text = value.trim();
  return uuid.test(text) ? text.replaceAll('-', '') : text;
}

/** Looks for the columns of which the first is a hash: one, two or three of them. */
export function findHash(
  rows: readonly (readonly string[])[],
  others: readonly string[],
  { encoding }: DigestForm,
): HashFound | null {
  const few = rows.slice(0, FEW);
  const places = others.map((_, at) => at);
  const pairs = places.flatMap((a) => places.filter((b) => b !== a).map((b) => [a, b]));
  const triples =
    others.length > COLUMNS
      ? []
      : pairs.flatMap(([a = 0, b = 0]) => places.filter((c) => c !== a && c !== b).map((c) => [a, b, c]));
  for (const set of [...places.map((at) => [at]), ...pairs, ...triples]) {
    for (const by of algorithms) {
      const matches = (row: readonly string[]): boolean => isDigest(row, set, by, encoding);
      // The first row that differs ends most tries.
      if (shareOf(few.slice(0, 2), matches) === 0 || shareOf(few, matches) <= MOST) continue;
      const share = shareOf(rows, matches);
      if (share <= MOST) continue;
      // What varies most is what was hashed; the rest is its salt.
      const varied = (at: number): number => new Set(rows.map((row) => row[at + 1])).size;
      const [of = '', ...salts] = set.toSorted((a, b) => varied(b) - varied(a)).map((at) => others[at] ?? '');
      return { of, by, salt: salts.length === 0 ? null : salts.join(' + '), share };
    }
  }
  return null;
}

function shareOf(rows: readonly (readonly string[])[], matches: (row: readonly string[]) => boolean): number {
  return rows.length === 0 ? 0 : rows.filter(matches).length / rows.length;
}

/** Whether the pseudonym is a digest, or the start of one, of these cells in one of the forms in which people write them. */
function isDigest(
  row: readonly string[],
  set: readonly number[],
  by: (typeof algorithms)[number],
  encoding: DigestForm['encoding'],
): boolean {
  const cells = set.map((at) => row[at + 1] ?? '');
  if (cells[0] === '') return false;
  const wanted =
    encoding === 'hex'
      ? plain(row[0] ?? '').toLowerCase()
      : plain(row[0] ?? '')
          .replace(/(?<!=)=+$/, '')
          .replaceAll('-', '+')
          .replaceAll('_', '/');
  const signs = set.length === 1 ? [''] : separators;
  return forms.some((form) => {
    const parts = cells.map(form);
    return signs.some((sign) => {
      return createHash(by).update(parts.join(sign)).digest(encoding).startsWith(wanted);
    });
  });
}

const forms: readonly ((cell: string) => string)[] = [
  (cell) => cell,
  (cell) => cell.trim(),
  (cell) => cell.trim().toLowerCase(),
  (cell) => cell.trim().toUpperCase(),
  (cell) => cell.replace(/[\s\u00a0\u202f./-]/g, ''),
  (cell) => folded(cell).toLowerCase(),
  (cell) => folded(cell).toUpperCase(),
];

/** Without accents and signs. */
function folded(cell: string): string {
  return cell
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[\s\u00a0\u202f./’'-]/g, '');
}
