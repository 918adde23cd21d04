import { cp, mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { BercailError } from '../../../src/error.ts';
import { foldObservations } from '../../../src/inventory/build/observed.ts';
import {
  assetsOf,
  collectTerraform,
  derivationOf,
  factOf,
  fixtures,
  noteOf,
  regionOf,
  relationsOf,
} from '../../setup/terraform.ts';

const root = join(fixtures, 'infra');
const plan = join(fixtures, 'infra.json');
const archived = 'module.archive.module.bucket.aws_s3_bucket.this';
const answers = 'module.stores["answers"].aws_s3_bucket.this';

async function folder(files: { readonly [name: string]: string }): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'bercail-code-'));
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(path, name)), { recursive: true });
    await writeFile(join(path, name), text);
  }
  return path;
}

describe.each([
  ['a plan with its code', { plan, root }],
  ['code alone', { root }],
])('%s', (_, options) => {
  test('has the same resources at the same places, a nested module’s by what its caller passes', async () => {
    const assets = await assetsOf(options);
    expect([...assets.keys()].filter((id) => !id.startsWith('module.elsewhere'))).toEqual([
      'aws_db_instance.main[0]',
      'aws_db_instance.main[1]',
      'aws_s3_bucket_replication_configuration.answers',
      archived,
      'module.archive.module.bucket.aws_s3_bucket_public_access_block.this',
      answers,
      'module.stores["answers"].aws_s3_bucket_public_access_block.this',
      'module.stores["results"].aws_s3_bucket.this',
      'module.stores["results"].aws_s3_bucket_public_access_block.this',
    ]);
    expect(regionOf(assets, answers)).toBe('eu-west-3');
    expect(regionOf(assets, archived)).toBe('us-east-1');
    expect(relationsOf(assets, answers)).toEqual([`replica ${archived}`]);
    expect(factOf(assets, answers, 'tags')).toEqual({ data: 'pupils', env: 'prod', team: 'assessment' });
    expect(factOf(assets, answers, 'public')).toBe(false);
    expect(factOf(assets, 'aws_db_instance.main[1]', 'encryption.at_rest')).toBe(false);
  });

  test('points at the block of each resource', async () => {
    const assets = await assetsOf(options);
    const refs = (id: string) => assets.get(id)?.evidence.map(({ ref }) => ref?.replace(root, ''));
    expect(refs('aws_db_instance.main[0]')?.[0]).toBe('/main.tf:59:1');
    expect(refs(archived)?.[0]).toBe('/modules/bucket/main.tf:7:1');
    expect(assets.get(answers)?.relations[0]?.evidence.ref?.replace(root, '')).toBe('/main.tf:47:1');
  });

  test('tells the way to a region through modules, providers and locals, with their lines', async () => {
    const steps = derivationOf(await assetsOf(options), archived).map((step) => step.replaceAll(root, ''));
    expect(steps.slice(-3)).toEqual([
      'provider aws.archive (/main.tf:29:1)',
      'local.archive_region (/main.tf:18:3)',
      'region = "us-east-1"',
    ]);
  });
});

test('without the code, what stands in it is not known', async () => {
  const assets = await assetsOf({ plan });
  expect(regionOf(assets, answers)).toBe('eu-west-3');
  expect(regionOf(assets, archived)).toBeNull();
  expect(noteOf(assets, archived)).toMatch(/local\.archive_region is in the code/);
});

test('a module whose code is elsewhere is a gap', async () => {
  const { gaps, incomplete } = foldObservations(await collectTerraform({ root }));
  expect(gaps.map(({ subject, reason }) => `${subject.replace(root, '')} ${reason}`)).toEqual([
    '#module.elsewhere not_collected',
  ]);
  expect(incomplete.has('terraform')).toBe(true);
});

test('a module that terraform init fetched is read', async () => {
  const path = await folder({
    'main.tf':
      'provider "aws" {\n  region = "eu-west-3"\n}\nmodule "store" {\n  source = "example/store/aws"\n}\n',
    '.terraform/modules/modules.json': JSON.stringify({
      Modules: [
        { Key: '', Source: '', Dir: '.' },
        { Key: 'store', Source: 'example/store/aws', Dir: '.terraform/modules/store' },
      ],
    }),
    '.terraform/modules/store/main.tf': 'resource "aws_s3_bucket" "b" {}\n',
  });
  expect(regionOf(await assetsOf({ root: path }), 'module.store.aws_s3_bucket.b')).toBe('eu-west-3');
});

type Case = readonly [
  what: string,
  code: string,
  region: string | null,
  files?: { readonly [name: string]: string },
];
const inProvider = (region: string): string =>
  `provider "aws" {\n  region = ${region}\n}\nresource "aws_s3_bucket" "b" {}\n`;

