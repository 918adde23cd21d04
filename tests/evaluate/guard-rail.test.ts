import { describe, expect, test } from '@jest/globals';
import type { Fact } from '../../src/inventory/fact.ts';
import type { Observation } from '../../src/inventory/observation.ts';
import { known, outcomesOf, run } from '../setup/run.ts';

const id = 'arn:aws:iam::123456789012:root';

function account(facts: { readonly [name: string]: Fact }): Observation {
  return {
    source: 'aws',
    scope: '123456789012/eu-west-3',
    operation: 'organizations:DescribePolicy',
    subject: id,
    at: '2026-11-22T08:00:00Z',
    sha256: null,
    outcome: 'ok',
    facts,
    asset: { kind: 'account', name: 'school', provider: 'aws', account: '123456789012' },
  };
}

const rail = (allowed: Fact): Observation =>
  account({
    'guard_rail.effective': known(true),
    'guard_rail.allowed_regions': allowed,
    'guard_rail.exemptions': known([]),
    'guard_rail.gaps': known([]),
  });
const denied: Fact = { state: 'denied', permission: 'ec2:DescribeRegions' };

describe('a guard rail is judged by the countries of the regions that it leaves open', () => {
  test.each<[string, Observation, string]>([
    ['Paris', rail(known(['eu-west-3'])), 'pass'],
    ['no region at all, which is stricter', rail(known([])), 'pass'],
    ['Paris and Dublin', rail(known(['eu-west-1', 'eu-west-3'])), 'fail'],
    ['a region that the catalog does not list', rail(known(['eu-west-3', 'eu-west-99'])), 'unknown'],
    ['one that it does not list and one that is abroad', rail(known(['us-east-1', 'eu-west-99'])), 'fail'],
    ['regions that nobody could list', rail(denied), 'unknown'],
    ['everything, for there is none', account({ guard_rail: { state: 'absent' } }), 'fail'],
    ['nobody knows what', account({}), 'unknown'],
  ])('leaving open %s', async (_, observation, outcome) => {
    expect(outcomesOf(await run({ observations: [observation] }), 'GRD-01')).toEqual({ [id]: outcome });
  });

  test('what is missing is named with the permission that would give it', async () => {
    const { findings } = await run({ observations: [rail(denied)] });
    expect(findings.find(({ rule }) => rule === 'GRD-01')?.missing).toEqual([
      { fact: 'asset.guard_rail.allowed_countries', reason: 'denied', permission: 'ec2:DescribeRegions' },
    ]);
  });
});
