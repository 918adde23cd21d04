import { BercailError, type Position } from '../error.ts';
import { lazyValidator } from '../yaml/ajv.ts';
import { quote } from '../yaml/quote.ts';
import { type Path, type ReadOptions, readYaml } from '../yaml/read.ts';
import { validate } from '../yaml/validate.ts';
import { configSchema } from './schema.ts';
import type { Config as ConfigContent } from './types.generated.ts';

export type { Waiver } from './waiver.ts';
export { readWaivers } from './waiver.ts';

type SourceEntry = NonNullable<ConfigContent['sources']>[number];
type KindsOf<Entry> = Entry extends unknown
  ? {
      [Kind in keyof Entry]: {
        readonly kind: Kind;
        readonly settings: Entry[Kind];
        readonly where: Position;
      };
    }[keyof Entry]
  : never;

/** One source to read: its kind, its settings, and where the configuration names it. */
export type ConfiguredSource = KindsOf<SourceEntry>;

/** A `bercail.yaml` that was read. Paths are as written: relative to the folder of `file`. */
export interface Config {
  readonly file: string;
  readonly content: ConfigContent;
  readonly sources: readonly ConfiguredSource[];
  readonly positionOf: (path: Path, what?: 'key' | 'value') => Position;
}

const validator = lazyValidator(() => configSchema);

/**
 * Reads a `bercail.yaml` (`bercail: config/v1`). Whether the files that it names exist is for the caller to say.
 * @throws BercailError `input` when it is not YAML, `config` with every problem of its content.
 */
export function readConfig(content: string | Uint8Array, file: string, options: ReadOptions = {}): Config {
  const source = readYaml(content, file, options);
  const { positionOf } = source;
  const format = (source.value as { readonly bercail?: unknown } | null)?.bercail;
  if (typeof format === 'string' && format !== 'config/v1') {
    const message = format.startsWith('config/')
      ? `this version of the format is not read: ${quote(format)}`
      : `this is not a configuration: ${quote(format)}`;
    throw new BercailError('config', {
      message,
      hint: 'expected bercail: config/v1',
      where: positionOf(['bercail'], 'value'),
    });
  }
  const problems = validate(source, validator());
  if (problems.length > 0) throw new BercailError('config', problems);
  const config = source.value as ConfigContent;
  return {
    file,
    content: config,
    sources: (config.sources ?? []).map((entry, index) => sourceOf(entry, positionOf(['sources', index]))),
    positionOf,
  };
}

/** Whether a value read from a file says that it is a configuration, of whatever version. */
export function detectConfig(value: unknown): boolean {
  const format = (value as { readonly bercail?: unknown } | null)?.bercail;
  return typeof format === 'string' && format.startsWith('config/');
}

function sourceOf(entry: SourceEntry, where: Position): ConfiguredSource {
  const [kind, settings] = Object.entries(entry)[0] ?? [];
  return { kind, settings, where } as ConfiguredSource;
}
