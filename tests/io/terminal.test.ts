import { expect, test } from '@jest/globals';
import { hasColor, isRewritable } from '../../src/io/terminal.ts';

test.each([
  [{}, true, true],
  [{}, false, false],
  [{ NO_COLOR: '1' }, true, false],
  [{ NO_COLOR: '' }, true, true],
  [{ TERM: 'dumb' }, true, false],
  [{ CI: 'true' }, true, false],
  [{ CI: 'false' }, true, true],
  [{ FORCE_COLOR: '1' }, false, true],
  [{ FORCE_COLOR: '' }, false, true],
  [{ FORCE_COLOR: '0' }, true, false],
  [{ FORCE_COLOR: '1', NO_COLOR: '1' }, false, true],
])('with %j on a terminal: %s, there are colours: %s', (env, isTerminal, expected) => {
  expect(hasColor(env, isTerminal)).toBe(expected);
});

test.each([
  [{}, true, true],
  [{}, false, false],
  [{ TERM: 'dumb' }, true, false],
  [{ CI: '1' }, true, false],
  [{ NO_COLOR: '1' }, true, true],
])('with %j on a terminal: %s, lines are written anew: %s', (env, isTerminal, expected) => {
  expect(isRewritable(env, isTerminal)).toBe(expected);
});
