import { type Json, jsonText } from '../../../inventory/fact.ts';
import { splitTraversal } from '../address.ts';
import type { Node, TraversalStep } from '../hcl/node.ts';
import { type Answer, dig, type Each, known, type Scope, type Unknown, unknown } from './answer.ts';
import { functions, textOf } from './function.ts';
import { lookUp } from './lookup.ts';
import type { Configuration, Expression } from './model.ts';
import { referencesOf } from './reference.ts';

export function createScope(
  configuration: Configuration,
  path: readonly string[],
  instances: readonly (Each | null)[] = [],
  each: Each | null = null,
): Scope {
  return { configuration, path, instances, each, left: 40, evaluate };
}

/** The value of an expression. Of a plan's references only a single one has a value: what is made of several is not told. */
export function evaluate(expression: Expression, scope: Scope): Answer {
  switch (expression.kind) {
    case 'constant':
      return known(expression.value);
    case 'code':
      return evaluateNode(expression.node, scope);
    case 'references': {
      const references = referencesOf(expression);
      const [only] = references;
      if (only === undefined) return unknown('a function that the plan does not work out');
      if (references.length > 1)
        return unknown(`made of ${references.join(', ')} in a way that the plan does not tell`);
      const parts = splitTraversal(only);
      if (parts === null) return unknown(`${only} cannot be read`);
      const [root, ...steps] = parts.map((part) => (typeof part === 'string' ? part : part.key));
      return lookUp(String(root), steps, scope);
    }
  }
}

export function evaluateNode(node: Node, scope: Scope): Answer {
  switch (node.kind) {
    case 'literal':
      return known(node.value);
    case 'template':
      return combine(node.parts, scope, (values) => {
        const texts = values.map(textOf);
        return texts.includes(undefined) ? undefined : texts.join('');
      });
    case 'list':
      return combine(node.items, scope, (values) => values);
    case 'object':
      return combine(node.entries.flat(), scope, (values) => {
        const entries = values.flatMap((value, i) =>
          i % 2 === 0 ? [[jsonText(value), values[i + 1] ?? null] as const] : [],
        );
        return Object.fromEntries(entries);
      });
    case 'traversal': {
      const way = wayOf(node.steps, scope);
      return 'why' in way ? way : withSteps(lookUp(node.root, way.keys, scope), way.steps);
    }
    case 'access': {
      const way = wayOf(node.steps, scope);
      const of = evaluateNode(node.of, scope);
      return 'why' in way ? way : withSteps(of.known ? dig(of, way.keys) : of, way.steps);
    }
    case 'conditional': {
      const test = evaluateNode(node.test, scope);
      if (!test.known) return test;
      const branch = evaluateNode(test.value === true || test.value === 'true' ? node.yes : node.no, scope);
      return { ...branch, steps: [...test.steps, ...branch.steps] };
    }
    case 'binary':
      return node.operator === '&&' || node.operator === '||'
        ? logic(node.operator, node.left, node.right, scope)
        : combine([node.left, node.right], scope, ([left = null, right = null]) =>
            operate(node.operator, left, right),
          );
    case 'unary':
      return combine([node.of], scope, ([of]) =>
        node.operator === '!'
          ? typeof of === 'boolean'
            ? !of
            : undefined
          : typeof of === 'number'
            ? -of
            : undefined,
      );
    case 'call':
      return call(node.name, node.args, scope);
    case 'opaque':
      return unknown('an expression that is not worked out');
  }
}

/** `try` and `can` are about failing, which cannot be told from not knowing: the first argument or nothing. */
function call(name: string, args: readonly Node[], scope: Scope): Answer {
  const [first] = args;
  if (name === 'try' && first) return evaluateNode(first, scope);
  const apply = Object.hasOwn(functions, name) ? functions[name] : undefined;
  return apply === undefined ? unknown(`${name}() is not worked out`) : combine(args, scope, apply);
}

/** One side may decide alone. */
function logic(operator: '&&' | '||', left: Node, right: Node, scope: Scope): Answer {
  const decides = operator === '||';
  const answers = [evaluateNode(left, scope), evaluateNode(right, scope)];
  const decisive = answers.find((answer) => answer.known && answer.value === decides);
  if (decisive) return decisive;
  const missing = answers.find((answer) => !answer.known);
  return (
    missing ??
    known(
      !decides,
      answers.flatMap(({ steps }) => steps),
    )
  );
}

function combine(
  nodes: readonly Node[],
  scope: Scope,
  make: (values: readonly Json[]) => Json | undefined,
): Answer {
  const values: Json[] = [];
  const steps: string[] = [];
  for (const node of nodes) {
    const answer = evaluateNode(node, scope);
    steps.push(...answer.steps);
    if (!answer.known) return unknown(answer.why, steps);
    values.push(answer.value);
  }
  const value = make(values);
  return value === undefined ? unknown('an expression that is not worked out', steps) : known(value, steps);
}

function operate(operator: string, left: Json, right: Json): Json | undefined {
  if (operator === '==' || operator === '!=') {
    const isEqual = JSON.stringify(left) === JSON.stringify(right);
    return operator === '==' ? isEqual : !isEqual;
  }
  if (typeof left !== 'number' || typeof right !== 'number') return undefined;
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '<':
      return left < right;
    case '>':
      return left > right;
    case '<=':
      return left <= right;
    case '>=':
      return left >= right;
    default:
      return undefined;
  }
}

/** The keys of a way, and how those were come by that are worked out. */
function wayOf(
  way: readonly TraversalStep[],
  scope: Scope,
): { readonly keys: readonly (string | number)[]; readonly steps: readonly string[] } | Unknown {
  const keys: (string | number)[] = [];
  const steps: string[] = [];
  for (const step of way) {
    if ('name' in step) {
      keys.push(step.name);
      continue;
    }
    const index = evaluateNode(step.index, scope);
    steps.push(...index.steps);
    if (!index.known) return unknown(index.why, steps);
    if (typeof index.value !== 'string' && typeof index.value !== 'number')
      return unknown('an index that is neither text nor number', steps);
    keys.push(index.value);
  }
  return { keys, steps };
}

function withSteps(answer: Answer, steps: readonly string[]): Answer {
  return steps.length === 0 ? answer : { ...answer, steps: [...answer.steps, ...steps] };
}
