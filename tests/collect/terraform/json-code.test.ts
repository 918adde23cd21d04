import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from '@jest/globals';
import { assetsOf, collectTerraform, derivationOf, regionOf } from '../../setup/terraform.ts';

async function folderOf(files: { readonly [name: string]: string | object }): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'bercail-json-code-'));
  for (const [name, content] of Object.entries(files)) {
    const file = join(folder, name);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content, null, 2));
  }
  return folder;
}

const provider = { provider: { aws: [{ region: '${local.home}' }, { alias: 'far', region: 'us-east-1' }] } };

test('code written as JSON is code: expressions, aliases, blocks, modules', async () => {
  const root = await folderOf({
    'main.tf.json': {
      '//': 'a comment',
      ...provider,
      locals: { home: 'eu-west-${3}' },
      resource: {
        aws_s3_bucket: { here: { bucket: '${upper("a")}' }, there: [{ provider: 'aws.far' }] },
        aws_s3_bucket_replication_configuration: {
          copy: {
            bucket: '${aws_s3_bucket.here.id}',
            rule: { status: 'Enabled', destination: { bucket: '${aws_s3_bucket.there.arn}' } },
          },
        },
      },
      module: { m: { source: './m', providers: { aws: 'aws.far' }, for_each: '${toset(["a.b"])}' } },
    },
    'm/main.tf.json': { resource: { aws_sqs_queue: { q: {} } } },
  });
  const assets = await assetsOf({ root });
  expect(regionOf(assets, 'aws_s3_bucket.here')).toBe('eu-west-3');
  expect(regionOf(assets, 'aws_s3_bucket.there')).toBe('us-east-1');
  expect(regionOf(assets, 'module.m["a.b"].aws_sqs_queue.q')).toBe('us-east-1');
  expect(derivationOf(assets, 'module.m["a.b"].aws_sqs_queue.q').join()).toContain('aws.far');
  expect(assets.get('aws_s3_bucket.here')?.relations.map(({ kind, to }) => `${kind} ${to}`)).toEqual([
    'replica aws_s3_bucket.there',
  ]);
  const [seen] = (await collectTerraform({ root })).filter(({ subject }) => subject === 'aws_s3_bucket.here');
  expect(seen?.ref).toMatch(/main\.tf\.json:19:7$/);
});

test.each([
  ['no JSON', '{"resource": '],
  ['a list', '[1]'],
  ['a block that is a number', '{"resource": {"aws_s3_bucket": {"x": 3}}}'],
  ['a template that does not end', '{"resource": {"aws_s3_bucket": {"x": {"bucket": "${a"}}}}'],
])('%s is told with its place', async (_, text) => {
  const root = await folderOf({ 'main.tf.json': text });
  await expect(collectTerraform({ root })).rejects.toThrow(/main\.tf\.json:1:\d+/);
});

const table = (overrides: string): string => `
provider "aws" { region = "eu-west-3" }
variable "open" {}
resource "aws_dynamodb_table" "t" {
  name = "t"
  replica { region_name = "eu-central-1" }
  dynamic "replica" {
    ${overrides}
  }
}`;

test.each([
  [
    'values',
    'for_each = ["us-west-1"]\n content { region_name = replica.value }',
    ['eu-central-1', 'us-west-1'],
  ],
  [
    'keys, by an iterator of another name',
    'for_each = { us-west-2 = 1 }\n iterator = it\n content { region_name = it.key }',
    ['eu-central-1', 'us-west-2'],
  ],
  ['nothing', 'for_each = []\n content { region_name = replica.value }', ['eu-central-1']],
])('a dynamic block gives as many blocks as it is made from: %s', async (_, body, regions) => {
  const assets = await assetsOf({ root: await folderOf({ 'main.tf': table(body) }) });
  expect(assets.get('aws_dynamodb_table.t')?.relations.map(({ to }) => to.split('#')[1])).toEqual(regions);
});

test('how many blocks a dynamic one makes of what nobody told is not known, and not none', async () => {
  const root = await folderOf({
    'main.tf': table('for_each = var.open\n content { region_name = replica.value }'),
  });
  const assets = await assetsOf({ root });
  const [copy] = assets.get('aws_dynamodb_table.t')?.relations ?? [];
  expect(copy?.kind).toBe('replica');
  expect(regionOf(assets, copy?.to ?? '')).toBeNull();
});

test('a refusal repeats nothing that a terminal would obey', async () => {
  const root = await folderOf({ 'main.tf.json': { resource: { aws_dynamodb_table: { 'a\u0000b': 'x' } } } });
  await expect(collectTerraform({ root })).rejects.toThrow(
    'resource.aws_dynamodb_table.a\\u{0}b is no block',
  );
});
