import { describe, expect, test } from '@jest/globals';
import { arn, one, useFakeAccount } from '../../setup/fake-account.ts';
import type { Reply } from '../../setup/fake-s3.ts';

const { run, fake } = useFakeAccount('aws', { region: 'eu-west-3' });

const rule = (bucket: string, status = 'Enabled', more = '') =>
  `<Rule><Status>${status}</Status><Priority>1</Priority><Destination><Bucket>arn:aws:s3:::${bucket}</Bucket>${more}</Destination></Rule>`;

const replication = (...rules: string[]): Reply => ({
  status: 200,
  body: `<ReplicationConfiguration><Role>arn:aws:iam::1:role/r</Role>${rules.join('')}</ReplicationConfiguration>`,
});

describe('copies', () => {
  test('every destination of every enabled rule is a copy; one in another account is placed by its header', async () => {
    const rules = replication(
      rule('dr', 'Enabled', '<Account>444455556666</Account>'),
      rule('near'),
      rule('off', 'Disabled'),
    );
    const answer = (asked: string, bucket: string): Reply | undefined => {
      if (asked === 's3:GetBucketReplication' && bucket === 'b') return rules;
      if (asked === 's3:HeadBucket') return { status: 403, headers: { 'x-amz-bucket-region': 'us-east-1' } };
      return undefined;
    };
    const buckets = [...one.buckets, { name: 'near', region: 'eu-west-3' }];
    const { observations } = await run({ buckets, answer }, { wanted: new Set(['relations.replica']) });
    const source = observations.find(
      ({ operation, subject }) => operation === 's3:GetBucketReplication' && subject === arn,
    );
    expect(source?.relations?.map(({ kind, to }) => [kind, to])).toEqual([
      ['replica', 'arn:aws:s3:::dr'],
      ['replica', 'arn:aws:s3:::near'],
    ]);
    expect(observations.filter(({ asset }) => asset?.external)).toEqual([
      expect.objectContaining({
        subject: 'arn:aws:s3:::dr',
        outcome: 'ok',
        asset: { kind: 'object_store', name: 'dr', provider: 'aws', account: '444455556666', external: true },
        facts: { 'place.region': { state: 'known', value: 'us-east-1' } },
      }),
    ]);
  });

  test('a destination that cannot be placed is in the inventory all the same', async () => {
    const replies = { 's3:GetBucketReplication': replication(rule('dr')), 's3:HeadBucket': { status: 403 } };
    const { observations } = await run({ ...one, replies }, { wanted: new Set(['relations.replica']) });
    expect(observations.find(({ asset }) => asset?.external)).toMatchObject({
      outcome: 'denied',
      permission: 's3:ListBucket',
      asset: { name: 'dr', account: null },
      facts: { 'place.region': { state: 'denied', permission: 's3:ListBucket' } },
    });
  });
});

test('no call writes: every request of a full run is a known read', async () => {
  await run(one);
  const reads = fake().requests.map((request) => request.replace(/ b$/, ''));
  expect([...new Set(reads)].toSorted()).toEqual([
    'GET s3:GetBucketAcl',
    'GET s3:GetBucketEncryption',
    'GET s3:GetBucketLifecycleConfiguration',
    'GET s3:GetBucketLogging',
    'GET s3:GetBucketPolicy',
    'GET s3:GetBucketPolicyStatus',
    'GET s3:GetBucketReplication',
    'GET s3:GetBucketTagging',
    'GET s3:GetBucketVersioning',
    'GET s3:GetPublicAccessBlock',
    'GET s3:ListBuckets',
    'GET s3control:GetPublicAccessBlock',
    'POST ec2:DescribeRegions',
    'POST sts:GetCallerIdentity',
  ]);
});

test('only what the rules need is asked', async () => {
  const { calls } = await run(one, { wanted: new Set(['tags', 'encryption.key_manager']) });
  expect(calls).toEqual({
    'ec2:DescribeRegions': 1,
    's3:GetBucketEncryption': 1,
    's3:GetBucketTagging': 1,
    's3:ListBuckets': 1,
    'sts:GetCallerIdentity': 1,
  });
});

test('the order and the content do not depend on which call was answered first', async () => {
  const buckets = Array.from({ length: 20 }, (_, i) => ({ name: `b-${i}`, region: 'eu-west-3' }));
  const first = await run({ buckets }, { concurrency: 1 });
  const second = await run({ buckets }, { concurrency: 16 });
  expect(second.observations).toEqual(first.observations);
  expect(second.calls).toEqual(first.calls);
});
