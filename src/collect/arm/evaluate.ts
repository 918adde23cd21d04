import {
  at,
  isValueTree,
  numberOf,
  Open,
  oneOf,
  refsOf,
  textOf,
  type Value,
  type ValueTree,
} from '../code/value.ts';
import { functions } from './function.ts';
import { type Expression, parseExpression } from './parse.ts';

/** What expressions of one template, or of one nested in it, are evaluated against. */
export interface Scope {
  readonly parameters: ValueTree;
  /** What is given for them: by a file, or by the deployment around. */
  readonly given: ReadonlyMap<string, Value>;
  readonly variables: ValueTree;
  /** Symbolic names, or nothing where resources have none. */
  readonly symbols: ReadonlySet<string>;
  /** `resourceGroup().location` and `deployment().location`. */
  readonly location: Value;
  readonly subscription: string | null;
  readonly group: Value;
  /** Index of each copy loop around; the nameless one is the nearest. */
  readonly copies: ReadonlyMap<string, Value>;
  /** Values found already: variables may refer to one another many times over. */
  readonly memo: Map<string, Value>;
  readonly left: number;
  /** How many values may still be evaluated: loops in loops multiply. */
  readonly budget: { left: number };
}

/** A value of a template with its expressions evaluated, as far as the template and its deployment tell. */
export function evaluate(value: Value, scope: Scope): Value {
  scope.budget.left -= 1;
  if (scope.budget.left < 0) return new Open('the loops of this template make too much of it');
  if (typeof value === 'string') return evaluateText(value, scope);
  if (Array.isArray(value)) return (value as readonly Value[]).map((one) => evaluate(one, scope));
  if (!isValueTree(value)) return value;
  const { copy, ...rest } = value;
  const plain = Array.isArray(copy) ? rest : value;
  const loops = Array.isArray(copy)
    ? (copy as readonly Value[])
        .filter(isValueTree)
        .map((loop) => [textOf(loop['name']) ?? 'copy', loopOf(loop, scope)] as const)
    : [];
  return Object.fromEntries([
    ...Object.entries(plain).map(
      ([key, one]) => [textOf(evaluateText(key, scope)) ?? key, evaluate(one, scope)] as const,
    ),
    ...loops,
  ]);
}

const MOST = 800;

function loopOf(loop: ValueTree, scope: Scope): Value {
  const name = textOf(loop['name']) ?? '';
  const count = numberOf(evaluate(loop['count'], scope));
  const one = (index: Value): Value =>
    evaluate(loop['input'], {
      ...scope,
      left: scope.left - 1,
      copies: new Map([...scope.copies, [name, index], ['', index]]),
    });
  if (scope.left <= 0) return new Open('loops too deep');
  if (typeof count !== 'number' || count < 0 || count > MOST) {
    const item = one(new Open(`the number of ${name} is known when it is deployed`, { text: '{copyIndex}' }));
    return new Open(`the number of ${name} is known when it is deployed`, {
      either: [[item]],
      refs: refsOf(item),
    });
  }
  return Array.from({ length: count }, (_, index) => one(index));
}

function evaluateText(text: string, scope: Scope): Value {
  if (text.startsWith('[[')) return text.slice(1);
  if (!text.startsWith('[') || !text.endsWith(']')) return text;
  const expression = parseExpression(text.slice(1, -1));
  return expression === null
    ? new Open(`an expression that cannot be read: ${text.slice(0, 80)}`)
    : evaluateExpression(expression, scope);
}

