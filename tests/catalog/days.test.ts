import { describe, expect, test } from '@jest/globals';
import { rowsOf, shippedCatalog } from './shipped.ts';

const catalog = shippedCatalog();
const rows = rowsOf('days.csv').map(
  ({ question = '', subject = '', day = '', verdict = '', detail = '' }) => ({
    question,
    subject,
    day,
    verdict,
    detail,
  }),
);
const asked = (question: string) => rows.filter((row) => row.question === question);
const said = (verdict: boolean | null): string => (verdict === null ? 'unknown' : String(verdict));

test('the table asks hundreds of days', () => {
  expect(rows.length).toBeGreaterThan(200);
});

describe('membership of the European Economic Area', () => {
  test.each(asked('eea'))('$subject on $day: $verdict', ({ subject, day, verdict }) => {
    expect(said(catalog.inEea(subject, day))).toBe(verdict);
  });
});

describe('adequacy', () => {
  test.each(asked('adequacy'))('$subject on $day: $verdict $detail', ({ subject, day, verdict, detail }) => {
    const { status, decision } = catalog.adequacyOn(subject, day);
    expect([status, decision?.decision ?? '']).toEqual([verdict, detail]);
  });

  test('what a court ended says on which day', () => {
    expect(catalog.adequacyOn('US', '2015-10-05').decision?.struck_down).toBe('2015-10-06');
    expect(catalog.adequacyOn('US', '2018-10-01').decision?.struck_down).toBe('2020-07-16');
    expect(catalog.adequacyOn('US', '2026-11-22').decision?.struck_down).toBeNull();
  });

  test('a conditional decision names what the recipient must be', () => {
    const schemes = ['2015-10-05', '2018-10-01', '2026-11-22'].map(
      (day) => catalog.adequacyOn('US', day).decision?.condition?.scheme,
    );
    expect(schemes).toEqual(['safe_harbour', 'privacy_shield', 'dpf']);
    expect(catalog.adequacyOn('CA', '2026-11-22').decision?.condition?.scheme).toBe('pipeda');
    expect(catalog.adequacyOn('JP', '2026-11-22').decision?.condition?.scheme).toBe('appi');
  });

  test('a country that the catalog does not list is unknown', () => {
    expect(catalog.adequacyOn('QQ', '2026-11-22')).toEqual({ status: 'unknown', decision: null });
    expect(catalog.adequacyOn('ZZ', '2026-11-22').status).toBe('unknown');
  });
});

describe('qualification of an offer', () => {
  test.each(asked('qualified'))('$subject on $day: $verdict', ({ subject, day, verdict }) => {
    const [provider = '', offer = '', scheme = ''] = subject.split('/');
    expect(said(catalog.qualification(provider, offer === '-' ? null : offer, scheme, day))).toBe(verdict);
  });

  test('an offer is found as people write it', () => {
    expect(catalog.qualification('ovhcloud', 'Bare Metal Pod', 'secnumcloud', '2026-11-22')).toBe(true);
    expect(catalog.qualification('ovhcloud', 'constructor', 'secnumcloud', '2026-11-22')).toBeNull();
  });
});

describe('texts in force', () => {
  test.each(asked('law'))('$subject on $day: $verdict', ({ subject, day, verdict }) => {
    expect(said(catalog.lawOn(subject, day))).toBe(verdict);
  });

  test('an unlisted text is unknown', () => {
    expect(catalog.lawOn('gdpr.999', '2026-11-22')).toBeNull();
    expect(catalog.nearestLaws('gdpr.28.3.z')).toContain('gdpr.28.3.a');
  });
});

describe('France and its territories', () => {
  test.each([
    ['FR', '2026-11-22', true],
    ['GP', '2026-11-22', true],
    ['MQ', '2026-11-22', true],
    ['GF', '2026-11-22', true],
    ['RE', '2026-11-22', true],
    ['MF', '2026-11-22', true],
    ['YT', '2014-01-01', true],
    ['YT', '2013-12-31', false],
    ['BL', '2011-12-31', true],
    ['BL', '2012-01-01', false],
    ['PM', '2026-11-22', false],
    ['PF', '2026-11-22', false],
    ['NC', '2026-11-22', false],
    ['WF', '2026-11-22', false],
    ['TF', '2026-11-22', false],
    ['MC', '2026-11-22', false],
    ['AD', '2026-11-22', false],
    ['ZZ', '2026-11-22', false],
  ])('%s on %s is in France: %p', (country, day, inFrance) => {
    expect(catalog.inFrance(country, day)).toBe(inFrance);
  });

  test('without a day, today holds', () => {
    expect(['FR', 'YT', 'BL', 'PF'].map((country) => catalog.inFrance(country))).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });
});
