import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import {
  assetsOf,
  region as aws,
  derivationOf,
  fixtures,
  noteOf,
  type PlanParts,
  planAssets,
  regionOf,
} from '../../setup/terraform.ts';

const bucket = 'aws_s3_bucket.b';
const deep = 'module.a.module.b.aws_s3_bucket.b';

type Case = readonly [
  what: string,
  parts: PlanParts,
  address: string,
  provider: string | null,
  region: string,
];

const placed: readonly Case[] = [
  [
    'its own region, as AWS provider 6 fills it in',
    {
      providers: { aws: aws('us-east-1') },
      resources: [{ address: bucket, after: { region: 'eu-west-3' } }],
    },
    bucket,
    'aws',
    'eu-west-3',
  ],
  [
    'its provider configuration',
    { providers: { aws: aws('eu-west-3') }, resources: [{ address: bucket, unknown: { region: true } }] },
    bucket,
    'aws',
    'eu-west-3',
  ],
  [
    'an alias',
    {
      providers: { aws: aws('eu-west-3'), 'aws.us': aws('us-east-1') },
      resources: [{ address: bucket, provider: 'aws.us' }],
    },
    bucket,
    'aws',
    'us-east-1',
  ],
  [
    'a variable of the root',
    {
      variables: { r: 'eu-west-3' },
      providers: { aws: { expressions: { region: { references: ['var.r'] } } } },
      resources: [{ address: bucket }],
    },
    bucket,
    'aws',
    'eu-west-3',
  ],
  [
    'a member of a variable',
    {
      variables: { r: { fr: 'eu-west-3' } },
      providers: { aws: { expressions: { region: { references: ['var.r["fr"]', 'var.r'] } } } },
      resources: [{ address: bucket }],
    },
    bucket,
    'aws',
    'eu-west-3',
  ],
  [
    'a variable of the module that configures the provider',
    {
      variables: { where: 'eu-west-1' },
      calls: { a: { expressions: { r: { references: ['var.where'] } } } },
      providers: {
        'module.a:aws': { module_address: 'module.a', expressions: { region: { references: ['var.r'] } } },
      },
      resources: [{ address: 'module.a.aws_s3_bucket.b', provider: 'module.a:aws' }],
    },
    'module.a.aws_s3_bucket.b',
    'aws',
    'eu-west-1',
  ],
  [
    'the default of a variable that the call leaves out',
    {
      calls: { a: { variables: { r: { default: 'eu-west-1' } } } },
      providers: {
        'module.a:aws': { module_address: 'module.a', expressions: { region: { references: ['var.r'] } } },
      },
      resources: [{ address: 'module.a.aws_s3_bucket.b', provider: 'module.a:aws' }],
    },
    'module.a.aws_s3_bucket.b',
    'aws',
    'eu-west-1',
  ],
  [
    'the configuration above a stub',
    {
      providers: {
        aws: aws('eu-west-3'),
        'module.a.module.b:aws': { name: 'aws', module_address: 'module.a.module.b' },
      },
      resources: [{ address: deep, provider: 'module.a.module.b:aws' }],
    },
    deep,
    'aws',
    'eu-west-3',
  ],
  [
    'the root, by the keys of Terraform 0.12',
    {
      version: '0.12.18',
      providers: { aws: aws('eu-west-3') },
      resources: [{ address: deep, provider: 'b:aws' }],
    },
    deep,
    'aws',
    'eu-west-3',
  ],
  [
    'its ARN, where its provider says nothing',
    {
      providers: { aws: {} },
      resources: [
        { address: 'aws_db_instance.d', after: { arn: 'arn:aws:rds:eu-west-3:123456789012:db:d' } },
      ],
    },
    'aws_db_instance.d',
    'aws',
    'eu-west-3',
  ],
  [
    'its zone, where its provider says nothing',
    {
      providers: { aws: {} },
      resources: [{ address: 'aws_ebs_volume.v', after: { availability_zone: 'eu-west-3a' } }],
    },
    'aws_ebs_volume.v',
    'aws',
    'eu-west-3',
  ],
  [
    'the partition of its region',
    { providers: { aws: aws('eusc-de-east-1') }, resources: [{ address: bucket }] },
    bucket,
    'aws-eusc',
    'eusc-de-east-1',
  ],
  [
    'the partition of China',
    { providers: { aws: aws('cn-north-1') }, resources: [{ address: bucket }] },
    bucket,
    'aws-cn',
    'cn-north-1',
  ],
  [
    'what is global',
    { providers: { aws: aws('eu-west-3') }, resources: [{ address: 'aws_iam_role.r' }] },
    'aws_iam_role.r',
    'aws',
    'aws-global',
  ],
  [
    'what is served from the edge',
    { providers: { aws: aws('eu-west-3') }, resources: [{ address: 'aws_cloudfront_distribution.d' }] },
    'aws_cloudfront_distribution.d',
    'aws',
    'edge',
  ],
  [
    'the S3 of another cloud, by its address',
    {
      providers: {
        aws: {
          expressions: {
            region: { constant_value: 'fr-par' },
            endpoints: [{ s3: { constant_value: 'https://s3.fr-par.scw.cloud' } }],
          },
        },
      },
      resources: [{ address: bucket }],
    },
    bucket,
    'scaleway',
    'fr-par',
  ],
  [
    'Outscale, whose eu-west-2 is Paris',
    {
      providers: {
        aws: {
          expressions: {
            region: { constant_value: 'eu-west-2' },
            endpoints: [{ s3: { constant_value: 'https://oos.eu-west-2.outscale.com' } }],
          },
        },
      },
      resources: [{ address: bucket }],
    },
    bucket,
    'outscale',
    'eu-west-2',
  ],
  [
    'an address that nobody knows',
    {
      providers: {
        aws: {
          expressions: {
            region: { constant_value: 'eu-west-3' },
            endpoints: [{ s3: { constant_value: 'https://s3.example.test' } }],
          },
        },
      },
      resources: [{ address: bucket }],
    },
    bucket,
    null,
    'eu-west-3',
  ],
  [
    'Azure’s location as written',
    { resources: [{ address: 'azurerm_storage_account.s', after: { location: 'France Central' } }] },
    'azurerm_storage_account.s',
    'azure',
    'France Central',
  ],
  [
    'the account that a container is in',
    {
      resources: [
        { address: 'azurerm_storage_account.s', after: { location: 'francecentral' } },
        {
          address: 'azurerm_storage_container.c',
          unknown: { storage_account_id: true },
          expressions: {
            storage_account_id: { references: ['azurerm_storage_account.s.id', 'azurerm_storage_account.s'] },
          },
        },
      ],
    },
    'azurerm_storage_container.c',
    'azure',
    'francecentral',
  ],
  [
    'Google’s location',
    { resources: [{ address: 'google_storage_bucket.b', after: { location: 'EUROPE-WEST9' } }] },
    'google_storage_bucket.b',
    'gcp',
    'EUROPE-WEST9',
  ],
  [
    'Google’s provider',
    {
      providers: { google: { expressions: { region: { constant_value: 'europe-west9' } } } },
      resources: [{ address: 'google_sql_database_instance.i', unknown: { region: true } }],
    },
    'google_sql_database_instance.i',
    'gcp',
    'europe-west9',
  ],
  [
    'Scaleway’s provider',
    {
      providers: { scaleway: { expressions: { region: { constant_value: 'nl-ams' } } } },
      resources: [{ address: 'scaleway_object_bucket.b', unknown: { region: true } }],
    },
    'scaleway_object_bucket.b',
    'scaleway',
    'nl-ams',
  ],
  [
    'OVHcloud’s region',
    { resources: [{ address: 'ovh_cloud_project_storage.s', after: { region_name: 'GRA' } }] },
    'ovh_cloud_project_storage.s',
    'ovhcloud',
    'GRA',
  ],
  [
    'Outscale’s provider',
    {
      providers: { outscale: { expressions: { region: { constant_value: 'eu-west-2' } } } },
      resources: [{ address: 'outscale_vm.v', unknown: { placement_subregion_name: true } }],
    },
    'outscale_vm.v',
    'outscale',
    'eu-west-2',
  ],
];

