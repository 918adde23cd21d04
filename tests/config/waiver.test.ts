import { expect, test } from '@jest/globals';
import { readWaivers } from '../../src/config/read.ts';
import { BercailError } from '../../src/error.ts';

const one = 'rule: LOC-01, subject: "results@*", reason: moving, approved_by: the officer';

test.each([
  [
    'a bare list',
    `- {${one}, expires: 2019-09-01, approved_on: 2018-09-01, link: "https://example.org/1"}\n`,
  ],
  [
    'a map',
    `waivers:\n  - {${one}, expires: 2019-09-01, approved_on: 2018-09-01, link: "https://example.org/1"}\n`,
  ],
  [
    'a map with its version',
    `bercail: waivers/v1\nwaivers:\n  - {${one}, expires: 2019-09-01, approved_on: 2018-09-01, link: "https://example.org/1"}\n`,
  ],
])('%s is read', (_, content) => {
  const waivers = readWaivers(content, 'w.yaml');
  expect(waivers).toMatchObject([
    {
      rule: 'LOC-01',
      subject: 'results@*',
      reason: 'moving',
      approved_by: 'the officer',
      approved_on: '2018-09-01',
      expires: '2019-09-01',
      last_day: '2019-09-01',
      link: 'https://example.org/1',
    },
  ]);
  expect(waivers[0]?.where.line).toBe(content.trimEnd().split('\n').length);
});

test.each([
  ['2019-02-30', '2019-02-30'],
  ['2019', '2019'],
  ['someday', 'someday'],
  ['"01/09/2019"', '01/09/2019'],
  ['', 'null'],
  ['[2019-09-01]', '["2019-09-01"]'],
])('expires: %s is no error and has no last day', (written, shown) => {
  expect(readWaivers(`- {${one}, expires: ${written}}\n`, 'w.yaml')).toMatchObject([
    { expires: shown, last_day: null },
  ]);
});

test('no waiver at all is a known none', () => {
  expect(readWaivers('[]', 'w.yaml')).toEqual([]);
  expect(readWaivers('waivers: []', 'w.yaml')).toEqual([]);
});

test.each([
  [
    'a missing reason',
    '- {rule: A, subject: b, approved_by: c, expires: 2019-01-01}',
    ['w.yaml:1:3: the key "reason" is missing in [0] (expected a text)'],
  ],
  [
    'an unknown key',
    `- {${one}, expires: 2019-01-01, expire: 1}`,
    ['unknown key "expire" in [0] (did you mean "expires"?)'],
  ],
  ['a list that is none', 'waivers: {}', ['w.yaml:1:10: waivers is a map (expected a list)']],
  [
    'something else',
    'hello',
    ['w.yaml:1:1: the file is "hello" (expected a list of waivers, or a map with the key waivers)'],
  ],
])('%s is refused', (_, content, expected) => {
  let refused: BercailError | null = null;
  try {
    readWaivers(content, 'w.yaml');
  } catch (error) {
    if (error instanceof BercailError) refused = error;
  }
  expect(refused?.message.split('\n')).toEqual(expected.map((line) => expect.stringContaining(line)));
});
