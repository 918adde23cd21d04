import type { Json } from '../../../inventory/fact.ts';
import type { Settings } from '../configuration/model.ts';
import { referencesOf } from '../configuration/reference.ts';
import { settingAt } from '../configuration/setting.ts';
import { isTree, listOf, member } from '../json/tree.ts';

/**
 * What is planned of a resource: values, what is known only after apply, what is secret, and what the code writes of
 * it. Looks give null for what is not set and undefined for what is not known yet.
 */
export interface Values {
  readonly known: Json;
  /** `true`, or a tree with `true` where something is not known; `omitted`: what is left out is not known. */
  readonly unknown: Json;
  readonly sensitive: Json;
  readonly settings: Settings | null;
  /** The code itself beside what the plan tells of it, which leaves dynamic blocks out. */
  readonly code: Settings | null;
  /** Where in the settings this block stands: empty, or `rule.0.`. */
  readonly prefix: string;
}

/** Of what nothing is told. */
export const noValues: Values = {
  known: {},
  unknown: {},
  sensitive: {},
  settings: null,
  code: null,
  prefix: '',
};

export function valueAt(values: Values, path: string): Json | undefined {
  let value: Json | undefined = values.known;
  let unknown: Json | undefined = values.unknown;
  for (const step of path.split('.')) {
    if (unknown === true) return undefined;
    value = member(value, step);
    unknown = member(unknown, step);
  }
  if (unknown === true || (value === undefined && values.unknown === 'omitted')) return undefined;
  return value ?? null;
}

export function textAt(values: Values, path: string): string | null | undefined {
  const value = valueAt(values, path);
  return value === undefined || value === null ? value : typeof value === 'string' ? value || null : null;
}

export function boolAt(values: Values, path: string): boolean | null | undefined {
  const value = valueAt(values, path);
  if (value === 'true' || value === 'false') return value === 'true';
  return value === undefined || value === null ? value : typeof value === 'boolean' ? value : null;
}

export function numberAt(values: Values, path: string): number | null | undefined {
  const value = valueAt(values, path);
  if (value === undefined || value === null) return value;
  const number = typeof value === 'string' && value !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : null;
}

/** Nested blocks of a name; undefined where not even their number is known. A block that there is one of is a list of one. */
export function blocksAt(values: Values, path: string): readonly Values[] | undefined {
  const value = valueAt(values, path);
  if (value === undefined) return undefined;
  const unknown = path
    .split('.')
    .reduce<Json | undefined>((tree, step) => member(tree, step), values.unknown);
  const items = isTree(value) ? [value] : listOf(value);
  return items.map((known, i) => ({
    known,
    unknown:
      values.unknown === 'omitted' ? 'omitted' : ((isTree(value) ? unknown : member(unknown, i)) ?? {}),
    sensitive: {},
    settings: values.settings,
    code: values.code,
    prefix: `${values.prefix}${path}.${i}.`,
  }));
}

/** The only block of a name: null where there is none. */
export function blockAt(values: Values, path: string): Values | null | undefined {
  const blocks = blocksAt(values, path);
  return blocks === undefined ? undefined : (blocks[0] ?? null);
}

/** Whether the resource has such a member at all, be it null. */
export function hasMember({ known, unknown }: Values, name: string): boolean {
  return unknown === true || member(known, name) !== undefined || member(unknown, name) !== undefined;
}

export function isSensitive({ sensitive }: Values, name: string): boolean {
  const here = sensitive === true ? true : member(sensitive, name);
  return here === true || (isTree(here) && Object.values(here).some((one) => one === true));
}

/** What the code refers to there; undefined where the code is not told. */
export function referencesAt(
  { settings, code, prefix }: Values,
  path: string,
): readonly string[] | undefined {
  const told = [settings, code].filter((one) => one !== null);
  if (told.length === 0) return undefined;
  const written = told
    .map((one) => settingAt(one, `${prefix}${path}`))
    .find((expression) => expression !== null);
  return referencesOf(written ?? null);
}

/** Whether the code sets it. Undefined where the code is not told. */
export function isWritten({ settings, code, prefix }: Values, path: string): boolean | undefined {
  const told = [settings, code].filter((one) => one !== null);
  return told.length === 0 ? undefined : told.some((one) => settingAt(one, `${prefix}${path}`) !== null);
}