describe('a resource is placed by', () => {
  test.each(placed)('%s', async (_, parts, address, provider, region) => {
    const assets = await planAssets(parts);
    expect(regionOf(assets, address)).toBe(region);
    expect(assets.get(address)?.seen.provider).toBe(provider);
    expect(derivationOf(assets, address).length).toBeGreaterThan(1);
  });
});

type Unplaced = readonly [what: string, parts: PlanParts, address: string, note: RegExp];
const two = { aws: aws('eu-west-3'), 'aws.us': aws('us-east-1') };

const unplaced: readonly Unplaced[] = [
  [
    'the environment decides',
    { providers: { aws: {} }, resources: [{ address: bucket }] },
    bucket,
    /provider aws sets no region: the environment/,
  ],
  [
    'a profile decides',
    {
      providers: { aws: { expressions: { profile: { constant_value: 'audit' } } } },
      resources: [{ address: bucket }],
    },
    bucket,
    /its profile decides/,
  ],
  ['there is no configuration', { resources: [{ address: bucket }] }, bucket, /sets no region/],
  [
    'a local decides and the code was not given',
    {
      providers: { aws: { expressions: { region: { references: ['local.r'] } } } },
      resources: [{ address: bucket }],
    },
    bucket,
    /local\.r is in the code/,
  ],
  [
    'several references make it',
    {
      variables: { a: 'eu', b: 'west-3' },
      providers: { aws: { expressions: { region: { references: ['var.a', 'var.b'] } } } },
      resources: [{ address: bucket }],
    },
    bucket,
    /made of var\.a, var\.b/,
  ],
  [
    'a variable has no value',
    {
      providers: { aws: { expressions: { region: { references: ['var.r'] } } } },
      resources: [{ address: bucket }],
    },
    bucket,
    /var\.r has no value/,
  ],
  [
    'what a variable holds is no text',
    {
      variables: { prod: true },
      providers: { aws: { expressions: { region: { references: ['var.prod'] } } } },
      resources: [{ address: bucket }],
    },
    bucket,
    /made of true/,
  ],
  [
    'each instance has its own',
    {
      providers: { aws: { expressions: { region: { references: ['each.value'] } } } },
      resources: [{ address: bucket }],
    },
    bucket,
    /each\.value differs/,
  ],
  [
    'it is known only after apply',
    { resources: [{ address: 'azurerm_storage_account.s', unknown: { location: true } }] },
    'azurerm_storage_account.s',
    /location is known after apply/,
  ],
  [
    'before Terraform 1.1 a plan does not tell which of two a module is passed',
    {
      version: '1.0.8',
      providers: two,
      resources: [{ address: 'module.a.aws_s3_bucket.b', provider: 'a:aws' }],
    },
    'module.a.aws_s3_bucket.b',
    /aws or aws\.us; give the code/,
  ],
  [
    'before Terraform 1.2 a stub tells nothing of what is passed',
    {
      version: '1.1.9',
      providers: { ...two, 'module.a:aws': {} },
      resources: [{ address: 'module.a.aws_s3_bucket.b', provider: 'module.a:aws' }],
    },
    'module.a.aws_s3_bucket.b',
    /which one module\.a is passed/,
  ],
  [
    'a caller’s caller may be passed another',
    {
      providers: { ...two, 'module.a.module.b.module.c:aws': {} },
      resources: [
        { address: 'module.a.module.b.module.c.aws_s3_bucket.b', provider: 'module.a.module.b.module.c:aws' },
      ],
    },
    'module.a.module.b.module.c.aws_s3_bucket.b',
    /which one module\.a is passed/,
  ],
  [
    'its region is what it is about',
    {
      providers: { aws: {} },
      resources: [{ address: 'aws_config_aggregate_authorization.a', after: { region: 'us-east-1' } }],
    },
    'aws_config_aggregate_authorization.a',
    /sets no region/,
  ],
  ...[
    'aws_s3_bucket',
    'aws_glue_catalog_database',
    'google_sql_database_instance',
    'scaleway_rdb_instance',
  ].map(
    (type): Unplaced => [
      `its own region is written and known after apply: ${type}`,
      {
        providers: {
          aws: aws('eu-west-3'),
          google: { expressions: { region: { constant_value: 'europe-west9' } } },
          scaleway: { expressions: { region: { constant_value: 'fr-par' } } },
        },
        resources: [
          {
            address: `${type}.x`,
            unknown: { region: true },
            expressions: { region: { references: ['random_shuffle.r.result[0]', 'random_shuffle.r'] } },
          },
        ],
      },
      `${type}.x`,
      /^region \(random_shuffle\.r\.result\[0\]\) is known after apply$/,
    ],
  ),
  [
    'a service of Google’s has a default of its own',
    {
      providers: { google: { expressions: { region: { constant_value: 'europe-west9' } } } },
      resources: [{ address: 'google_bigquery_dataset.d', unknown: { location: true } }],
    },
    'google_bigquery_dataset.d',
    /location is known after apply/,
  ],
  [
    'it runs nowhere',
    { resources: [{ address: 'null_resource.n' }] },
    'null_resource.n',
    /no place of its own/,
  ],
];

