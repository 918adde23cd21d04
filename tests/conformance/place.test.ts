import { describe, expect, test } from '@jest/globals';
import { denied, useFakeAccount } from '../setup/fake-account.ts';
import type { FakeOptions, Reply } from '../setup/fake-s3.ts';
import { run as judge, outcomesOf } from '../setup/run.ts';

const { run } = useFakeAccount('aws', { region: 'eu-west-3' });

/** Data of pupils is in every bucket of the account that a test does not except. */
const manifest = (match = '[{source: aws, kind: object_store}]'): string => `
bercail: manifest/v1
id: m
organisations:
  ministry: {name: Ministère, role: controller, kind: public_body, seat: FR}
  cloud: {provider: aws, role: processor, engaged_by: ministry}
datasets:
  results: {subjects: [pupil], categories: [education.results]}
assets:
  store: {kind: object_store, operator: cloud, holds: [results], match: ${match}}
`;

/** Outcomes of one rule for the buckets of the fake, by their names. */
async function outcomes(rule: string, options: FakeOptions, match?: string, source: object = {}) {
  const { observations } = await run(
    options,
    { wanted: new Set(['place.region', 'relations', 'public', 'tags']) },
    source,
  );
  const evaluation = await judge({ manifests: [manifest(match)], observations });
  const all = outcomesOf(evaluation, rule);
  return {
    evaluation,
    of: Object.fromEntries(
      Object.entries(all).map(([subject, outcome]) => [
        subject
          .split('@')
          .at(-1)
          ?.replace(/^store\/|^arn:aws:s3:::/, '') ?? '',
        outcome,
      ]),
    ),
  };
}

const located = (constraint: string): Reply => ({
  status: 200,
  body: `<LocationConstraint xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${constraint}</LocationConstraint>`,
});
/** A bucket that neither the listing nor its header places. */
const unplaced = (location: Reply): FakeOptions => ({
  buckets: [{ name: 'b' }],
  answer: (operation) =>
    operation === 's3:HeadBucket'
      ? { status: 403 }
      : operation === 's3:GetBucketLocation'
        ? location
        : undefined,
});

test('a bucket whose location is denied stays in the inventory, and is not judged to be anywhere', async () => {
  const { evaluation, of } = await outcomes('LOC-01', unplaced(denied));
  expect(of).toEqual({ store: 'unknown' });
  const finding = evaluation.findings.find(({ rule }) => rule === 'LOC-01');
  expect(finding?.missing).toEqual([
    expect.objectContaining({ reason: 'denied', permission: 's3:GetBucketLocation' }),
  ]);
});

describe('the old names of places', () => {
  test.each([
    ['EU is Dublin', 'EU', 'fail', ['IE']],
    ['an empty location is N. Virginia', '', 'fail', ['US']],
    ['a region by its name is that region', 'eu-west-3', 'pass', ['FR']],
    [
      'a region that nobody lists is unknown, and no other region is taken for it',
      'eu-west-99',
      'unknown',
      [],
    ],
    ['a code of another cloud is unknown', 'fr-par', 'unknown', []],
  ])('%s', async (_, constraint, outcome, countries) => {
    const { evaluation, of } = await outcomes('LOC-01', unplaced(located(constraint)));
    expect(of).toEqual({ store: outcome });
    expect(evaluation.inventory.assets.get('m/store')?.place.countries).toEqual(countries);
  });
});

test('more than 10,000 buckets come over pages, and each is judged', async () => {
  const buckets = Array.from({ length: 10_001 }, (_, i) => ({
    name: `b-${i}`,
    region: i === 10_000 ? 'us-east-1' : 'eu-west-3',
  }));
  const { observations } = await run({ buckets, pageSize: 1000 }, { wanted: new Set(['place.region']) });
  const evaluation = await judge({
    manifests: [manifest()],
    observations,
    more: { rules: ({ id }) => id === 'LOC-01' },
  });
  const failed = evaluation.findings
    .filter(({ outcome }) => outcome === 'fail')
    .map(({ subject }) => subject.id);
  expect([evaluation.inventory.assets.size, failed]).toEqual([10_002, ['results@store/b-10000']]);
}, 120_000);

