import { basename, relative, resolve } from 'node:path';
import type { Options, SourceConfig } from '../collect/collector.ts';
import type { Config, ConfiguredSource } from '../config/read.ts';
import { BercailError, type Problem } from '../error.ts';
import { exists, listFiles } from '../io/find.ts';
import type { InputKind } from './detect.ts';

/** Says where in the configuration a missing file is named. */
export function within<T>(config: Config, path: readonly (string | number)[], read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof BercailError)) throw error;
    throw new BercailError(
      'config',
      error.problems.map((problem) => ({ ...problem, where: problem.where ?? config.positionOf(path) })),
    );
  }
}

const pathOptions = new Set(['plan', 'state', 'root', 'template', 'parameters', 'path']);

/** A source as collectors take it: its paths from the folder of the run. */
export function sourceConfig(
  config: Config,
  { kind, settings, where }: ConfiguredSource,
  base: string,
): SourceConfig {
  const written: Options =
    typeof settings === 'string' ? { path: settings } : { ...(settings as unknown as Options) };
  const options = Object.fromEntries(
    Object.entries(written).map(([name, value]) => {
      if (!pathOptions.has(name) || typeof value !== 'string' || /^[a-z0-9]+:\/\//i.test(value))
        return [name, value];
      const path = relative('.', resolve(base, value)) || basename(value);
      if (!exists(path))
        throw new BercailError('config', {
          message: `${path} does not exist`,
          hint: `named by ${config.file} as ${name}`,
          where,
        });
      return [name, path];
    }),
  );
  return { kind, options };
}

export function notAnInput(path: string, kind: InputKind | null): string {
  return kind === null
    ? `${path}: nothing that Bercail reads`
    : `${path} is a ${kind} file, not something to audit`;
}

export function bicepRefusal(path: string): BercailError {
  return new BercailError('input', {
    message: `${path}: Bicep is read in its compiled form`,
    hint: `compile it first: bicep build ${basename(path)}`,
    where: { file: path, line: 1, column: 1 },
  });
}

/** Bicep in a folder that has no compiled template: what it deploys would be passed over. */
export function uncompiled(folder: string, sources: readonly SourceConfig[]): readonly Problem[] {
  if (sources.some(({ kind }) => kind === 'arm')) return [];
  return listFiles(folder, /\.bicep$/i).flatMap((path) => bicepRefusal(path).problems);
}

/** A file that names no configuration, as its collector takes it. */
export function optionsOfFile(kind: InputKind, path: string): Options {
  return kind === 'cloudformation' || kind === 'arm'
    ? { template: path }
    : kind === 'kubernetes'
      ? { path }
      : kind === 'terraform_state'
        ? { state: path }
        : { plan: path };
}