describe('a resource is not placed where', () => {
  test.each(unplaced)('%s', async (_, parts, address, note) => {
    const assets = await planAssets(parts);
    expect(regionOf(assets, address)).toBeNull();
    expect(noteOf(assets, address)).toMatch(note);
  });
});

test('other resources of a module do not show what it is passed: they may use an alias that it is passed beside', async () => {
  const assets = await planAssets({
    providers: { ...two, 'module.a.module.b.module.c:aws': {} },
    resources: [
      { address: 'module.a.aws_s3_bucket.own', provider: 'aws.us' },
      { address: 'module.a.module.b.module.c.aws_s3_bucket.b', provider: 'module.a.module.b.module.c:aws' },
    ],
  });
  const address = 'module.a.module.b.module.c.aws_s3_bucket.b';
  expect(regionOf(assets, address)).toBeNull();
  expect(noteOf(assets, address)).toMatch(/which one module\.a is passed/);
});

test('the keys that Terraform 1.11 writes lead to the configuration that is meant, or to none', async () => {
  const assets = await assetsOf({ plan: join(fixtures, 'keys.json') });
  expect(regionOf(assets, 'aws_s3_bucket.root')).toBe('eu-west-3');
  expect(regionOf(assets, 'aws_s3_bucket.idx[0]')).toBe('us-west-2');
  expect(regionOf(assets, 'module.many["y.z"].aws_s3_bucket.x')).toBe('us-west-2');
  expect(regionOf(assets, 'module.many["y.z"].aws_s3_bucket.y')).toBe('eu-west-3');
  expect(regionOf(assets, 'module.a.module.b.aws_s3_bucket.deep')).toBe('eu-west-3');
  // It is passed aws.west, of which the plan says nothing: the root's own would be the wrong one.
  expect(regionOf(assets, 'module.deep.module.a.module.b.aws_s3_bucket.deep')).toBeNull();
});

