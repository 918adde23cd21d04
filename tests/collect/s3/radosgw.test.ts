import {
  CreateBucketCommand,
  PutBucketAclCommand,
  PutBucketEncryptionCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketPolicyCommand,
  PutBucketReplicationCommand,
  PutBucketTaggingCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  PutPublicAccessBlockCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { beforeAll, expect, test } from '@jest/globals';
import { mapBounded } from '../../../src/collect/bounded.ts';
import { type Collected, collect } from '../../../src/collect/collect.ts';
import { measureFiles } from '../../../src/collect/sample/measure.ts';
import { everyFact, testContext } from '../../setup/collect-context.ts';
import { describeWithRadosGateway } from '../../setup/describe-with-radosgw.ts';
import { factsOf } from '../../setup/fake-account.ts';

const known = (value: unknown) => ({ state: 'known', value });
const absent = { state: 'absent' };
const unsaid = expect.objectContaining({ state: 'not_collected' });
const everything = new Set([...everyFact, 'relations.inventory', 'relations.notification', 'object_lock']);

describeWithRadosGateway('Ceph’s gateway', 'fr-par', (gateway) => {
  let client: S3Client;
  const source = (more: object = {}) => ({
    kind: 's3',
    options: { endpoint: gateway().endpoint, provider: 'scaleway', ...more },
  });
  const factsOfBucket = (result: Collected, bucket: string) =>
    factsOf(result, `s3://${new URL(gateway().endpoint).host}/${bucket}`);

  beforeAll(async () => {
    client = new S3Client({ endpoint: gateway().endpoint, region: 'us-east-1', forcePathStyle: true });
    for (const Bucket of ['plain', 'marked', 'open-by-list', 'shut', 'asked-too-much'])
      await client.send(new CreateBucketCommand({ Bucket }));
    const marked = { Bucket: 'marked' };
    const Policy = JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::marked/*' },
        {
          Effect: 'Allow',
          Principal: { AWS: 'arn:aws:iam:::user/editeur' },
          Action: 's3:PutObject',
          Resource: 'arn:aws:s3:::marked/*',
        },
      ],
    });
    await client.send(new PutBucketPolicyCommand({ ...marked, Policy }));
    const VersioningConfiguration = { Status: 'Enabled' } as const;
    await client.send(new PutBucketVersioningCommand({ ...marked, VersioningConfiguration }));
    const TagSet = [{ Key: 'Données', Value: 'élèves' }];
    await client.send(new PutBucketTaggingCommand({ ...marked, Tagging: { TagSet } }));
    const rule = {
      ID: 'end',
      Status: 'Enabled',
      Filter: { Prefix: '' },
      Expiration: { Days: 365 },
      NoncurrentVersionExpiration: { NoncurrentDays: 30 },
    } as const;
    await client.send(
      new PutBucketLifecycleConfigurationCommand({ ...marked, LifecycleConfiguration: { Rules: [rule] } }),
    );
    await client.send(new PutBucketAclCommand({ Bucket: 'open-by-list', ACL: 'public-read' }));
    await client.send(
      new PutPublicAccessBlockCommand({
        Bucket: 'shut',
        PublicAccessBlockConfiguration: { RestrictPublicBuckets: true, IgnorePublicAcls: true },
      }),
    );
  });

  test('buckets of every kind are read, and what it does not implement is not « there is none »', async () => {
    const result = await collect([source()], testContext({ wanted: everything }));
    expect(factsOfBucket(result, 'plain')).toEqual({
      'place.region': known('fr-par'),
      tags: absent,
      'encryption.at_rest': unsaid,
      'encryption.key_manager': unsaid,
      'encryption.key_account': unsaid,
      'encryption.in_transit': unsaid,
      'access.wildcard': known(false),
      'access.outside_accounts': absent,
      public: known(false),
      access_log: unsaid,
      'relations.log': unsaid,
      'relations.replica': unsaid,
      replica_keys: unsaid,
      'relations.inventory': unsaid,
      'relations.notification': absent,
      object_lock: absent,
      retention: absent,
      versioning: known(false),
    });
    expect(factsOfBucket(result, 'marked')).toMatchObject({
      tags: known({ Données: 'élèves' }),
      'access.wildcard': known(true),
      'access.outside_accounts': unsaid,
      public: known(true),
      retention: known('P395D'),
      versioning: known(true),
      'encryption.at_rest': unsaid,
    });
    expect(factsOfBucket(result, 'open-by-list')['public']).toEqual(known(true));
    expect(factsOfBucket(result, 'shut')['public']).toEqual(known(false));
  });

  test('a setting that it refuses to take leaves the bucket as unknown as before', async () => {
    const bucket = { Bucket: 'asked-too-much' };
    const encryption = {
      Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' as const } }],
    };
    await expect(
      client.send(
        new PutBucketEncryptionCommand({ ...bucket, ServerSideEncryptionConfiguration: encryption }),
      ),
    ).rejects.toThrow();
    const copy = { Status: 'Enabled' as const, Destination: { Bucket: 'arn:aws:s3:::plain' } };
    await expect(
      client.send(
        new PutBucketReplicationCommand({
          ...bucket,
          ReplicationConfiguration: { Role: 'r', Rules: [copy] },
        }),
      ),
    ).rejects.toThrow();
    const facts = factsOfBucket(await collect([source()], testContext()), bucket.Bucket);
    expect([facts['encryption.at_rest'], facts['relations.replica']]).toEqual([unsaid, unsaid]);
  });

  test('a user without rights on them still finds its buckets, each with its refusal', async () => {
    const Policy = JSON.stringify({
      Statement: [
        { Effect: 'Deny', Principal: '*', Action: 's3:GetBucketTagging', Resource: 'arn:aws:s3:::shut' },
      ],
    });
    await client.send(new PutBucketPolicyCommand({ Bucket: 'shut', Policy }));
    const facts = factsOfBucket(await collect([source()], testContext()), 'shut');
    expect(facts['tags']).toMatchObject({ state: 'denied', permission: 's3:GetBucketTagging' });
  });

  test('credentials that are wrong end in a gap that no permission would mend', async () => {
    const right = process.env['AWS_SECRET_ACCESS_KEY'];
    process.env['AWS_SECRET_ACCESS_KEY'] = 'wrong';
    try {
      const { observations } = await collect([source()], testContext());
      expect(observations).toEqual([
        expect.objectContaining({
          operation: 's3:ListBuckets',
          outcome: 'error',
          code: 'SignatureDoesNotMatch',
        }),
      ]);
    } finally {
      process.env['AWS_SECRET_ACCESS_KEY'] = right;
    }
  });

  test('an object in it is measured as a file is', async () => {
    await client.send(
      new PutObjectCommand({ Bucket: 'plain', Key: 'notes.csv', Body: 'class,score\nc1,10\nc1,12\nc2,9\n' }),
    );
    const { rows, modes } = await measureFiles({
      paths: ['s3://plain/notes.csv'],
      quasi: ['class'],
      sensitive: ['score'],
      mode: 'own_class',
      thresholds: { k: 5, l: 2 },
      signal: new AbortController().signal,
      remote: { endpoint: gateway().endpoint },
    });
    expect([rows, modes.own_class?.k]).toEqual([3, 1]);
  });

  test('more buckets than a page of its own holds are all found', async () => {
    const names = Array.from({ length: 1_100 }, (_, index) => `many-${String(index).padStart(4, '0')}`);
    for await (const made of mapBounded(names, 16, (Bucket) =>
      client.send(new CreateBucketCommand({ Bucket })),
    ))
      void made;
    const result = await collect([source()], testContext({ wanted: new Set(['place.region']) }));
    const found = result.observations.flatMap(({ asset }) =>
      asset?.name.startsWith('many-') ? [asset.name] : [],
    );
    expect(new Set(found)).toEqual(new Set(names));
    expect(result.observations.filter(({ outcome }) => outcome === 'error')).toEqual([]);
  }, 120_000);
});
