import { describe, expect, test } from '@jest/globals';
import { foldObservations } from '../../../src/inventory/build/observed.ts';
import type { Json } from '../../../src/inventory/fact.ts';
import {
  assetsOf,
  collectTerraform,
  planAssets,
  planOf,
  region,
  regionOf,
  terraformContext,
  writePlan,
} from '../../setup/terraform.ts';

const providers = { aws: region('eu-west-3') };

async function account(resources: Parameters<typeof planOf>[0]['resources']) {
  const observations = await collectTerraform({ plan: await writePlan(planOf({ providers, resources })) });
  const about = observations.find(({ operation }) => operation === 'terraform:accounting')?.about;
  const assets = [...foldObservations(observations).assets.values()]
    .filter(({ seen }) => !seen.external)
    .map(({ id }) => id);
  return { about, assets };
}

test('what is created, changed, left alone or replaced is an asset; what is deleted is counted by its address', async () => {
  const { about, assets } = await account([
    { address: 'aws_s3_bucket.new' },
    { address: 'aws_s3_bucket.changed', actions: ['update'] },
    { address: 'aws_s3_bucket.same', actions: ['no-op'] },
    { address: 'aws_s3_bucket.again', actions: ['delete', 'create'] },
    { address: 'aws_s3_bucket.before', actions: ['create', 'delete'] },
    { address: 'aws_s3_bucket.gone', actions: ['delete'], after: null, before: { bucket: 'gone' } },
    { address: 'data.aws_s3_bucket.read', actions: ['read'], mode: 'data' },
  ]);
  expect(assets).toEqual(
    ['again', 'before', 'changed', 'new', 'same'].map((name) => `aws_s3_bucket.${name}`),
  );
  expect(about).toMatchObject({
    resources: 6,
    assets: 5,
    deleted: ['aws_s3_bucket.gone'],
    deposed: 0,
    data_sources: 1,
  });
});

test('what Terraform forgets goes on existing', async () => {
  const { assets } = await account([
    {
      address: 'aws_s3_bucket.kept',
      actions: ['forget'],
      after: null,
      before: { bucket: 'kept', region: 'us-east-1' },
    },
  ]);
  expect(assets).toEqual(['aws_s3_bucket.kept']);
});

test('a deposed object that is deleted does not take its successor with it', async () => {
  const { about, assets } = await account([
    { address: 'aws_s3_bucket.b', actions: ['no-op'] },
    { address: 'aws_s3_bucket.b', actions: ['delete'], after: null, deposed: '2f8bdc31' },
  ]);
  expect(assets).toEqual(['aws_s3_bucket.b']);
  expect(about).toMatchObject({ resources: 2, assets: 1, deposed: 1, deleted: [] });
});

test('a move keeps one asset, at its new address, and tells the old one', async () => {
  const observations = await collectTerraform({
    plan: await writePlan(
      planOf({
        providers,
        resources: [{ address: 'module.a.aws_s3_bucket.b', previous: 'aws_s3_bucket.b', actions: ['no-op'] }],
      }),
    ),
  });
  const [asset] = observations.filter((one) => one.asset);
  expect(asset).toMatchObject({
    subject: 'module.a.aws_s3_bucket.b',
    about: { action: 'no-op', previous_address: 'aws_s3_bucket.b' },
  });
});

test('what exists and is not part of the plan, as with -target, is an asset too', async () => {
  const prior = {
    format_version: '1.0',
    values: {
      root_module: {
        resources: [
          {
            address: 'aws_s3_bucket.other',
            mode: 'managed',
            type: 'aws_s3_bucket',
            name: 'other',
            values: { bucket: 'other', region: 'us-east-1' },
          },
        ],
      },
    },
  };
  const plan = planOf({
    providers,
    resources: [{ address: 'aws_s3_bucket.b' }],
    extra: { prior_state: prior, complete: false },
  });
  const path = await writePlan(plan);
  const assets = await assetsOf({ plan: path });
  expect(regionOf(assets, 'aws_s3_bucket.other')).toBe('us-east-1');
  const gaps = (await collectTerraform({ plan: path })).filter(({ outcome }) => outcome !== 'ok');
  expect(gaps.map(({ code }) => code)).toEqual(['PlanIncomplete']);
});

