/**
 * Writes the published schemas and the types generated from them. `--check` fails when they are stale.
 * `node scripts/schema.ts [--check]`
 */
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { compile, type JSONSchema } from 'json-schema-to-typescript';
import { attestationsSchema } from '../src/config/attestation-schema.ts';
import { configSchema } from '../src/config/schema.ts';
import { waiversSchema } from '../src/config/waiver-schema.ts';
import { manifestSchema } from '../src/manifest/schema/manifest.ts';
import { policySchema } from '../src/policy/schema.ts';
import { packSchema, ruleSchema } from '../src/rule/schema.ts';
import type { JsonSchema } from '../src/yaml/schema.ts';
import { withModel } from './docs/model/given.ts';

const schemas: readonly {
  readonly name: string;
  readonly schema: JsonSchema;
  readonly types: string | null;
}[] = [
  { name: 'manifest-v1', schema: manifestSchema, types: 'src/manifest/types.generated.ts' },
  { name: 'config-v1', schema: configSchema, types: 'src/config/types.generated.ts' },
  { name: 'waivers-v1', schema: waiversSchema, types: null },
  { name: 'attestations-v1', schema: attestationsSchema, types: null },
  { name: 'rule-v1', schema: withModel(ruleSchema), types: null },
  { name: 'pack-v1', schema: packSchema, types: null },
  { name: 'policy-v1', schema: policySchema, types: null },
];

/** What every generated file must hold, by path from the root of the repository. */
export async function generateSchemas(): Promise<ReadonlyMap<string, string>> {
  const files = new Map<string, string>();
  for (const { name, schema, types } of schemas) {
    files.set(`reports/schema/${name}.schema.json`, `${JSON.stringify(schema, null, 2)}\n`);
    if (types !== null) files.set(types, await generateTypes(schema, name));
  }
  return files;
}

async function generateTypes(schema: JsonSchema, name: string): Promise<string> {
  const banner = `// Generated from ${name}.schema.json by scripts/schema.ts: do not edit.`;
  const options = {
    bannerComment: banner,
    additionalProperties: false,
    strictIndexSignatures: false,
    format: true,
    unreachableDefinitions: true,
  };
  return compile(asRead(schema) as JSONSchema, 'Schema', options);
}

/** The schema of what readers return: values with a note `x-reads-as` are replaced by what they are read as. */
function asRead(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(asRead);
  if (typeof node !== 'object' || node === null) return node;
  const { propertyNames: _names, minItems: _min, ...schema } = node as { [key: string]: unknown };
  const as = schema['x-reads-as'];
  if (as === undefined) {
    const { anyOf, properties, ...rest } = schema;
    // A condition on which keys are present says nothing about their types.
    const forms = properties === undefined ? anyOf : undefined;
    return Object.fromEntries(
      Object.entries({
        ...rest,
        ...(properties === undefined ? {} : { properties }),
        ...(forms === undefined ? {} : { anyOf: forms }),
      }).map(([key, value]) => [key, asRead(value)]),
    );
  }
  if (as === 'text') return { type: 'string' };
  if (typeof as === 'object') return { tsType: 'never' };
  return { const: as };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const root = new URL('../', import.meta.url);
  const stale: string[] = [];
  for (const [path, content] of await generateSchemas()) {
    const url = new URL(path, root);
    const present = await readFile(url, 'utf8').catch(() => null);
    if (present === content) continue;
    stale.push(path);
    if (!process.argv.includes('--check')) await writeFile(url, content);
  }
  if (process.argv.includes('--check') && stale.length > 0) {
    console.error(`stale: ${stale.join(', ')}: run "node scripts/schema.ts"`);
    process.exitCode = 1;
  }
}
