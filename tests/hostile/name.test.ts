import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Folder, scratchFolder, type } from '../setup/command-line.ts';

const manifest = 'tests/fixtures/in-order/manifest.yaml';
let folder: Folder;
beforeAll(async () => {
  folder = await scratchFolder();
});
afterAll(() => folder.remove());

/** What every object of JavaScript has, and no catalog, schema, policy or pack. */
const inherited = ['__proto__', 'constructor', 'toString', 'hasOwnProperty'];
const places = [
  'explain NAME',
  'rules show NAME',
  'catalog region aws NAME',
  'catalog region NAME eu-west-3',
  'catalog provider NAME',
  'catalog country NAME',
  'catalog law NAME',
  `check ${manifest} --policy NAME`,
  `check ${manifest} --rule NAME`,
  `check ${manifest} --pack NAME`,
  `check ${manifest} --format NAME`,
  `audit ${manifest} --print-permissions NAME`,
];

test.each(places)('%s: a name that only an object has is no name', async (words) => {
  for (const name of inherited) {
    const { code } = await type(words.replace('NAME', name).split(' '));
    expect([name, code]).toEqual([name, 2]);
  }
});

test.each(['--rule LOC-99', '--rule LOC-01,LOC-99', '--pack nowhere', '--rule loc-01'])(
  '%s: what does not run judges nothing, which is no pass',
  async (only) => {
    const { code, err } = await type(['check', manifest, ...only.split(' ')]);
    expect([code, err]).toEqual([2, expect.stringContaining('runs with the policy complet')]);
  },
);

test.each([
  [
    'plan.json',
    '{"format_version":"1.2","terraform_version":"1.9.0","configuration":{"a":VALUE},"resource_changes":[]}',
  ],
  [
    'plan.json',
    '{"format_version":"1.2","terraform_version":"1.9.0","resource_changes":[],"planned_values":{"root_module":{"resources":[{"address":"a.b","type":"a","name":"b","mode":"managed","values":{"tags":VALUE}}]}}}',
  ],
  ['m.yaml', 'bercail: manifest/v1\nid: m\ndatasets: VALUE\n'],
  ['main.tf', 'locals {\n  a = VALUE\n}\n'],
  ['main.tf.json', '{"locals": {"a": VALUE}}'],
])('%s nested a hundred thousand deep is refused, wherever in it', async (name, text) => {
  const deep = `${'['.repeat(100_000)}1${']'.repeat(100_000)}`;
  const path = await folder.write(name, text.replace('VALUE', deep));
  const { code, err } = await type(['check', path, '--format', 'json', '--include-inventory']);
  expect([code, err]).toEqual([2, expect.stringMatching(/nested (?:too deep|more than)/)]);
});
