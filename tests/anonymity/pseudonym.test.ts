import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { isDerived, type PseudonymInput, testPseudonym } from '../../src/anonymity/identifier/pseudonym.ts';

const digest = (by: string, text: string): string => createHash(by).update(text).digest('hex');
const people = Array.from({ length: 30 }, (_, at) => ({
  ine: `12345${String(at).padStart(5, '0')}V`,
  born: `2012-0${(at % 9) + 1}-1${at % 9}`,
  school: `s${at % 3}`,
}));

function input(make: (person: (typeof people)[number], at: number) => string): PseudonymInput {
  const rows = people.map((person, at) => [make(person, at), person.ine, person.born, person.school]);
  const numbers = rows.map(([value]) => Number(value));
  return {
    column: 'p',
    distinct: new Set(rows.map(([value]) => value)).size,
    range: numbers.every(Number.isInteger) ? [Math.min(...numbers), Math.max(...numbers)] : null,
    rows,
    others: ['ine', 'born', 'school'],
  };
}

describe('a pseudonym', () => {
  test.each<[string, PseudonymInput, object, boolean | null]>([
    [
      'that is the MD5 of the INE',
      input(({ ine }) => digest('md5', ine)),
      { hash: { of: 'ine', by: 'md5', salt: null, share: 1 } },
      true,
    ],
    [
      'that is the SHA-1 of the INE in capitals',
      input(({ ine }) => digest('sha1', ine).toUpperCase()),
      { hash: { of: 'ine', by: 'sha1', salt: null, share: 1 } },
      true,
    ],
    [
      'that is the start of a SHA-256',
      input(({ ine }) => digest('sha256', ine).slice(0, 12)),
      { hash: { of: 'ine', by: 'sha256', salt: null, share: 1 } },
      true,
    ],
    [
      'that is salted by another column',
      input(({ ine, school }) => digest('sha256', `${school}-${ine}`)),
      { hash: { of: 'ine', by: 'sha256', salt: 'school', share: 1 } },
      true,
    ],
    [
      'that is the INE itself',
      input(({ ine }) => ine),
      { hash: { of: 'ine', by: 'copy', salt: null, share: 1 } },
      true,
    ],
    [
      'that is a SHA-256 in base64 for addresses, cut',
      input(({ ine }) => createHash('sha256').update(ine.toLowerCase()).digest('base64url').slice(0, 16)),
      { hash: { of: 'ine', by: 'sha256', salt: null, share: 1 } },
      true,
    ],
    [
      'that is an MD5 written as a UUID',
      input(({ ine }) => digest('md5', ine).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')),
      { hash: { of: 'ine', by: 'md5', salt: null, share: 1 } },
      true,
    ],
    [
      'that is a hash of three columns without their signs',
      input(({ ine, born, school }) => digest('sha1', `${ine}|${born.replaceAll('-', '')}|${school}`)),
      { hash: { of: 'ine', by: 'sha1', salt: 'born + school', share: 1 } },
      true,
    ],
    [
      'that is a UUID made from a name',
      input((_, at) =>
        digest('sha1', `x${at}`).replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*/, '$1-$2-5$3-a$4-$5'),
      ),
      { hash: null, digest: true },
      null,
    ],
    [
      'that is a random UUID',
      input((_, at) =>
        digest('sha1', `x${at}`).replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*/, '$1-$2-4$3-a$4-$5'),
      ),
      { hash: null, digest: false },
      false,
    ],
    [
      'that counts by tens, shuffled',
      input((_, at) => String(5000 + ((at * 7) % 30) * 10)),
      { sequential: true },
      true,
    ],
    ['that counts', input((_, at) => String(100 + at)), { sequential: true, hash: null }, true],
    [
      'that holds the date of birth',
      input(({ born }, at) => `${born.replaceAll('-', '')}${at}`),
      { date: 'born' },
      true,
    ],
    [
      'that is a digest of something else',
      input(({ ine }) => digest('md5', `a secret${ine}`)),
      { hash: null, digest: true },
      null,
    ],
    [
      'that is random',
      input(
        (_, at) => `${digest('md5', `seed${at}`).slice(0, 8)}-${digest('md5', `more${at}`).slice(0, 4)}-4abc`,
      ),
      { hash: null, sequential: false, date: null, digest: false },
      false,
    ],
  ])('%s', (_name, given, found, derived) => {
    const report = testPseudonym(given);
    expect(report).toMatchObject(found);
    expect(isDerived(report)).toBe(derived);
  });
});
