import { describe, expect, test } from '@jest/globals';
import type { Json } from '../../../src/inventory/fact.ts';
import {
  factOf,
  noteOf,
  type PlannedResource,
  planAssets,
  region,
  regionOf,
  relationsOf,
} from '../../setup/terraform.ts';

const store = 'aws_s3_bucket.b';
const own: PlannedResource = { address: store, after: { bucket: 'reperes' } };
const providers = { aws: region('eu-west-3'), 'aws.us': region('us-east-1') };
const refersTo = (address: string): Json => ({ bucket: { references: [`${address}.id`, address] } });

/** A resource about the bucket, which refers to it. */
function beside(
  type: string,
  after: { readonly [name: string]: Json },
  more: Partial<PlannedResource> = {},
): PlannedResource {
  return { address: `${type}.x`, after, unknown: { bucket: true }, expressions: refersTo(store), ...more };
}

const policy = (statement: Json): string => JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
const open = policy({
  Effect: 'Allow',
  Principal: '*',
  Action: 's3:GetObject',
  Resource: 'arn:aws:s3:::reperes/*',
});
const tlsOnly = policy({
  Effect: 'Deny',
  Principal: '*',
  Action: 's3:*',
  Resource: ['arn:aws:s3:::reperes', 'arn:aws:s3:::reperes/*'],
  Condition: { Bool: { 'aws:SecureTransport': 'false' } },
});
const closed = {
  block_public_acls: true,
  block_public_policy: true,
  ignore_public_acls: true,
  restrict_public_buckets: true,
};
const ajar = { ...closed, ignore_public_acls: false, restrict_public_buckets: false };
const sse = (rule: Json): { readonly [name: string]: Json } => ({
  rule: [{ apply_server_side_encryption_by_default: [rule] }],
});

type Case = readonly [
  what: string,
  resources: readonly PlannedResource[],
  facts: { readonly [name: string]: Json },
];

const cases: readonly Case[] = [
  [
    'says nothing of itself: nothing is known',
    [],
    {
      'encryption.at_rest': 'not_collected',
      'encryption.in_transit': 'not_collected',
      public: 'not_collected',
      access_log: 'not_collected',
      retention: 'not_collected',
    },
  ],
  [
    'is encrypted with the provider’s key',
    [beside('aws_s3_bucket_server_side_encryption_configuration', sse({ sse_algorithm: 'AES256' }))],
    { 'encryption.at_rest': true, 'encryption.key_manager': 'provider' },
  ],
  [
    'is encrypted with a key of the customer’s',
    [
      beside(
        'aws_s3_bucket_server_side_encryption_configuration',
        sse({ sse_algorithm: 'aws:kms', kms_master_key_id: 'arn:aws:kms:eu-west-3:123456789012:key/k' }),
      ),
    ],
    {
      'encryption.at_rest': true,
      'encryption.key_manager': 'customer',
      'encryption.key_account': '123456789012',
    },
  ],
  [
    'is encrypted with AWS’s key of KMS',
    [
      beside(
        'aws_s3_bucket_server_side_encryption_configuration',
        sse({ sse_algorithm: 'aws:kms', kms_master_key_id: null }),
      ),
    ],
    { 'encryption.key_manager': 'provider' },
  ],
  [
    'is encrypted in a way known after apply',
    [
      beside('aws_s3_bucket_server_side_encryption_configuration', sse({}), {
        unknown: {
          bucket: true,
          rule: [{ apply_server_side_encryption_by_default: [{ sse_algorithm: true }] }],
        },
      }),
    ],
    { 'encryption.at_rest': 'not_collected' },
  ],
  [
    'refuses plain HTTP',
    [beside('aws_s3_bucket_policy', { policy: tlsOnly })],
    { 'encryption.in_transit': true, 'access.wildcard': false },
  ],
  [
    'allows plain HTTP, and everyone',
    [beside('aws_s3_bucket_policy', { policy: open })],
    { 'encryption.in_transit': false, 'access.wildcard': true, public: true },
  ],
  [
    'has a policy known after apply',
    [beside('aws_s3_bucket_policy', {}, { unknown: { bucket: true, policy: true } })],
    { 'encryption.in_transit': 'not_collected', 'access.wildcard': 'not_collected', public: 'not_collected' },
  ],
  [
    'is open by its policy, and closed by its block',
    [beside('aws_s3_bucket_policy', { policy: open }), beside('aws_s3_bucket_public_access_block', closed)],
    { public: false, 'access.wildcard': true },
  ],
  ['is open by its access list', [beside('aws_s3_bucket_acl', { acl: 'public-read' })], { public: true }],
  [
    'is open by its access list, and closed by its block',
    [
      beside('aws_s3_bucket_acl', { acl: 'public-read' }),
      beside('aws_s3_bucket_public_access_block', closed),
    ],
    { public: false },
  ],
  [
    'is open by a block that leaves it open',
    [beside('aws_s3_bucket_acl', { acl: 'public-read' }), beside('aws_s3_bucket_public_access_block', ajar)],
    { public: true },
  ],
  [
    'has a block that leaves something open, and nothing that opens it',
    [beside('aws_s3_bucket_public_access_block', ajar)],
    { public: 'not_collected' },
  ],
  [
    'may be closed by its account',
    [
      beside('aws_s3_bucket_acl', { acl: 'public-read' }),
      { address: 'aws_s3_account_public_access_block.a', after: closed },
    ],
    { public: 'not_collected' },
  ],
  [
    'keeps every object for 30 days',
    [
      beside('aws_s3_bucket_lifecycle_configuration', {
        rule: [{ status: 'Enabled', filter: [], expiration: [{ days: 30 }] }],
      }),
      beside('aws_s3_bucket_versioning', { versioning_configuration: [{ status: 'Disabled' }] }),
    ],
    { retention: 'P30D', versioning: false },
  ],
  [
    'keeps old versions beyond their time',
    [
      beside('aws_s3_bucket_lifecycle_configuration', {
        rule: [{ status: 'Enabled', filter: [], expiration: [{ days: 30 }] }],
      }),
      beside('aws_s3_bucket_versioning', { versioning_configuration: [{ status: 'Enabled' }] }),
    ],
    { retention: 'absent', versioning: true },
  ],
  [
    'keeps all but a folder for ever',
    [
      beside('aws_s3_bucket_lifecycle_configuration', {
        rule: [{ status: 'Enabled', filter: [{ prefix: 'tmp/' }], expiration: [{ days: 1 }] }],
      }),
    ],
    { retention: 'absent' },
  ],
];

