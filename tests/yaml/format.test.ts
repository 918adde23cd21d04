import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { formats, isDay } from '../../src/yaml/format.ts';

test.each<[string, readonly string[], readonly string[]]>([
  [
    'day',
    ['2018-09-26', '2000-02-29', '2024-02-29'],
    [
      '2018-02-31',
      '1900-02-29',
      '2018-9-26',
      '2018-13-01',
      '2018-00-10',
      '0018-01-01',
      '2018-09',
      '2018-09-26T00:00:00Z',
    ],
  ],
  ['partial_date', ['2016', '2018-09', '2018-09-26'], ['2018-13', '2018-9', '16', '2018-02-30', 'yesterday']],
  ['date_or_text', ['2016', '2018-09-26', 'arrêté du 2 mai', '2018/12'], ['2018-02-31', '2018-9-1', ' ', '']],
  ['iso_duration', ['P1Y', 'P6M', 'P1Y6M10D', 'PT24H', 'P8W'], ['P', '1Y', 'PT', 'P1Y1W', 'one year', 'P1H']],
  ['country', ['FR', 'LU'], ['fr', 'FRA', 'F', '']],
  [
    'web_address',
    ['https://example.org', 'http://x.fr/a?b'],
    ['example.org', 'javascript:alert(1)', 'https://', 'https://a b'],
  ],
])('%s', (name, right, wrong) => {
  expect(right.filter((text) => !formats[name]?.test(text))).toEqual([]);
  expect(wrong.filter((text) => formats[name]?.test(text))).toEqual([]);
});

describe('a day', () => {
  test('is real exactly when the calendar has it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1000, max: 9999 }), fc.nat(14), fc.nat(33), (year, month, day) => {
        const text = [year, String(month).padStart(2, '0'), String(day).padStart(2, '0')].join('-');
        const date = new Date(Date.UTC(year, month - 1, day));
        expect(isDay(text)).toBe(date.toISOString().slice(0, 10) === text);
      }),
    );
  });
});
