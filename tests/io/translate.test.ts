import { describe, expect, test } from '@jest/globals';
import { translator, warningsIn } from '../../src/io/translate.ts';
import { formats } from '../../src/yaml/format.ts';
import { sentencesOf } from '../command/error/sentences.ts';
import { tableOf } from '../messages/tables.ts';

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

test('warnings keep the place that they are about', () => {
  const warnings = [
    'flows/a.yaml:10:3: "results" is defined and never used',
    'LOC-01: disabled until 2026-01-01; enabled again',
    'ours: sets LOC-09, which none of its packs brings in',
    's3://a: matches one and two alike; taken as one',
  ];
  expect(warningsIn('fr', warnings)).toEqual([
    'flows/a.yaml:10:3: "results" est défini et ne sert jamais',
    'LOC-01\u00a0: désactivée jusqu’au 2026-01-01\u202f; de nouveau active',
    'ours\u00a0: règle LOC-09, qu’aucun de ses paquets n’apporte',
    's3://a\u00a0: correspond autant à one qu’à two\u202f; pris pour one',
  ]);
  expect(warningsIn('en', warnings)).toEqual(warnings);
});
