import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { detectTerraform, isTerraformCode } from '../../../src/collect/terraform/detect.ts';
import { BercailError } from '../../../src/error.ts';
import { fixtures } from '../../setup/terraform.ts';

async function put(content: string | Uint8Array): Promise<string> {
  const path = join(await mkdtemp(join(tmpdir(), 'bercail-detect-')), 'file');
  await writeFile(path, content);
  return path;
}

test.each(['infra.json', 'keys.json', 'plans/modules.json', 'plans/example-01.json'])(
  '%s is a plan',
  async (name) => {
    expect(await detectTerraform(join(fixtures, name))).toBe('plan');
  },
);

test.each<readonly [what: string, content: string, kind: string | null]>([
  [
    'a plan whose members were sorted',
    '{"configuration": {}, "format_version": "1.2", "planned_values": {}, "terraform_version": "1.11.4"}',
    'plan',
  ],
  [
    'a plan with nothing to change',
    '{"format_version":"1.2","terraform_version":"1.11.4","planned_values":{"root_module":{}}}',
    'plan',
  ],
  ['a state as shown', '{"format_version":"1.0","terraform_version":"1.11.4","values":{}}', 'state'],
  ['a state with nothing in it', '{"format_version":"1.0","terraform_version":"1.11.4"}', 'state'],
  ['a state file', '{\n  "version": 4,\n  "terraform_version": "1.11.4",\n  "resources": []\n}', 'state'],
  [
    'a state file after a byte order mark',
    '\uFEFF{"version": 4, "terraform_version": "1.11.4", "resources": []}',
    'state',
  ],
  [
    'a state file of Terraform 0.11',
    '{"version": 3, "terraform_version": "0.11.14", "modules": []}',
    'state',
  ],
  ['a package', '{"name": "x", "version": "4.0.0"}', null],
  [
    'a template that names a word of ours',
    '{"Resources": {"x": {"Type": "AWS::S3::Bucket", "prior_state": {}}}}',
    null,
  ],
  ['broken JSON that only names a word of ours', '{"name": "x", "lineage": ', null],
  ['YAML', 'format_version: 1\nterraform_version: 2\n', null],
  ['an empty file', '', null],
])('%s is told', async (_, content, kind) => {
  expect(await detectTerraform(await put(content))).toBe(kind);
});

test('a plan in Terraform’s own format is one, for its reader to say what to do', async () => {
  const path = await put(
    Buffer.concat([Buffer.from('504b0304140008000800', 'hex'), Buffer.alloc(20), Buffer.from('tfplan')]),
  );
  expect(await detectTerraform(path)).toBe('plan');
});

test('a file that begins as a plan does and is cut short is refused', async () => {
  await expect(
    detectTerraform(await put('{"format_version":"1.2","terraform_version":"1.11.4","resource_changes":[')),
  ).rejects.toThrow(BercailError);
});

test.each([
  ['main.tf', true],
  ['main.tofu', true],
  ['main.tf.json', true],
  ['notes.txt', false],
])('%s is code: %s', (name, is) => {
  expect(isTerraformCode(name)).toBe(is);
});