test.each<Case>([
  ['a text', inProvider('"eu-west-3"'), 'eu-west-3'],
  ['a default', `variable "r" { default = "eu-west-3" }\n${inProvider('var.r')}`, 'eu-west-3'],
  [
    'a value of terraform.tfvars',
    `variable "r" { default = "us-east-1" }\n${inProvider('var.r')}`,
    'eu-west-3',
    { 'terraform.tfvars': 'r = "eu-west-3"\n' },
  ],
  [
    'an automatic value over another',
    `variable "r" {}\n${inProvider('var.r')}`,
    'eu-west-1',
    { 'terraform.tfvars': 'r = "eu-west-3"\n', 'b.auto.tfvars.json': '{"r": "eu-west-1"}' },
  ],
  [
    'an override',
    inProvider('"us-east-1"'),
    'eu-west-3',
    { 'x_override.tf': 'provider "aws" {\n  region = "eu-west-3"\n}\n' },
  ],
  [
    'a text in parts',
    `variable "c" { default = "eu" }\n${inProvider('"${var.c}-west-${1 + 2}"')}`,
    'eu-west-3',
  ],
  [
    'a condition',
    `variable "prod" { default = true }\n${inProvider('var.prod ? "eu-west-3" : "us-east-1"')}`,
    'eu-west-3',
  ],
  [
    'a map',
    `locals {\n  of = { fr = { name = "eu-west-3" } }\n}\n${inProvider('local.of["fr"].name')}`,
    'eu-west-3',
  ],
  ['a function', inProvider('lower(join("-", ["EU", "west", "3"]))'), 'eu-west-3'],
  [
    'a chain of locals',
    `locals {\n  a = local.b\n  b = "eu-west-3"\n}\n${inProvider('local.a')}`,
    'eu-west-3',
  ],
  [
    'the first of a set, which has an order of its own',
    inProvider('tolist(toset(["us-east-1", "eu-west-3"]))[0]'),
    'eu-west-3',
  ],
  ['a set of what is no text', inProvider('tolist(toset([2, 1]))[0] == 1 ? "eu-west-3" : "us-east-1"'), null],
  ['a text with parts replaced', inProvider('replace("eu_west_3", "_", "-")'), 'eu-west-3'],
  ['a text with a pattern replaced', inProvider('replace("eu_west_3", "/_/", "-")'), null],
  ['one of a list', inProvider('one(compact(flatten([["", "eu-west-3"], []])))'), 'eu-west-3'],
  ['one of several', inProvider('one(["eu-west-3", "us-east-1"])'), null],
  ['names put to values', inProvider('zipmap(["a", "b"], ["us-east-1", "eu-west-3"])["b"]'), 'eu-west-3'],
  ['a text without its ends', inProvider('trimsuffix(trimprefix("r/eu-west-3a", "r/"), "a")'), 'eu-west-3'],
  [
    'its own, which nobody tells, and not that of its provider',
    'variable "r" {}\nprovider "aws" {\n  region = "eu-west-3"\n}\nresource "aws_s3_bucket" "b" {\n  region = var.r\n}\n',
    null,
  ],
  ['a circle', `locals {\n  a = local.b\n  b = local.a\n}\n${inProvider('local.a')}`, null],
  ['a variable without a value', `variable "r" {}\n${inProvider('var.r')}`, null],
  ['the workspace', inProvider('terraform.workspace'), null],
  ['a function of the outside', inProvider('file("region.txt")'), null],
])('the region of code is %s', async (_, code, region, files = {}) => {
  expect(
    regionOf(await assetsOf({ root: await folder({ 'main.tf': code, ...files }) }), 'aws_s3_bucket.b'),
  ).toBe(region);
});

test.each([
  ['count = 0', []],
  ['count = 2', ['aws_s3_bucket.b[0]', 'aws_s3_bucket.b[1]']],
  ['for_each = toset(["x", "y"])', ['aws_s3_bucket.b["x"]', 'aws_s3_bucket.b["y"]']],
  ['for_each = { x = "eu-west-1", y = "eu-west-3" }', ['aws_s3_bucket.b["x"]', 'aws_s3_bucket.b["y"]']],
  ['for_each = var.many', ['aws_s3_bucket.b']],
  ['count = false && var.many ? 1 : 0', []],
])('code with %s has the instances that can be told', async (repeat, ids) => {
  const path = await folder({
    'main.tf': `variable "many" {}\nresource "aws_s3_bucket" "b" {\n  ${repeat}\n}\n`,
  });
  expect([...(await assetsOf({ root: path })).keys()]).toEqual(ids);
});

test('what may not come to be establishes nothing of another', async () => {
  const path = await folder({
    'main.tf':
      'variable "on" {}\nresource "aws_s3_bucket" "b" {}\nresource "aws_s3_bucket_public_access_block" "b" {\n  count = var.on ? 1 : 0\n  bucket = aws_s3_bucket.b.id\n  ignore_public_acls = true\n  restrict_public_buckets = true\n}\n',
  });
  expect(factOf(await assetsOf({ root: path }), 'aws_s3_bucket.b', 'public')).toBe('not_collected');
});

