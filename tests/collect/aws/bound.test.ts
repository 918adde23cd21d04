import { afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { collect } from '../../../src/collect/collect.ts';
import type { Options } from '../../../src/collect/collector.ts';
import { foldObservations } from '../../../src/inventory/build/observed.ts';
import { testContext, useTestCredentials } from '../../setup/collect-context.ts';
import type { FakeOptions, FakeS3, Reply } from '../../setup/fake-s3.ts';
import { startFakeS3 } from '../../setup/fake-s3.ts';

const bucketsOf = (prefix: string) =>
  Array.from({ length: 6 }, (_, i) => ({ name: `${prefix}-${i}`, region: 'eu-west-3' }));
const account: FakeOptions = {
  buckets: bucketsOf('own'),
  accounts: { '444455556666': bucketsOf('school') },
  regions: ['eu-west-1', 'eu-west-3'],
};

describe('an organisation of two accounts and two regions', () => {
  let fake: FakeS3;
  beforeAll(useTestCredentials);
  afterEach(() => fake.stop());

  async function run(options: FakeOptions, concurrency: number, more: Options = {}) {
    fake = await startFakeS3(options);
    const source: Options = {
      endpoint: fake.endpoint,
      region: 'eu-west-3',
      organization: true,
      role: 'audit',
      max_attempts: 2,
      services: ['s3', 'rds', 'kms', 'sqs', 'lambda'],
      ...more,
    };
    return collect([{ kind: 'aws', options: source }], testContext({ concurrency }));
  }

  test('has at most so many requests under way in each account, and half of them in a region of it', async () => {
    await run({ ...account, latency: 5 }, 4);
    const most = new Map(fake.most);
    for (const id of ['111122223333', '444455556666']) {
      expect([id, most.get(id)]).toEqual([id, 4]);
      // S3 is asked from one region for all; the others are asked in their own.
      for (const region of ['eu-west-1', 'eu-west-3'])
        expect(most.get(`${id} ${region} regional`)).toBeLessThanOrEqual(2);
    }
  });

  test.each<[string, Reply]>([
    ['throttled without end', { status: 503, code: 'ThrottlingException' }],
    ['failing', { status: 500, code: 'InternalFailure' }],
    ['answering what nobody foresaw', { status: 200, body: '<<<' }],
  ])('a service %s in one region ends as gaps there; everything else is read', async (_, reply) => {
    const answer: FakeOptions['answer'] = (operation, _bucket, _attempt, { region }) =>
      operation.startsWith('rds:') && region === 'eu-west-1' ? reply : undefined;
    const { observations } = await run({ ...account, answer }, 8, { max_attempts: 1 });
    const { gaps, assets } = foldObservations(observations);
    const failed = gaps.filter(({ operation }) => operation !== 'bercail:ReadServices');
    expect(new Set(failed.map(({ scope }) => scope))).toEqual(
      new Set(['111122223333/eu-west-1', '444455556666/eu-west-1']),
    );
    expect(failed.every(({ operation, reason }) => operation.startsWith('rds:') && reason === 'error')).toBe(
      true,
    );
    expect([...assets.keys()].filter((id) => id.startsWith('arn:aws:s3:::'))).toHaveLength(12);
  });

  test('a role that one account refuses leaves that account a gap, and the others read', async () => {
    const answer: FakeOptions['answer'] = (operation, _bucket, _attempt, { body }) =>
      operation === 'sts:AssumeRole' && body.includes('444455556666')
        ? { status: 403, code: 'AccessDenied' }
        : undefined;
    const { observations } = await run({ ...account, answer }, 8);
    const { gaps, assets } = foldObservations(observations);
    expect(gaps.find(({ operation }) => operation === 'sts:AssumeRole')).toMatchObject({
      scope: '444455556666/eu-west-3',
      reason: 'denied',
      permission: 'sts:AssumeRole',
    });
    expect([...assets.values()].filter(({ seen }) => seen.kind === 'account')).toHaveLength(2);
    expect(assets.has('arn:aws:s3:::own-0')).toBe(true);
  });
});