function evaluateExpression(expression: Expression, scope: Scope): Value {
  if (scope.left <= 0) return new Open('it refers to itself');
  if (expression.type === 'literal') return expression.value;
  if (expression.type === 'member')
    return member(evaluateExpression(expression.of, scope), evaluateExpression(expression.key, scope));
  const { name } = expression;
  if (name === 'if') return choose(expression.arguments, scope);
  const list = expression.arguments.map((one) => evaluateExpression(one, scope));
  const inner: Scope = { ...scope, left: scope.left - 1 };
  const [first] = list;
  switch (name) {
    case 'parameters':
      return first instanceof Open
        ? first
        : remember(`p ${textOf(first)}`, scope, () => parameter(textOf(first) ?? '', inner));
    case 'variables':
      return first instanceof Open
        ? first
        : remember(`v ${textOf(first)}`, scope, () => variable(textOf(first) ?? '', inner));
    case 'resourcegroup':
      return {
        location: scope.location,
        name: scope.group,
        id: new Open('the resource group', { text: '{resourceGroup}' }),
      };
    case 'deployment':
      return {
        location: scope.location,
        name: new Open('the name of the deployment', { text: '{deployment}' }),
      };
    case 'subscription': {
      const id =
        scope.subscription ??
        new Open('the subscription is known when it is deployed', { text: '{subscription}' });
      return {
        subscriptionId: id,
        id: `/subscriptions/${textOf(id) ?? '{subscription}'}`,
        tenantId: new Open('the tenant', { text: '{tenant}' }),
      };
    }
    case 'copyindex': {
      const [loop, offset] = typeof first === 'string' ? [first, list[1]] : ['', first];
      const index = scope.copies.get(loop) ?? new Open('a loop that is not around', { text: '{copyIndex}' });
      return typeof index === 'number' ? index + (numberOf(offset) ?? 0) : index;
    }
    case 'reference':
    case 'resourceinfo': {
      const text = textOf(first) ?? (first instanceof Open ? first.text : null);
      return new Open(`${name}(${text ?? '?'})`, {
        refs:
          text !== null && !text.startsWith('/') && scope.symbols.has(text)
            ? [text]
            : text === null
              ? refsOf(list)
              : [text],
      });
    }
    default: {
      const apply = Object.hasOwn(functions, name) ? functions[name] : undefined;
      return apply
        ? apply(list)
        : new Open(`${name}() is known when it is deployed`, { refs: refsOf(list), text: `{${name}}` });
    }
  }
}

function remember(key: string, { memo }: Scope, find: () => Value): Value {
  if (memo.has(key)) return memo.get(key);
  memo.set(key, new Open('it refers to itself'));
  const value = find();
  memo.set(key, value);
  return value;
}

function member(of: Value, key: Value): Value {
  if (key instanceof Open) return new Open(key.why, { refs: refsOf([of, key]) });
  if (isValueTree(of)) {
    const name = Object.keys(of).find((one) => one.toLowerCase() === String(textOf(key)).toLowerCase());
    return name === undefined ? undefined : at(of, name);
  }
  return at(of, textOf(key) ?? '');
}

function choose(list: readonly Expression[], scope: Scope): Value {
  const [condition, yes, no] = list;
  if (!condition || !yes || !no) return new Open('if() with too little');
  const holds = evaluateExpression(condition, scope);
  if (typeof holds === 'boolean') return evaluateExpression(holds ? yes : no, scope);
  return oneOf(holds instanceof Open ? holds.why : 'a condition that cannot be read', [
    evaluateExpression(yes, scope),
    evaluateExpression(no, scope),
  ]);
}

function parameter(name: string, scope: Scope): Value {
  const key = Object.keys(scope.parameters).find((one) => one.toLowerCase() === name.toLowerCase());
  const declared = key === undefined ? undefined : scope.parameters[key];
  if (!isValueTree(declared)) return new Open(`there is no parameter ${name}`);
  const secret = /^secure/i.test(textOf(declared['type']) ?? '');
  if (secret) return new Open(`parameter ${name} is secret`, { text: `{${name}}` });
  const given = scope.given.get(name.toLowerCase());
  if (given !== undefined) return given;
  if (declared['defaultValue'] !== undefined) return evaluate(declared['defaultValue'], scope);
  return new Open(`parameter ${name} has no value; name a file of parameters`, { text: `{${name}}` });
}

function variable(name: string, scope: Scope): Value {
  const key = Object.keys(scope.variables).find((one) => one.toLowerCase() === name.toLowerCase());
  if (key !== undefined) return evaluate(scope.variables[key], scope);
  const { copy } = scope.variables;
  const loop = Array.isArray(copy)
    ? (copy as readonly Value[])
        .filter(isValueTree)
        .find((one) => textOf(one['name'])?.toLowerCase() === name.toLowerCase())
    : undefined;
  return loop ? loopOf(loop, scope) : new Open(`there is no variable ${name}`);
}
