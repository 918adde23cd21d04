import { describe, expect, test } from '@jest/globals';
import { recordedBy } from '../../../../src/collect/aws/service/audit/cloudtrail.ts';
import * as delivery from '../../../fixtures/aws/delivery.ts';
import { readFixture } from './fixture.ts';

const s3 = (...Values: string[]) => [
  { ReadWriteType: 'All' as const, DataResources: [{ Type: 'AWS::S3::Object', Values }] },
];
const advanced = (...fields: object[]) => [
  {
    FieldSelectors: [
      { Field: 'eventCategory', Equals: ['Data'] },
      { Field: 'resources.type', Equals: ['AWS::S3::Object'] },
      ...fields.map((field) => ({ Field: 'resources.ARN', ...field })),
    ],
  },
];

describe('whose readings a trail records', () => {
  test.each<[string, ...Parameters<typeof recordedBy>, object]>([
    ['every bucket', s3('arn:aws:s3'), [], { all: true }],
    ['every bucket, by a prefix of nothing', s3('arn:aws-eusc:s3:::'), [], { all: true }],
    ['one bucket', s3('arn:aws:s3:::results/'), [], { whole: ['results'] }],
    ['a prefix of a bucket only', s3('arn:aws:s3:::results/2018/'), [], { partly: ['results'] }],
    ['writings only', [{ ...s3('arn:aws:s3:::results/')[0], ReadWriteType: 'WriteOnly' as const }], [], {}],
    [
      'functions',
      [{ DataResources: [{ Type: 'AWS::Lambda::Function', Values: ['arn:aws:lambda'] }] }],
      [],
      {},
    ],
    ['every bucket, in the newer form', [], advanced(), { all: true }],
    [
      'one bucket, in the newer form',
      [],
      advanced({ StartsWith: ['arn:aws:s3:::results/'] }),
      { whole: ['results'] },
    ],
    ['one object', [], advanced({ Equals: ['arn:aws:s3:::results/a.csv'] }), { partly: ['results'] }],
    ['all but one bucket', [], advanced({ NotStartsWith: ['arn:aws:s3:::results/'] }), {}],
    [
      'what one role does',
      [],
      advanced({ Field: 'userIdentity.arn', Equals: ['arn:aws:iam::111122223333:role/x'] }),
      {},
    ],
    [
      'what one role does in a bucket',
      [],
      advanced(
        { StartsWith: ['arn:aws:s3:::results/'] },
        { Field: 'userIdentity.arn', Equals: ['arn:aws:iam::111122223333:role/x'] },
      ),
      { partly: ['results'] },
    ],
  ])('%s', (_, plain, newer, expected) => {
    expect(recordedBy(plain, newer)).toEqual({ all: false, whole: [], partly: [], ...expected });
  });
});

describe('a trail of every bucket', () => {
  const logged = async (more: object) => {
    const seen = await readFixture('cloudtrail', { answers: { ...delivery.cloudtrail, ...more } });
    return seen
      .filter(({ facts = {} }) => facts['access_log'] !== undefined)
      .map(({ subject, facts = {} }) => [subject.split(':::')[1], facts['access_log']]);
  };
  const yes = { state: 'known', value: true };

  test('of its region records those of its region, and each that it names', async () => {
    expect(await logged({})).toEqual([
      ['exports', yes],
      ['results', yes],
      ['results', yes],
      ['answers', yes],
    ]);
  });

  test('of all regions records those of all regions', async () => {
    const [trail] = (delivery.cloudtrail['DescribeTrails'] as { trailList: object[] }).trailList;
    const everywhere = { DescribeTrails: { trailList: [{ ...trail, IsMultiRegionTrail: true }] } };
    expect((await logged(everywhere)).map(([name]) => name)).toContain('abroad');
  });

  test('that is stopped records nothing', async () => {
    expect(await logged({ GetTrailStatus: { IsLogging: false } })).toEqual([]);
  });

  test('of which it is not known whether it runs proves nothing', async () => {
    const seen = await readFixture('cloudtrail', { denied: ['GetTrailStatus'] });
    const states = seen.flatMap(({ facts = {} }) => facts['access_log']?.state ?? []);
    expect(new Set(states)).toEqual(new Set(['denied']));
  });
});
