import { originOf, rememberOrigins } from './access.ts';
import { grant, spend, spendMaking } from './cost.ts';
import type { Context, Expr, Frame, Run } from './expression.ts';
import { textOf } from './expression.ts';
import { undecidedLogic } from './logic.ts';
import type { Node } from './parse.ts';
import { BOOL, DYN, listOf, type Type } from './type.ts';
import { CelError, describe, lackOf, PartialList, Unknown, undecided, unite } from './value.ts';

/** How many arguments each macro takes after the variable. */
const macros: ReadonlyMap<string, readonly number[]> = new Map([
  ['all', [1]],
  ['exists', [1]],
  ['exists_one', [1]],
  ['filter', [1]],
  ['map', [1, 2]],
]);

export function isMacro(name: string, args: readonly Node[]): boolean {
  return macros.get(name)?.includes(args.length - 1) ?? false;
}

interface Loop {
  readonly level: number;
  readonly weight: number;
  readonly limit: number;
  readonly share: number;
  readonly offset: number;
  /** The range is itself what a filter left. */
  readonly isFiltered: boolean;
}

/** `range.all(x, …)`, `exists`, `exists_one`, `filter`, `map`; over a map, x goes over its keys. */
export function compileMacro(
  name: string,
  range: Expr,
  args: readonly Node[],
  node: Node,
  context: Context,
): Expr {
  const { level, limits } = context;
  const [variable, ...bodies] = args as [Node, ...Node[]];
  if (level >= limits.comprehensions) {
    context.report(node, `more than ${limits.comprehensions} comprehensions inside each other`);
  }
  if (variable.op !== 'id') context.report(variable, `${name} expects the name of a variable here`);
  const { type } = range;
  const element = type.kind === 'list' ? type.item : type.kind === 'map' ? type.key : DYN;
  if (!['list', 'map', 'dyn'].includes(type.kind))
    context.report(range.node, `${name} goes over a list, not ${type.name}`);

  const variables = new Map(context.variables);
  if (variable.op === 'id') variables.set(variable.args, { type: element, iteration: { level, range } });
  const before = context.count.nodes;
  const inner = bodies.map((body) => context.compile(body, { ...context, variables, level: level + 1 }));
  const weight = 1 + context.count.nodes - before;
  const isFiltered = range.node.op === 'rcall' && range.node.args[0] === 'filter';
  const loop: Loop = {
    level,
    weight,
    limit: limits.list,
    share: limits.share,
    offset: node.start,
    isFiltered,
  };

  const last = inner.at(-1) as Expr;
  const predicate = name === 'map' ? (inner.length === 2 ? inner[0] : undefined) : last;
  if (predicate && predicate.type.kind !== 'bool' && predicate.type.kind !== 'dyn') {
    context.report(predicate.node, `expected a bool, got ${predicate.type.name}`);
  }
  const overRange = (body: (items: readonly unknown[], lack: Unknown | null, frame: Frame) => unknown): Run =>
    iterate(range, loop, body);
  switch (name) {
    case 'all':
      return expression(BOOL, overRange(quantify(last.run, false, loop)), null);
    case 'exists':
      return expression(BOOL, overRange(quantify(last.run, true, loop)), null);
    case 'exists_one':
      return expression(BOOL, overRange(countOne(last.run, loop)), null);
    case 'filter':
      // What is left of a list keeps its name: `chain.filter(…)[0]` reads facts of `chain[…]`.
      return expression(listOf(element), overRange(collect(last.run, null, loop)), range);
    default:
      return expression(listOf(last.type), overRange(collect(predicate?.run ?? null, last.run, loop)), null);
  }

  function expression(type: Type, run: Run, path: Expr | null): Expr {
    return { type, run, node, path: path?.path ?? textOf(node, context.source), fact: path?.fact ?? null };
  }
}

/** Hands the known members of the range to `body`, with what may be lacking. */
function iterate(
  range: Expr,
  { level, weight, limit, share, offset }: Loop,
  body: (items: readonly unknown[], lack: Unknown | null, frame: Frame) => unknown,
): Run {
  return (frame) => {
    const value = range.run(frame);
    const items =
      value instanceof PartialList ? value.items : value instanceof Map ? [...value.keys()] : value;
    if (!Array.isArray(items)) {
      return undecided([value]) ?? new CelError(`cannot go over ${describe(value)}`, offset);
    }
    if (items.length > limit) return new CelError(`a list of more than ${limit} members`, offset);
    if (level === 0) grant(items.length * weight * share);
    const lack = value instanceof PartialList ? lackOf(value, () => range.path(frame)) : null;
    return body(items, lack, frame);
  };
}

/** Evaluates the body for one element. */
function step(run: Run, frame: Frame, loop: Loop, items: readonly unknown[], index: number): unknown {
  const { level, weight } = loop;
  spend(weight);
  frame.elements[level] = items[index];
  frame.indexes[level] = loop.isFiltered ? originOf(items, index) : index;
  return run(frame);
}

type Body = (items: readonly unknown[], lack: Unknown | null, frame: Frame) => unknown;

/** `exists` (decided by a true) and `all` (decided by a false): undecided elements are absorbed once one decides. */
function quantify(predicate: Run, decisive: boolean, loop: Loop): Body {
  return (items, lack, frame) => {
    let others: unknown[] | null = null;
    for (let index = 0; index < items.length; index += 1) {
      const result = step(predicate, frame, loop, items, index);
      if (result === decisive) return decisive;
      if (result !== !decisive) (others ??= []).push(result);
    }
    if (others === null) return lack ?? !decisive;
    return undecidedLogic(lack ? [...others, lack] : others, loop.offset);
  };
}

/** `exists_one`: two are too many whatever the rest may be; an error ends it. */
function countOne(predicate: Run, loop: Loop): Body {
  return (items, lack, frame) => {
    const unknowns = lack ? [lack] : [];
    let count = 0;
    for (let index = 0; index < items.length; index += 1) {
      const result = step(predicate, frame, loop, items, index);
      if (result === true) count += 1;
      else if (result instanceof Unknown) unknowns.push(result);
      else if (result !== false) return undecidedLogic([result], loop.offset);
    }
    return count > 1 ? false : (unite(unknowns) ?? count === 1);
  };
}

/** `filter` (no transform) and `map`: what is not decided for an element leaves the list partial; an error ends it. */
function collect(predicate: Run | null, transform: Run | null, loop: Loop): Body {
  return (items, lack, frame) => {
    const unknowns = lack ? [lack] : [];
    spendMaking(items.length);
    const collected: unknown[] = [];
    const indexes: number[] = [];
    for (let index = 0; index < items.length; index += 1) {
      const kept = predicate === null ? true : step(predicate, frame, loop, items, index);
      if (kept === false) continue;
      if (kept instanceof Unknown) {
        unknowns.push(kept);
        continue;
      }
      if (kept !== true) return undecidedLogic([kept], loop.offset);
      const value = transform === null ? items[index] : step(transform, frame, loop, items, index);
      if (value instanceof CelError) return value;
      if (value instanceof Unknown) unknowns.push(value);
      else {
        collected.push(value);
        if (transform === null) indexes.push(loop.isFiltered ? originOf(items, index) : index);
      }
    }
    if (indexes.length < items.length && typeof collected[0] === 'object')
      rememberOrigins(collected, indexes);
    const unknown = unite(unknowns);
    return unknown === null ? collected : new PartialList(collected, unknown);
  };
}
