import type { Fact, Json } from '../../../inventory/fact.ts';
import { absent, known, unsaid } from '../../code/fact.ts';
import type { Configuration } from '../configuration/model.ts';
import type { Chosen } from '../configuration/provider.ts';
import { providerSetting } from '../configuration/provider.ts';
import { isTree, listOf, member, type Tree, textOf } from '../json/tree.ts';
import { familyOf } from '../place/family.ts';
import { hasMember, isSensitive, type Values, valueAt } from './values.ts';

interface Context {
  readonly configuration: Configuration;
  readonly chosen: Chosen | null;
  /** Whether what is left out is known to be none: code says all that it sets, a plan has a member for each. */
  readonly isCode: boolean;
}

/** Tags that the provider itself worked out together with its defaults. */
const WHOLE = ['tags_all', 'effective_labels', 'terraform_labels'];
/** Tags that a provider configuration sets on all that it makes. */
const DEFAULTS: { readonly [prefix: string]: string } = {
  aws: 'default_tags.0.tags',
  google: 'default_labels',
};

/** The tags of a resource with those that its provider configuration adds; null where its type has none. */
export function tagsOf(
  type: string,
  values: Values,
  { configuration, chosen, isCode }: Context,
): Fact | null {
  const family = familyOf(type);
  if (family === null) return null;
  const whole = WHOLE.find((name) => hasMember(values, name));
  const own =
    family.tags.find((name) => hasMember(values, name.split('.')[0] ?? name)) ??
    (isCode ? family.tags[0] : undefined);
  if (whole === undefined && own === undefined) return null;
  if ([whole, own].some((name) => name !== undefined && isSensitive(values, name)))
    return unsaid('tags are marked sensitive');
  const all = whole === undefined ? undefined : readTags(values, whole);
  if (all !== undefined && typeof all !== 'string') return tagsFact(all);
  const set = own === undefined ? {} : readTags(values, own);
  if (typeof set === 'string') return unsaid(set);
  const setting = DEFAULTS[type.split('_')[0] ?? ''];
  const defaults =
    setting === undefined || !chosen?.found ? null : providerSetting(configuration, chosen, setting);
  if (defaults === null)
    return whole === undefined || chosen?.found ? tagsFact(set) : unsaid(`${whole} is known after apply`);
  if (!defaults.known || !isTree(defaults.value))
    return unsaid(`${setting} of the provider: ${defaults.known ? 'no map' : defaults.why}`);
  return tagsFact({ ...defaults.value, ...set });
}

/** Tags by name, null where a value is not known yet; or why they are not known. */
function readTags(values: Values, path: string): Tree | string {
  const value = valueAt(values, path);
  const unknown = path
    .split('.')
    .reduce<Json | undefined>((tree, step) => member(tree, step), values.unknown);
  if (value === undefined) return `${path} is known after apply`;
  const pending = isTree(unknown) || Array.isArray(unknown) ? unknownNames(unknown) : [];
  if (isTree(value)) {
    const set = Object.entries(value).filter(([, one]) => one !== null);
    // A key is there, its value is known later.
    return Object.fromEntries([...set, ...pending.map((key) => [key, null] as const)]);
  }
  if (pending.length > 0) return `known after apply: ${path} ${pending.join(', ')}`;
  return Object.fromEntries(listOf(value).flatMap((item) => pairOf(item)));
}

function unknownNames(tree: Json): readonly string[] {
  return Object.entries(tree ?? {}).flatMap(([key, value]: [string, Json]) =>
    value === true
      ? [key]
      : isTree(value) || Array.isArray(value)
        ? unknownNames(value).map((name) => `${key}.${name}`)
        : [],
  );
}

/** Clouds with lists of tags: `{key, value}`, `key=value`, or a bare word. */
function pairOf(item: Json): readonly (readonly [string, Json])[] {
  if (isTree(item)) {
    const key = textOf(item['key']);
    return key === null ? [] : [[key, item['value'] ?? '']];
  }
  const text = textOf(item);
  if (text === null || text === '') return [];
  const at = text.search(/[=:]/);
  return [at > 0 ? [text.slice(0, at), text.slice(at + 1)] : [text, '']];
}

function tagsFact(tags: Tree): Fact {
  const entries = Object.entries(tags).sort(([a], [b]) => (a < b ? -1 : 1));
  return entries.length === 0 ? absent : known(Object.fromEntries(entries));
}
