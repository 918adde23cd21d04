import { describe, expect, test } from '@jest/globals';
import { faults, otherFrench, pairs, placeholders } from './tables.ts';

describe.each(pairs)('%s and its French', (_, en, fr) => {
  test('have the same keys, in the same order', () => {
    expect(Object.keys(fr)).toEqual(Object.keys(en));
  });

  test('take the same values in each text', () => {
    const named = (table: typeof en): [string, readonly string[]][] =>
      Object.entries(table).map(([key, text]) => [key, placeholders(text)]);
    expect(named(fr)).toEqual(named(en));
  });

  test('have no empty text', () => {
    expect(Object.entries({ ...en, ...fr }).filter(([, text]) => text.trim() === '')).toEqual([]);
  });
});

test.each([...pairs.map(([name, , fr]) => [name, fr] as const), ...otherFrench])(
  'the French of %s is set as French is',
  (_, fr) => {
    const wrong = Object.entries(fr).flatMap(([key, text]) =>
      faults(text).map((why) => `${key}: ${why}: ${text}`),
    );
    expect(wrong).toEqual([]);
  },
);

test.each([
  ['Usage :', 'a colon has U+00A0 before it'],
  ['Usage:', 'a colon has U+00A0 before it'],
  ['Où ?', '« ; », « ! » and « ? » have U+202F before them'],
  ['un ; deux', '« ; », « ! » and « ? » have U+202F before them'],
  ['« mot »', 'guillemets hold U+00A0 inside'],
  ["l'école", 'an apostrophe is ’'],
  ['12%', 'a percentage has U+202F or U+00A0 before its sign'],
])('%j is told to be wrong', (text, why) => {
  expect(faults(text)).toContain(why);
});
