import type { Node } from './parse.ts';

/** What an expression was found to be: it depends on its text alone. */
export interface Parsed {
  readonly node: Node;
  /** As a program that is made of it has them. */
  readonly facts: readonly string[];
}

/** By the text of the expression. */
export type ParsedExpressions = Map<string, Parsed>;

/** A node as JSON; in an operand, what is no node is a list, or a literal, of which JSON has no 64-bit integers. */
export type Tree = readonly [op: Node['op'], start: number, end: number, ...operands: unknown[]];

/** Operators that have one operand, and not a list of them. */
const single: ReadonlySet<string> = new Set(['value', 'id', '!_', '-_']);

export function writeTree({ op, start, end, args }: Node): Tree {
  return [op, start, end, ...(Array.isArray(args) ? args : [args]).map(written)];
}

export function readTree([op, start, end, ...operands]: Tree): Node {
  const args = single.has(op) ? read(operands[0]) : operands.map(read);
  return { op, start, end, args } as Node;
}

function written(operand: unknown): unknown {
  if (Array.isArray(operand)) return { list: operand.map(written) };
  if (typeof operand === 'bigint') return { int: String(operand) };
  if (typeof operand !== 'object' || operand === null) return operand;
  if (!('op' in operand)) throw new TypeError('a literal that JSON does not hold');
  return writeTree(operand as Node);
}

function read(operand: unknown): unknown {
  if (Array.isArray(operand)) return readTree(operand as readonly unknown[] as Tree);
  if (typeof operand !== 'object' || operand === null) return operand;
  if ('list' in operand) return (operand.list as unknown[]).map(read);
  return 'int' in operand ? BigInt(String(operand.int)) : operand;
}
