import { spend } from './cost.ts';
import type { Context, Expr, Frame, Run } from './expression.ts';
import { textOf } from './expression.ts';
import { toKey } from './function/equality.ts';
import type { Node } from './parse.ts';
import { suggest } from './problem.ts';
import { BOOL, DYN, fits, INT, type Type } from './type.ts';
import {
  CelError,
  describe,
  isRecord,
  lackOf,
  Marker,
  MissingValue,
  PartialList,
  toUnknown,
  Unknown,
  undecided,
} from './value.ts';

const NO_ITEMS: readonly never[] = Object.freeze([]);
const NO_ENTRIES: ReadonlyMap<unknown, unknown> = new Map();

/** What an absent fact of this type reads as. */
function absent(type: Type): unknown {
  if (type.kind === 'list') return NO_ITEMS;
  return type.kind === 'map' ? NO_ENTRIES : null;
}

const origins = new WeakMap<readonly unknown[], readonly number[]>();

/** Remembers where the members of a filtered list stood, so that those without a name of their own keep their index. */
export function rememberOrigins(list: readonly unknown[], indexes: readonly number[]): void {
  origins.set(list, indexes);
}

export function originOf(list: readonly unknown[], index: number): number {
  return origins.get(list)?.[index] ?? index;
}

/** Turns what a record stores into what expressions compute with. `path` is only called when something is missing. */
export function accept(
  raw: unknown,
  type: Type,
  path: (frame: Frame) => string,
  frame: Frame,
  offset: number,
): unknown {
  if (raw === null) return absent(type);
  if (raw instanceof Marker) {
    if (raw instanceof MissingValue) return toUnknown(raw, path(frame));
    return raw instanceof PartialList
      ? new PartialList(
          raw.items,
          lackOf(raw, () => path(frame)),
        )
      : raw;
  }
  if (raw === undefined) return new CelError(`${path(frame)} was not supplied`, offset);
  return typeof raw === 'number' && type.kind === 'int' && Number.isSafeInteger(raw) ? BigInt(raw) : raw;
}

/** A variable of the scope, or of the comprehensions around. */
export function compileName(name: string, node: Node, context: Context): Expr {
  const variable = context.variables.get(name);
  if (!variable) {
    context.report(node, `no variable is named ${name}`, suggest(name, [...context.variables.keys()]));
    return { type: DYN, run: () => null, node, path: () => name, fact: null };
  }
  const { type, iteration } = variable;
  if (iteration === null) {
    const path = (): string => name;
    const run: Run = (frame) => {
      const value = frame.scope[name];
      return typeof value === 'string' ? value : accept(value, type, path, frame, node.start);
    };
    return { type, run, node, path, fact: name };
  }
  const { level, range } = iteration;
  const path = (frame: Frame): string => {
    const index = frame.indexes[level] ?? 0;
    return `${range.path(frame)}[${identify(frame.elements[level], index)}]`;
  };
  const run: Run = (frame) => {
    const value = frame.elements[level];
    return typeof value === 'string' ? value : accept(value, type, path, frame, node.start);
  };
  return { type, run, node, path, fact: range.fact === null ? null : `${range.fact}[]` };
}

/** A record's own name, which does not move as an index does. */
function identify(element: unknown, index: number): string {
  if (isRecord(element)) {
    for (const field of ['key', 'id', 'name']) {
      const value = Object.hasOwn(element, field) ? element[field] : null;
      if (typeof value === 'string') return value;
    }
  }
  return String(index);
}

/** `of.field`: of a record, a map with string keys, or an object of unknown shape. */
export function compileSelect(of: Expr, field: string, node: Node, context: Context): Expr {
  const type = fieldType(of, field, node, context);
  const path = (frame: Frame): string => `${of.path(frame)}.${field}`;
  const isTyped = of.type.kind === 'record';
  const { run: runOf } = of;
  const run: Run = (frame) => {
    const object = runOf(frame);
    if (object instanceof Marker) return selectOnMarker(object, of, frame, `.${field}`);
    const raw = isTyped ? fieldOf(object, field) : member(object, field, node.start);
    return typeof raw === 'string' || typeof raw === 'boolean'
      ? raw
      : accept(raw, type, path, frame, node.start);
  };
  return { type, run, node, path, fact: of.fact === null ? null : `${of.fact}.${field}` };
}

function fieldType(of: Expr, field: string, node: Node, context: Context): Type {
  const { type } = of;
  if (type.kind === 'dyn') return DYN;
  if (type.kind === 'map') return type.item;
  const span = { start: node.end - field.length, end: node.end };
  if (type.kind !== 'record') {
    context.report(span, `${type.name} has no fields`);
    return DYN;
  }
  const fields = context.types.fieldsOf(type.name);
  const found = fields.get(field);
  if (!found) context.report(span, `${type.name} has no field ${field}`, suggest(field, [...fields.keys()]));
  return found ?? DYN;
}

