import { spend } from '../cost.ts';
import type { Context, Expr, Frame, Run } from '../expression.ts';
import { isAmbiguous, type Node } from '../parse.ts';
import {
  BOOL,
  canEqual,
  canOrder,
  DYN,
  fits,
  INT,
  isNumber,
  listOf,
  STRING,
  type Type,
  unify,
} from '../type.ts';
import {
  CelError,
  describe,
  lackOf,
  locate,
  Marker,
  MissingValue,
  PartialList,
  toUnknown,
  type Unknown,
  undecided,
} from '../value.ts';
import { type ArithmeticOperator, arithmetic } from './arithmetic.ts';
import { compare, equals, toKey } from './equality.ts';

type Parts = { readonly type: Type; readonly run: Run };

const orders: { readonly [operator: string]: (order: number) => boolean } = {
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
};

/** `== != < <= > >= in + - * / %`, typed and compiled. */
export function compileBinary(
  operator: string,
  node: Node,
  left: Expr,
  right: Expr,
  context: Context,
): Parts {
  const refuse = (hint?: string): void =>
    context.report(node, `${operator} does not apply to ${left.type.name} and ${right.type.name}`, hint);
  if (operator === '==' || operator === '!=') {
    if (isAmbiguous(context.source, left.node, right.node)) {
      context.report(
        node,
        `${operator} and ${right.node.op} follow each other`,
        'put parentheses around one of them',
      );
    }
    if (!canEqual(left.type, right.type)) refuse(hintFor(left.type, right.type));
    return { type: BOOL, run: equality(left, right, operator === '==', node.start) };
  }
  if (operator === 'in') {
    const { kind } = right.type;
    const members =
      right.type.kind === 'list' ? right.type.item : right.type.kind === 'map' ? right.type.key : DYN;
    if (!['list', 'map', 'dyn'].includes(kind) || !canEqual(left.type, members)) refuse();
    return { type: BOOL, run: membership(left, right, node.start) };
  }
  const holds = orders[operator];
  if (holds) {
    if (!canOrder(left.type, right.type)) refuse();
    return { type: BOOL, run: ordering(left, right, holds, node.start) };
  }
  const type = arithmeticType(operator, left.type, right.type);
  if (type === null)
    refuse(isNumber(left.type) && isNumber(right.type) ? 'convert with int(…) or double(…)' : undefined);
  return {
    type: type ?? DYN,
    run: arithmetic(operator as ArithmeticOperator, left.run, right.run, node.start, context.limits),
  };
}

function hintFor(left: Type, right: Type): string | undefined {
  return [left, right].some(({ kind }) => kind === 'record' || kind === 'text')
    ? 'a record or a text compares only with null: compare a key or an id'
    : undefined;
}

function arithmeticType(operator: string, left: Type, right: Type): Type | null {
  const [one, other] = [left, right].map(({ kind }) => kind);
  if (one === 'dyn' && other === 'dyn') return DYN;
  const type = one === 'dyn' ? right : left;
  if (!fits(left, right) || one === 'null' || other === 'null') return null;
  if (type.kind === 'list' && operator === '+') {
    return left.kind === 'list' && right.kind === 'list' ? listOf(unify(left.item, right.item)) : listOf(DYN);
  }
  if (type.kind === 'string' || type.kind === 'day') return operator === '+' ? STRING : null;
  if (type.kind === 'int') return INT;
  return type.kind === 'double' && operator !== '%' ? type : null;
}

function equality(left: Expr, right: Expr, positive: boolean, offset: number): Run {
  const { run: first } = left;
  const { run: second } = right;
  return (frame) => {
    const a = first(frame);
    const b = second(frame);
    if (typeof a === 'string' && typeof b === 'string') {
      spend(a.length >> 5);
      return (a === b) === positive;
    }
    const same = equals(a, b);
    if (typeof same === 'boolean') return same === positive;
    if (same instanceof MissingValue) return nameHole(same, [a, b], [left, right], frame);
    return undecided([a, b]) ?? (same instanceof CelError ? new CelError(same.message, offset) : same);
  };
}

/** Names a member that is not known, in the operand that holds it. */
function nameHole(
  hole: MissingValue,
  values: readonly unknown[],
  operands: readonly Expr[],
  frame: Frame,
): Unknown {
  const steps = values.map((value) => locate(value, hole));
  const at = Math.max(
    0,
    steps.findIndex((step) => step !== null),
  );
  return toUnknown(hole, `${operands[at]?.path(frame) ?? ''}${steps[at] ?? ''}`);
}

function ordering(left: Expr, right: Expr, holds: (order: number) => boolean, offset: number): Run {
  const { run: first } = left;
  const { run: second } = right;
  return (frame) => {
    const a = first(frame);
    const b = second(frame);
    if (a instanceof Marker || b instanceof Marker) return undecided([a, b]);
    if (typeof a === 'string') spend(a.length >> 5);
    const order = compare(a, b);
    return typeof order === 'number' ? holds(order) : new CelError(order.message, offset);
  };
}

function membership(left: Expr, right: Expr, offset: number): Run {
  const { run: first } = left;
  const { run: second } = right;
  return (frame) => {
    const needle = first(frame);
    const range = second(frame);
    if (needle instanceof Marker && !(needle instanceof PartialList)) return undecided([needle, range]);
    if (range instanceof Map) return range.has(toKey(needle));
    const items = range instanceof PartialList ? range.items : range;
    if (!Array.isArray(items)) {
      return (
        undecided([needle, range]) ?? new CelError(`cannot look for a member in ${describe(range)}`, offset)
      );
    }
    let obstacles: unknown[] | null = null;
    for (const item of items) {
      const same = equals(needle, item);
      if (same === true) return true;
      if (same === false) continue;
      const isHole = same instanceof MissingValue;
      (obstacles ??= []).push(isHole ? nameHole(same, [needle, range], [left, right], frame) : same);
    }
    if (range instanceof PartialList) (obstacles ??= []).push(lackOf(range, () => right.path(frame)));
    return obstacles === null ? false : undecided(obstacles);
  };
}
