import type { Json } from '../../../inventory/fact.ts';
import { type Answer, dig, known, type Scope, unknown } from './answer.ts';
import { callAt, formatPosition, moduleAt, resourceKey } from './model.ts';
import { settingAt } from './setting.ts';

type Steps = readonly (string | number)[];

/** The value of `var.x`, `local.x`, `module.m.x`, `each.key`, or of what a resource's own block says of an attribute. */
export function lookUp(root: string, steps: Steps, from: Scope): Answer {
  if (from.left <= 0) return unknown('a reference that goes in circles');
  const scope = { ...from, left: from.left - 1 };
  const [name, ...rest] = steps;
  const iterator = scope.iterators?.get(root);
  if (iterator) return deeper(instance('each', String(name), { ...scope, each: iterator }), rest);
  switch (root) {
    case 'var':
      return deeper(variable(String(name), scope), rest);
    case 'local':
      return deeper(local(String(name), scope), rest);
    case 'module':
      return output(String(name), rest, scope);
    case 'each':
    case 'count':
      return deeper(instance(root, String(name), scope), rest);
    case 'terraform':
      return unknown(`terraform.${String(name)} is not told`);
    case 'path':
    case 'self':
      return unknown(`${root}.${String(name)} is not worked out`);
    case 'data':
      return unknown(`data.${steps.slice(0, 2).join('.')} is read when the plan is made`);
    default:
      return attribute(root, String(name), rest, scope);
  }
}

function deeper(answer: Answer, rest: Steps): Answer {
  return answer.known ? dig(answer, rest) : answer;
}

function variable(name: string, scope: Scope): Answer {
  const { configuration, path } = scope;
  const declared =
    moduleAt(configuration.code, path)?.variables.get(name) ??
    moduleAt(configuration.plan, path)?.variables.get(name);
  const label = `${path.map((step) => `module.${step}.`).join('')}var.${name}`;
  const at = declared?.where ? `, ${formatPosition(declared.where)}` : '';
  const say = (value: Json, from: string) =>
    `${label} = ${declared?.isSensitive ? '…' : show(value)} (${from}${at})`;
  if (path.length === 0) {
    const given = configuration.variables.get(name);
    if (given) return known(given.value, [say(given.value, given.from)]);
  } else {
    const passed = argument(name, scope);
    if (passed !== null) {
      const step = `${label} ← the call of module.${path.at(-1)}${passed.where}`;
      return { ...passed.answer, steps: [step, ...passed.answer.steps] };
    }
  }
  const value = declared?.default ?? moduleAt(configuration.plan, path)?.variables.get(name)?.default;
  return value === undefined
    ? unknown(`${label} has no value that is told`, [label])
    : known(value, [say(value, 'default')]);
}

/** What the call of the module says of one of its variables: the plan's constant, else the code, else its references. */
function argument(name: string, scope: Scope): { readonly answer: Answer; readonly where: string } | null {
  const { configuration, path, instances } = scope;
  const calls = [callAt(configuration.plan, path), callAt(configuration.code, path)];
  const found = calls.flatMap((call) => {
    const expression = call ? settingAt(call.settings, name) : null;
    return call && expression ? [{ call, expression }] : [];
  });
  const best = found.find(({ expression }) => expression.kind === 'constant') ?? found.at(-1);
  if (best === undefined) return null;
  const parent: Scope = {
    ...scope,
    path: path.slice(0, -1),
    instances: instances.slice(0, -1),
    each: instances[path.length - 1] ?? null,
  };
  const { expression } = best;
  const where =
    expression.kind === 'code' && expression.where ? ` (${formatPosition(expression.where)})` : '';
  return { answer: scope.evaluate(expression, parent), where };
}

function local(name: string, scope: Scope): Answer {
  const code = moduleAt(scope.configuration.code, scope.path);
  if (code === null)
    return unknown(`local.${name} is in the code, which was not given (root)`, [`local.${name}`]);
  const expression = code.locals.get(name);
  if (expression === undefined) return unknown(`local.${name} is not in the code`, [`local.${name}`]);
  const at = expression.kind === 'code' && expression.where ? ` (${formatPosition(expression.where)})` : '';
  const answer = scope.evaluate(expression, scope);
  return { ...answer, steps: [`local.${name}${at}`, ...answer.steps] };
}

function output(module: string, steps: Steps, from: Scope): Answer {
  const { configuration, path } = from;
  const [step, ...after] = steps;
  const key =
    typeof step === 'number' || (typeof step === 'string' && typeof after[0] === 'string' && !hasOutput(step))
      ? step
      : null;
  const [name, ...rest] = key === null ? steps : after;
  const child = [...path, module];
  function hasOutput(output: string): boolean {
    return [configuration.code, configuration.plan].some((root) =>
      moduleAt(root, [...path, module])?.outputs.has(output),
    );
  }
  const expression =
    moduleAt(configuration.code, child)?.outputs.get(String(name)) ??
    moduleAt(configuration.plan, child)?.outputs.get(String(name));
  const label = `module.${module}.${String(name)}`;
  if (expression === undefined) return unknown(`${label} is not told`, [label]);
  const scope: Scope = {
    ...from,
    path: child,
    instances: [...path.map((_, i) => from.instances[i] ?? null), key === null ? null : { key }],
    each: null,
  };
  const answer = deeper(from.evaluate(expression, scope), rest);
  return { ...answer, steps: [label, ...answer.steps] };
}

function instance(root: 'each' | 'count', name: string, { each }: Scope): Answer {
  if (each === null) return unknown(`${root}.${name} differs from instance to instance`);
  if (name === 'key' || name === 'index') return known(each.key);
  return each.value === undefined ? unknown(`${root}.${name} is not told`) : known(each.value);
}

/** An attribute of another resource, as its own block writes it: `azurerm_resource_group.main.location`. */
function attribute(type: string, name: string, rest: Steps, scope: Scope): Answer {
  const label = [type, name, ...rest].join('.');
  const declared = moduleAt(scope.configuration.code, scope.path)?.resources.get(
    resourceKey('managed', type, name),
  );
  const steps =
    typeof rest[0] === 'number' || rest.length > 1 ? rest.slice(typeof rest[0] === 'number' ? 1 : 0) : rest;
  const expression = declared && steps.length > 0 ? settingAt(declared.settings, steps.join('.')) : null;
  if (!declared || expression === null) return unknown(`${label} is known after apply`, [label]);
  const each =
    declared.forEach || declared.count ? (typeof rest[0] === 'number' ? { key: rest[0] } : scope.each) : null;
  const answer = scope.evaluate(expression, { ...scope, each });
  return { ...answer, steps: [label, ...answer.steps] };
}

/** A value in words. What is made of several is not shown: beside what is asked for, secrets may stand in it. */
export function show(value: Json): string {
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? '[…]' : '{…}';
  const text = JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}
