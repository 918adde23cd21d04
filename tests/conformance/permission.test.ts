import { beforeAll, describe, expect, test } from '@jest/globals';
import { services } from '../../src/collect/aws/service/registry.ts';
import type { ServiceCall } from '../../src/collect/aws/service/service.ts';
import type { Observation } from '../../src/inventory/observation.ts';
import { readFixture, serviceOf } from '../collect/aws/service/fixture.ts';
import { answersOf } from '../fixtures/aws/index.ts';
import { bucket, known, run } from '../setup/run.ts';

/** Everything that holds data of pupils in the fixtures, by tag, by name or by kind. */
const manifest = `
bercail: manifest/v1
id: m
organisations:
  ministry: {name: Ministère, role: controller, kind: public_body, public_level: state, seat: FR}
  cloud: {provider: aws, role: processor, engaged_by: ministry}
datasets:
  results: {title: Results, subjects: [pupil], categories: [education.results], secrecy: discretion}
assets:
  tagged: {kind: database, operator: cloud, place: {provider: aws, region: eu-west-3}, holds: [results], encryption: {at_rest: true, key_manager: external}, public: false, access_log: true, match: [{source: aws, tags: {data-class: eleves}}]}
  named: {kind: object_store, operator: cloud, place: {provider: aws, region: eu-west-3}, holds: [results], public: false, match: [{source: aws, name: results}, {source: aws, name: ent}, {source: aws, name: statistics}, {source: aws, name: search}, {source: aws, name: sessions}, {source: aws, name: vol-1}, {source: aws, name: news}, {source: aws, name: "/app/ent"}]}
activities:
  tests: {title: Tests, controller: ministry, datasets: [results], retention: {period: P1Y}}
`;

const store = bucket(
  'results',
  { 'place.region': known('eu-west-3'), public: known(true) },
  { subject: 'arn:aws:s3:::results' },
);
const names = Object.keys(answersOf);
const commandOf = ({ operation }: ServiceCall): string => operation.slice(operation.indexOf(':') + 1);

const cases: [operation: string, service: string, command: string][] = [];
for (const name of names)
  for (const call of (await serviceOf(name)).calls)
    cases.push([`${call.operation} of ${name}`, name, commandOf(call)]);

describe('a permission that is taken away', () => {
  const whole = new Map<string, readonly Observation[]>();
  let before: ReadonlyMap<string, string> = new Map();

  beforeAll(async () => {
    for (const name of names) whole.set(name, await readFixture(name));
    before = await outcomes([...whole.values()].flat());
  }, 60_000);

  test('is tried for more than a hundred calls, on findings of every outcome', () => {
    expect(cases.length).toBeGreaterThan(100);
    expect(Object.keys(services).length).toBeGreaterThan(30);
    expect(new Set(before.values())).toEqual(new Set(['pass', 'fail', 'unknown', 'not_applicable']));
  });

  test.each(cases)('%s: no finding changes from fail or unknown to pass', async (_, name, command) => {
    const without = await readFixture(name, { denied: [command] });
    const observations = names.flatMap((one) => (one === name ? without : (whole.get(one) ?? [])));
    const after = await outcomes(observations);
    const better = [...after].filter(
      ([key, outcome]) => outcome === 'pass' && ['fail', 'unknown'].includes(before.get(key) ?? ''),
    );
    expect(better).toEqual([]);
  });
});

async function outcomes(observations: readonly Observation[]): Promise<ReadonlyMap<string, string>> {
  const { findings } = await run({ manifests: [manifest], observations: [...observations, store] });
  return new Map(findings.map(({ rule, subject, outcome }) => [`${rule} ${subject.id}`, outcome]));
}
