import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { generateSchemas } from '../../scripts/schema.ts';
import { packFolders, readFolder } from '../../src/io/content.ts';
import { root } from '../../src/io/root.ts';
import { formats } from '../../src/yaml/format.ts';
import { readYaml } from '../../src/yaml/read.ts';

const files = await generateSchemas();
const names = ['rule-v1', 'pack-v1', 'policy-v1'] as const;

function published(name: (typeof names)[number]): object {
  return JSON.parse(files.get(`reports/schema/${name}.schema.json`) ?? '') as object;
}

/** As an editor has it: strict, checked against the meta-schema, nothing left out. */
function compile(name: (typeof names)[number]): ValidateFunction {
  const ajv = new Ajv2020({
    allErrors: true,
    strictTypes: false,
    strictRequired: false,
    allowUnionTypes: true,
  });
  for (const [format, { test: holds }] of Object.entries(formats)) ajv.addFormat(format, holds);
  ajv.addVocabulary(['x-reads-as', 'x-expected']);
  return ajv.compile(published(name));
}

const packs = packFolders(join(root, 'rules'), 'rules');
const documents: readonly (readonly [string, (typeof names)[number], string])[] = [
  ...packs.flatMap(({ folder, files: inside }) =>
    inside.map(
      ({ name, text }) => [`${folder}/${name}`, name === 'pack.yaml' ? 'pack-v1' : 'rule-v1', text] as const,
    ),
  ),
  ...readFolder(join(root, 'policies'), 'policies').map(
    ({ name, text }) => [name, 'policy-v1', text] as const,
  ),
];

test('the schemas that editors read accept every built-in rule, pack and policy', () => {
  const validators = new Map(names.map((name) => [name, compile(name)]));
  const refused = documents.flatMap(([file, name, text]) => {
    const validate = validators.get(name);
    return validate?.(readYaml(text, file).value)
      ? []
      : [`${file}: ${JSON.stringify(validate?.errors?.slice(0, 3))}`];
  });
  expect(refused).toEqual([]);
});

describe.each(names)('%s', (name) => {
  test('says what every key means', () => {
    const silent: string[] = [];
    const visit = (node: unknown, path: string): void => {
      if (typeof node !== 'object' || node === null) return;
      if ('properties' in node && typeof node.properties === 'object' && node.properties !== null) {
        for (const [key, value] of Object.entries(node.properties as { readonly [key: string]: object })) {
          if (!('description' in value) && !('$ref' in value)) silent.push(`${path}.${key}`);
        }
      }
      for (const [key, value] of Object.entries(node)) visit(value, `${path}.${key}`);
    };
    visit(published(name), name);
    expect(silent).toEqual([]);
  });
});

test('editors complete the variables and the fields of the model in examples', () => {
  const text = files.get('reports/schema/rule-v1.schema.json') ?? '';
  for (const name of ['model_place', 'model_organisation', 'model_dataset'])
    expect(text).toContain(`"${name}"`);
  expect(text).toContain('#/$defs/model_place');
});

test.each([
  ['a severity that is none', 'severity: high', 'severity: grave'],
  ['a kind of duty that is none', 'type: law', 'type: habit'],
  ['an outcome that is none', 'expect: pass', 'expect: passes'],
])('refuses %s', (_, from, to) => {
  const text = documents.find(([, name, content]) => name === 'rule-v1' && content.includes(from))?.[2] ?? '';
  expect(text).toContain(from);
  expect(compile('rule-v1')(readYaml(text.replace(from, to), 'rule.yaml').value)).toBe(false);
});
