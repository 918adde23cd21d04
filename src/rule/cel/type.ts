/**
 * `string bool int double`, `day` (a string, YYYY-MM-DD), `text` (in several languages: only printed or
 * compared with null), `null`, `dyn`, `list<T>`, `map<T>` (keys are strings), or the name of a record.
 * Every value may also be null: an absent fact.
 */
export type TypeName = string;

/** Record name → field → type. */
export interface RecordTypes {
  readonly [record: string]: { readonly [field: string]: TypeName };
}

const scalars = ['string', 'bool', 'int', 'double', 'day', 'text', 'null', 'dyn'] as const;
type Scalar = (typeof scalars)[number];

export type Type =
  | { readonly kind: Scalar; readonly name: TypeName }
  | { readonly kind: 'list'; readonly name: TypeName; readonly item: Type }
  | { readonly kind: 'map'; readonly name: TypeName; readonly key: Type; readonly item: Type }
  | { readonly kind: 'record'; readonly name: TypeName };

const scalar = (kind: Scalar): Type => ({ kind, name: kind });

export const STRING = scalar('string');
export const BOOL = scalar('bool');
export const INT = scalar('int');
export const DOUBLE = scalar('double');
export const NULL = scalar('null');
export const DYN = scalar('dyn');

export function listOf(item: Type): Type {
  return { kind: 'list', name: `list<${item.name}>`, item };
}

export function mapOf(key: Type, item: Type): Type {
  return { kind: 'map', name: `map<${item.name}>`, key, item };
}

export interface Types {
  /** @throws Error when the name is none of the model: a defect of the model, not of a rule. */
  readonly named: (name: TypeName) => Type;
  readonly fieldsOf: (record: TypeName) => ReadonlyMap<string, Type>;
}

/** Reads the model once; fields resolve when asked, since records refer to each other. */
export function readTypes(records: RecordTypes): Types {
  const fields = new Map<string, ReadonlyMap<string, Type>>();
  const known = new Map<TypeName, Type>();
  const named = (name: TypeName): Type => {
    const found = known.get(name) ?? read(name);
    known.set(name, found);
    return found;
  };
  const read = (name: TypeName): Type => {
    const inner = /^(list|map)<(.+)>$/.exec(name);
    if (inner) {
      const item = named(inner[2] ?? '');
      return inner[1] === 'list' ? listOf(item) : mapOf(STRING, item);
    }
    const kind = scalars.find((kind) => kind === name);
    if (kind) return scalar(kind);
    if (!Object.hasOwn(records, name)) throw new Error(`no type is named ${name}`);
    return { kind: 'record', name };
  };
  const fieldsOf = (record: TypeName): ReadonlyMap<string, Type> => {
    const found = fields.get(record);
    if (found) return found;
    const unsafe = Object.keys(records[record] ?? {}).find((field) => field in Object.prototype);
    if (unsafe !== undefined) throw new Error(`a field cannot be named ${unsafe}`);
    const read = new Map(Object.entries(records[record] ?? {}).map(([field, type]) => [field, named(type)]));
    fields.set(record, read);
    return read;
  };
  return { named, fieldsOf };
}

const isText = ({ kind }: Type): boolean => kind === 'string' || kind === 'day';
export const isNumber = ({ kind }: Type): boolean => kind === 'int' || kind === 'double';
const isOpen = ({ kind }: Type): boolean => kind === 'dyn' || kind === 'null';

/** Whether a value of one type may be given where the other is expected. */
export function fits(given: Type, expected: Type): boolean {
  if (isOpen(given) || isOpen(expected)) return true;
  if (given.kind === 'list' && expected.kind === 'list') return fits(given.item, expected.item);
  if (given.kind === 'map' && expected.kind === 'map') return fits(given.item, expected.item);
  return isText(given) ? isText(expected) : given.name === expected.name;
}

/** Whether `==` may ever hold. Records and texts compare with null alone: compare a key or an id instead. */
export function canEqual(left: Type, right: Type): boolean {
  if (left.kind === 'null' || right.kind === 'null') return true;
  if ([left, right].some(({ kind }) => kind === 'record' || kind === 'text')) return false;
  if (left.kind === 'list' && right.kind === 'list') return canEqual(left.item, right.item);
  if (left.kind === 'map' && right.kind === 'map') return canEqual(left.item, right.item);
  return (isNumber(left) && isNumber(right)) || fits(left, right);
}

/** Whether `<` and its like apply. */
export function canOrder(left: Type, right: Type): boolean {
  const ordered = (type: Type): boolean =>
    isOpen(type) || isNumber(type) || isText(type) || type.kind === 'bool';
  return ordered(left) && ordered(right) && ((isNumber(left) && isNumber(right)) || fits(left, right));
}

/** The type of a list of both: the one both share, else `dyn`. */
export function unify(left: Type, right: Type): Type {
  if (left.name === right.name || right.kind === 'null') return left;
  return left.kind === 'null' ? right : isText(left) && isText(right) ? STRING : DYN;
}
