import { describe, expect, test } from '@jest/globals';
import { getLifecycle, getVersioning } from '../../../src/collect/s3/calls.ts';
import { readRetention } from '../../../src/collect/s3/retention.ts';
import { given, known, refused } from '../../setup/answer.ts';

describe('retention', () => {
  const rule = { Status: 'Enabled' as const, Filter: { Prefix: '' }, Expiration: { Days: 365 } };
  const off = given(getVersioning, { $metadata: {} });
  const on = given(getVersioning, { $metadata: {}, Status: 'Enabled' as const });
  const fact = (rules: object[], versioning: typeof off = off) =>
    readRetention({
      lifecycle: given(getLifecycle, { $metadata: {}, Rules: rules as never[] }),
      versioning,
    }).find(({ facts }) => facts['retention'])?.facts['retention'];

  test.each<[string, object[], typeof off, object]>([
    ['a rule for all', [rule], off, known('P365D')],
    [
      'the old form of a rule for all',
      [{ Status: 'Enabled', Prefix: '', Expiration: { Days: 30 } }],
      off,
      known('P30D'),
    ],
    ['the shortest of several', [rule, { ...rule, Expiration: { Days: 90 } }], off, known('P90D')],
    ['a rule that is off', [{ ...rule, Status: 'Disabled' }], off, { state: 'absent' }],
    ['a rule for a prefix', [{ ...rule, Filter: { Prefix: 'logs/' } }], off, { state: 'absent' }],
    ['a rule for a tag', [{ ...rule, Filter: { Tag: { Key: 'a', Value: 'b' } } }], off, { state: 'absent' }],
    ['versions that outlive it', [rule], on, { state: 'absent' }],
    [
      'versions that go after it',
      [{ ...rule, NoncurrentVersionExpiration: { NoncurrentDays: 30 } }],
      on,
      known('P395D'),
    ],
    [
      'versions of which some are kept',
      [{ ...rule, NoncurrentVersionExpiration: { NoncurrentDays: 30, NewerNoncurrentVersions: 3 } }],
      on,
      { state: 'absent' },
    ],
    [
      'versioning that may not be read',
      [rule],
      refused(getVersioning),
      { state: 'denied', permission: 's3:GetBucketVersioning' },
    ],
  ])('%s', (_, rules, versioning, expected) => {
    expect(fact(rules, versioning)).toMatchObject(expected);
  });
});
