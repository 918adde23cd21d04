import { describe, expect, test } from '@jest/globals';
import { createEngine } from '../../../src/rule/cel/engine.ts';
import { CelProblems } from '../../../src/rule/cel/problem.ts';

const engine = createEngine({ types: { place: { label: 'text', region: 'string' } } });
const setting = { variables: { place: 'place', codes: 'list<string>' } };

const partsOf = (text: string): readonly unknown[] =>
  engine
    .compileTemplate(text, setting)
    .map((part) => (typeof part === 'string' ? part : { cel: part.source }));

describe('message templates', () => {
  test.each([
    ['plain', ['plain']],
    ['', []],
    [
      'kept in {place.label}, outside {codes}',
      ['kept in ', { cel: 'place.label' }, ', outside ', { cel: 'codes' }],
    ],
    ['{place.region}{codes}', [{ cel: 'place.region' }, { cel: 'codes' }]],
    ['a {{ b } c', ['a { b } c']],
    ["{codes.join('}')}!", [{ cel: "codes.join('}')" }, '!']],
    ["{{'a': 1}", ["{'a': 1}"]],
    ["{size({'a': 1})}", [{ cel: "size({'a': 1})" }]],
  ])('%s', (text, parts) => expect(partsOf(text)).toEqual(parts));

  test('problems are placed in the whole text, all of them', () => {
    try {
      partsOf('in {place.lable}\nand {code} and {codes');
      throw new Error('it compiled');
    } catch (error) {
      expect(
        error instanceof CelProblems
          ? error.problems.map(({ line, column, message }) => `${line}:${column} ${message}`)
          : error,
      ).toEqual([
        '1:11 place has no field lable',
        '2:6 no variable is named code',
        '2:16 this brace is not closed',
      ]);
    }
  });
});