test('what is deferred to the next plan is an asset', async () => {
  const [change] = (
    planOf({ resources: [{ address: 'aws_s3_bucket.later' }] }) as { resource_changes: Json[] }
  ).resource_changes;
  const plan = planOf({
    providers,
    resources: [],
    extra: { deferred_changes: [{ reason: 'provider_config_unknown', resource_change: change ?? null }] },
  });
  expect([...(await assetsOf({ plan: await writePlan(plan) })).keys()]).toEqual(['aws_s3_bucket.later']);
});

test('instances of count and for_each, of resources and of modules, are assets each', async () => {
  const addresses = [
    'module.m["a.b"].aws_s3_bucket.b["x\\"y"]',
    'module.m["c"].aws_s3_bucket.b["x]y"]',
    'aws_s3_bucket.b[10]',
    'aws_s3_bucket.b[2]',
  ];
  const assets = await planAssets({ providers, resources: addresses.map((address) => ({ address })) });
  expect([...assets.keys()].sort()).toEqual([...addresses].sort());
});

describe('two sources of one run', () => {
  const resources = [
    { address: 'aws_s3_bucket.logs', after: { bucket: 'a' } },
    { address: 'aws_s3_bucket.own' },
  ];

  test('that define the same address keep both, and say so', async () => {
    const run = {};
    const [one, two] = await Promise.all([
      writePlan(planOf({ providers, resources })),
      writePlan(
        planOf({
          providers: { aws: region('us-east-1') },
          resources: [{ address: 'aws_s3_bucket.logs', after: { bucket: 'b' } }],
        }),
      ),
    ]);
    const { terraformCollector } = await import('../../../src/collect/terraform/collector.ts');
    const context = terraformContext({ run });
    const jobs = [];
    for (const plan of [one, two]) jobs.push(...(await terraformCollector.plan({ plan }, context)).jobs);
    const observations = [];
    for (const job of jobs)
      for await (const observation of terraformCollector.run(job, context)) observations.push(observation);
    const { assets, gaps } = foldObservations(observations);
    const ids = [...assets.keys()].map((id) => id.replace(/^.*#/, '#'));
    expect(ids.sort()).toEqual(['#aws_s3_bucket.logs', '#aws_s3_bucket.logs', 'aws_s3_bucket.own']);
    expect([...assets.values()].map(({ id }) => regionOf(assets, id) ?? '').sort()).toEqual([
      'eu-west-3',
      'eu-west-3',
      'us-east-1',
    ]);
    expect(gaps.filter(({ operation }) => operation === 'terraform:duplicate')).toHaveLength(2);
  });

  test('that have labels have ids of their own', async () => {
    const assets = await assetsOf({
      plan: await writePlan(planOf({ providers, resources })),
      label: 'reperes',
    });
    expect([...assets.keys()]).toEqual(['reperes#aws_s3_bucket.logs', 'reperes#aws_s3_bucket.own']);
  });
});

test.each(['aws_cloudformation_stack', 'azurerm_resource_group_template_deployment', 'helm_release'])(
  'what %s deploys is not in the plan, and that is a gap',
  async (type) => {
    const { writePlan, planOf } = await import('../../setup/terraform.ts');
    const plan = await writePlan(planOf({ resources: [{ address: `${type}.x`, after: { name: 'x' } }] }));
    const gaps = (await collectTerraform({ plan })).filter(({ outcome }) => outcome !== 'ok');
    expect(gaps.map(({ scope, subject, outcome }) => [scope === subject, subject, outcome])).toEqual([
      [true, `${type}.x/*`, 'not_collected'],
    ]);
  },
);

test('a control character in an address of the planned values is refused in words', async () => {
  const plan = JSON.stringify(planOf({ resources: [{ address: 'aws_s3_bucket.b' }] })).replace(
    /}$/,
    ',"planned_values":{"root_module":{"resources":[{"address":"aws_s3_bucket.\u0001","mode":"managed"}]}}}',
  );
  await expect(assetsOf({ plan: await writePlan(plan) })).rejects.toThrow('a control character in a text');
});

test('a resource of a module that is called data is no data source, though its mode is not told', async () => {
  const resource = { address: 'module.data.aws_s3_bucket.b', change: { actions: ['create'], after: {} } };
  const plan = { ...planOf({ resources: [] }), resource_changes: [resource] };
  expect([...(await assetsOf({ plan: await writePlan(plan) })).keys()]).toEqual([resource.address]);
});
