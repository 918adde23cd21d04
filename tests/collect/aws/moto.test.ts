import type { BucketLocationConstraint } from '@aws-sdk/client-s3';
import {
  CreateBucketCommand,
  PutBucketAclCommand,
  PutBucketEncryptionCommand,
  PutBucketPolicyCommand,
  PutBucketReplicationCommand,
  PutBucketTaggingCommand,
  PutBucketVersioningCommand,
  PutPublicAccessBlockCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { beforeAll, expect, test } from '@jest/globals';
import { collect } from '../../../src/collect/collect.ts';
import { readSnapshot } from '../../../src/collect/snapshot/read.ts';
import type { Fact } from '../../../src/inventory/fact.ts';
import type { Observation } from '../../../src/inventory/observation.ts';
import { recordAccount, recording } from '../../record/evaluations-2018.ts';
import { testContext, useTestCredentials } from '../../setup/collect-context.ts';
import { describeWithMoto } from '../../setup/describe-with-moto.ts';

const arn = (name: string): string => `arn:aws:s3:::${name}`;
const key = 'arn:aws:kms:eu-west-3:210987654321:key/1234abcd';

describeWithMoto('an account on an emulator of AWS', (endpoint) => {
  let seen: readonly Observation[] = [];
  const facts = (name: string): { [fact: string]: Fact } =>
    Object.assign({}, ...seen.filter(({ subject }) => subject === arn(name)).map(({ facts }) => facts ?? {}));

  beforeAll(async () => {
    useTestCredentials();
    await build(endpoint());
    const options = { endpoint: endpoint(), region: 'eu-west-3', services: ['s3'] };
    const { observations } = await collect([{ kind: 'aws', options }], testContext());
    seen = observations.filter(({ operation }) => operation !== 'bercail:ReadServices');
  });

  test.each([
    ['paris', 'eu-west-3'],
    ['dublin', 'eu-west-1'],
    ['virginia', 'us-east-1'],
    ['zurich', 'eu-central-2'],
  ])('the bucket %s is placed in %s, whatever region was configured', (name, region) => {
    expect(facts(name)['place.region']).toEqual({ state: 'known', value: region });
  });

  test('tags, and their absence, are told apart', () => {
    expect(facts('paris')['tags']).toEqual({ state: 'known', value: { app: 'ent', 'data-class': 'eleves' } });
    expect(facts('virginia')['tags']).toEqual({ state: 'absent' });
  });

  test.each<[string, object, object]>([
    ['dublin', { value: 'provider' }, { state: 'absent' }],
    ['paris', { value: 'customer' }, { value: '210987654321' }],
    ['virginia', { value: 'none' }, { state: 'absent' }],
  ])('who holds the key of %s', (name, manager, account) => {
    expect(facts(name)['encryption.at_rest']).toEqual({ state: 'known', value: name !== 'virginia' });
    expect(facts(name)['encryption.key_manager']).toMatchObject(manager);
    expect(facts(name)['encryption.key_account']).toMatchObject(account);
  });

  test('replication to another region is a relation, and its destination has its own place', () => {
    const relations = seen.flatMap(({ subject, relations = [] }) =>
      relations.map(({ kind, to }) => [subject, kind, to]),
    );
    expect(relations.filter(([, kind]) => kind === 'replica')).toEqual([
      [arn('paris'), 'replica', arn('virginia')],
    ]);
  });

  test('a bucket open by its list or its policy is public, and one that blocks them is not', () => {
    expect(facts('zurich')['public']).toEqual({ state: 'known', value: true });
    expect(facts('dublin')['public']).toEqual({ state: 'known', value: true });
    expect(facts('dublin')['access.wildcard']).toEqual({ state: 'known', value: true });
    expect(facts('paris')['public']).toEqual({ state: 'known', value: false });
  });

  test('one bucket is one asset, and nothing failed', () => {
    const assets = seen.filter(({ asset }) => asset?.kind === 'object_store').map(({ subject }) => subject);
    expect(assets).toEqual(['dublin', 'paris', 'virginia', 'zurich'].map(arn));
    expect(seen.filter(({ outcome }) => outcome !== 'ok')).toEqual([]);
  });
});

describeWithMoto('a role', (endpoint) => {
  beforeAll(useTestCredentials);

  test.each([
    ['arn:aws:iam::222222222222:role/audit', '222222222222'],
    ['audit', '123456789012'],
  ])('%s is assumed, and its account is the one that is read', async (role, account) => {
    const options = { endpoint: endpoint(), region: 'eu-west-3', role, external_id: 'x-1', services: ['s3'] };
    const { observations } = await collect([{ kind: 'aws', options }], testContext({ wanted: new Set() }));
    expect(
      observations
        .filter(({ outcome }) => outcome === 'ok')
        .map(({ operation, scope }) => [operation, scope]),
    ).toEqual([
      ['ec2:DescribeRegions', `${account}/eu-west-3`],
      ['s3:ListBuckets', `${account}/eu-west-3`],
      ['sts:GetCallerIdentity', `${account}/eu-west-3`],
      ['sts:GetCallerIdentity', `${account}/eu-west-3`],
    ]);
  });
});

describeWithMoto('the recording of the example of 2018', (endpoint) => {
  test('is what its script records, observation for observation', async () => {
    const { observations } = await recordAccount(endpoint());
    const recorded = await readSnapshot(recording);
    expect(observations).toEqual(recorded.observations);
  });
});

async function build(endpoint: string): Promise<void> {
  const s3 = new S3Client({ endpoint, region: 'us-east-1', forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket: 'virginia' }));
  const regions: [string, BucketLocationConstraint][] = [
    ['paris', 'eu-west-3'],
    ['dublin', 'eu-west-1'],
    ['zurich', 'eu-central-2'],
  ];
  for (const [Bucket, LocationConstraint] of regions) {
    const regional = new S3Client({ endpoint, region: LocationConstraint, forcePathStyle: true });
    await regional.send(
      new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint } }),
    );
  }
  const TagSet = [
    { Key: 'data-class', Value: 'eleves' },
    { Key: 'app', Value: 'ent' },
  ];
  await s3.send(new PutBucketTaggingCommand({ Bucket: 'paris', Tagging: { TagSet } }));

  const kms = { SSEAlgorithm: 'aws:kms' as const, KMSMasterKeyID: key };
  for (const [Bucket, rule] of [
    ['paris', kms],
    ['dublin', { SSEAlgorithm: 'AES256' as const }],
  ] as const) {
    const Rules = [{ ApplyServerSideEncryptionByDefault: rule }];
    await s3.send(new PutBucketEncryptionCommand({ Bucket, ServerSideEncryptionConfiguration: { Rules } }));
  }

  for (const Bucket of ['paris', 'virginia']) {
    await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }));
  }
  await s3.send(
    new PutBucketReplicationCommand({
      Bucket: 'paris',
      ReplicationConfiguration: {
        Role: 'arn:aws:iam::123456789012:role/r',
        Rules: [{ ID: '1', Status: 'Enabled', Prefix: '', Destination: { Bucket: arn('virginia') } }],
      },
    }),
  );

  await s3.send(new PutBucketAclCommand({ Bucket: 'zurich', ACL: 'public-read' }));
  const open = (name: string) =>
    JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: `${arn(name)}/*` }],
    });
  for (const Bucket of ['dublin', 'paris'])
    await s3.send(new PutBucketPolicyCommand({ Bucket, Policy: open(Bucket) }));
  const closed = {
    BlockPublicAcls: true,
    IgnorePublicAcls: true,
    BlockPublicPolicy: true,
    RestrictPublicBuckets: true,
  };
  await s3.send(new PutPublicAccessBlockCommand({ Bucket: 'paris', PublicAccessBlockConfiguration: closed }));
}
