import { beforeAll, describe, expect, test } from '@jest/globals';
import { buildInventory } from '../../../../src/inventory/build/build.ts';
import type { Classification } from '../../../../src/inventory/build/input.ts';
import type { Observation } from '../../../../src/inventory/observation.ts';
import { answersOf } from '../../../fixtures/aws/index.ts';
import { catalog, manifestInput, run } from '../../../setup/run.ts';
import { readFixture, serviceOf } from '../service/fixture.ts';

/** Everything that is seen holds pupils' results, and is declared as well as can be. */
const manifest = `
bercail: manifest/v1
id: m
organisations:
  men: {name: Ministère, role: controller, kind: public_body, seat: FR}
  editor: {name: Éditeur SAS, role: processor, engaged_by: men, seat: FR, owner: {name: Éditeur, country: FR}}
  aws: {provider: aws, role: sub_processor, engaged_by: editor}
datasets:
  results: {subjects: [pupil], categories: [education.results], secrecy: discretion}
assets:
  all:
    kind: other
    operator: aws
    run_by: editor
    place: {provider: aws, region: eu-west-3}
    holds: [results]
    encryption: {at_rest: true, in_transit: true, client_side: true, key_manager: customer}
    public: false
    access: {roles: [app], wildcard: false}
    access_log: true
    retention: P1Y
    match: [{source: aws, arn: "arn:*"}]
`;
const classification: Classification = { tags: new Map(), untagged: 'pupil_data' };
type Findings = ReadonlyMap<string, string>;

async function judge(manifests: readonly string[], observations: readonly Observation[]): Promise<Findings> {
  const inputs = manifests.map((text) => manifestInput(text));
  const inventory = buildInventory({ manifests: inputs, observations, classification, catalog });
  const { findings } = await run({ more: { inventory } });
  return new Map(
    findings.map(({ rule, subject, outcome }) => [`${rule} ${subject.type} ${subject.id}`, outcome]),
  );
}

/** One bucket is of the same place, whichever service names it. */
const answers = (service: string) => ({
  answers: { ...answersOf[service], HeadBucket: { BucketRegion: 'eu-west-3' } },
});

const calls: [string, string][] = [];
for (const service of Object.keys(answersOf)) {
  for (const { operation } of (await serviceOf(service)).calls) {
    if (!calls.some(([name, known]) => name === service && known === operation))
      calls.push([service, operation]);
  }
}

describe.each([
  ['declared as well as can be', [manifest]],
  ['declared nowhere', []],
])('with everything %s', (_, manifests) => {
  const seen = new Map<string, readonly Observation[]>();
  let whole: Findings = new Map();

  beforeAll(async () => {
    for (const service of Object.keys(answersOf))
      seen.set(service, await readFixture(service, answers(service)));
    whole = await judge(manifests, [...seen.values()].flat());
  });

  test('there are findings that fail', () => {
    expect([...whole.values()].filter((outcome) => outcome === 'fail').length).toBeGreaterThan(10);
  });

  test.each(calls)(
    '%s without %s: no finding changes from fail or unknown to pass',
    async (service, operation) => {
      const denied = [operation.slice(operation.indexOf(':') + 1)];
      const without = new Map([
        ...seen,
        [service, await readFixture(service, { ...answers(service), denied })],
      ]);
      const after = await judge(manifests, [...without.values()].flat());
      const better = [...after].filter(
        ([finding, outcome]) => outcome === 'pass' && ['fail', 'unknown'].includes(whole.get(finding) ?? ''),
      );
      expect(better.map(([finding]) => `${finding}: ${whole.get(finding)} → pass`)).toEqual([]);
    },
  );
});
