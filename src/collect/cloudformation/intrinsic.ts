import {
  alternatives,
  at,
  hasOpen,
  isValueTree,
  Open,
  oneOf,
  refsOf,
  textOf,
  type Value,
} from '../code/value.ts';
import { conditionOf } from './condition.ts';
import { parameterValue } from './parameter.ts';
import type { Scope } from './scope.ts';

/** An expression's value, as far as the template and its deployment tell. */
export function evaluate(expression: Value, scope: Scope): Value {
  if (Array.isArray(expression))
    return (expression as readonly Value[])
      .map((one) => evaluate(one, scope))
      .filter((one) => one !== undefined);
  if (!isValueTree(expression)) return expression;
  if (scope.left <= 0) return new Open('it refers to itself');
  const [name = '', ...others] = Object.keys(expression);
  const intrinsic = others.length === 0 && Object.hasOwn(intrinsics, name) ? intrinsics[name] : undefined;
  if (intrinsic) return intrinsic(expression[name], { ...scope, left: scope.left - 1 });
  if (others.length === 0 && name.startsWith('Fn::'))
    return new Open(name, { refs: refsOf(evaluate(expression[name], { ...scope, left: scope.left - 1 })) });
  return Object.fromEntries(
    Object.entries(expression)
      .map(([key, one]) => [key, evaluate(one, scope)] as const)
      .filter(([, one]) => one !== undefined),
  );
}

const intrinsics: { readonly [name: string]: (argument: Value, scope: Scope) => Value } = {
  Ref: (argument, scope) => reference(textOf(argument) ?? '', scope),
  'Fn::GetAtt': (argument, scope) => attribute(argument, scope),
  'Fn::Sub': substitute,
  'Fn::Join': (argument, scope) => {
    const [separator, list] = listOf(evaluate(argument, scope));
    return Array.isArray(list)
      ? join(list as readonly Value[], textOf(separator) ?? '')
      : openFrom('Fn::Join', list);
  },
  'Fn::Select': (argument, scope) => {
    const [index, list] = listOf(evaluate(argument, scope));
    const place = Number(textOf(index) ?? Number.NaN);
    if (!Array.isArray(list) || !Number.isInteger(place)) return openFrom('Fn::Select', list);
    return at(list, place) ?? new Open(`Fn::Select: there is no ${place}`);
  },
  'Fn::Split': (argument, scope) => {
    const [separator, text] = listOf(evaluate(argument, scope));
    return typeof text === 'string' && typeof separator === 'string' && separator !== ''
      ? text.split(separator)
      : openFrom('Fn::Split', text);
  },
  'Fn::FindInMap': (argument, scope) => {
    const [map, first, second, more] = listOf(evaluate(argument, scope));
    const steps = [map, first, second].map(textOf);
    const found = steps.includes(null) ? undefined : at(scope.mappings, ...steps.map(String));
    const fallback = isValueTree(more) ? more['DefaultValue'] : undefined;
    const unknown = [map, first, second].find((one) => one instanceof Open);
    return (
      found ??
      fallback ??
      new Open(unknown instanceof Open ? unknown.why : `there is no ${steps.join('.')} in the mappings`)
    );
  },
  'Fn::If': (argument, scope) => {
    const [name, yes, no] = listOf(argument);
    const condition = conditionOf({ Condition: name }, scope, evaluate);
    if (typeof condition === 'boolean') return evaluate(condition ? yes : no, scope);
    return oneOf(condition.why, [evaluate(yes, scope), evaluate(no, scope)]);
  },
  'Fn::ImportValue': (argument, scope) => {
    const name = evaluate(argument, scope);
    return new Open(`imported from another stack: ${textOf(name) ?? '?'}`, { refs: refsOf(name) });
  },
  'Fn::Base64': (argument, scope) => openFrom('Fn::Base64', evaluate(argument, scope)),
  'Fn::GetAZs': () => new Open('the zones of the region'),
};

function listOf(value: Value): readonly Value[] {
  return Array.isArray(value) ? (value as readonly Value[]) : [];
}

function openFrom(what: string, value: Value): Open {
  return new Open(value instanceof Open ? value.why : `${what} cannot be read`, { refs: refsOf(value) });
}

function reference(name: string, scope: Scope): Value {
  if (name === 'AWS::NoValue') return undefined;
  if (name.startsWith('AWS::')) {
    const value = Object.hasOwn(scope.pseudo, name) ? scope.pseudo[name] : undefined;
    return value ?? new Open(`${name} is known when it is deployed`);
  }
  if (Object.hasOwn(scope.parameters, name)) return parameterValue(name, scope.parameters[name], scope.given);
  if (Object.hasOwn(scope.resources, name)) return new Open(`Ref ${name}`, { refs: [name] });
  return new Open(`${name} is neither a parameter nor a resource`);
}

function attribute(argument: Value, { resources }: Scope): Value {
  const [name, ...rest] = typeof argument === 'string' ? argument.split('.') : listOf(argument).map(textOf);
  const isHere = typeof name === 'string' && Object.hasOwn(resources, name);
  return new Open(`${name ?? '?'}.${rest.join('.')}`, isHere ? { refs: [name] } : {});
}

function substitute(argument: Value, scope: Scope): Value {
  const [template, variables] = Array.isArray(argument) ? listOf(argument) : [argument, undefined];
  if (typeof template !== 'string') return openFrom('Fn::Sub', template);
  const own = isValueTree(variables) ? variables : {};
  const parts: Value[] = [];
  let end = 0;
  for (const match of template.matchAll(/\$\{(!?)([^{}]*)\}/g)) {
    const [whole, literal, name = ''] = match;
    parts.push(template.slice(end, match.index));
    end = match.index + whole.length;
    const key = name.trim();
    if (literal) parts.push(`\${${name}}`);
    else if (Object.hasOwn(own, key)) parts.push(evaluate(own[key], scope));
    else if (key.includes('.')) parts.push(attribute(key, scope));
    else parts.push(reference(key, scope));
  }
  return join([...parts, template.slice(end)], '');
}

/** Longer than any name; a parameter may be put together with itself many times. */
const LONGEST = 100_000;

/** Texts one after another; where some are open, so is the whole, with `*` in their place. */
export function join(parts: readonly Value[], separator: string): Value {
  const flat = parts.filter((part) => part !== undefined);
  const open = flat.flatMap(alternatives).find((part) => part instanceof Open) ?? flat.find(hasOpen);
  const texts = flat.map((part) => (part instanceof Open ? (part.text ?? '*') : (textOf(part) ?? '')));
  const length = texts.reduce((sum, one) => sum + one.length + separator.length, 0);
  if (length > LONGEST) return new Open('a text that is too long', { refs: refsOf(flat) });
  if (open === undefined) return texts.join(separator);
  return new Open(open instanceof Open ? open.why : 'it is known when it is deployed', {
    refs: refsOf(flat),
    text: texts.join(separator),
  });
}
