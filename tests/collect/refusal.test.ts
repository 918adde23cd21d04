import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { collect } from '../../src/collect/collect.ts';
import { BercailError } from '../../src/error.ts';
import { gatherInputs } from '../../src/input/gather.ts';
import { testContext } from '../setup/collect-context.ts';
import { type Folder, scratchFolder } from '../setup/command-line.ts';
import { catalog } from '../setup/run.ts';

let folder: Folder;
beforeAll(async () => {
  folder = await scratchFolder();
  await folder.write('broken/a.yaml', 'Resources:\n  A: {Type: "AWS::S3::Bucket"\n');
  await folder.write('broken/b.yaml', 'apiVersion: v1\nkind: Pod\nmetadata: {name: {{ .Values.x }}}\n');
  await folder.write('broken/c.yaml', 'apiVersion: v1\nkind: Pod\nmetadata: {name: c}\n');
  await folder.write('broken/main.tf', 'resource "aws_s3_bucket" "b" {\n  bucket = \n}\n');
  await folder.write('bicep/main.bicep', 'param x string\n');
  await folder.write('bicep/pod.yaml', 'apiVersion: v1\nkind: Pod\nmetadata: {name: c}\n');
  await folder.write('compiled/main.bicep', 'param x string\n');
  await folder.write(
    'compiled/main.json',
    '{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "resources": []}',
  );
});
afterAll(() => folder.remove());

async function refusal(work: Promise<unknown>): Promise<readonly string[]> {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof BercailError)) throw error ?? new Error('nothing was refused');
  return error.problems.map(
    ({ message, where }) => `${where?.file.replace(`${folder.path()}/`, '')}:${where?.line} ${message}`,
  );
}

test('what several files are refused for is told at once, in the order of the files', async () => {
  const { sources } = await gatherInputs([folder.path('broken')], catalog);
  expect(await refusal(collect(sources, testContext()))).toEqual([
    expect.stringMatching(/^broken\/a\.yaml:\d the YAML is broken/),
    'broken/b.yaml:3 a chart that is not rendered',
    'broken/main.tf:2 expected an expression',
  ]);
});

test('what one file is refused for is told as it is', async () => {
  const sources = [{ kind: 'kubernetes', options: { path: folder.path('broken/b.yaml') } }];
  expect(await refusal(collect(sources, testContext()))).toEqual([
    'broken/b.yaml:3 a chart that is not rendered',
  ]);
});

test('Bicep that nothing compiled is not passed over in its folder', async () => {
  expect(await refusal(gatherInputs([folder.path('bicep')], catalog))).toEqual([
    expect.stringContaining('main.bicep: Bicep is read in its compiled form'),
  ]);
});

test('what was compiled beside it is read', async () => {
  const { sources } = await gatherInputs([folder.path('compiled')], catalog);
  expect(sources.map(({ kind }) => kind)).toEqual(['arm']);
});
