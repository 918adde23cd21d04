import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { factsWanted } from '../../../src/audit.ts';
import { collect } from '../../../src/collect/collect.ts';
import type { Evaluation } from '../../../src/evaluate/evaluate.ts';
import { loadPolicy } from '../../../src/load.ts';
import { testContext, useTestCredentials } from '../../setup/collect-context.ts';
import type { FakeS3, Reply } from '../../setup/fake-s3.ts';
import { startFakeS3 } from '../../setup/fake-s3.ts';
import { catalog, run } from '../../setup/run.ts';
import { manifest, schoolAccount } from './taken-away/account.ts';

type Findings = ReadonlyMap<string, string>;
type Taken = (operation: string, bucket: string) => Reply | undefined;

const refusal: Reply = { status: 403, code: 'AccessDenied' };
const failure: Reply = { status: 500, code: 'InternalError' };

describe('one permission after another taken away', () => {
  let fake: FakeS3;
  let taken: Taken = () => undefined;
  let wanted: ReadonlySet<string> = new Set();
  let whole: Findings = new Map();

  beforeAll(async () => {
    useTestCredentials();
    wanted = factsWanted(await loadPolicy({ name: 'complet', catalog, asOf: '2026-11-22' }));
    fake = await startFakeS3(schoolAccount((operation, bucket) => taken(operation, bucket)));
    whole = findingsOf(await audit(() => undefined));
  });
  afterAll(() => fake.stop());

  async function audit(take: Taken): Promise<Evaluation> {
    taken = take;
    const options = {
      endpoint: fake.endpoint,
      region: 'eu-west-3',
      max_attempts: 1,
      organization: true,
      role: 'audit',
      services: ['organizations', 's3'],
    };
    const { observations } = await collect(
      [{ kind: 'aws', options }],
      testContext({ wanted, concurrency: 32 }),
    );
    return run({
      manifests: [manifest],
      observations: observations.filter(({ code }) => code !== 'ServiceLeftOut'),
    });
  }

  /** `RULE SUBJECT` → outcome. */
  function findingsOf({ findings }: Evaluation): Findings {
    return new Map(
      findings.map(({ rule, subject, outcome }) => [`${rule} ${subject.type} ${subject.id}`, outcome]),
    );
  }

  const operations = [
    's3:ListBuckets',
    's3:GetBucketTagging',
    's3:GetBucketEncryption',
    's3:GetBucketPolicy',
    's3:GetBucketPolicyStatus',
    's3:GetPublicAccessBlock',
    's3:GetBucketAcl',
    's3:GetBucketLogging',
    's3:GetBucketReplication',
    's3:GetBucketLifecycleConfiguration',
    's3:GetBucketVersioning',
    's3:GetBucketLocation',
    's3:HeadBucket',
    's3:GetBucketNotificationConfiguration',
    's3:ListBucketInventoryConfigurations',
    's3:GetObjectLockConfiguration',
    's3:GetBucketAccelerateConfiguration',
    's3:GetBucketMetadataConfiguration',
    's3control:GetPublicAccessBlock',
    'ec2:DescribeRegions',
    'sts:AssumeRole',
    'sts:GetCallerIdentity',
    'organizations:ListAccounts',
    'organizations:DescribeOrganization',
    'organizations:ListRoots',
    'organizations:ListPolicies',
    'organizations:ListTargetsForPolicy',
    'organizations:DescribePolicy',
    'organizations:ListParents',
  ];
  const buckets = ['results', 'export', 'logs', 'results-dr', 'private'];

  const cases: [string, Taken][] = [
    ...operations.flatMap((operation): [string, Taken][] => [
      [`${operation} refused`, (asked) => (asked === operation ? refusal : undefined)],
      [`${operation} failing`, (asked) => (asked === operation ? failure : undefined)],
    ]),
    ...buckets.flatMap((name) => [
      [`everything about ${name} refused`, (_, bucket) => (bucket === name ? refusal : undefined)] as [
        string,
        Taken,
      ],
      ...operations
        .filter((operation) => operation.startsWith('s3:Get'))
        .map((operation): [string, Taken] => [
          `${operation} of ${name} refused`,
          (asked, bucket) => (asked === operation && bucket === name ? refusal : undefined),
        ]),
    ]),
    ['all of S3 refused', (asked) => (asked.startsWith('s3') ? refusal : undefined)],
    ['everything refused', () => refusal],
  ];

  test('with all of them there are findings of each outcome', () => {
    const outcomes = [...whole.values()];
    for (const outcome of ['pass', 'fail', 'unknown', 'not_applicable']) expect(outcomes).toContain(outcome);
    expect(cases.length).toBeGreaterThan(100);
  });

  test.each(cases)('%s: no finding changes from fail or unknown to pass', async (_, take) => {
    const evaluation = await audit(take);
    const better = [...findingsOf(evaluation)].filter(
      ([finding, outcome]) => outcome === 'pass' && ['fail', 'unknown'].includes(whole.get(finding) ?? ''),
    );
    expect(better.map(([finding]) => `${finding}: ${whole.get(finding)} → pass`)).toEqual([]);
    expect(evaluation.summary.gate.exit_code).not.toBe(0);
  });
});
