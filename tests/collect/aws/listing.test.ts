import { describe, expect, test } from '@jest/globals';
import { arn, denied, factsOf, one, useFakeAccount, when } from '../../setup/fake-account.ts';
import type { Reply } from '../../setup/fake-s3.ts';

const { run } = useFakeAccount('aws', { region: 'eu-west-3' });

describe('the listing', () => {
  test('more than 10,000 buckets come in over pages, each once, placed without a call of its own', async () => {
    const buckets = Array.from({ length: 10_050 }, (_, i) => ({ name: `b-${i}`, region: 'eu-west-3' }));
    const { observations, calls } = await run(
      { buckets, pageSize: 1000 },
      { wanted: new Set(['place.region']) },
    );
    expect(calls).toEqual({ 'ec2:DescribeRegions': 1, 's3:ListBuckets': 11, 'sts:GetCallerIdentity': 1 });
    const seen = observations.filter(({ asset }) => asset?.kind === 'object_store');
    expect(new Set(seen.map(({ subject }) => subject)).size).toBe(10_050);
    expect(seen).toHaveLength(10_050);
    expect(seen.every(({ facts }) => facts?.['place.region']?.state === 'known')).toBe(true);
  });

  test('refused, it is a gap that names its permission, not a crash', async () => {
    const { observations } = await run(when('s3:ListBuckets', denied));
    expect(observations.find(({ operation }) => operation === 's3:ListBuckets')).toMatchObject({
      subject: '111122223333/eu-west-3',
      outcome: 'denied',
      permission: 's3:ListAllMyBuckets',
      code: 'AccessDenied',
    });
  });

  test('a page that fails leaves the buckets of those before it, and says that it is not complete', async () => {
    const buckets = Array.from({ length: 4 }, (_, i) => ({ name: `b-${i}`, region: 'eu-west-3' }));
    const { observations } = await run(
      {
        buckets,
        pageSize: 2,
        answer: (asked, _, attempt) => (asked === 's3:ListBuckets' && attempt > 1 ? denied : undefined),
      },
      { wanted: new Set() },
    );
    const pages = observations.filter(({ about }) => about?.['page'] !== undefined);
    expect(pages.map(({ outcome, about }) => [outcome, about?.['page']])).toEqual([
      ['ok', 1],
      ['denied', 2],
    ]);
    expect(observations.filter(({ asset }) => asset?.kind === 'object_store')).toHaveLength(2);
  });

  test('a server that repeats its token is not asked for ever', async () => {
    const body =
      '<ListAllMyBucketsResult><Buckets/><ContinuationToken>1</ContinuationToken></ListAllMyBucketsResult>';
    const { observations, calls } = await run(when('s3:ListBuckets', { status: 200, body }));
    expect(calls['s3:ListBuckets']).toBe(2);
    expect(observations.some(({ code }) => code === 'RepeatedContinuationToken')).toBe(true);
  });

  test('the European sovereign partition gives ARNs and a provider of its own', async () => {
    const { observations } = await run(
      {
        buckets: [{ name: 'b', region: 'eusc-de-east-1' }],
        arn: 'arn:aws-eusc:sts::999:assumed-role/audit/x',
      },
      { wanted: new Set() },
    );
    expect(observations.find(({ asset }) => asset?.kind === 'object_store')).toMatchObject({
      subject: 'arn:aws-eusc:s3:::b',
      scope: '999/eusc-de-east-1',
      asset: { provider: 'aws-eusc', account: '999' },
      facts: { 'place.region': { state: 'known', value: 'eusc-de-east-1' } },
    });
  });

  test('without a region of the configuration, the environment or a profile, it says how to give one', async () => {
    await expect(run(one, {}, { region: '' })).rejects.toThrow(/no AWS region is configured.*bercail\.yaml/);
  });

  test('credentials that STS refuses end as a gap and nothing else', async () => {
    const { observations } = await run(
      when('sts:GetCallerIdentity', { status: 403, code: 'InvalidClientTokenId' }),
    );
    expect(observations.map(({ operation, outcome, code }) => [operation, outcome, code])).toEqual([
      ['sts:GetCallerIdentity', 'error', 'InvalidClientTokenId'],
    ]);
  });
});

describe('a role', () => {
  test.each(['audit', 'arn:aws:iam::111122223333:role/audit'])(
    '%s that is refused is a gap that names what would allow it',
    async (role) => {
      const { observations } = await run(when('sts:AssumeRole', denied), {}, { role });
      expect(
        observations.map(({ operation, outcome, permission }) => [operation, outcome, permission]),
      ).toEqual([['sts:AssumeRole', 'denied', 'sts:AssumeRole']]);
    },
  );
});

test('a service that does not exist is an error of the configuration, with those that do', async () => {
  await expect(run(one, {}, { services: ['s4'] })).rejects.toThrow(/no AWS service s4.*there are: .*s3/);
});

const location = (text: string): Reply => ({
  status: 200,
  body: `<LocationConstraint xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${text}</LocationConstraint>`,
});

describe('a bucket that the listing does not place', () => {
  const unplaced = { buckets: [{ name: 'b' }] };
  const header = { 'x-amz-bucket-region': 'eu-central-1' };
  const noHeader: Reply = { status: 403 };

  test.each<[string, { [operation: string]: Reply }, object]>([
    [
      'is placed by the header of HeadBucket',
      { 's3:HeadBucket': { status: 200, headers: header } },
      { state: 'known', value: 'eu-central-1' },
    ],
    [
      'is placed by the header even of a refusal',
      { 's3:HeadBucket': { status: 403, headers: header } },
      { state: 'known', value: 'eu-central-1' },
    ],
    [
      'is placed by the header of a redirect',
      { 's3:HeadBucket': { status: 301, headers: header } },
      { state: 'known', value: 'eu-central-1' },
    ],
    [
      'is in us-east-1 when its location is given and empty',
      { 's3:HeadBucket': noHeader, 's3:GetBucketLocation': location('') },
      { state: 'known', value: 'us-east-1' },
    ],
    [
      'is in eu-west-1 when its location is EU',
      { 's3:HeadBucket': noHeader, 's3:GetBucketLocation': location('EU') },
      { state: 'known', value: 'eu-west-1' },
    ],
    [
      'keeps a location that nobody knows as it is',
      { 's3:HeadBucket': noHeader, 's3:GetBucketLocation': location('eu-west-99') },
      { state: 'known', value: 'eu-west-99' },
    ],
    [
      'is not in us-east-1 when its location is refused',
      { 's3:HeadBucket': noHeader, 's3:GetBucketLocation': denied },
      { state: 'denied', permission: 's3:GetBucketLocation' },
    ],
    [
      'is in error when its location is',
      { 's3:HeadBucket': noHeader, 's3:GetBucketLocation': { status: 500, code: 'InternalError' } },
      { state: 'error' },
    ],
  ])('%s', async (_, replies, expected) => {
    const result = await run({ ...unplaced, replies }, { wanted: new Set(['place.region']) });
    expect(factsOf(result, arn)['place.region']).toMatchObject(expected);
    expect(result.observations.some(({ subject, asset }) => subject === arn && asset?.name === 'b')).toBe(
      true,
    );
  });

  test('an empty location in another partition is no region', async () => {
    const replies = { 's3:HeadBucket': noHeader, 's3:GetBucketLocation': location('') };
    const result = await run(
      { ...unplaced, replies, arn: 'arn:aws-cn:sts::9:user/x' },
      { wanted: new Set() },
    );
    expect(factsOf(result, 'arn:aws-cn:s3:::b')['place.region']).toMatchObject({ state: 'not_collected' });
  });
});
