import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { attestationsSchema } from '../../src/config/attestation-schema.ts';
import { configSchema } from '../../src/config/schema.ts';
import { waiversSchema } from '../../src/config/waiver-schema.ts';
import { root } from '../../src/io/root.ts';
import { manifestSchema } from '../../src/manifest/schema/manifest.ts';
import { policySchema } from '../../src/policy/schema.ts';
import { packSchema, ruleSchema } from '../../src/rule/schema.ts';
import { compact, createAjv } from '../../src/yaml/ajv.ts';
import { readYaml } from '../../src/yaml/read.ts';

const load = createRequire(import.meta.url);

const schemas = {
  manifest: manifestSchema,
  config: configSchema,
  waivers: waiversSchema,
  attestations: attestationsSchema,
  policy: policySchema,
  rule: ruleSchema,
  pack: packSchema,
};

const texts = ['rules', 'policies', 'examples'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.ya?ml$/.test(name))
    .map((name) => join(root, folder, name)),
);
const files = texts.flatMap((path) => {
  try {
    return [{ name: basename(path), value: readYaml(readFileSync(path), path).value }];
  } catch {
    return [];
  }
});

test('every schema whose files users write has a file in the bundle', () => {
  const built = readdirSync(join(root, 'dist/valid')).map((name) => basename(name, '.cjs'));
  expect(built.toSorted()).toEqual(Object.keys(schemas).toSorted());
});

describe.each(Object.entries(schemas))('the precompiled validator of a %s', (name, schema) => {
  const isValid = load(join(root, 'dist/valid', `${name}.cjs`)) as (value: unknown) => boolean;
  const told = createAjv().compile(compact(schema));
  const right = files.filter(({ value }) => told(value));

  test('takes and refuses the files of the repository as ajv does', () => {
    for (const { name: file, value } of files)
      expect({ file, valid: isValid(value) }).toEqual({ file, valid: told(value) });
  });

  test('takes and refuses what a slip of the pen makes of a right file as ajv does', () => {
    if (right.length === 0) return expect(['config', 'waivers', 'attestations']).toContain(name);
    const slip = fc.record({
      file: fc.constantFrom(...right),
      steps: fc.array(fc.nat({ max: 20 }), { minLength: 1, maxLength: 8 }),
      by: fc.oneof(fc.constantFrom(null, '', 'unknown', 'none', false, 0, [], {}), fc.jsonValue()),
    });
    let refused = 0;
    fc.assert(
      fc.property(slip, ({ file, steps, by }) => {
        const wrong = changed(file.value, steps, by);
        const expected = told(wrong);
        if (!expected) refused += 1;
        expect(isValid(wrong)).toBe(expected);
      }),
      { numRuns: 500 },
    );
    expect(refused).toBeGreaterThan(50);
  });
});

/** The value with one of its parts, found by walking, in place of which something else stands. */
function changed(value: unknown, [step = 0, ...rest]: readonly number[], by: unknown): unknown {
  if (typeof value !== 'object' || value === null || Object.keys(value).length === 0) return by;
  const keys = Object.keys(value);
  const key = keys[step % keys.length] ?? '';
  const part = (value as { readonly [key: string]: unknown })[key];
  const inside = rest.length === 0 ? by : changed(part, rest, by);
  return Array.isArray(value) ? value.with(Number(key), inside) : { ...value, [key]: inside };
}
