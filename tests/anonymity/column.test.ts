import { describe, expect, test } from '@jest/globals';
import { findEffects } from '../../src/anonymity/column/effect.ts';
import { generalisationsOf } from '../../src/anonymity/column/generalise.ts';
import type { Column } from '../../src/anonymity/measure/codes.ts';
import { createCounter } from '../../src/anonymity/measure/count.ts';
import { screen } from '../../src/anonymity/screen.ts';

describe('a column can be replaced by less', () => {
  test.each<[string, readonly string[], string, readonly [string, string | null][]]>([
    [
      'days',
      ['2012-05-01', '2012-06-02', '2011-07-03'],
      'month year',
      [
        ['month', '2012-05'],
        ['year', '2012'],
      ],
    ],
    [
      'French days',
      ['1/5/2012', '02/06/2012', '03/07/2011'],
      'month year',
      [
        ['month', '2012-05'],
        ['year', '2012'],
      ],
    ],
    [
      'addresses',
      ['1 rue A 75005 Paris', '2 rue B 20200 Bastia', '3 rue C 97400 Saint-Denis'],
      'commune departement',
      [
        ['commune', '75005 paris'],
        ['departement', '75'],
      ],
    ],
    ['postcodes', ['20090', '20200', '97400'], 'departement', [['departement', '2A']]],
    ['schools', ['0951099D', '0750001A', '0750002B'], 'school_departement', [['school_departement', '095']]],
    [
      'numbers',
      ['3', '12', '17', '21', '25', '33', '38', '41', '47', '52', '59', '64'],
      'band_5 band_10',
      [
        ['band_5', '0'],
        ['band_10', '0'],
      ],
    ],
    ['words', ['a', 'b', 'c', 'd'], '', []],
  ])('%s', (_name, values, names, first) => {
    const forms = generalisationsOf(values);
    expect(forms.map(({ to }) => to).join(' ')).toBe(names);
    for (const [to, value] of first)
      expect(forms.find((form) => form.to === to)?.of(values[0] ?? '')).toBe(value);
  });
});

function column(
  name: string,
  cells: readonly string[],
): { readonly column: Column; readonly values: readonly string[] } {
  const values = [...new Set(cells)];
  return {
    column: {
      name,
      codes: Uint32Array.from(cells, (cell) => values.indexOf(cell)),
      cardinality: values.length,
      empty: null,
    },
    values,
  };
}

test('effects tell what removing and generalising each column gives, and what is enough', () => {
  const days = Array.from(
    { length: 24 },
    (_, at) => `2012-0${(at % 2) + 1}-${String(at + 1).padStart(2, '0')}`,
  );
  const parts = [
    column('born', days),
    column(
      'sex',
      days.map((_, at) => (at % 2 === 0 ? 'f' : 'm')),
    ),
  ];
  const columns = parts.map((part) => part.column);
  const { single, enough } = findEffects(createCounter(columns, 24, 5), {
    threshold: 5,
    valuesOf: (index) => parts[index]?.values ?? null,
  });
  expect(single.map(({ changes: [change], k, unique }) => [change?.column, change?.to, k, unique])).toEqual([
    ['born', 'month', 12, 0],
    ['born', 'year', 12, 0],
    ['born', 'removed', 12, 0],
    ['sex', 'removed', 1, 24],
  ]);
  expect(enough[0]?.changes).toEqual([{ column: 'born', to: 'month' }]);
});

describe('screening a manifest', () => {
  const school = { name: 'school', role: 'quasi_identifier', distinct: 35000 };
  const sex = { name: 'sex', role: 'quasi_identifier', distinct: 2 };
  const population = 800000;

  test.each([
    [[school], 0],
    [[school, sex, { name: 'month', role: 'quasi_identifier', distinct: 12 }], 0.3858],
    [[school, sex, { name: 'born', role: 'quasi_identifier', distinct: 365 }], 0.9692],
    [[school, { name: 'score', role: 'sensitive', distinct: 100 }], 0],
  ])('expects of %j a share of unique pupils of %d', (fields, share) => {
    expect(screen({ population, fields })?.unique_share).toBeCloseTo(share, 4);
  });

  test('says which numbers of values are missing, and nothing without any', () => {
    expect(screen({ population, fields: [school, { ...sex, distinct: null }] })?.not_stated).toEqual(['sex']);
    expect(screen({ population, fields: [{ ...sex, distinct: null }] })).toBeNull();
    expect(screen({ population: null, fields: [school] })).toBeNull();
  });
});
