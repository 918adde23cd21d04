import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { _, Ajv2020 } from 'ajv/dist/2020.js';
import standaloneModule from 'ajv/dist/standalone/index.js';
import { build, type Plugin } from 'esbuild';
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
const schemas: { readonly [file: string]: JsonSchema } = {
  manifest: manifestSchema,
  config: configSchema,
  waivers: waiversSchema,
  attestations: attestationsSchema,
  policy: policySchema,
  rule: ruleSchema,
  pack: packSchema,
};

/**
 * Gives the bundle, for each schema, a validator compiled here that only says yes or no. A file that is right needs no
 * more, and a start neither loads ajv nor generates code; one that is wrong is told by ajv, loaded then.
 */
export const precompiledValidators: Plugin = {
  name: 'precompiled-validators',
  setup(bundle) {
    bundle.onLoad({ filter: /[/\\]src[/\\]yaml[/\\]ajv\.ts$/ }, async ({ path }) => ({
      contents: withFastPath(await readFile(path, 'utf8')),
      loader: 'ts',
    }));
  },
};

/** The validators that the bundle asks, each a file that only a run with such a file to check loads. */
export async function writeValidators(dist: string): Promise<void> {
  await build({
    entryPoints: Object.keys(schemas).map((name) => ({ in: `valid:${name}`, out: name })),
    outdir: join(dist, 'valid'),
    outExtension: { '.js': '.cjs' },
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node22',
    minify: true,
    logLevel: 'warning',
    plugins: [validatorSources],
  });
}

const validatorSources: Plugin = {
  name: 'validator-sources',
  setup(bundle) {
    const namespace = 'validators';
    bundle.onResolve({ filter: /^valid:/ }, ({ path }) => ({ path: path.slice('valid:'.length), namespace }));
    bundle.onLoad({ filter: /.*/, namespace }, ({ path }) => ({
      contents: compiled(schemas[path] ?? {}),
      resolveDir: root,
    }));
  },
};

function idOf(schema: JsonSchema): string {
  return jsonText(schema['$id']);
}

/** The source of `ajv.ts`, with ajv itself loaded on demand and the compiled validators asked first. */
function withFastPath(source: string): string {
  const files = Object.entries(schemas).map(([name, schema]) => [idOf(schema), name]);
  const lazy = source
    .replace(
      /^import \{ Ajv2020, type ValidateFunction \} from 'ajv\/dist\/2020\.js';$/m,
      `import { createRequire } from 'node:module';
      import { join } from 'node:path';
      import { root } from '../io/root.ts';
      const load = createRequire(import.meta.url);
      type ValidateFunction = any;`,
    )
    .replace('new Ajv2020(', "new (load('ajv/dist/2020.js').Ajv2020)(")
    .replace('export function createAjv(): Ajv2020', 'export function createAjv(): any')
    .replace('export function lazyValidator', 'function slowValidator');
  if (!lazy.includes('slowValidator') || lazy.includes('new Ajv2020('))
    throw new Error('src/yaml/ajv.ts has changed: mend scripts/build/validators.ts');
  return `${lazy}
const files = new Map<string, string>(${JSON.stringify(files)});

export function lazyValidator(schema: () => JsonSchema): () => ValidateFunction {
  const slow = slowValidator(schema);
  let found: ValidateFunction;
  return () => {
    if (found) return found;
    const file = files.get(String(schema().$id));
    if (file === undefined) return (found = slow());
    const isValid = load(join(root, 'dist', 'valid', file + '.cjs'));
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

function compiled(schema: JsonSchema): string {
  const ajv = new Ajv2020({
    strictTypes: false,
    strictRequired: false,
    messages: false,
    inlineRefs: false,
    code: { source: true, formats: _`tests` },
  });
  for (const [name, { test }] of Object.entries(formats)) ajv.addFormat(name, test);
  ajv.addVocabulary(['x-reads-as', 'x-expected']);
  const code = compiledAtOnce(standalone(ajv, ajv.compile(compact(schema))));
  return `const { formats } = require(${JSON.stringify(join(root, 'src/yaml/format.ts'))});
const tests = Object.fromEntries(Object.entries(formats).map(([name, { test }]) => [name, test]));
${code}`;
}

/**
 * Functions in parentheses are compiled with the file, and so kept in Node's cache of compiled code; others are compiled
 * anew in each run, which for these takes longer than all that they check.
 */
function compiledAtOnce(code: string): string {
  const [first = '', name = ''] = /^"use strict";module\.exports = (validate\d+);[^;]*;/.exec(code) ?? [];
  const start = /function (validate\d+)\(/g;
  const end = /\}(validate\d+)\.evaluated = /g;
  const names = (pattern: RegExp): string => [...code.matchAll(pattern)].map((match) => match[1]).join();
  if (name === '' || names(start) !== names(end)) throw new Error('ajv writes its code otherwise');
  const functions = code
    .slice(first.length)
    .replace(start, 'var $1 = (function (')
    .replace(end, '});$1.evaluated = ');
  return `${functions}module.exports = ${name};`;
}
