import { describe, expect, test } from '@jest/globals';
import { foldObservations } from '../../../src/inventory/build/observed.ts';
import { denied, one, useFakeAccount } from '../../setup/fake-account.ts';
import type { FakeOptions, Reply } from '../../setup/fake-s3.ts';

const { run } = useFakeAccount('aws', { region: 'eu-west-3' });

const region = (name: string, status = 'opt-in-not-required'): string =>
  `<item><regionName>${name}</regionName><optInStatus>${status}</optInStatus></item>`;
const list: Reply = {
  status: 200,
  body: `<DescribeRegionsResponse><regionInfo>${region('us-east-1')}${region('eu-west-3')}
    ${region('eu-central-2', 'opted-in')}${region('ap-east-1', 'not-opted-in')}</regionInfo></DescribeRegionsResponse>`,
};
const wanted = new Set(['place.region']);
const withRegions = (reply: Reply = list): FakeOptions => ({
  ...one,
  replies: { 'ec2:DescribeRegions': reply },
});

describe('the regions of an account', () => {
  test('those that it has not opted into are said, and are no gap', async () => {
    const { observations } = await run(withRegions(), { wanted });
    const seen = observations.filter(({ operation }) => operation === 'ec2:DescribeRegions');
    expect(seen.map(({ outcome, about }) => [outcome, about])).toEqual([
      ['ok', { regions: ['eu-central-2', 'eu-west-3', 'us-east-1'], opted_out: ['ap-east-1'] }],
    ]);
    expect(foldObservations(observations).gaps).toEqual([]);
  });

  test('each one that the configuration leaves out is a gap: it may hold anything', async () => {
    const { observations } = await run(withRegions(), { wanted }, { regions: ['eu-west-3', 'ap-east-1'] });
    const { gaps, incomplete } = foldObservations(observations);
    expect(gaps.map(({ subject, reason }) => [subject, reason])).toEqual([
      ['111122223333/eu-central-2', 'not_collected'],
      ['111122223333/us-east-1', 'not_collected'],
    ]);
    expect(incomplete.has('aws')).toBe(true);
  });

  test('a filter does not hide a bucket that is elsewhere', async () => {
    const options = { ...withRegions(), buckets: [{ name: 'b', region: 'us-east-1' }] };
    const { observations } = await run(options, { wanted }, { regions: ['eu-west-3'] });
    expect(observations.find(({ asset }) => asset?.kind === 'object_store')).toMatchObject({
      subject: 'arn:aws:s3:::b',
      facts: { 'place.region': { state: 'known', value: 'us-east-1' } },
    });
  });

  test('one that does not exist is a gap with its name', async () => {
    const { observations } = await run(withRegions(), { wanted }, { regions: ['eu-wst-3'] });
    expect(observations.filter(({ code }) => code === 'NoSuchRegion').map(({ subject }) => subject)).toEqual([
      '111122223333/eu-wst-3',
    ]);
  });

  test('a list that is refused is a gap that names both ways to it, and buckets are still read', async () => {
    const answer = (operation: string): Reply | undefined =>
      operation === 'ec2:DescribeRegions' || operation.startsWith('account:') ? denied : undefined;
    const { observations } = await run({ ...one, answer }, { wanted });
    const { gaps, assets } = foldObservations(observations);
    expect(gaps.map(({ operation, permission }) => [operation, permission])).toEqual([
      ['account:ListRegions', 'account:ListRegions'],
      ['ec2:DescribeRegions', 'ec2:DescribeRegions'],
    ]);
    expect(assets.has('arn:aws:s3:::b')).toBe(true);
  });

  test('a list with nothing in it is no list', async () => {
    const empty: Reply = { status: 200, body: '<DescribeRegionsResponse/>' };
    const { observations } = await run(withRegions(empty), { wanted });
    expect(foldObservations(observations).gaps.map(({ operation, reason }) => [operation, reason])).toEqual([
      ['account:ListRegions', 'error'],
      ['ec2:DescribeRegions', 'error'],
    ]);
  });

  test('services that the configuration leaves out are a gap too', async () => {
    const { collect } = await import('../../../src/collect/collect.ts');
    const { testContext } = await import('../../setup/collect-context.ts');
    const { startFakeS3 } = await import('../../setup/fake-s3.ts');
    const fake = await startFakeS3(one);
    const options = { endpoint: fake.endpoint, region: 'eu-west-3', services: ['s3'] };
    const { observations } = await collect([{ kind: 'aws', options }], testContext({ wanted }));
    await fake.stop();
    expect(observations.find(({ code }) => code === 'ServiceLeftOut')).toMatchObject({
      outcome: 'not_collected',
      about: { services: expect.arrayContaining(['organizations']) },
    });
    expect(foldObservations(observations).incomplete.has('aws')).toBe(true);
  });
});
