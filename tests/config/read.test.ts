import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { detectConfig, readConfig } from '../../src/config/read.ts';
import { BercailError } from '../../src/error.ts';

function problems(content: string): string[] {
  try {
    readConfig(content, 'bercail.yaml');
  } catch (error) {
    if (error instanceof BercailError) return [error.code, ...error.message.split('\n')];
    throw error;
  }
  return [];
}

const full = `bercail: config/v1
as_of: 2018-10-01
policy: policies/ministere.yaml
language: fr
manifests: [data-flows/*.yaml]
waivers: waivers.yaml
baseline: baseline.json
packs: {ours: packs/ours, theirs: {path: packs/theirs, sha256: ${'a'.repeat(64)}}}
sources:
  - aws: {profile: audit, organization: true, role: BercailAudit, regions: all}
  - azure: {tenant: t, subscriptions: all}
  - s3: {provider: ovhcloud, endpoint: "https://s3.gra.example", region: gra, profile: ovh}
  - terraform: {plan: plan.json, root: infra/}
  - cloudformation: {template: stack.yaml, parameters: params.json, region: eu-west-3, account: "123456789012"}
  - arm: {template: main.json, parameters: main.parameters.json, location: francecentral}
  - snapshot: aws-2018-10.inventory.ndjson.gz
  - sample: {path: samples/results.csv, dataset: results, asset: reperes}
`;

test('a configuration with everything in it is read', () => {
  const config = readConfig(full, 'bercail.yaml');
  expect(config.content.as_of).toBe('2018-10-01');
  expect(config.sources.map(({ kind, where }) => [kind, where.line])).toEqual([
    ['aws', 10],
    ['azure', 11],
    ['s3', 12],
    ['terraform', 13],
    ['cloudformation', 14],
    ['arm', 15],
    ['snapshot', 16],
    ['sample', 17],
  ]);
  const [first] = config.sources;
  expect(first?.kind === 'aws' && first.settings.role).toBe('BercailAudit');
});

test('the version alone is a configuration', () => {
  expect(readConfig('bercail: config/v1\n', 'bercail.yaml').sources).toEqual([]);
});

test('everything wrong is told at once', () => {
  const content = `bercail: config/v1
as_of: 2018-13-01
polcy: x
sources:
  - aw: {}
  - aws: {profil: x, regions: []}
  - aws: {}
    azure: {}
  - cloudformation: {template: t, account: 123456789012}
  - sample: {path: x}
  - snapshot
packs: {a: {pth: x}}
language: de
`;
  const kinds = 'one source: aws, azure, s3, terraform, cloudformation, arm, kubernetes, snapshot, sample';
  expect(problems(content)).toEqual([
    'config',
    'bercail.yaml:2:8: as_of is "2018-13-01" (expected a real day such as 2018-09-26)',
    'bercail.yaml:3:1: unknown key "polcy" (did you mean "policy"?)',
    `bercail.yaml:5:5: sources[0] is a map (expected ${kinds})`,
    'bercail.yaml:6:11: unknown key "profil" in sources[1].aws (did you mean "profile"?)',
    'bercail.yaml:6:31: sources[1].aws.regions is an empty list (expected at least one thing in it)',
    `bercail.yaml:7:5: sources[2] is a map (expected ${kinds})`,
    'bercail.yaml:9:44: sources[3].cloudformation.account is 123456789012 (expected an account number, as a text: put it between quotes)',
    'bercail.yaml:10:5: the key "dataset" is missing in sources[4].sample (expected a text)',
    `bercail.yaml:11:5: sources[5] is "snapshot" (expected ${kinds})`,
    'bercail.yaml:12:9: the key "path" is missing in packs.a (expected a text)',
    'bercail.yaml:12:13: unknown key "pth" in packs.a (did you mean "path"?)',
    'bercail.yaml:13:11: language is "de" (expected fr or en)',
  ]);
});

test.each([
  [
    'bercail: config/v2\n',
    'bercail.yaml:1:10: this version of the format is not read: "config/v2" (expected bercail: config/v1)',
  ],
  [
    'bercail: manifest/v1\n',
    'bercail.yaml:1:10: this is not a configuration: "manifest/v1" (expected bercail: config/v1)',
  ],
  ['as_of: 2018-10-01\n', 'bercail.yaml:1:1: the key "bercail" is missing (expected config/v1)'],
])('%j is not a configuration', (content, expected) => {
  expect(problems(content)).toEqual(['config', expected]);
});

test('whatever is put in it, it is read or refused properly', () => {
  fc.assert(
    fc.property(fc.nat(full.length), fc.nat(10), fc.string({ maxLength: 8 }), (at, removed, added) => {
      problems(full.slice(0, at) + added + full.slice(at + removed));
    }),
    { numRuns: 300 },
  );
});

test('a configuration is known by its first word', () => {
  expect(
    [{ bercail: 'config/v1' }, { bercail: 'config/v9' }, { bercail: 'manifest/v1' }, null, 1].map(
      detectConfig,
    ),
  ).toEqual([true, true, false, false, false]);
});
