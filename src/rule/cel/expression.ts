import type { Declaration } from './function/declaration.ts';
import type { Limits } from './limit.ts';
import type { Node } from './parse.ts';
import type { Span } from './problem.ts';
import type { Type, Types } from './type.ts';

/** What a running expression sees. One per program, reused: evaluation is synchronous and never re-enters. */
export interface Frame {
  scope: { readonly [name: string]: unknown };
  /** Elements that iteration variables stand for, by nesting level, and their indexes. */
  readonly elements: unknown[];
  readonly indexes: number[];
}

export type Run = (frame: Frame) => unknown;

/** A checked and compiled expression. */
export interface Expr {
  readonly type: Type;
  readonly run: Run;
  readonly node: Node;
  /** Names the fact it reads, `chain[contractor].owner`; only called once something is missing. */
  readonly path: (frame: Frame) => string;
  /** The same without elements, `chain[].owner`; null when it is no plain reading of a fact. */
  readonly fact: string | null;
  /** True for a literal, or a list of literals. */
  readonly constant?: true;
}

export interface Variable {
  readonly type: Type;
  /** Null for a variable of the scope; else the level of the iteration, and what it goes over. */
  readonly iteration: { readonly level: number; readonly range: Expr } | null;
}

/** What compilation carries along. `variables` changes inside comprehensions, the rest does not. */
export interface Context {
  readonly source: string;
  readonly types: Types;
  readonly functions: readonly Declaration[];
  readonly limits: Limits;
  readonly variables: ReadonlyMap<string, Variable>;
  readonly level: number;
  /** Collects what the expression reads. */
  readonly facts: Set<string>;
  /** Counts compiled nodes, to weigh the body of a comprehension. */
  readonly count: { nodes: number };
  /** It compiled before: what only a check would need can wait until it runs. */
  readonly isChecked: boolean;
  readonly compile: (node: Node, context: Context) => Expr;
  readonly report: (span: Span, message: string, hint?: string) => void;
}

/** The source text: what names a fact that no plain path leads to. */
export function textOf(node: Node, source: string): () => string {
  return () => source.slice(node.start, node.end);
}
