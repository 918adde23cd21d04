import { BercailError } from '../error.ts';
import type { GateSetting } from '../evaluate/gate.ts';
import type { InputFile } from '../input/gather.ts';
import type { Tree } from '../inventory/fact.ts';
import type { Language } from '../result/result.ts';
import { lazyValidator } from '../yaml/ajv.ts';
import type { JsonSchema } from '../yaml/schema.ts';

export const runName = 'run.json';

/** A file of the bundle and the name it had. */
interface Kept {
  readonly name: string;
  readonly entry: string;
}

export interface KeptFolder {
  readonly folder: string;
  readonly files: readonly Kept[];
}

/** How the run was made: with this and the files that it names, it can be made again. */
export interface RunFile {
  readonly bercail: 'bundle/v1';
  readonly tool: { readonly version: string };
  readonly case: {
    readonly as_of: string;
    readonly started_at: string;
    readonly finished_at: string;
    readonly language: Language;
    readonly gate: Partial<GateSetting> | null;
    readonly rules: readonly string[] | null;
    readonly only_packs: readonly string[] | null;
    readonly all: boolean;
    readonly strict_waivers: boolean;
    readonly include_inventory: boolean;
    readonly left_out: readonly string[];
  };
  readonly inputs: readonly {
    readonly role: InputFile['role'];
    readonly path: string;
    readonly entry: string;
  }[];
  /** `entry`: what the source gave; null for one that was left out. */
  readonly sources: readonly {
    readonly kind: string;
    readonly options: Tree;
    readonly entry: string | null;
  }[];
  readonly policy: {
    readonly name: string;
    readonly base: string;
    readonly packs: readonly { readonly path: string; readonly sha256?: string }[];
    readonly policies: readonly (Kept & { readonly base: string; readonly file: string })[];
    readonly folders: readonly (KeptFolder & { readonly path: string })[];
  };
  readonly built_in: readonly KeptFolder[];
  readonly catalog: readonly Kept[];
  /** Reports by format. */
  readonly reports: readonly Kept[];
}

export const text: JsonSchema = { type: 'string' };
const flag: JsonSchema = { type: 'boolean' };

export function list(items: JsonSchema): JsonSchema {
  return { type: 'array', items };
}

export function record(
  properties: { readonly [name: string]: JsonSchema },
  optional: readonly string[] = [],
): JsonSchema {
  const required = Object.keys(properties).filter((name) => !optional.includes(name));
  return { type: 'object', properties, required, additionalProperties: false };
}

function orNull(schema: JsonSchema): JsonSchema {
  return { anyOf: [schema, { type: 'null' }] };
}

export const keptSchema = { name: text, entry: text };
export const folderSchema = { folder: text, files: list(record(keptSchema)) };

const schema: JsonSchema = record({
  bercail: { const: 'bundle/v1' },
  tool: record({ version: text }),
  case: record({
    as_of: text,
    started_at: text,
    finished_at: text,
    language: { enum: ['fr', 'en'] },
    gate: orNull(record({ fail_on: text, unknown: text }, ['fail_on', 'unknown'])),
    rules: orNull(list(text)),
    only_packs: orNull(list(text)),
    all: flag,
    strict_waivers: flag,
    include_inventory: flag,
    left_out: list(text),
  }),
  inputs: list(
    record({
      role: { enum: ['manifest', 'config', 'attestations', 'waivers', 'baseline'] },
      path: text,
      entry: text,
    }),
  ),
  sources: list(record({ kind: text, options: { type: 'object' }, entry: orNull(text) })),
  policy: record({
    name: text,
    base: text,
    packs: list(record({ path: text, sha256: text }, ['sha256'])),
    policies: list(record({ ...keptSchema, base: text, file: text })),
    folders: list(record({ ...folderSchema, path: text })),
  }),
  built_in: list(record(folderSchema)),
  catalog: list(record(keptSchema)),
  reports: list(record(keptSchema)),
});

const validator = lazyValidator(() => schema);

export function writeRun(run: RunFile): Uint8Array {
  return Buffer.from(`${JSON.stringify(run, null, 2)}\n`);
}

/** @throws BercailError `input` for what `writeRun` did not write */
export function readRun(content: string): RunFile {
  let value: unknown;
  try {
    value = JSON.parse(content);
  } catch (cause) {
    throw new BercailError('input', { message: `${runName} is not JSON` }, { cause });
  }
  const validate = validator();
  if (validate(value)) return value as RunFile;
  const [first] = validate.errors ?? [];
  throw new BercailError('input', {
    message: `${runName} does not say how the run was made`,
    hint: `${first?.instancePath ?? ''} ${first?.keyword ?? ''}`,
  });
}
