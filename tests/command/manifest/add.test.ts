import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import type { Ask } from '../../../src/command/ask/ask.ts';
import { addThing } from '../../../src/command/manifest/add.ts';
import { testContext } from '../../setup/command.ts';
import { type Folder, type as run, scratchFolder } from '../../setup/command-line.ts';

const before = `# ours
bercail: manifest/v1
id: ours
organisations:
  men: {name: Ministère, role: controller}   # who decides
datasets:
  results: {subjects: [pupil], categories: [education.results]}
assets: {}
`;
let folder: Folder;
let file = '';
beforeEach(async () => {
  folder = await scratchFolder();
  file = await folder.write('m.yaml', before);
});
afterEach(() => folder.remove());

const add = (...words: readonly string[]) => run(['manifest', 'add', ...words, '--file', file]);

test.each([
  [
    'organisation',
    ['host', '--provider', 'ovhcloud', '--role', 'processor', '--engaged-by', 'men'],
    'organisations',
    { host: { provider: 'ovhcloud', role: 'processor', engaged_by: 'men' } },
  ],
  [
    'dataset',
    ['names', '--subjects', 'pupil,staff', '--categories', 'identity.name', '--secrecy', 'discretion'],
    'datasets',
    { names: { subjects: ['pupil', 'staff'], categories: ['identity.name'], secrecy: 'discretion' } },
  ],
  [
    'asset',
    ['s', '--kind', 'server', '--operator', 'men', '--country', 'FR', '--holds', 'results'],
    'assets',
    { s: { kind: 'server', operator: 'men', place: { country: 'FR' }, holds: ['results'] } },
  ],
  [
    'asset',
    ['u', '--kind', 'saas', '--operator', 'unknown', '--holds', 'unknown'],
    'assets',
    { u: { kind: 'saas', operator: 'unknown', holds: 'unknown' } },
  ],
  [
    'activity',
    ['a', '--controller', 'men', '--datasets', 'results', '--legal-basis', 'gdpr.6.1.e'],
    'activities',
    { a: { controller: 'men', datasets: ['results'], legal_basis: 'gdpr.6.1.e' } },
  ],
])('%s is added by options, and the rest stays as it was', async (noun, words, section, expected) => {
  const { code } = await add(noun, ...words);
  expect(code).toBe(0);
  const after = await folder.read('m.yaml');
  expect((parse(after) as { [section: string]: object })[section]).toMatchObject(expected);
  for (const line of before.split('\n').filter((one) => !one.startsWith('assets')))
    expect(after.split('\n')).toContain(line);
});

test('a flow goes into its list, with its name', async () => {
  await add('asset', 's', '--kind', 'server', '--operator', 'men');
  await add('flow', 'entry', '--from', 'schools', '--to', 's', '--datasets', 'results');
  expect((parse(await folder.read('m.yaml')) as { flows: object }).flows).toEqual([
    { id: 'entry', from: 'schools', to: 's', datasets: ['results'] },
  ]);
});

describe('refused, with nothing written:', () => {
  test.each([
    [
      'a category that there is not',
      ['dataset', 'x', '--subjects', 'pupil', '--categories', 'education.result'],
      /"education\.result" is not known.*did you mean "education\.results"/,
    ],
    [
      'a word that the field does not take',
      ['dataset', 'x', '--subjects', 'pupils', '--categories', 'education'],
      /did you mean "pupil"/,
    ],
    [
      'an operator that nobody declared',
      ['asset', 'x', '--kind', 'server', '--operator', 'mem'],
      /did you mean "men"/,
    ],
    [
      'a name that is taken',
      ['organisation', 'men', '--role', 'controller', '--name', 'X'],
      /organisations\.men is already in/,
    ],
    [
      'a name that is a word of the format',
      ['asset', 'unknown', '--kind', 'server', '--operator', 'men'],
      /cannot be a name/,
    ],
    [
      'what the manifest would not take',
      ['organisation', 'x', '--role', 'processor'],
      /the key "name" is missing|name \(or a provider/,
    ],
    ['too little said, and nobody to ask', ['asset', 'x', '--yes'], /needs --kind, --operator/],
    ['no terminal', ['asset', 'x'], /no terminal to ask on/],
  ])('%s', async (_, words, message) => {
    const { code, err } = await add(...words);
    expect(err).toMatch(message);
    expect(code).toBe(2);
    expect(await folder.read('m.yaml')).toBe(before);
  });
});

test('by questions: what is left out stays out, and what nobody knows is unknown', async () => {
  const asked: string[] = [];
  const ask: Ask = {
    select: async (message, _, initial) => {
      asked.push(message);
      return message.startsWith('operator') ? 'unknown' : (initial ?? '');
    },
    several: async () => [],
    text: async () => '',
    confirm: async () => true,
  };
  const { context } = testContext();
  await addThing('asset', 'site', { file, lang: 'fr' }, { ...context, ask: async () => ask });
  const { assets } = parse(await folder.read('m.yaml')) as { assets: object };
  expect(assets).toEqual({ site: { kind: expect.any(String), operator: 'unknown' } });
  expect(asked.join()).toContain('L’organisation qui fait tourner les machines.');
});
