import { describe, expect, test } from '@jest/globals';
import { translator } from '../../../src/command/error/translate.ts';
import { formats } from '../../../src/yaml/format.ts';
import { tableOf } from '../../messages/tables.ts';
import { sentencesOf } from './sentences.ts';

const table = tableOf('error/fr.json');
const shape = (english: string): string => english.replace(/\{\w+\}/g, '{}');
const known = new Set(Object.keys(table).map(shape));
const fr = translator('fr');

/** Sentences put together from others, or told by a library. */
const composed = new Set(['{}: {}', '{} {}', '{} is {}', 'unknown key {}{}', '{}']);

test('every sentence that an error can say has its French', () => {
  const missing = sentencesOf()
    .filter(({ text }) => !known.has(text) && !composed.has(text))
    .map(({ text, file }) => `${file}: ${text}`);
  expect(missing).toEqual([]);
});

test('what a schema expects has its French', () => {
  const missing = Object.values(formats).filter(({ expected }) => !Object.hasOwn(table, expected));
  expect(missing).toEqual([]);
});

test('both languages of an error take the same values', () => {
  const names = (text: string): readonly string[] =>
    [...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name).sort();
  const unlike = Object.entries(table).filter(
    ([english, french]) => names(english).join() !== names(french).join(),
  );
  expect(unlike).toEqual([]);
});

describe('a sentence is said in French', () => {
  test.each([
    ['x.yaml does not exist', 'x.yaml n’existe pas'],
    ['unknown key "knd" in organisations.men', 'clé inconnue "knd" dans organisations.men'],
    ['expected a text, false or unknown', 'attendu\u00a0: un texte, false ou unknown'],
    [
      'expected a real date (2016, 2018-09 or 2018-09-26), false, none or unknown',
      'attendu\u00a0: une vraie date (2016, 2018-09 ou 2018-09-26), false, none ou unknown',
    ],
    [
      'expected one of a, b, c, d; did you mean "a"?',
      'attendu\u00a0: l’un de a, b, c, d\u202f; vouliez-vous dire "a"\u202f?',
    ],
    ["unknown option '--lnag'", 'option inconnue `--lnag`'],
    ['what nobody ever wrote, neither here nor there', 'what nobody ever wrote, neither here nor there'],
  ])('%s', (english, french) => {
    expect(fr(english)).toBe(french);
  });
});

test('a value that looks like a pattern is a value', () => {
  expect(fr('$& {path} $1 does not exist')).toBe('$& {path} $1 n’existe pas');
});

test('English stays as it is', () => {
  expect(translator('en')('x.yaml does not exist')).toBe('x.yaml does not exist');
});
