import { describe, expect, test } from '@jest/globals';
import { loadLibrary } from '../../scripts/docs/library.ts';
import { layOut } from '../../scripts/docs/rule/cel.ts';

const { rules } = await loadLibrary();
const conditions = rules.flatMap(({ id, judgements, source }) => [
  ...[...judgements.values()].flatMap(({ target, when, assert }) => [
    [`${id} ${target} assert`, assert.source] as const,
    ...(when ? [[`${id} ${target} when`, when.source] as const] : []),
  ]),
  ...Object.entries(source.let ?? {}).map(([name, value]) => [`${id} let ${name}`, value] as const),
]);

describe('conditions of the built-in rules', () => {
  test('lose nothing but white space', () => {
    const squeeze = (text: string): string => text.replace(/\s+/g, '');
    for (const [name, source] of conditions)
      expect([name, squeeze(layOut(source))]).toEqual([name, squeeze(source)]);
  });

  test('are laid out once and for all', () => {
    for (const [name, source] of conditions)
      expect([name, layOut(layOut(source))]).toEqual([name, layOut(source)]);
  });

  test('fit a page', () => {
    for (const [name, source] of conditions)
      expect([
        name,
        layOut(source)
          .split('\n')
          .filter((line) => line.length > 110),
      ]).toEqual([name, []]);
  });
});

test.each([
  ['a short one stays on its line', 'a  ==\n  b', 'a == b'],
  ['texts keep their spaces and what looks like an operator', "a == 'x  ||  (y'", "a == 'x  ||  (y'"],
  ['one with a comment stays as it was written', 'a // why\n&& b', 'a // why\n&& b'],
])('%s', (_, source, expected) => {
  expect(layOut(source)).toBe(expected);
});

test('a long one breaks at its weakest operator first', () => {
  const long = 'a'.repeat(50);
  expect(layOut(`${long} && (${long} || b) || c`)).toBe(
    `${long} && (${long} || b)\n|| c`.replace(`${long} && (${long} || b)`, `${long}\n&& (${long} || b)`),
  );
});
