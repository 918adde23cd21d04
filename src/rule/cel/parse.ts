import { type ASTNode, Environment, ParseError } from '@marcbachmann/cel-js';
import type { Limits } from './limit.ts';
import { CelProblems, problemAt } from './problem.ts';

export type Node = ASTNode;

const relations = new Set<string>(['<', '<=', '>', '>=', 'in']);
const environments = new WeakMap<Limits, Environment>();

/**
 * Parses an expression. Only the tree is the library's: types and evaluation are ours.
 * @throws CelProblems for a syntax error or a passed limit
 */
export function parse(source: string, limits: Limits): Node {
  if (source.length > limits.source) {
    const message = `the expression has ${source.length} characters, the limit is ${limits.source}`;
    throw new CelProblems([problemAt(source, { start: 0, end: source.length }, message)]);
  }
  try {
    return environmentFor(limits).parse(source).ast;
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    throw new CelProblems([
      problemAt(source, error.range ?? { start: 0, end: source.length }, summaryOf(error)),
    ]);
  }
}

function environmentFor(limits: Limits): Environment {
  const known = environments.get(limits);
  if (known) return known;
  const { nodes, depth, literal } = limits;
  const environment = new Environment({
    limits: { maxAstNodes: nodes, maxDepth: depth, maxListElements: literal, maxMapEntries: literal },
  });
  environments.set(limits, environment);
  return environment;
}

function summaryOf(error: ParseError): string {
  return error.code === 'limit_exceeded'
    ? error.summary.replace('Exceeded', 'the expression exceeds')
    : error.summary;
}

/**
 * CEL reads `a == b < c` from the left, `(a == b) < c`; the parser binds `<` tighter. Such a source is refused
 * rather than read otherwise than written: true when `right`, the right operand of `==`, has no parentheses
 * of its own. Parentheses are no nodes of the tree, so they are counted in the source.
 */
export function isAmbiguous(source: string, left: Node, right: Node): boolean {
  if (!relations.has(right.op) || !Array.isArray(right.args)) return false;
  const [first, second] = right.args as [Node, Node];
  const token =
    /\/\/[^\n]*|[rR](?:"""[\s\S]*?"""|'''[\s\S]*?'''|"[^"]*"|'[^']*')|("""|'''|"|')(?:\\[\s\S]|(?!\1)[^\\])*?\1|==|!=|[()]/g;
  token.lastIndex = left.end;
  let depth = 0;
  let least: number | null = null;
  for (let match = token.exec(source); match && match.index < second.start; match = token.exec(source)) {
    if (match.index >= first.end) least ??= depth;
    if (match[0] === '(') depth += 1;
    else if (match[0] === ')') depth -= 1;
    else if (match.index < right.start && match[0].endsWith('=')) depth = 0;
    if (least !== null) least = Math.min(least, depth);
  }
  return (least ?? depth) === 0;
}
