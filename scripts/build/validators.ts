import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { _, Ajv2020 } from 'ajv/dist/2020.js';
import standaloneModule from 'ajv/dist/standalone/index.js';
import type { Plugin } from 'esbuild';
import { attestationsSchema } from '../../src/config/attestation-schema.ts';
import { configSchema } from '../../src/config/schema.ts';
import { waiversSchema } from '../../src/config/waiver-schema.ts';
import { jsonText } from '../../src/inventory/fact.ts';
import { root } from '../../src/io/root.ts';
import { manifestSchema } from '../../src/manifest/schema/manifest.ts';
import { policySchema } from '../../src/policy/schema.ts';
import { packSchema, ruleSchema } from '../../src/rule/schema.ts';
import { compact } from '../../src/yaml/ajv.ts';
import { formats } from '../../src/yaml/format.ts';
import type { JsonSchema } from '../../src/yaml/schema.ts';

const { default: standalone } = standaloneModule;

/** Schemas of files that users write: what a start would otherwise compile. */
const schemas: readonly JsonSchema[] = [
  manifestSchema,
  configSchema,
  waiversSchema,
  attestationsSchema,
  policySchema,
  ruleSchema,
  packSchema,
];

/**
 * Gives the bundle, for each schema, a validator compiled here that only says yes or no. A file that is right needs no
 * more, and a start neither loads ajv nor generates code; one that is wrong is told by ajv, loaded then.
 */
export const precompiledValidators: Plugin = {
  name: 'precompiled-validators',
  setup(build) {
    build.onResolve({ filter: /^bercail:(valid:.*|formats)$/ }, ({ path }) => ({
      path,
      namespace: 'bercail',
    }));
    build.onLoad({ filter: /[/\\]src[/\\]yaml[/\\]ajv\.ts$/ }, async ({ path }) => ({
      contents: withFastPath(await readFile(path, 'utf8')),
      loader: 'ts',
    }));
    build.onLoad({ filter: /^bercail:formats$/, namespace: 'bercail' }, () => ({
      contents: `const { formats } = require(${JSON.stringify(join(root, 'src/yaml/format.ts'))});
        module.exports = Object.fromEntries(Object.entries(formats).map(([name, { test }]) => [name, test]));`,
      loader: 'js',
      resolveDir: root,
    }));
    build.onLoad({ filter: /^bercail:valid:/, namespace: 'bercail' }, ({ path }) => ({
      contents: compiled(path.slice('bercail:valid:'.length)),
      loader: 'js',
      resolveDir: root,
    }));
  },
};

function idOf(schema: JsonSchema): string {
  return jsonText(schema['$id']);
}

/** The source of `ajv.ts`, with ajv itself loaded on demand and the compiled validators asked first. */
function withFastPath(source: string): string {
  const table = schemas.map(
    (schema) =>
      `[${JSON.stringify(idOf(schema))}, () => require(${JSON.stringify(`bercail:valid:${idOf(schema)}`)})]`,
  );
  const lazy = source
    .replace(
      /^import \{ Ajv2020, type ValidateFunction \} from 'ajv\/dist\/2020\.js';$/m,
      "import { createRequire } from 'node:module';\ntype ValidateFunction = any;",
    )
    .replace('new Ajv2020(', "new (createRequire(import.meta.url)('ajv/dist/2020.js').Ajv2020)(")
    .replace('export function createAjv(): Ajv2020', 'export function createAjv(): any')
    .replace('export function lazyValidator', 'function slowValidator');
  if (!lazy.includes('slowValidator') || lazy.includes('new Ajv2020('))
    throw new Error('src/yaml/ajv.ts has changed: mend scripts/build/validators.ts');
  return `${lazy}
const fast = new Map<string, () => (value: unknown) => boolean>([${table.join(', ')}]);

export function lazyValidator(schema: () => JsonSchema): () => ValidateFunction {
  const slow = slowValidator(schema);
  let found: ValidateFunction;
  return () => {
    if (found) return found;
    const isValid = fast.get(String(schema().$id))?.();
    if (!isValid) return (found = slow());
    found = (value: unknown) => {
      if (isValid(value)) return true;
      const told = slow();
      const isRight = told(value);
      found.errors = told.errors;
      found.schema = told.schema;
      return isRight;
    };
    return found;
  };
}`;
}

function compiled(id: string): string {
  const schema = schemas.find((one) => idOf(one) === id);
  if (!schema) throw new Error(`no schema ${id}`);
  const ajv = new Ajv2020({
    strictTypes: false,
    strictRequired: false,
    messages: false,
    inlineRefs: false,
    code: { source: true, formats: _`require("bercail:formats")` },
  });
  for (const [name, { test }] of Object.entries(formats)) ajv.addFormat(name, test);
  ajv.addVocabulary(['x-reads-as', 'x-expected']);
  return standalone(ajv, ajv.compile(compact(schema)));
}
