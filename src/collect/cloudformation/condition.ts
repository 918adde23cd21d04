import { at, hasOpen, isValueTree, Open, textOf, type Value } from '../code/value.ts';
import type { Scope } from './scope.ts';

type Evaluate = (expression: Value, scope: Scope) => Value;

/** Whether a condition holds; open where the template and its deployment do not tell. */
export function conditionOf(expression: Value, scope: Scope, evaluate: Evaluate): boolean | Open {
  if (!isValueTree(expression) || scope.left <= 0) return new Open('a condition that cannot be read');
  const inner: Scope = { ...scope, left: scope.left - 1 };
  const [name = ''] = Object.keys(expression);
  const argument = expression[name];
  const list = Array.isArray(argument) ? (argument as readonly Value[]) : [];
  switch (name) {
    case 'Condition': {
      const key = textOf(argument) ?? '';
      const before = scope.decided.get(key);
      if (before !== undefined) return before;
      const named = Object.hasOwn(scope.conditions, key) ? scope.conditions[key] : undefined;
      if (named === undefined) return new Open(`there is no condition ${key}`);
      scope.decided.set(key, new Open(`condition ${key} refers to itself`));
      const holds = conditionOf(named, inner, evaluate);
      const told = holds instanceof Open ? new Open(`condition ${key}: ${holds.why}`) : holds;
      scope.decided.set(key, told);
      return told;
    }
    case 'Fn::Equals': {
      const [left, right] = [at(list, 0), at(list, 1)].map((one) => evaluate(one, inner));
      const open = [left, right].find(hasOpen);
      if (open !== undefined) return open instanceof Open ? open : new Open('a value is not known');
      return (textOf(left) ?? JSON.stringify(left)) === (textOf(right) ?? JSON.stringify(right));
    }
    case 'Fn::Not': {
      const holds = conditionOf(at(list, 0), inner, evaluate);
      return holds instanceof Open ? holds : !holds;
    }
    case 'Fn::And':
    case 'Fn::Or': {
      const decided = name === 'Fn::Or';
      const all = list.map((one) => conditionOf(one, inner, evaluate));
      if (all.includes(decided)) return decided;
      return all.find((one) => one instanceof Open) ?? !decided;
    }
    default:
      return new Open(`a condition that cannot be read: ${name}`);
  }
}
