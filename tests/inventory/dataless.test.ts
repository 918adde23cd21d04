import { expect, test } from '@jest/globals';
import { buildInventory } from '../../src/inventory/build/build.ts';
import type { Observation } from '../../src/inventory/observation.ts';
import { catalog } from '../setup/run.ts';

const pupils = { name: 'pupils', categories: [], subjects: ['pupil'], secrecy: 'secret' } as const;

function seen(subject: string, dataless: boolean): Observation {
  return {
    source: 'terraform',
    scope: 'plan.json',
    operation: 'terraform',
    subject,
    at: '2026-11-01T00:00:00Z',
    sha256: null,
    outcome: 'ok',
    asset: {
      kind: 'other',
      name: subject,
      provider: 'aws',
      account: null,
      ...(dataless ? { dataless: true } : {}),
    },
    facts: { tags: { state: 'known', value: { class: 'pupils' } } },
  };
}

test('a class among the tags of what holds no data by its nature puts no data there', () => {
  const { assets, holdings } = buildInventory({
    manifests: [],
    observations: [seen('aws_iam_role.r', true), seen('aws_brand_new.x', false)],
    classification: { tags: new Map([['class', new Map([['pupils', pupils]])]]), untagged: 'unknown' },
    catalog,
  });
  expect([...assets.keys()]).toEqual(['aws_brand_new.x', 'aws_iam_role.r']);
  expect(holdings.map(({ id }) => id)).toEqual(['policy/pupils@aws_brand_new.x']);
});
