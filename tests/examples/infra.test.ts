import { beforeAll, expect, test } from '@jest/globals';
import { type Audit, audit } from '../../src/audit.ts';
import { renderReport } from '../../src/command/render.ts';
import { fixedClock } from '../../src/io/clock.ts';

let done: Audit;
beforeAll(async () => {
  done = await audit({
    paths: ['examples/infra'],
    network: false,
    language: 'en',
    asOf: '2026-11-22',
    clock: fixedClock('2026-11-22T08:00:00Z'),
  });
});

test.each([
  [
    'a bucket of a module within a module, without a provider block',
    'code/carnet-exports',
    'us-west-2',
    'examples/infra/terraform/modules/platform/exports/main.tf:2:1',
  ],
  ['a bucket behind a variable', 'code/carnet-traces', 'us-east-1', 'examples/infra/terraform/main.tf:39:1'],
  [
    'a replica of a table',
    'aws_dynamodb_table.marks#ap-southeast-2',
    'ap-southeast-2',
    'examples/infra/terraform/main.tf:45:1',
  ],
  [
    'a replica by a mapping',
    'cloudformation.yaml#Sessions@us-east-2',
    'us-east-2',
    'examples/infra/cloudformation.yaml:23:3',
  ],
  ['logs of a nested deployment', 'code/carnet-logs', 'eastus', 'examples/infra/arm.json:39:13'],
])('%s is found, and its line', (_, label, region, line) => {
  const asset = [...done.inventory.assets.values()].find((one) => one.label === label);
  expect(asset?.place.region).toBe(region);
  const outside = done.result.findings.filter(
    ({ rule, outcome, subject }) =>
      rule.startsWith('LOC-') && outcome === 'fail' && subject.id.endsWith(`@${label}`),
  );
  expect(outside).not.toEqual([]);
  expect(outside.flatMap(({ evidence }) => evidence.map(({ ref }) => ref))).toContain(line);
});

/** Where each format puts a finding of the rule: a line of the code, not of the manifest that says what is in it. */
const places: readonly (readonly [format: string, read: (text: string) => readonly string[]])[] = [
  [
    'github',
    (text) =>
      [...text.matchAll(/^::error file=([^,]+),line=(\d+),col=\d+,title=LOC-01/gm)].map(
        ([, file, line]) => `${file}:${line}`,
      ),
  ],
  [
    'sarif',
    (text) =>
      (
        JSON.parse(text) as {
          runs: {
            results: {
              ruleId: string;
              kind: string;
              locations: {
                physicalLocation: { artifactLocation: { uri: string }; region: { startLine: number } };
              }[];
            }[];
          }[];
        }
      ).runs
        .flatMap(({ results }) => results)
        .filter(({ ruleId, kind }) => ruleId === 'LOC-01' && kind === 'fail')
        .flatMap(({ locations }) => locations)
        .map(
          ({ physicalLocation: { artifactLocation, region } }) =>
            `${artifactLocation.uri}:${region.startLine}`,
        ),
  ],
  [
    'gitlab',
    (text) =>
      (
        JSON.parse(text) as {
          check_name: string;
          severity: string;
          location: { path: string; lines: { begin: number } };
        }[]
      )
        .filter(({ check_name, severity }) => check_name.startsWith('LOC-01') && severity !== 'info')
        .map(({ location }) => `${location.path}:${location.lines.begin}`),
  ],
];

test.each(places)('%s points at the line of the code', async (format, read) => {
  const { bytes } = await renderReport(done.result, format, 'en');
  expect([...read(Buffer.from(bytes).toString('utf8'))].sort()).toEqual([
    'examples/infra/arm.json:39',
    'examples/infra/terraform/main.tf:39',
    'examples/infra/terraform/modules/platform/exports/main.tf:2',
  ]);
});

test('what a condition leaves out is counted', () => {
  const read = done.observations.find(
    ({ source, operation }) => source === 'cloudformation' && operation === 'read',
  );
  expect(read?.about).toMatchObject({ defined: 3, assets: 2, left_out: ['Scratch'] });
});
