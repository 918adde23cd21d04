import { describe, expect, test } from '@jest/globals';
import { glossary, namesOf } from '../../../src/command/explain/glossary.ts';
import { faults } from '../../messages/tables.ts';
import { type } from '../../setup/command-line.ts';

describe('explain finds', () => {
  test.each([
    ['a rule by its code, in any case', ['loc-01'], /^LOC-01 {2}\S/],
    ['a rule by its name', ['pupil-data-stays-in-france'], /^LOC-01 /],
    [
      'a field',
      ['assets.encryption.key_manager'],
      /^assets\.encryption\.key_manager {2}Who holds the keys\./,
    ],
    [
      'a field of a thing by name',
      ['assets.reperes.encryption.key_manager'],
      /^assets\.encryption\.key_manager/,
    ],
    [
      'a field in French',
      ['assets.encryption.key_manager', '--lang', 'fr'],
      /Qui détient les clés\.[^]*Règles qui le lisent\u00a0: /,
    ],
    [
      'the manifest',
      ['manifest'],
      /^manifest {2}\(manifeste\)[^]*\nmanifest {2}Data-flow manifest[^]*organisations /,
    ],
    ['a word', ['holding'], /^holding {2}\(données détenues\)/],
    ['a word of the other language', ['données détenues'], /^holding {2}/],
    ['a word without its accents', ['DEROGATION', '--lang', 'fr'], /^dérogation {2}\(waiver\)/],
    ['all the words', ['glossary'], /waiver +A failure that someone accepted/],
    ['all the words, in French', ['glossaire', '--lang', 'fr'], /dérogation +Un constat/],
  ])('%s', async (_, words, expected) => {
    const { code, out } = await type(['explain', ...words]);
    expect(out).toMatch(expected);
    expect(code).toBe(0);
  });
});

describe('what is not found has suggestions', () => {
  test.each([
    ['LOC-0', /did you mean "LOC-01"/],
    ['assets.encryption.key_manger', /did you mean "assets\.encryption\.key_manager"/],
    ['key_manager', /did you mean "assets\.encryption\.key_manager"/],
    ['hodling', /did you mean "holding"/],
    ['zzzzzzzzzzzz', /`bercail explain glossary` the words/],
  ])('%s', async (asked, expected) => {
    const { code, err } = await type(['explain', asked]);
    expect(err).toMatch(expected);
    expect(code).toBe(2);
  });
});

describe('the glossary', () => {
  const words = glossary();

  test('refers to words that it has', () => {
    const keys = words.map(({ key }) => key);
    expect(words.flatMap(({ see }) => see).filter((key) => !keys.includes(key))).toEqual([]);
  });

  test('gives no two words one name', () => {
    const names = words.flatMap((word) => [...new Set(namesOf(word).map((name) => name.toLowerCase()))]);
    expect(names.length).toBe(new Set(names).size);
  });

  test('is set as French is', () => {
    expect(words.flatMap(({ key, fr }) => faults(fr.text).map((why) => `${key}: ${why}`))).toEqual([]);
  });
});
