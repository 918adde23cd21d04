/** Bounds on what a pack from outside may ask for. */
export interface Limits {
  /** Characters of an expression. */
  readonly source: number;
  /** Nodes of its tree. */
  readonly nodes: number;
  /** Nested parentheses, calls, selections. */
  readonly depth: number;
  /** Members of a literal list or map. */
  readonly literal: number;
  /** Comprehensions inside each other. */
  readonly comprehensions: number;
  /** Members of a list that a comprehension goes over or a concatenation makes. */
  readonly list: number;
  /** Characters of a text that `+` or `join` makes. */
  readonly text: number;
  /** States of a compiled pattern. */
  readonly pattern: number;
  /**
   * Steps of one evaluation: nodes evaluated inside comprehensions; list members compared or copied, and characters read
   * or written, by 32; characters that a pattern reads, for 256 of its states.
   */
  readonly cost: number;
  /** Further steps for each node and member of a list that an outermost comprehension goes over. */
  readonly share: number;
  /** Most of such further steps that one evaluation is given: the longest list, gone over once. */
  readonly grants: number;
  /** Characters and members of lists that one evaluation may make. */
  readonly made: number;
}

export const defaultLimits: Limits = {
  source: 4096,
  nodes: 2000,
  depth: 64,
  literal: 500,
  comprehensions: 3,
  list: 2_000_000,
  text: 200_000,
  pattern: 10_000,
  cost: 100_000,
  share: 16,
  grants: 50_000_000,
  made: 50_000_000,
};
