import { expect, test } from '@jest/globals';
import { createWatch } from '../../src/evaluate/deadline.ts';

const rule = (id: string): { readonly id: string; readonly pack: string } => ({ id, pack: 'own' });

/** Judges rules that take so many milliseconds each, again and again, by a clock that only they move. */
function run(
  seconds: number,
  rules: readonly (readonly [id: string, takes: number])[],
  rounds: number,
): void {
  let now = 5000;
  const { onRule } = createWatch(seconds, () => now);
  const named = rules.map(([id, takes]) => ({ rule: rule(id), takes }));
  for (let round = 0; round < rounds; round += 1)
    for (const { rule: one, takes } of named) {
      onRule(one);
      now += takes;
    }
}

test('a pack that takes too long is ended, and the rule that took most of it is named', () => {
  const rules = [
    ['OWN-01', 1],
    ['OWN-02', 300],
    ['OWN-03', 2],
  ] as const;
  expect(() => run(10, rules, 1000)).toThrow(
    expect.objectContaining({
      name: 'BercailError',
      code: 'rule',
      message: expect.stringContaining(
        'judging took more than 10 s, most of it the rule OWN-02 of the pack own',
      ),
    }),
  );
});

test('the only rule that runs is named though it never ended another', () => {
  expect(() => run(1, [['OWN-01', 900]], 3)).toThrow('the rule OWN-01 of the pack own');
});

test('what ends in time is not disturbed', () => {
  expect(() => run(10, [['OWN-01', 1]], 10_000)).not.toThrow();
});

test('a rule that did not end is named, though others took their time before it', () => {
  let now = 0;
  const { onRule, passed } = createWatch(1, () => now);
  for (const [id, takes] of [
    ['OWN-01', 300],
    ['OWN-02', 900],
  ] as const) {
    onRule(rule(id));
    now += takes;
  }
  expect(passed().message).toContain('the rule OWN-02 of the pack own');
});
