import { describe, expect, test } from '@jest/globals';
import { dayText, typeset } from '../../../src/report/story/typography.ts';

const [nbsp, thin] = ['\u00a0', '\u202f'];

describe('French is set with its own spaces', () => {
  test.each([
    ['Lieu : Dublin', `Lieu${nbsp}: Dublin`],
    ['« anonyme »', `«${nbsp}anonyme${nbsp}»`],
    ['vrai ? oui ! non ; 5 %', `vrai${thin}? oui${thin}! non${thin}; 5${thin}%`],
    ['RGPD, art. 28', `RGPD, art.${nbsp}28`],
    ["l'école", 'l’école'],
    ['le 1 octobre 2018', `le 1${nbsp}octobre 2018`],
    ['arn:aws:s3:::x', 'arn:aws:s3:::x'],
    ['https://example.org/?a=1', 'https://example.org/?a=1'],
  ])('%s', (typed, set) => {
    expect(typeset(typed, 'fr')).toBe(set);
  });
});

test('English keeps its spaces', () => {
  expect(typeset("the union's claim: yes; art. 28?", 'en')).toBe(`the union’s claim: yes; art.${nbsp}28?`);
});

test('what could turn a text around or hide in it is shown', () => {
  expect(typeset('abc\u202etxt.exe\u200b', 'fr')).toBe('abc\\u{202e}txt.exe\\u{200b}');
});

test.each([
  ['2018-10-01', 'fr', `1er${nbsp}octobre${nbsp}2018`],
  ['2018-09-26', 'fr', `26${nbsp}septembre${nbsp}2018`],
  ['2018-09', 'fr', `septembre${nbsp}2018`],
  ['2018', 'fr', '2018'],
  ['2018-10-01T08:00:00Z', 'en', `1${nbsp}October${nbsp}2018`],
  ['someday', 'en', 'someday'],
] as const)('the day %s in %s is %s', (day, language, text) => {
  expect(dayText(day, language)).toBe(text);
});
