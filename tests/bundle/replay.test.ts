import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { newRule } from '../../src/command/rules-new.ts';
import { readZip } from '../../src/io/zip.ts';
import { testContext } from '../setup/command.ts';
import { bundleOf, folder, verify, write } from './bundle.ts';

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a run with a policy that extends others, a pack, attestations, waivers and a baseline of its own is the same again', async () => {
  const project = join(folder, 'project');
  cpSync('tests/fixtures/in-order', project, { recursive: true });
  mkdirSync(join(project, 'policies'));
  writeFileSync(join(project, 'policies/base.yaml'), 'bercail: policy/v1\nname: base\nextends: [complet]\n');
  writeFileSync(join(project, 'policies/own.yaml'), 'bercail: policy/v1\nname: own\nextends: [base.yaml]\n');
  await newRule(
    'ORG-01',
    { name: 'a-rule-of-our-own', pack: join(project, 'our rules'), target: 'holding' },
    testContext().context,
  );
  writeFileSync(join(project, 'waivers.yaml'), 'bercail: waivers/v1\nwaivers: []\n');
  writeFileSync(join(project, 'known.json'), '{"bercail": "baseline/v1", "findings": ["00"]}');
  const config = readFileSync(join(project, 'bercail.yaml'), 'utf8').replace(/^policy:.*\n/m, '');
  writeFileSync(
    join(project, 'bercail.yaml'),
    `${config}\npolicy: policies/own.yaml\nwaivers: waivers.yaml\nbaseline: known.json\npacks: {our-rules: our rules}\n`,
  );
  const bundle = await bundleOf('own.zip', [project], {
    all: true,
    strictWaivers: true,
    includeInventory: true,
    lang: 'fr',
  });
  // What it was made from is gone: the bundle needs nothing but itself.
  rmSync(project, { recursive: true });
  expect(await verify(bundle)).toMatchObject({ code: 0, problems: [], replay: { state: 'same' } });
  const names = [...readZip(bundle).entries.keys()].filter((name) =>
    /^(inputs|policies|packs\/own)/.test(name),
  );
  expect(names.map((name) => name.replace(/^(\w+\/).*-(?=\w+\.)/, '$1'))).toEqual(
    expect.arrayContaining([
      'inputs/attestations.yaml',
      'inputs/baseline.json',
      'inputs/waivers.yaml',
      'policies/base.yaml',
      'policies/own.yaml',
      'policies/complet.yaml',
    ]),
  );
});

test('a plan is not kept, only what was observed in it', async () => {
  const plan = write(
    'plan.json',
    JSON.stringify({
      format_version: '1.2',
      terraform_version: '1.11.4',
      planned_values: {
        root_module: {
          resources: [
            {
              address: 'aws_s3_bucket.b',
              mode: 'managed',
              type: 'aws_s3_bucket',
              name: 'b',
              provider_name: 'registry.terraform.io/hashicorp/aws',
              values: { bucket: 'b', tags: { note: 'kept' } },
              sensitive_values: {},
            },
          ],
        },
      },
      resource_changes: [],
      configuration: {
        provider_config: {
          aws: { name: 'aws', expressions: { secret_key: { constant_value: 'planted-secret-key' } } },
        },
      },
      variables: { password: { value: 'planted-password' } },
    }),
  );
  const bundle = await bundleOf('plan.zip', [plan]).catch((error: unknown) => String(error));
  if (typeof bundle === 'string') {
    // No collector reads plans yet.
    expect(bundle).toContain('no collector');
    return;
  }
  const { entries } = readZip(bundle);
  expect([...entries.values()].some((bytes) => Buffer.from(bytes).includes('planted-'))).toBe(false);
  expect(await verify(bundle)).toMatchObject({ code: 0, replay: { state: 'same' } });
});