test('the region filter does not hide what is elsewhere', async () => {
  const regions = ['eu-west-3', 'us-east-1'].map(
    (name) => `<item><regionName>${name}</regionName><optInStatus>opted-in</optInStatus></item>`,
  );
  const options: FakeOptions = {
    buckets: [
      { name: 'here', region: 'eu-west-3' },
      { name: 'there', region: 'us-east-1' },
    ],
    replies: {
      'ec2:DescribeRegions': {
        status: 200,
        body: `<DescribeRegionsResponse><regionInfo>${regions.join('')}</regionInfo></DescribeRegionsResponse>`,
      },
    },
  };
  const { evaluation, of } = await outcomes('LOC-01', options, undefined, { regions: ['eu-west-3'] });
  expect(of).toEqual({ here: 'pass', there: 'fail' });
  // What else is in the region that was left out nobody knows: the run says so and is not complete.
  expect(evaluation.inventory.gaps.map(({ subject }) => subject)).toContain('111122223333/us-east-1');
  expect(evaluation.inventory.incomplete.has('aws')).toBe(true);
});

test('one bucket is one asset, not one a region', async () => {
  const regions = ['eu-west-3', 'eu-west-1', 'us-east-1'];
  const listed = regions
    .map((name) => `<item><regionName>${name}</regionName><optInStatus>opted-in</optInStatus></item>`)
    .join('');
  const { evaluation } = await outcomes('LOC-01', {
    buckets: [{ name: 'b', region: 'eu-west-3' }],
    regions,
    replies: {
      'ec2:DescribeRegions': {
        status: 200,
        body: `<DescribeRegionsResponse><regionInfo>${listed}</regionInfo></DescribeRegionsResponse>`,
      },
    },
  });
  const buckets = [...evaluation.inventory.assets.values()].filter(({ kind }) => kind === 'object_store');
  expect(buckets.map(({ aliases }) => aliases)).toEqual([['arn:aws:s3:::b']]);
});

describe('a replica', () => {
  const rule = (bucket: string): string =>
    `<Rule><Status>Enabled</Status><Priority>1</Priority><Destination><Bucket>arn:aws:s3:::${bucket}</Bucket></Destination></Rule>`;
  const replicated = (to: string, region: string): FakeOptions => ({
    buckets: [
      { name: 'source', region: 'eu-west-3' },
      { name: to, region },
    ],
    answer: (operation, bucket) =>
      operation === 's3:GetBucketReplication' && bucket === 'source'
        ? {
            status: 200,
            body: `<ReplicationConfiguration><Role>r</Role>${rule(to)}</ReplicationConfiguration>`,
          }
        : undefined,
  });

  test('inside France passes, though it is in another bucket', async () => {
    expect(
      (await outcomes('LOC-04', replicated('copy', 'eu-west-3'), '[{source: aws, name: source}]')).of,
    ).toMatchObject({ copy: 'pass' });
  });

  test('to us-east-1 fails, though its source is in France', async () => {
    const options = replicated('copy', 'us-east-1');
    const { evaluation, of } = await outcomes('LOC-04', options, '[{source: aws, name: source}]');
    expect(of).toMatchObject({ copy: 'fail' });
    const finding = evaluation.findings.find(({ rule, outcome }) => rule === 'LOC-04' && outcome === 'fail');
    expect(finding?.path.map(({ kind, to }) => `${kind} ${to}`)).toEqual([
      'declared store',
      'replica arn:aws:s3:::copy',
    ]);
  });

  test('whose settings cannot be read is a gap with its permission, and no « no replica »', async () => {
    const { evaluation } = await outcomes('LOC-04', {
      buckets: [{ name: 'source', region: 'eu-west-3' }],
      replies: { 's3:GetBucketReplication': denied },
    });
    expect(evaluation.inventory.gaps).toEqual([
      expect.objectContaining({
        operation: 's3:GetBucketReplication',
        permission: 's3:GetReplicationConfiguration',
        reason: 'denied',
      }),
    ]);
    expect(evaluation.inventory.assets.get('m/store')?.facts.get('relations.replica')).toMatchObject({
      state: 'denied',
    });
  });
});

test('an ACL that cannot be read is not "private"', async () => {
  const options: FakeOptions = {
    buckets: [{ name: 'b', region: 'eu-west-3' }],
    replies: {
      's3:GetBucketAcl': denied,
      's3:GetPublicAccessBlock': { status: 404, code: 'NoSuchPublicAccessBlockConfiguration' },
      's3control:GetPublicAccessBlock': { status: 404, code: 'NoSuchPublicAccessBlockConfiguration' },
    },
  };
  const { evaluation, of } = await outcomes('SEC-03', options);
  expect(of).toEqual({ store: 'unknown' });
  expect(evaluation.findings.find(({ rule }) => rule === 'SEC-03')?.missing).toEqual([
    expect.objectContaining({ fact: 'public', permission: 's3:GetBucketAcl' }),
  ]);
});