test('a resource has the location that another one’s block writes', async () => {
  const path = await folder({
    'main.tf':
      'resource "azurerm_resource_group" "g" {\n  name = "g"\n  location = "France Central"\n}\nresource "azurerm_storage_account" "s" {\n  location = azurerm_resource_group.g.location\n  account_replication_type = "GRS"\n}\n',
  });
  const assets = await assetsOf({ root: path });
  expect(regionOf(assets, 'azurerm_storage_account.s')).toBe('France Central');
  expect(regionOf(assets, 'azurerm_storage_account.s#secondary')).toBe('francesouth');
});

test('every file that cannot be parsed is told with its position, together with the plan’s', async () => {
  const path = await folder({
    'a.tf': 'resource "x" "y" {\n  a = \n}\n',
    'b.tf': 'locals {\n  a = "x\n}\n',
    'plan.json': '{"format_version": "1.2",',
  });
  const read = collectTerraform({ plan: join(path, 'plan.json'), root: path });
  await expect(read).rejects.toThrow(BercailError);
  const { problems } = (await read.catch((error: unknown) => error)) as BercailError;
  expect(
    problems.map(({ where }) => `${where?.file.replace(path, '')}:${where?.line}:${where?.column}`),
  ).toEqual(['/a.tf:2:7', '/b.tf:2:7', '/plan.json:1:26']);
});

test('what two files define is told with both places: nobody can tell which counts', async () => {
  const twice =
    'resource "aws_s3_bucket" "b" {}\nlocals {\n  where = "x"\n}\nprovider "aws" {\n  alias = "a"\n}\n';
  const module = 'resource "aws_sqs_queue" "q" {}\n';
  const path = await folder({
    'a.tf': `${twice}provider "aws" {}\nmodule "m" {\n  source = "./m"\n}\nmodule "n" {\n  source = "./m"\n}\n`,
    'b.tf': twice,
    'c_override.tf': 'resource "aws_s3_bucket" "b" {}\n',
    'm/a.tf': module,
    'm/b.tf.json': '{"resource": {"aws_sqs_queue": {"q": {}}}}',
  });
  const read = collectTerraform({ root: path });
  await expect(read).rejects.toThrow(BercailError);
  const { problems } = (await read.catch((error: unknown) => error)) as BercailError;
  const told = problems.map(({ message, hint, where }) =>
    `${where?.file}:${where?.line} ${message}; ${hint}`.replaceAll(path, ''),
  );
  expect(told).toEqual([
    '/b.tf:1 aws_s3_bucket.b is defined twice; the other is at /a.tf:1:1; keep one',
    '/b.tf:3 local.where is defined twice; the other is at /a.tf:3:3; keep one',
    '/b.tf:5 provider.aws.a is defined twice; the other is at /a.tf:5:1; keep one',
    '/m/b.tf.json:1 aws_sqs_queue.q is defined twice; the other is at /m/a.tf:1:1; keep one',
  ]);
});

test('modules that call each other for ever end as a gap', async () => {
  const path = await folder({
    'main.tf': 'module "a" {\n  source = "./a"\n}\n',
    'a/main.tf': 'module "b" {\n  source = "../a"\n}\nmodule "c" {\n  source = "../a"\n}\n',
  });
  const { gaps } = foldObservations(await collectTerraform({ root: path }));
  expect(gaps.length).toBeGreaterThan(0);
});

test('code of OpenTofu comes before that of Terraform of the same name', async () => {
  const path = await folder({ 'main.tf': inProvider('"us-east-1"'), 'main.tofu': inProvider('"eu-west-3"') });
  expect(regionOf(await assetsOf({ root: path }), 'aws_s3_bucket.b')).toBe('eu-west-3');
});

test('a copy of the folder elsewhere gives the same but for its name', async () => {
  const path = await folder({});
  await cp(root, join(path, 'infra'), { recursive: true });
  const there = await assetsOf({ root: join(path, 'infra') });
  expect([...there.keys()]).toEqual([...(await assetsOf({ root })).keys()]);
});

test('the way to a region leads through the variable that chooses it', async () => {
  const code = 'variable "site" {}\nlocals {\n  of = { paris = "eu-west-3" }\n}\n';
  const root = await folder({
    'main.tf': `${code}${inProvider('local.of[var.site]')}`,
    'a.auto.tfvars': 'site = "paris"\n',
  });
  const steps = derivationOf(await assetsOf({ root }), 'aws_s3_bucket.b').join();
  expect(steps).toContain('var.site = "paris"');
  expect(steps).toContain('a.auto.tfvars:1:1');
});

test('a name that is written as an attribute and as a block is read as the block', async () => {
  const root = await folder({
    'main.tf':
      'resource "aws_dynamodb_table" "t" {\n  replica = "x"\n  replica {\n    region_name = "us-east-1"\n  }\n}\n',
  });
  expect((await assetsOf({ root })).has('aws_dynamodb_table.t#us-east-1')).toBe(true);
});
