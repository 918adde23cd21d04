import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import {
  assetsOf,
  collectTerraform,
  derivationOf,
  fixtures,
  noteOf,
  regionOf,
} from '../../setup/terraform.ts';

const plans: readonly (readonly [file: string, regions: { readonly [address: string]: string | null }])[] = [
  ['example-01', { 'aws_s3_bucket.example': 'us-west-2', 'aws_s3_bucket_policy.example': 'us-west-2' }],
  [
    'example-03',
    {
      'azurerm_monitor_log_profile.main': null,
      'azurerm_resource_group.main': 'westeurope',
      'azurerm_storage_account.main': 'westeurope',
    },
  ],
  [
    'example-05-tf-v1.0',
    { 'aws_cloudwatch_log_group.fargate-logs': 'us-east-1', 'aws_kms_key.cloudwatch': 'us-east-1' },
  ],
  [
    'count-01',
    {
      'aws_s3_bucket.foo[0]': 'us-east-1',
      'aws_s3_bucket.foo[1]': 'us-east-1',
      'aws_s3_bucket.foo[2]': 'us-east-1',
      'aws_s3_bucket.foo[3]': 'us-east-1',
    },
  ],
  [
    'modules',
    {
      'aws_security_group.parent': 'us-east-2',
      'aws_vpc.parent': 'us-east-2',
      'module.child1.aws_vpc.child': 'us-east-2',
      'module.child1.module.grandchild1.aws_security_group.grandchild': 'us-east-2',
      'module.child1.module.grandchild1.aws_vpc.grandchild': 'us-east-2',
      'module.child2.aws_security_group.child': 'us-east-2',
      'module.child2.aws_vpc.child': 'us-east-2',
    },
  ],
  [
    'resource-changes',
    {
      'aws_s3_bucket.create_bucket': 'us-east-1',
      'aws_s3_bucket.noop_bucket': 'us-east-1',
      'aws_s3_bucket.update_bucket': 'us-east-1',
    },
  ],
];

describe.each(plans)('the public plan %s', (file, regions) => {
  const plan = join(fixtures, 'plans', `${file}.json`);

  test('has every managed resource in the inventory, with its region or why there is none', async () => {
    const assets = await assetsOf({ plan });
    const own = [...assets.values()].filter(({ seen }) => !seen.external);
    expect(Object.fromEntries(own.map(({ id }) => [id, regionOf(assets, id)]))).toEqual(regions);
    for (const { id } of own) {
      expect(derivationOf(assets, id)[0]).toBe(id);
      expect(regionOf(assets, id) === null).toBe(noteOf(assets, id) !== null);
    }
  });

  test('is accounted for: what is in the file is an asset or deleted', async () => {
    const written = JSON.parse(await readFile(plan, 'utf8')) as {
      resource_changes: { mode: string; change: { actions: string[] } }[];
    };
    const managed = written.resource_changes.filter(({ mode }) => mode === 'managed');
    const deleted = managed.filter(({ change }) => change.actions.join() === 'delete');
    const [account] = (await collectTerraform({ plan })).filter(
      ({ operation }) => operation === 'terraform:accounting',
    );
    expect(account?.about).toMatchObject({
      resources: managed.length,
      assets: managed.length - deleted.length,
    });
    expect(account?.about?.['deleted']).toHaveLength(deleted.length);
  });
});

test('a plan made of planned values alone loses nothing', async () => {
  const { resource_changes: _, ...rest } = JSON.parse(
    await readFile(join(fixtures, 'plans', 'modules.json'), 'utf8'),
  ) as { resource_changes: unknown };
  const { writePlan } = await import('../../setup/terraform.ts');
  const assets = await assetsOf({ plan: await writePlan(rest) });
  expect([...assets.keys()]).toEqual(Object.keys(plans[4]?.[1] ?? {}));
});