test('the way from a nested module to a region is told step by step', async () => {
  const assets = await planAssets({
    variables: { where: 'eu-west-1' },
    providers: {
      aws: { expressions: { region: { references: ['var.where'] } } },
      'module.a.module.b:aws': {},
    },
    resources: [{ address: deep, provider: 'module.a.module.b:aws' }],
  });
  const steps = derivationOf(assets, deep)
    .join('\n')
    .replace(/variables of [^)]+/, 'variables of the plan');
  expect(steps).toBe(
    [
      deep,
      'provider aws of module.a.module.b: inherited',
      'provider aws',
      'var.where = "eu-west-1" (variables of the plan)',
      'region = "eu-west-1"',
    ].join('\n'),
  );
});

test('the value of a variable that is marked sensitive is not shown', async () => {
  const plan = {
    variables: { r: 'eu-west-3' },
    providers: { aws: { expressions: { region: { references: ['var.r'] } } } },
    resources: [{ address: bucket }],
  };
  const { planOf, writePlan } = await import('../../setup/terraform.ts');
  const written = planOf(plan) as { configuration: { root_module: { variables?: unknown } } };
  written.configuration.root_module.variables = { r: { sensitive: true } };
  const assets = await assetsOf({ plan: await writePlan(written) });
  expect(derivationOf(assets, bucket).find((step) => step.startsWith('var.r'))).toMatch(/^var\.r = … /);
});

test('what stands beside the region in a variable is not shown', async () => {
  const assets = await planAssets({
    variables: { site: { password: 'hunter2', region: 'eu-west-3' } },
    providers: { aws: { expressions: { region: { references: ['var.site.region', 'var.site'] } } } },
    resources: [{ address: bucket }],
  });
  expect(regionOf(assets, bucket)).toBe('eu-west-3');
  expect(derivationOf(assets, bucket).join()).not.toContain('hunter2');
});
