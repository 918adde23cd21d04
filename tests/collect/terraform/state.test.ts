import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { foldObservations } from '../../../src/inventory/build/observed.ts';
import {
  assetsOf,
  collectTerraform,
  factOf,
  fixtures,
  noteOf,
  regionOf,
  relationsOf,
  writePlan,
} from '../../setup/terraform.ts';

const arn = 'arn:aws:rds:eu-west-3:123456789012:db:main';

const shown = {
  format_version: '1.0',
  terraform_version: '1.11.4',
  values: {
    root_module: {
      resources: [
        { address: 'data.aws_region.here', mode: 'data', type: 'aws_region', name: 'here', values: {} },
        {
          address: 'aws_db_instance.main',
          mode: 'managed',
          type: 'aws_db_instance',
          name: 'main',
          provider_name: 'registry.terraform.io/hashicorp/aws',
          values: {
            arn,
            identifier: 'main',
            storage_encrypted: true,
            kms_key_id: 'alias/aws/rds',
            tags: { data: 'pupils' },
          },
        },
      ],
      child_modules: [
        {
          address: 'module.a["x"]',
          resources: [
            {
              address: 'module.a["x"].aws_s3_bucket.b',
              mode: 'managed',
              type: 'aws_s3_bucket',
              name: 'b',
              values: { bucket: 'reperes', region: 'us-east-1', tags: null },
            },
          ],
          child_modules: [
            {
              address: 'module.a["x"].module.b',
              resources: [
                {
                  address: 'module.a["x"].module.b.aws_sqs_queue.q[0]',
                  mode: 'managed',
                  type: 'aws_sqs_queue',
                  name: 'q',
                  index: 0,
                  values: {},
                },
              ],
            },
          ],
        },
      ],
    },
  },
};

test('a state as Terraform shows it gives every managed resource of every module', async () => {
  const assets = await assetsOf({ state: await writePlan(shown) });
  expect([...assets.keys()]).toEqual([
    'aws_db_instance.main',
    'module.a["x"].aws_s3_bucket.b',
    'module.a["x"].module.b.aws_sqs_queue.q[0]',
  ]);
  expect(regionOf(assets, 'aws_db_instance.main')).toBe('eu-west-3');
  expect(assets.get('aws_db_instance.main')?.seen.account).toBe('123456789012');
  expect(factOf(assets, 'aws_db_instance.main', 'encryption.key_manager')).toBe('provider');
  expect(regionOf(assets, 'module.a["x"].aws_s3_bucket.b')).toBe('us-east-1');
  expect(noteOf(assets, 'module.a["x"].module.b.aws_sqs_queue.q[0]')).toMatch(/sets no region/);
});

const file = {
  version: 4,
  terraform_version: '1.11.4',
  serial: 7,
  lineage: 'b5f1',
  outputs: {},
  resources: [
    {
      mode: 'data',
      type: 'aws_region',
      name: 'here',
      provider: 'provider["registry.terraform.io/hashicorp/aws"]',
      instances: [{ attributes: {} }],
    },
    {
      mode: 'managed',
      type: 'aws_db_instance',
      name: 'd',
      provider: 'provider["registry.terraform.io/hashicorp/aws"]',
      instances: [{ attributes: { arn, storage_encrypted: false } }],
    },
    {
      module: 'module.stores["answers"]',
      mode: 'managed',
      type: 'aws_s3_bucket',
      name: 'this',
      provider: 'provider["registry.terraform.io/hashicorp/aws"].archive',
      instances: [
        { index_key: 'a', attributes: { bucket: 'a' } },
        { index_key: 'b', attributes: { bucket: 'b' } },
        { index_key: 'a', deposed: '8c1d', attributes: { bucket: 'old' } },
      ],
    },
    {
      mode: 'managed',
      type: 'aws_s3_bucket_replication_configuration',
      name: 'r',
      provider: 'provider["registry.terraform.io/hashicorp/aws"]',
      instances: [
        {
          attributes: {
            bucket: 'a',
            rule: [{ status: 'Enabled', destination: [{ bucket: 'arn:aws:s3:::b' }] }],
          },
        },
      ],
    },
  ],
};

describe('a state file', () => {
  test('gives every instance, links by name, and counts what is deposed', async () => {
    const observations = await collectTerraform({ state: await writePlan(file) });
    const { assets } = foldObservations(observations);
    expect([...assets.keys()]).toEqual([
      'aws_db_instance.d',
      'aws_s3_bucket_replication_configuration.r',
      'module.stores["answers"].aws_s3_bucket.this["a"]',
      'module.stores["answers"].aws_s3_bucket.this["b"]',
    ]);
    expect(relationsOf(assets, 'module.stores["answers"].aws_s3_bucket.this["a"]')).toEqual([
      'replica module.stores["answers"].aws_s3_bucket.this["b"]',
    ]);
    const about = observations.find(({ operation }) => operation === 'terraform:accounting')?.about;
    expect(about).toMatchObject({
      document: 'state_file',
      resources: 5,
      assets: 4,
      deposed: 1,
      data_sources: 1,
    });
  });

  test('tells the provider configuration, whose region only the code has', async () => {
    const state = await writePlan(file);
    const id = 'module.stores["answers"].aws_s3_bucket.this["a"]';
    expect(regionOf(await assetsOf({ state }), id)).toBeNull();
    expect(regionOf(await assetsOf({ state, root: join(fixtures, 'infra') }), id)).toBe('eu-west-3');
  });

  test('of an older version is refused with what to do', async () => {
    await expect(
      collectTerraform({ state: await writePlan({ version: 3, terraform_version: '0.11.14', modules: [] }) }),
    ).rejects.toThrow(/version 3 .*terraform show -json/);
  });
});

test('what a plan and a state both have is taken from the plan', async () => {
  const plan = await writePlan({
    format_version: '1.2',
    terraform_version: '1.11.4',
    planned_values: {},
    resource_changes: [
      {
        address: 'aws_db_instance.main',
        mode: 'managed',
        type: 'aws_db_instance',
        name: 'main',
        change: { actions: ['update'], after: { arn, storage_encrypted: false } },
      },
    ],
  });
  const assets = await assetsOf({ plan, state: await writePlan(shown) });
  expect(factOf(assets, 'aws_db_instance.main', 'encryption.at_rest')).toBe(false);
  expect(assets.has('module.a["x"].aws_s3_bucket.b')).toBe(true);
});

test.each([
  ['another JSON file', { name: 'package' }, /neither a plan nor a state/],
  ['a format that is yet to come', { format_version: '2.0', resource_changes: [] }, /format 2\.0/],
  [
    'a change without an address',
    { format_version: '1.2', resource_changes: [{ mode: 'managed' }] },
    /plan\.json:1:45: resource_changes\.0 has no address/,
  ],
  ['a text', '"plan"', /neither a plan/],
  ['half a file', '{"format_version": "1.2", "resource_changes": [{"address"', /plan\.json:1:58/],
  ['UTF-16', '\u00ff\u00fe{', /./],
])('%s is refused with its position', async (_, content, message) => {
  const path = await writePlan(typeof content === 'string' ? content : content);
  await expect(collectTerraform({ plan: path })).rejects.toThrow(message);
  await expect(collectTerraform({ plan: path })).rejects.toHaveProperty('name', 'BercailError');
});
