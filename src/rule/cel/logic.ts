import type { Expr, Run } from './expression.ts';
import { CelError, describe, Unknown, undecided } from './value.ts';

/**
 * What `&&`, `||` and their like come to when they do not decide: unknown wins over error, since knowing more
 * could still decide; the error is the first that is no boolean.
 */
export function undecidedLogic(operands: readonly unknown[], offset: number): Unknown | CelError {
  const found = undecided(operands);
  if (found) return found;
  const other = operands.find((operand) => typeof operand !== 'boolean');
  return new CelError(`expected true or false, got ${describe(other)}`, offset);
}

/** `false && x` is false whatever x is, on either side; likewise `true || x`. */
export function and({ run: left }: Expr, { run: right }: Expr, offset: number): Run {
  return (frame) => {
    const a = left(frame);
    if (a === false) return false;
    const b = right(frame);
    if (b === false) return false;
    return a === true && b === true ? true : undecidedLogic([a, b], offset);
  };
}

export function or({ run: left }: Expr, { run: right }: Expr, offset: number): Run {
  return (frame) => {
    const a = left(frame);
    if (a === true) return true;
    const b = right(frame);
    if (b === true) return true;
    return a === false && b === false ? false : undecidedLogic([a, b], offset);
  };
}

export function not({ run: operand }: Expr, offset: number): Run {
  return (frame) => {
    const value = operand(frame);
    return typeof value === 'boolean' ? !value : undecidedLogic([value], offset);
  };
}

/** `c ? a : b`: where c is unknown, the value that both branches share, else unknown. */
export function choose({ run: condition }: Expr, { run: yes }: Expr, { run: no }: Expr, offset: number): Run {
  return (frame) => {
    const decided = condition(frame);
    if (decided === true) return yes(frame);
    if (decided === false) return no(frame);
    if (!(decided instanceof Unknown)) return undecidedLogic([decided], offset);
    const a = yes(frame);
    const b = no(frame);
    if (a === b && (typeof a !== 'object' || a === null)) return a;
    return undecidedLogic([decided, a, b], offset);
  };
}
