import { expect, test } from '@jest/globals';
import { callsByService } from '../../src/command/calls.ts';

const calls = {
  'ec2:DescribeRegions': 1,
  's3:GetBucketAcl': 20,
  's3:ListBuckets': 1,
  'sts:GetCallerIdentity': 1,
};

test('calls are told by service, and in detail by operation', () => {
  expect(callsByService(calls)).toBe('23 calls: ec2 1, s3 21, sts 1');
  expect(callsByService(calls, true)).toBe(
    '23 calls: ec2 1, s3 21 (s3:GetBucketAcl 20, s3:ListBuckets 1), sts 1',
  );
});

test('none were made', () => {
  expect(callsByService({})).toBe('no calls');
});
