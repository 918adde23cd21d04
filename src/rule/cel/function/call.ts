import { accept } from '../access.ts';
import { Exhausted, spend, spendMaking } from '../cost.ts';
import { type Context, type Expr, type Frame, textOf } from '../expression.ts';
import type { Node } from '../parse.ts';
import { suggest } from '../problem.ts';
import { DYN, fits, type Type, type Types } from '../type.ts';
import {
  CelError,
  describe,
  isRecord,
  locate,
  Marker,
  MissingValue,
  toUnknown,
  undecided,
} from '../value.ts';
import type { Declaration } from './declaration.ts';
import { compileMatches } from './regexp.ts';

interface Overload {
  readonly declaration: Declaration;
  readonly params: readonly { readonly type: Type; readonly nullable: boolean }[];
  readonly result: Type;
}

/** A call, resolved by the static types; where those are `dyn`, by the values. */
export function compileCall(
  name: string,
  isMethod: boolean,
  args: readonly Expr[],
  node: Node,
  context: Context,
): Expr {
  const path = textOf(node, context.source);
  const named = context.functions.filter((one) => one.name === name && (one.method ?? false) === isMethod);
  const overloads = named
    .filter(({ params }) => params.length === args.length)
    .map((declaration) => readOverload(declaration, context.types))
    .filter(({ params }) => params.every(({ type }, index) => fits((args[index] as Expr).type, type)));
  const [first] = overloads;
  if (first === undefined) {
    reportNoOverload(name, isMethod, named, args, node, context);
    return { type: DYN, run: () => null, node, path, fact: null };
  }
  const names = new Set(overloads.map(({ declaration }) => declaration.result));
  const type = names.size === 1 ? context.types.named(first.declaration.result) : DYN;
  const run =
    name === 'matches' ? compileMatches(args, node, context) : dispatch(overloads, args, path, node.start);
  return { type, run, node, path, fact: null };
}

function readOverload(declaration: Declaration, types: Types): Overload {
  const params = declaration.params.map((param) => {
    const nullable = param.endsWith('?');
    return { type: types.named(nullable ? param.slice(0, -1) : param), nullable };
  });
  return { declaration, params, result: types.named(declaration.result) };
}

function reportNoOverload(
  name: string,
  isMethod: boolean,
  named: readonly Declaration[],
  args: readonly Expr[],
  node: Node,
  context: Context,
): void {
  if (named.length > 0) {
    const got = args.map(({ type }) => type.name).join(', ');
    context.report(node, `${name} does not take (${got})`, `it takes ${named.map(signature).join(' or ')}`);
    return;
  }
  const candidates = context.functions
    .filter(({ method }) => (method ?? false) === isMethod)
    .map(({ name }) => name);
  const others = isMethod ? ['all', 'exists', 'exists_one', 'filter', 'map'] : ['has'];
  context.report(
    node,
    `no function is named ${name}`,
    suggest(name, [...new Set([...candidates, ...others])]),
  );
}

function signature({ params }: Declaration): string {
  return `(${params.join(', ')})`;
}

function dispatch(overloads: readonly Overload[], args: readonly Expr[], text: () => string, offset: number) {
  const runs = args.map(({ run }) => run);
  return (frame: Frame): unknown => {
    const values: unknown[] = [];
    let isPlain = true;
    for (const run of runs) {
      const value = run(frame);
      if (value instanceof Marker) isPlain = false;
      values.push(value);
    }
    if (!isPlain) {
      const obstacle = undecided(values);
      if (obstacle) return obstacle;
    }
    for (const { declaration, params, result } of overloads) {
      if (!acceptsAll(params, values)) continue;
      const pathOf = (index: number): string => args[index]?.path(frame) ?? text();
      return (
        holeIn(values, params, pathOf) ?? invoke(declaration, result, values, pathOf, text, frame, offset)
      );
    }
    const got = values.map(describe).join(', ');
    return new CelError(`${overloads[0]?.declaration.name ?? text()} does not take (${got})`, offset);
  };
}

/** What a function of the caller throws is a defect of that function: the rule ends in error, the run goes on. */
function invoke(
  { call, name }: Declaration,
  type: Type,
  values: readonly unknown[],
  pathOf: (index: number) => string,
  text: () => string,
  frame: Frame,
  offset: number,
): unknown {
  for (const value of values)
    if (typeof value === 'string' || (name === 'join' && Array.isArray(value))) spend(value.length >> 5);
  let result: unknown;
  try {
    result = call(values, pathOf);
  } catch (error) {
    if (error instanceof Exhausted) throw error;
    return new CelError(`${name} failed: ${error instanceof Error ? error.message : String(error)}`, offset);
  }
  if (typeof result === 'string') spendMaking(result.length);
  return result instanceof CelError
    ? new CelError(result.message, offset)
    : accept(result, type, text, frame, offset);
}

function acceptsAll(params: Overload['params'], values: readonly unknown[]): boolean {
  for (const [index, { type, nullable }] of params.entries()) {
    if (!accepts(type, nullable, values[index])) return false;
  }
  return true;
}

function accepts(type: Type, nullable: boolean, value: unknown): boolean {
  if (value === null) return nullable || type.kind === 'dyn' || type.kind === 'null';
  switch (type.kind) {
    case 'string':
    case 'day':
      return typeof value === 'string';
    case 'bool':
      return typeof value === 'boolean';
    case 'int':
      return typeof value === 'bigint';
    case 'double':
      return typeof value === 'number';
    case 'list':
      return Array.isArray(value);
    case 'map':
      return value instanceof Map;
    case 'record':
      return isRecord(value);
    default:
      return true;
  }
}

const plain = new Set(['string', 'day', 'int', 'double', 'bool']);

/** What stands in for a member that is not known, in a list of strings or numbers; records answer for themselves. */
function holeIn(
  values: readonly unknown[],
  params: Overload['params'],
  pathOf: (index: number) => string,
): unknown {
  for (const [index, { type }] of params.entries()) {
    const value = values[index];
    if (type.kind !== 'list' || !plain.has(type.item.kind) || !Array.isArray(value)) continue;
    spend(value.length >> 5);
    const hole: unknown = value.find((item) => item instanceof Marker);
    if (hole instanceof MissingValue) return toUnknown(hole, `${pathOf(index)}${locate(value, hole) ?? ''}`);
    if (hole !== undefined) return hole;
  }
  return null;
}
