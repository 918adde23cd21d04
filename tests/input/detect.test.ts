import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { detectText } from '../../src/input/detect.ts';

test.each([
  ['tests/fixtures/cloudformation/store.yaml', 'cloudformation'],
  ['tests/fixtures/cloudformation/intrinsics.yaml', 'cloudformation'],
  ['tests/fixtures/cloudformation/example-01.yaml', 'cloudformation'],
  ['tests/fixtures/arm/deployment.json', 'arm'],
  ['tests/fixtures/arm/example-01.json', 'arm'],
  ['tests/fixtures/kubernetes/app.yaml', 'kubernetes'],
  ['tests/fixtures/kubernetes/compose.yaml', 'kubernetes'],
  ['examples/infra/manifest.yaml', null],
  ['examples/infra/bercail.yaml', null],
  ['examples/infra/terraform/plan.json', null],
  ['package.json', null],
  ['action.yml', null],
])('%s is %s', (path, kind) => {
  expect(detectText(readFileSync(path, 'utf8'), path)).toBe(kind);
});

test.each([
  [
    'a plan that holds a manifest',
    '{"format_version": "1.2", "x": {\n"apiVersion": "v1",\n"kind": "Pod"}}',
    'plan.json',
    null,
  ],
  ['Bicep', 'param location string', 'main.bicep', 'bicep'],
  [
    'a template in one line of JSON',
    '{"Resources": {"A": {"Type": "AWS::S3::Bucket"}}}',
    'a.json',
    'cloudformation',
  ],
])('%s', (_, text, path, kind) => {
  expect(detectText(text, path)).toBe(kind);
});