describe('a bucket that', () => {
  test.each(cases)('%s', async (_, resources, facts) => {
    const assets = await planAssets({ providers, resources: [own, ...resources] });
    expect(Object.fromEntries(Object.keys(facts).map((name) => [name, factOf(assets, store, name)]))).toEqual(
      facts,
    );
  });
});

test('AWS’s default encryption is told as a note, never as a fact', async () => {
  const assets = await planAssets({ providers, resources: [own] });
  expect(noteOf(assets, store, 'encryption.at_rest')).toMatch(/2023-01-05/);
});

test('the facts of a bucket stand on the resource that gives them', async () => {
  const assets = await planAssets({
    providers,
    resources: [own, beside('aws_s3_bucket_acl', { acl: 'public-read' })],
  });
  expect(assets.get(store)?.facts.evidenceOf('public')?.ref).toBe('aws_s3_bucket_acl.x');
});

const replication = (bucket: Json): { readonly [name: string]: Json } => ({
  rule: [{ status: 'Enabled', destination: [{ bucket }] }],
});
const replicates = (references: readonly string[]): Json => ({
  ...(refersTo(store) as { readonly bucket: Json }),
  rule: [{ destination: [{ bucket: { references: [...references] } }] }],
});

describe('a replica is found', () => {
  const copy: PlannedResource = {
    address: 'aws_s3_bucket.copy',
    after: { bucket: 'reperes-copy' },
    provider: 'aws.us',
  };
  const type = 'aws_s3_bucket_replication_configuration';
  const unknown = { bucket: true, rule: [{ destination: [{ bucket: true }] }] };

  test('by reference', async () => {
    const assets = await planAssets({
      providers,
      resources: [
        own,
        copy,
        beside(type, replication(null), {
          unknown,
          expressions: replicates(['aws_s3_bucket.copy.arn', 'aws_s3_bucket.copy']),
        }),
      ],
    });
    expect(relationsOf(assets, store)).toEqual(['replica aws_s3_bucket.copy']);
    expect(regionOf(assets, 'aws_s3_bucket.copy')).toBe('us-east-1');
  });

  test('by name, where nothing refers', async () => {
    const assets = await planAssets({
      providers,
      resources: [
        own,
        copy,
        { address: `${type}.x`, after: { bucket: 'reperes', ...replication('arn:aws:s3:::reperes-copy') } },
      ],
    });
    expect(relationsOf(assets, store)).toEqual(['replica aws_s3_bucket.copy']);
  });

  test('across modules, through an output and a variable', async () => {
    const assets = await planAssets({
      providers,
      calls: {
        copy: {
          outputs: {
            arn: {
              expression: {
                references: ['aws_s3_bucket.this[0].arn', 'aws_s3_bucket.this[0]', 'aws_s3_bucket.this'],
              },
            },
          },
        },
        main: {
          expressions: { to: { references: ['module.copy.arn', 'module.copy'] } },
          variables: { to: {} },
        },
      },
      resources: [
        { address: 'module.copy.aws_s3_bucket.this[0]', provider: 'aws.us' },
        { address: 'module.main.aws_s3_bucket.b' },
        {
          address: `module.main.${type}.x`,
          after: replication(null),
          unknown,
          expressions: replicates(['var.to']),
        },
      ],
    });
    expect(relationsOf(assets, 'module.main.aws_s3_bucket.b')).toEqual([
      'replica module.copy.aws_s3_bucket.this[0]',
    ]);
  });

  test('of each instance by its key', async () => {
    const each = ['a', 'b'];
    const assets = await planAssets({
      providers,
      resources: each.flatMap((key) => [
        { address: `aws_s3_bucket.b["${key}"]` },
        { address: `aws_s3_bucket.copy["${key}"]`, provider: 'aws.us' },
        {
          address: `${type}.x["${key}"]`,
          after: replication(null),
          unknown,
          forEach: { references: ['aws_s3_bucket.b'] },
          expressions: {
            bucket: { references: ['each.value.id', 'each.value'] },
            rule: [{ destination: [{ bucket: { references: ['aws_s3_bucket.copy', 'each.key'] } }] }],
          },
        },
      ]),
    });
    for (const key of each)
      expect(relationsOf(assets, `aws_s3_bucket.b["${key}"]`)).toEqual([
        `replica aws_s3_bucket.copy["${key}"]`,
      ]);
  });

  test('outside the plan, at a place that its name does not tell', async () => {
    const assets = await planAssets({
      providers,
      resources: [
        own,
        { address: `${type}.x`, after: { bucket: 'reperes', ...replication('arn:aws:s3:::elsewhere') } },
      ],
    });
    expect(relationsOf(assets, store)).toEqual(['replica arn:aws:s3:::elsewhere']);
    expect(assets.get('arn:aws:s3:::elsewhere')?.seen).toMatchObject({
      kind: 'object_store',
      external: true,
    });
    expect(regionOf(assets, 'arn:aws:s3:::elsewhere')).toBeNull();
  });

  test('behind a data source, at the place of its provider configuration', async () => {
    const assets = await planAssets({
      providers,
      resources: [
        own,
        { address: 'data.aws_s3_bucket.far', mode: 'data', actions: ['read'], provider: 'aws.us' },
        beside(type, replication(null), {
          unknown,
          expressions: replicates(['data.aws_s3_bucket.far.arn', 'data.aws_s3_bucket.far']),
        }),
      ],
    });
    expect(relationsOf(assets, store)).toEqual(['replica data.aws_s3_bucket.far']);
    expect(regionOf(assets, 'data.aws_s3_bucket.far')).toBe('us-east-1');
  });

  test('even where a dynamic block hides where it goes', async () => {
    const assets = await planAssets({
      providers,
      resources: [own, beside(type, {}, { unknown: { bucket: true, rule: true } })],
    });
    const [relation = ''] = relationsOf(assets, store);
    expect(relation).toMatch(/^replica aws_s3_bucket_replication_configuration\.x#replica/);
    expect(regionOf(assets, relation.slice('replica '.length))).toBeNull();
  });

  test('and not where its rule is switched off', async () => {
    const off = {
      bucket: 'reperes',
      rule: [{ status: 'Disabled', destination: [{ bucket: 'arn:aws:s3:::elsewhere' }] }],
    };
    const assets = await planAssets({ providers, resources: [own, { address: `${type}.x`, after: off }] });
    expect(relationsOf(assets, store)).toEqual([]);
  });
});

test('what older providers wrote inside the bucket is read as well', async () => {
  const assets = await planAssets({
    providers,
    resources: [
      {
        address: store,
        after: {
          bucket: 'reperes',
          acl: 'private',
          logging: [{ target_bucket: 'logs' }],
          versioning: [{ enabled: true }],
          server_side_encryption_configuration: [
            { rule: [{ apply_server_side_encryption_by_default: [{ sse_algorithm: 'AES256' }] }] },
          ],
          replication_configuration: [
            { rules: [{ status: 'Enabled', destination: [{ bucket: 'arn:aws:s3:::copy' }] }] },
          ],
        },
      },
      { address: 'aws_s3_bucket.logs', after: { bucket: 'logs' } },
    ],
  });
  expect(factOf(assets, store, 'encryption.at_rest')).toBe(true);
  expect(factOf(assets, store, 'access_log')).toBe(true);
  expect(relationsOf(assets, store)).toEqual(['log aws_s3_bucket.logs', 'replica arn:aws:s3:::copy']);
});
