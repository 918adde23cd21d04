import { afterEach, expect, test } from '@jest/globals';
import { cleanup, render } from 'ink-testing-library';
import { createElement } from 'react';
import { BrowseApp } from '../../../src/ui/browse/app.ts';
import type { Effect } from '../../../src/ui/browse/event.ts';
import { keysOf } from '../../../src/ui/browse/key/name.ts';
import { result2018 } from '../../fixtures/report/result-2018.ts';
import { browse, lookOf } from './browse.ts';

afterEach(cleanup);

const soon = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 60));

function show() {
  const effects: Effect[] = [];
  const app = render(
    createElement(BrowseApp, {
      start: browse(),
      look: lookOf(result2018('en')),
      color: false,
      perform: async (effect) => {
        effects.push(effect);
        return { kind: 'told', note: { text: 'done as asked', tone: 'good' } };
      },
    }),
  );
  return { ...app, effects };
}

test('shows the list, moves, opens, searches and goes back', async () => {
  const { lastFrame, stdin } = show();
  await soon();
  expect(lastFrame()).toMatch(/❯ {3}✗ critical CHN-02 arn:aws:s3:::evaluations-export +Dublin \(IE\)/);
  stdin.write('\u001b[B');
  await soon();
  expect(lastFrame()).toMatch(/❯ {3}✗ high +LOC-01/);
  stdin.write('\r');
  await soon();
  expect(lastFrame()).toContain('Pupil data at rest stays in France');
  expect(lastFrame()).toContain('n/p next, previous');
  stdin.write('q');
  stdin.write('/');
  stdin.write('frankfurt\r');
  await soon();
  expect(lastFrame()).toMatch(/2 of 16 judgements {2}\/frankfurt/);
});

test('a burst of keys loses none, and what came of an action is told', async () => {
  const { lastFrame, stdin, effects } = show();
  await soon();
  stdin.write('jjjkky');
  await soon();
  expect(effects).toEqual([{ kind: 'copy', ids: [browse().entries[1]?.id] }]);
  expect(lastFrame()).toContain('✓ done as asked');
});

test('a paste is text in a field, its line breaks go on to the next', async () => {
  const { lastFrame, stdin } = show();
  await soon();
  stdin.write('w');
  await soon();
  stdin.write('Because\nthe DPO\u0007');
  await soon();
  expect(lastFrame()).toMatch(/Reason[^]+ Because\s+❯ Approved by[^]+ the DPO▏/);
});

const none = {
  upArrow: false,
  downArrow: false,
  leftArrow: false,
  rightArrow: false,
  pageDown: false,
  pageUp: false,
  home: false,
  end: false,
  return: false,
  escape: false,
  ctrl: false,
  shift: false,
  tab: false,
  backspace: false,
  delete: false,
  meta: false,
  super: false,
  hyper: false,
  capsLock: false,
  numLock: false,
};

test.each([
  ['a', {}, ['a']],
  ['é', {}, ['é']],
  ['👩‍👧x', {}, ['👩‍👧', 'x']],
  ['', { upArrow: true }, ['<up>']],
  ['d', { ctrl: true }, ['<ctrl-d>']],
  ['', { tab: true, shift: true }, ['<back-tab>']],
  ['', { delete: true }, ['<backspace>']],
  ['x', { meta: true }, []],
  ['a\u001bb\u0000', {}, ['a', 'b']],
  ['a\r\nb\tc\u007f', {}, ['a', '<enter>', 'b', '<tab>', 'c', '<backspace>']],
])('%j with %j is %j', (input, key, expected) => {
  expect(keysOf(input, { ...none, ...key })).toEqual(expected);
});
