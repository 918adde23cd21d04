import type { Node, TraversalStep } from '../hcl/node.ts';
import type { Expression } from './model.ts';

/**
 * What an expression refers to, as plans write it: `["var.regions[\"fr\"]", "var.regions"]`. Of references that begin
 * alike only the longest is kept.
 */
export function referencesOf(expression: Expression | null): readonly string[] {
  if (expression === null || expression.kind === 'constant') return [];
  const all = expression.kind === 'references' ? expression.references : [...traversals(expression.node)];
  return all
    .filter((one) => !all.some((other) => other !== one && isLonger(other, one)))
    .filter((one, i, list) => list.indexOf(one) === i);
}

function isLonger(long: string, short: string): boolean {
  return long.startsWith(short) && (long[short.length] === '.' || long[short.length] === '[');
}

/** Every traversal in an expression, written as Terraform writes it as far as its indexes are constant. */
function* traversals(node: Node): Generator<string> {
  switch (node.kind) {
    case 'traversal':
      yield writeTraversal(node.root, node.steps);
      for (const step of node.steps) if ('index' in step) yield* traversals(step.index);
      return;
    case 'access':
      yield* traversals(node.of);
      for (const step of node.steps) if ('index' in step) yield* traversals(step.index);
      return;
    case 'object':
      for (const [key, value] of node.entries) {
        yield* traversals(key);
        yield* traversals(value);
      }
      return;
    case 'literal':
      return;
    default:
      for (const child of childrenOf(node)) yield* traversals(child);
  }
}

function childrenOf(
  node: Exclude<Node, { kind: 'traversal' | 'access' | 'object' | 'literal' }>,
): readonly Node[] {
  switch (node.kind) {
    case 'template':
    case 'opaque':
      return node.parts;
    case 'call':
      return node.args;
    case 'list':
      return node.items;
    case 'conditional':
      return [node.test, node.yes, node.no];
    case 'binary':
      return [node.left, node.right];
    case 'unary':
      return [node.of];
  }
}

function writeTraversal(root: string, steps: readonly TraversalStep[]): string {
  let text = root;
  for (const step of steps) {
    if ('name' in step) text += `.${step.name}`;
    else if (step.index.kind === 'literal') text += `[${JSON.stringify(step.index.value)}]`;
    else return text;
  }
  return text;
}
