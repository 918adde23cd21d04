import { describe, expect, test } from '@jest/globals';
import { assert, constantFrom, property } from 'fast-check';
import { accountBlock } from '../../../src/collect/aws/service/s3.ts';
import type { Answer } from '../../../src/collect/call.ts';
import { getAcl, getPolicyStatus, getPublicAccessBlock } from '../../../src/collect/s3/calls.ts';
import { readExposure } from '../../../src/collect/s3/exposure.ts';
import type { Fact } from '../../../src/inventory/fact.ts';
import { bucketOf, given, known, none, refused } from '../../setup/answer.ts';

const decide = (
  policy: boolean | null,
  acl: boolean | null,
  block: boolean | null,
  account: boolean | null,
): Fact | undefined => {
  const Grants =
    acl === true
      ? [{ Grantee: { Type: 'Group' as const, URI: 'http://acs.amazonaws.com/groups/global/AllUsers' } }]
      : [];
  const answers = {
    status:
      policy === null
        ? refused(getPolicyStatus)
        : given(getPolicyStatus, { $metadata: {}, PolicyStatus: { IsPublic: policy } }),
    acl: acl === null ? refused(getAcl) : given(getAcl, { $metadata: {}, Grants }),
    block:
      block === null
        ? refused(getPublicAccessBlock)
        : given(getPublicAccessBlock, { $metadata: {}, PublicAccessBlockConfiguration: closed(block) }),
  };
  const own: Answer<object> =
    account === null
      ? refused(accountBlock)
      : { call: accountBlock, at: '', state: 'ok', response: closed(account), sha256: '' };
  return readExposure(answers, bucketOf('aws', own)).find(({ facts }) => facts['public'])?.facts['public'];
};

function closed(on: boolean) {
  return { RestrictPublicBuckets: on, IgnorePublicAcls: on };
}

describe('exposure', () => {
  const truth = constantFrom(true, false, null);

  test('is known exactly when no answer that is missing could change it', () => {
    assert(
      property(truth, truth, truth, truth, (...answers) => {
        const worlds = answers.reduce<boolean[][]>(
          (all, answer) =>
            all.flatMap((world) =>
              (answer === null ? [true, false] : [answer]).map((value) => [...world, value]),
            ),
          [[]],
        );
        const verdicts = new Set(
          worlds.map(([policy, acl, block, account]) => (policy || acl) && !block && !account),
        );
        const fact = decide(...answers);
        if (fact?.state === 'known') expect(verdicts).toEqual(new Set([fact.value]));
        else expect(fact).toMatchObject({ state: 'denied', permission: expect.stringMatching(/^s3:Get/) });
        if (verdicts.size === 2) expect(fact?.state).toBe('denied');
      }),
      { numRuns: 300 },
    );
  });

  test('no policy and no block is what most private buckets answer', () => {
    const answers = {
      status: none(getPolicyStatus),
      acl: given(getAcl, { $metadata: {}, Grants: [] }),
      block: none(getPublicAccessBlock),
    };
    expect(readExposure(answers, bucketOf('aws')).at(-1)?.facts['public']).toEqual(known(false));
  });

  test('an access list that may not be read is not private', () => {
    expect(decide(false, null, false, false)).toMatchObject({
      state: 'denied',
      permission: 's3:GetBucketAcl',
    });
  });
});
