import { dirname, join } from 'node:path';
import { readText } from '../../io/file.ts';
import { exists } from '../../io/find.ts';
import { at, isValueTree, items, textOf, type Value, type ValueTree } from '../code/value.ts';

/** Files of settings that a compose file names → their text; null for one that is not there. */
export type SettingFiles = ReadonlyMap<string, string | null>;

export interface EnvFile {
  readonly path: string;
  readonly required: boolean;
}

/** `env_file` of a service: a path, a list of them, or of `{path, required}`. */
export function envFilesOf(service: Value): readonly EnvFile[] {
  return items(at(service, 'env_file')).flatMap((one) => {
    const path = textOf(one) ?? textOf(at(one, 'path'));
    return path === null ? [] : [{ path, required: at(one, 'required') !== false }];
  });
}

/** Reads what the services of a compose file take their settings from. Nothing outside its folder is opened. */
export async function readSettingFiles(tree: ValueTree, file: string): Promise<SettingFiles> {
  const services = tree['services'];
  const paths = isValueTree(services) ? Object.values(services).flatMap(envFilesOf) : [];
  const texts = new Map<string, string | null>();
  for (const { path } of paths) {
    const own = join(dirname(file), path);
    const isWithin = !/^(?:[\\/~]|[a-z]:)|(?:^|[\\/])\.\.(?:[\\/]|$)|[$\0]/i.test(path);
    texts.set(path, isWithin && exists(own) ? (await readText(own)).text : null);
  }
  return texts;
}

/** `$NAME`, `${NAME}`, `${NAME:-default}`, `${NAME-default}`, `${NAME:?error}`, `${NAME:+other}`; `$$` is a dollar sign. */
const VARIABLE = /\$(?:\$|([A-Za-z_]\w*)|\{([A-Za-z_]\w*)(?:(:?[-?+])([^{}]*))?\})/g;

/**
 * Texts with the variables that the `.env` beside a compose file sets. What it does not set stays as it is written: its
 * default counts, and what has none is left to whoever starts it.
 */
export function interpolated(value: Value, variables: ReadonlyMap<string, string>): Value {
  if (typeof value === 'string')
    return value.replace(
      VARIABLE,
      (whole: string, bare?: string, braced?: string, operator?: string, other?: string) => {
        const name = bare ?? braced;
        const set = name === undefined ? undefined : variables.get(name);
        if (set === undefined || (set === '' && operator?.startsWith(':'))) return whole;
        return operator?.endsWith('+') ? (other ?? '') : set;
      },
    );
  if (Array.isArray(value)) return (value as readonly Value[]).map((one) => interpolated(one, variables));
  if (!isValueTree(value)) return value;
  // Labels are told as they are written: a secret of the file must not become a tag.
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, key === 'labels' ? one : interpolated(one, variables)]),
  );
}

/** The variables of the `.env` beside a compose file; none where there is none. */
export async function readVariables(file: string): Promise<ReadonlyMap<string, string>> {
  const own = join(dirname(file), '.env');
  if (!exists(own)) return new Map();
  const { text } = await readText(own);
  return new Map(
    text.split(/\r?\n/).flatMap((line) => {
      const [, name, quoted, plain] =
        /^\s*(?:export\s+)?([A-Za-z_]\w*)\s*=\s*(?:(["'].*["'])|(.*?))\s*(?:\s#.*)?$/.exec(line) ?? [];
      return name === undefined ? [] : [[name, quoted?.slice(1, -1) ?? plain ?? ''] as const];
    }),
  );
}

/** A service with what it takes from another of the same file: its own members count, settings add up. */
export function extended(services: ValueTree, name: string, seen: readonly string[] = []): Value {
  const own = Object.hasOwn(services, name) ? services[name] : undefined;
  const base = baseOf(own);
  if (!isValueTree(own) || base === null || base.file !== null || seen.includes(base.service)) return own;
  const from = extended(services, base.service, [...seen, name]);
  if (!isValueTree(from)) return own;
  const both = (key: string): Value => [from[key], own[key]].filter((one) => one !== undefined).flat();
  return { ...from, ...own, environment: both('environment'), env_file: both('env_file') };
}

/** What a service extends; `file` is null for a service of its own file. */
export function baseOf(service: Value): { readonly service: string; readonly file: string | null } | null {
  const base = at(service, 'extends');
  const name = textOf(base) ?? textOf(at(base, 'service'));
  return name === null ? null : { service: name, file: textOf(at(base, 'file')) };
}
