import { expect, test } from '@jest/globals';
import { BercailError } from '../../src/error.ts';
import { startDeadline } from '../../src/io/deadline.ts';

const rule = { id: 'OWN-01', pack: 'own' };

/** What never ends, or not while anyone waits, and looks at nothing meanwhile. */
test.each([
  [
    'a loop',
    () => {
      for (let turn = 0; ; turn += 1) if (turn < 0) return;
    },
  ],
  [
    'a loop that catches everything',
    () => {
      for (;;) {
        try {
          JSON.parse('{');
        } catch {}
      }
    },
  ],
  ['a pattern that tries every way', () => void /^(a+)+$/.test(`${'a'.repeat(60)}b`)],
])('%s inside one evaluation is ended, and the rule is named', (_, hang) => {
  const { onRule, within } = startDeadline(0.2);
  const judge = (): never => {
    onRule(rule);
    hang();
    throw new Error('it ended by itself');
  };
  expect(() => within(judge)).toThrow(
    expect.objectContaining({
      name: 'BercailError',
      message: expect.stringContaining('the rule OWN-01 of the pack own'),
    }),
  );
});

test('what hangs before any rule is told as such', () => {
  expect(() =>
    startDeadline(0.1).within(() => {
      for (;;);
    }),
  ).toThrow('before any rule was evaluated');
});

test('what ends in time gives its value, and its own errors pass as they are', () => {
  const { within } = startDeadline(60);
  const value = { of: ['work'] };
  const error = new BercailError('input', { message: 'no' });
  expect(within(() => value)).toBe(value);
  expect(() =>
    within(() => {
      throw error;
    }),
  ).toThrow(error);
});

test('a deadline longer than any timer is none that passes at once', () => {
  expect(startDeadline(Number.MAX_SAFE_INTEGER).within(() => 1)).toBe(1);
});