/** A field of a typed record; the model has no field named as a member of Object's prototype. */
function fieldOf(object: unknown, field: string): unknown {
  if (object === null) return null;
  return typeof object === 'object' ? (object as { readonly [field: string]: unknown })[field] : undefined;
}

/** The stored member; never one of a prototype. A CelError where there is none. */
function member(object: unknown, key: unknown, offset: number): unknown {
  if (object instanceof Map) {
    const found: unknown = object.get(toKey(key));
    return found === undefined ? new CelError(`no such key: ${String(key)}`, offset) : found;
  }
  if (isRecord(object) && typeof key === 'string') {
    return Object.hasOwn(object, key) ? object[key] : new CelError(`no such key: ${key}`, offset);
  }
  return new CelError(`cannot read ${String(key)} of ${describe(object)}`, offset);
}

/** A field of what is not known is not known; where the object itself is what is missing, the field is what is asked. */
function selectOnMarker(object: Marker, of: Expr, frame: Frame, step: string): unknown {
  if (object instanceof Unknown) {
    const fact = of.path(frame);
    spend(object.missing.length / 4);
    return new Unknown(
      object.missing.map((missing) => (missing.fact === fact ? { ...missing, fact: fact + step } : missing)),
    );
  }
  return undecided([object]);
}

/** `of[key]`: a list by position, a map or an object of unknown shape by key. */
export function compileIndex(of: Expr, key: Expr, node: Node, context: Context): Expr {
  const { type } = of;
  const item = type.kind === 'list' || type.kind === 'map' ? type.item : DYN;
  const expected = type.kind === 'list' ? INT : type.kind === 'map' ? type.key : DYN;
  if (!['list', 'map', 'dyn'].includes(type.kind))
    context.report(node, `${type.name} has no members`, 'write .field');
  else if (!fits(key.type, expected))
    context.report(key.node, `expected ${expected.name}, got ${key.type.name}`);
  const path = (frame: Frame): string => {
    // What it reads, it computes once more, which may name what is missing in turn.
    spend(1);
    const [object, index] = [of.run(frame), toKey(key.run(frame))];
    const isPosition = Array.isArray(object) && typeof index === 'bigint';
    const step = isPosition
      ? identify(object[Number(index)], originOf(object, Number(index)))
      : String(index);
    return `${of.path(frame)}[${index instanceof Marker ? textOf(key.node, context.source)() : step}]`;
  };
  const run: Run = (frame) => {
    const object = of.run(frame);
    const index = key.run(frame);
    if (object instanceof Marker || index instanceof Marker) return undecided([object, index]);
    if (!Array.isArray(object))
      return accept(member(object, index, node.start), item, path, frame, node.start);
    const position = toKey(index);
    const isInside = typeof position === 'bigint' && position >= 0n && position < BigInt(object.length);
    if (!isInside)
      return new CelError(`no member ${String(index)} in a list of ${object.length}`, node.start);
    return accept(object[Number(position)], item, path, frame, node.start);
  };
  return { type: item, run, node, path, fact: of.fact === null ? null : `${of.fact}[]` };
}

/** `has(of.field)`: false when absent or empty, unknown when missing; for a map, whether it has the key. */
export function compileHas(of: Expr, field: string, node: Node, context: Context): Expr {
  fieldType(of, field, node, context);
  const isTyped = of.type.kind === 'record';
  const path = (frame: Frame): string => `${of.path(frame)}.${field}`;
  const run: Run = (frame) => {
    const object = of.run(frame);
    if (object instanceof Marker) return selectOnMarker(object, of, frame, `.${field}`);
    if (object === null && isTyped) return false;
    if (
      !isTyped &&
      (object instanceof Map ? !object.has(field) : isRecord(object) && !Object.hasOwn(object, field))
    ) {
      return false;
    }
    const raw = isTyped ? fieldOf(object, field) : member(object, field, node.start);
    if (typeof raw === 'string') return true;
    if (raw instanceof MissingValue) return toUnknown(raw, path(frame));
    if (raw instanceof Unknown || raw instanceof CelError) return raw;
    if (object instanceof Map) return true;
    if (raw instanceof PartialList) return raw.items.length > 0 || lackOf(raw, () => path(frame));
    const size = Array.isArray(raw) ? raw.length : raw instanceof Map ? raw.size : 1;
    if (raw === undefined) return new CelError(`${path(frame)} was not supplied`, node.start);
    return raw !== null && size > 0;
  };
  if (of.fact !== null) context.facts.add(`${of.fact}.${field}`);
  return { type: BOOL, run, node, path: textOf(node, context.source), fact: null };
}
