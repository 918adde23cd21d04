import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { matches } from '../../src/inventory/build/match.ts';
import { createMatchIndex } from '../../src/inventory/build/match-index.ts';
import type { Fact } from '../../src/inventory/fact.ts';
import { factsOf } from '../setup/fact.ts';
import { known } from '../setup/run.ts';

const lacking: Fact[] = [
  { state: 'absent' },
  { state: 'denied', permission: 's3:GetBucketTagging' },
  { state: 'error' },
  { state: 'not_collected' },
];

describe('the index of match entries', () => {
  const words = fc.constantFrom('a', 'ab', 'abc', 'b', 'a*', 'ab*', '*b', 'a?c', '*');
  const entry = fc.record(
    {
      source: fc.constantFrom('aws', 's3'),
      name: words,
      id: words,
      account: fc.constantFrom('1', '2', '1*'),
      tags: fc.dictionary(fc.constantFrom('App', 'env'), words, { maxKeys: 2 }),
    },
    { requiredKeys: [] },
  );

  test('leaves out no entry that an asset meets, nor one that its unread facts leave open', () => {
    const asset = fc.record({
      name: fc.constantFrom('a', 'ab', 'abc', 'b', 'xb'),
      account: fc.constantFrom('1', '2', null),
      tags: fc.oneof(
        fc.dictionary(fc.constantFrom('app', 'ENV'), fc.constantFrom('A', 'ab', 'abc')).map(known),
        fc.constantFrom(...lacking),
      ),
    });
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 6 }), asset, (entries, { name, account, tags }) => {
        const rules = entries.map((one, at) => ({ declared: `m/a${at}`, entry: one }));
        const observed = {
          id: name,
          source: 'aws',
          scope: '1',
          seen: { kind: 'object_store', name, provider: 'aws', account },
          facts: factsOf([['tags', tags]]),
          relations: [],
          evidence: [],
        } as const;
        const found = [...createMatchIndex(rules)(observed)];
        const needed = rules.filter((rule) => matches(rule.entry, observed) !== 'no');
        expect(found).toEqual(expect.arrayContaining(needed));
        expect(new Set(found).size).toBe(found.length);
      }),
      { numRuns: 2000 },
    );
  });
});
