import { spendMaking } from '../cost.ts';
import type { Run } from '../expression.ts';
import type { Limits } from '../limit.ts';
import { CelError, describe, lackOf, Marker, PartialList, undecided, unite } from '../value.ts';

export type ArithmeticOperator = '+' | '-' | '*' | '/' | '%';

const MAX = 2n ** 63n - 1n;
const MIN = -(2n ** 63n);

/** Whether an integer fits in CEL's 64 bits. */
export function isInt64(value: bigint): boolean {
  return value >= MIN && value <= MAX;
}

/** Integers are exact in 64 bits, an overflow is an error; `+` also joins strings and lists, up to what limits allow. */
export function arithmetic(
  operator: ArithmeticOperator,
  left: Run,
  right: Run,
  offset: number,
  limits: Limits,
): Run {
  const fail = (message: string): CelError => new CelError(message, offset);
  return (frame) => {
    const a = left(frame);
    const b = right(frame);
    if (typeof a === 'bigint' && typeof b === 'bigint') {
      const value = computeInt(operator, a, b);
      if (value === null) return fail('division by zero');
      return isInt64(value) ? value : fail('the result does not fit in 64 bits');
    }
    if (typeof a === 'number' && typeof b === 'number' && operator !== '%')
      return computeDouble(operator, a, b);
    if (operator === '+') {
      if (typeof a === 'string' && typeof b === 'string') {
        const length = a.length + b.length;
        if (length > limits.text) return fail(`a text of more than ${limits.text} characters`);
        spendMaking(length);
        return a + b;
      }
      const [first, second] = [itemsOf(a), itemsOf(b)];
      if (first && second) {
        const length = first.length + second.length;
        if (length > limits.list) return fail(`a list of more than ${limits.list} members`);
        spendMaking(length);
        return joinLists(a, b, first, second);
      }
    }
    if (a instanceof Marker || b instanceof Marker) {
      const obstacle = undecided([a, b]);
      if (obstacle) return obstacle;
    }
    return fail(`cannot use ${operator} on ${describe(a)} and ${describe(b)}`);
  };
}

/** `-x`. */
export function negate(operand: Run, offset: number): Run {
  return (frame) => {
    const value = operand(frame);
    if (typeof value === 'number') return -value;
    if (typeof value === 'bigint') {
      return value === MIN ? new CelError('the result does not fit in 64 bits', offset) : -value;
    }
    return undecided([value]) ?? new CelError(`cannot negate ${describe(value)}`, offset);
  };
}

function computeInt(operator: ArithmeticOperator, a: bigint, b: bigint): bigint | null {
  switch (operator) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return b === 0n ? null : a / b;
    case '%':
      return b === 0n ? null : a % b;
  }
}

function computeDouble(operator: Exclude<ArithmeticOperator, '%'>, a: number, b: number): number {
  switch (operator) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return a / b;
  }
}

function itemsOf(value: unknown): readonly unknown[] | null {
  if (Array.isArray(value)) return value;
  return value instanceof PartialList ? value.items : null;
}

function joinLists(a: unknown, b: unknown, first: readonly unknown[], second: readonly unknown[]): unknown {
  const items = [...first, ...second];
  const lack = unite(
    [a, b].filter((value) => value instanceof PartialList).map((list) => lackOf(list, () => 'list')),
  );
  return lack === null ? items : new PartialList(items, lack);
}
