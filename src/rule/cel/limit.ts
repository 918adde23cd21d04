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
  /** Steps of one evaluation: nodes evaluated inside comprehensions, and list members compared or copied, by 32. */
  readonly cost: number;
  /** Further steps for each node and member of a list that an outermost comprehension goes over. */
  readonly share: number;
}

export const defaultLimits: Limits = {
  source: 4096,
  nodes: 2000,
  depth: 64,
  literal: 500,
  comprehensions: 3,
  list: 2_000_000,
  cost: 100_000,
  share: 16,
};
