import { isTree, type Json, jsonText, type Reason } from '../../inventory/fact.ts';
import { MissingValue, PartialList } from '../cel/value.ts';
import { type RecordName, records, type TypeName } from '../model.ts';

const markers = new Map<string, MissingValue>();

/** One shared marker for each reason and permission. */
export function missing(reason: Reason, permission?: string): MissingValue {
  const key = `${reason}\0${permission ?? ''}`;
  const found = markers.get(key) ?? new MissingValue(reason, permission);
  markers.set(key, found);
  return found;
}

/** Strings of which `none` is a word of their own, not the absence of one. */
const noneIsAWord = new Set([
  'secrecy',
  'tool',
  'key_manager',
  'manager',
  'provider_access',
  'identifiability',
]);

/** Written decisions: where none is named there is none, and nobody has to be asked. */
const noneUnlessNamed = new Set(['derogation']);

/** How records that mean more than their fields (a place, an organisation) are lifted, by record name. */
export type Hooks = { readonly [record: string]: ((value: Json | undefined) => unknown) | undefined };
const noHooks: Hooks = {};

/**
 * A claim says only what it says: what it leaves out is nothing, rather than something to ask for. One of which nobody
 * could tell what it says may say anything.
 */
export function liftSays(value: Json | undefined): unknown {
  if (value === 'unknown')
    return liftRecord('says', Object.fromEntries(Object.keys(records.says).map((key) => [key, value])));
  const { contains, place, ...tree } = isTree(value) ? value : {};
  const said: { readonly [key: string]: Json | undefined } = {
    ...tree,
    contains: listed(contains),
    place: placeCode(place),
  };
  return liftRecord(
    'says',
    Object.fromEntries(Object.keys(records.says).map((key) => [key, said[key] ?? null])),
  );
}

function listed(value: Json | undefined): Json | undefined {
  return Array.isArray(value) ? value.map((item: Json) => jsonText(item)).join(', ') : value;
}

/** A place that is claimed, as a code: two claims about it agree or not. */
function placeCode(value: Json | undefined): Json | undefined {
  return isTree(value) ? (value['country'] ?? listed(value['countries']) ?? value['region']) : value;
}

/**
 * A declared value as rules see it. Left out: nobody asked; `unknown`: asked, and nobody could say; `false`, `none`
 * and `[]`: known that there is none (null, or an empty list). Whole records follow the model, so that every field
 * that the model has is there, known or missing.
 */
export function lift(type: TypeName, value: Json | undefined, field = '', hooks: Hooks = noHooks): unknown {
  const hook = hooks[type];
  if (hook) return hook(value);
  if (value === undefined) return noneUnlessNamed.has(field) ? null : missing('not_asked');
  if (value === 'unknown') return missing('asked');
  const of = /^(list|map)<(.+)>$/.exec(type);
  if (of?.[1] === 'list') return liftList(of[2] ?? 'dyn', value, field, hooks);
  if (of?.[1] === 'map') return liftMap(of[2] ?? 'dyn', value, hooks);
  if (isRecordName(type)) return isTree(value) ? liftRecord(type, value, {}, hooks) : null;
  switch (type) {
    case 'bool':
      if (value === null) return null;
      return value === 'none' ? false : value === 'yes' ? true : value === 'no' ? false : value;
    case 'int':
      return typeof value === 'number' ? BigInt(Math.trunc(value)) : null;
    case 'double':
      return typeof value === 'number' ? value : null;
    case 'dyn':
      return value === 'none' ? null : typeof value === 'number' ? jsonText(value) : value;
    case 'text':
      return isTree(value) ? value : { fr: jsonText(value), en: jsonText(value) };
    default:
      if (value === false || value === null || (value === 'none' && !noneIsAWord.has(field))) return null;
      return typeof value === 'string' ? value : jsonText(value);
  }
}

/** Every field of the record, in the order of the model; `given` ones replace what the tree says. */
export function liftRecord(
  name: RecordName,
  tree: { readonly [field: string]: Json },
  given: { readonly [field: string]: unknown } = {},
  hooks: Hooks = noHooks,
): { [field: string]: unknown } {
  const record: { [field: string]: unknown } = {};
  for (const [field, type] of Object.entries(records[name])) {
    record[field] = Object.hasOwn(given, field)
      ? given[field]
      : lift(type, Object.hasOwn(tree, field) ? tree[field] : undefined, field, hooks);
  }
  return record;
}

function liftList(element: TypeName, value: Json, field: string, hooks: Hooks): unknown {
  if (value === false || value === 'none' || value === null) return [];
  const items: readonly Json[] = Array.isArray(value) ? value : [value];
  const known = items
    .filter((item) => item !== 'unknown')
    .map((item: Json) => lift(element, item, field, hooks));
  return known.length === items.length ? known : new PartialList(known, missing('asked'));
}

function liftMap(element: TypeName, value: Json, hooks: Hooks): unknown {
  if (!isTree(value)) return new Map();
  return new Map(Object.entries(value).map(([key, item]) => [key, lift(element, item, key, hooks)]));
}

export function isRecordName(type: string): type is RecordName {
  return Object.hasOwn(records, type);
}
