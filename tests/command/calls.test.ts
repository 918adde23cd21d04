import { expect, test } from '@jest/globals';
import { callsByService } from '../../src/command/calls.ts';
import { sayIn } from '../../src/command/say.ts';

const say = sayIn('en', { env: {} });

const calls = {
  'ec2:DescribeRegions': 1,
  's3:GetBucketAcl': 20,
  's3:ListBuckets': 1,
  'sts:GetCallerIdentity': 1,
};

test('calls are told by service, and in detail by operation', () => {
  expect(callsByService(calls, say)).toBe('23 calls: ec2 1, s3 21, sts 1');
  expect(callsByService(calls, say, true)).toBe(
    '23 calls: ec2 1, s3 21 (s3:GetBucketAcl 20, s3:ListBuckets 1), sts 1',
  );
});

test('none were made', () => {
  expect(callsByService({}, say)).toBe('no calls');
});

test('in French', () => {
  expect(callsByService({ 's3:ListBuckets': 1 }, sayIn('fr', { env: {} }))).toBe('1 appel\u00a0: s3 1');
});
