import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { gatherInputs } from '../../src/input/gather.ts';
import { type Folder, scratchFolder } from '../setup/command-line.ts';
import { catalog } from '../setup/run.ts';

const template = 'Resources: {Marks: {Type: "AWS::S3::Bucket"}}\n';
const plan = JSON.stringify({ format_version: '1.2', terraform_version: '1.9.0', resource_changes: [] });
const manifest =
  'bercail: manifest/v1\nid: carnet\norganisations: {men: {name: Ministère, role: controller}}\n';
const config = `bercail: config/v1
sources:
  - cloudformation: {template: stack.yaml, region: eu-west-3, stack: paris}
  - cloudformation: {template: stack.yaml, region: eu-west-1, stack: dublin}
`;

let folder: Folder;
const start = process.cwd();

beforeAll(async () => {
  folder = await scratchFolder();
  await folder.write('bare/stack.yaml', template);
  await folder.write('bare/manifest.yaml', manifest);
  await folder.write('code/plan.json', plan);
  await folder.write('code/main.tf', 'resource "aws_s3_bucket" "marks" {}\n');
  await folder.write('told/stack.yaml', template);
  await folder.write('told/bercail.yaml', config);
  process.chdir(folder.path());
});

afterAll(async () => {
  process.chdir(start);
  await folder.remove();
});

const stacks = [
  { template: 'told/stack.yaml', region: 'eu-west-3', stack: 'paris' },
  { template: 'told/stack.yaml', region: 'eu-west-1', stack: 'dublin' },
];
const bare = [{ template: 'bare/stack.yaml' }];
const planned = [{ plan: 'code/plan.json', root: 'code' }];

describe('each source is read once, whatever paths lead to it', () => {
  test.each([
    ['a folder and a file in it', ['bare', 'bare/stack.yaml'], bare],
    ['a file written in several ways', ['bare/stack.yaml', './bare/../bare/stack.yaml'], bare],
    ['a folder and a manifest in it, written otherwise', ['bare', './bare/manifest.yaml'], bare],
    ['a plan and the folder of its code', ['code/plan.json', 'code'], planned],
    ['the folder of the code and a file of it', ['code', 'code/main.tf'], planned],
    ['a configuration and the bare file that it deploys twice', ['told', 'told/stack.yaml'], stacks],
    [
      'a bare file before the configuration that deploys it',
      ['told/stack.yaml', 'told/bercail.yaml'],
      stacks,
    ],
    ['a configuration, twice', ['told', 'told/bercail.yaml'], stacks],
  ])('%s', async (_, paths, expected) => {
    const { sources } = await gatherInputs(paths, catalog);
    expect(sources.map(({ options }) => options)).toEqual(expected);
  });

  test('an absolute path', async () => {
    const { sources, manifests } = await gatherInputs(['bare', folder.path('bare/manifest.yaml')], catalog);
    expect([sources.length, manifests.length]).toEqual([1, 1]);
  });
});

test('two files of one content are two', async () => {
  await folder.write('twice/a.yaml', template);
  await folder.write('twice/b.yaml', template);
  const { sources } = await gatherInputs(['twice'], catalog);
  expect(sources).toHaveLength(2);
});
