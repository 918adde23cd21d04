import { parseModulePath } from '../address.ts';
import type { Choice, Found, Path } from '../json/found.ts';
import { isTree, type Tree, textOf, treeOf } from '../json/tree.ts';
import { type Call, createModule, type Module, type ProviderKey, resourceKey } from './model.ts';
import { referencesOf } from './reference.ts';
import { expressionOf } from './setting.ts';

/** What of a plan's `configuration` is read, as `createScanner` asks: each resource by itself, so that it stays small. */
export function chooseConfiguration(path: Path): Choice {
  const [, part] = path;
  if (part === undefined) return 'enter';
  if (part === 'provider_config') return 'take';
  if (part !== 'root_module') return 'skip';
  const { rest } = openPath(path);
  const [what, name, field] = rest;
  if (what === undefined) return 'enter';
  if (what === 'resources') return name === undefined ? 'enter' : 'take';
  if (what === 'outputs' || what === 'variables') return 'take';
  if (what !== 'module_calls') return 'skip';
  return field === undefined ? 'enter' : 'take';
}

/** `configuration.root_module.module_calls.a.module.resources.0` → the module `a`, and what is in it. */
function openPath(path: Path): { readonly names: readonly string[]; readonly rest: Path } {
  const names: string[] = [];
  let rest = path.slice(2);
  while (rest[0] === 'module_calls' && rest[2] === 'module') {
    names.push(String(rest[1]));
    rest = rest.slice(3);
  }
  return { names, rest };
}

/** Puts what was found into the tree of modules. `keeps` tells for which types the expressions matter. */
export function addConfiguration(
  root: Module,
  { path, value }: Found,
  keeps: (type: string) => boolean,
): void {
  if (path[1] === 'provider_config') return addProviders(root, treeOf(value));
  const { names, rest } = openPath(path);
  const [what, name, field] = rest;
  const module = openModule(root, names);
  if (what === 'resources') addResource(module, treeOf(value), keeps);
  if (what === 'outputs') {
    for (const [key, output] of Object.entries(treeOf(value))) {
      const expression = isTree(output) ? expressionOf(output['expression']) : null;
      if (expression) module.outputs.set(key, expression);
    }
  }
  if (what === 'variables') {
    for (const [key, variable] of Object.entries(treeOf(value))) {
      const { default: preset, sensitive, ephemeral } = treeOf(variable);
      // What is ephemeral is not kept in a plan, so that a default would only be a guess.
      const hasDefault = preset !== undefined && ephemeral !== true;
      module.variables.set(key, {
        ...(hasDefault ? { default: preset } : {}),
        isSensitive: sensitive === true,
        where: null,
      });
    }
  }
  if (what === 'module_calls') {
    const call = openCall(module, String(name));
    const changed = changeCall(call, String(field), value);
    module.calls.set(String(name), changed);
  }
}

function changeCall(call: Call, field: string, value: unknown): Call {
  switch (field) {
    case 'expressions':
      return { ...call, settings: { from: 'plan', tree: treeOf(value) } };
    case 'source':
      return { ...call, source: textOf(value) };
    case 'count_expression':
      return { ...call, count: expressionOf(treeOf(value)) };
    case 'for_each_expression':
      return { ...call, forEach: expressionOf(treeOf(value)) };
    default:
      return call;
  }
}

function openModule(root: Module, names: readonly string[]): Module {
  let module = root;
  for (const name of names) {
    const call = openCall(module, name);
    module.calls.set(name, call);
    module = call.module;
  }
  return module;
}

function openCall(module: Module, name: string): Call {
  return (
    module.calls.get(name) ?? {
      module: createModule([...module.path, name]),
      settings: { from: 'plan', tree: {} },
      passes: null,
      forEach: null,
      count: null,
      source: null,
      where: null,
    }
  );
}

/** Providers stand in one flat map for all modules; those of a module that are stubs have no expressions. */
function addProviders(root: Module, providers: Tree): void {
  for (const [key, value] of Object.entries(providers)) {
    const provider = treeOf(value);
    const { prefix, name } = splitKey(key);
    const path = parseModulePath(textOf(provider['module_address']) ?? prefix);
    const settings = { from: 'plan', tree: treeOf(provider['expressions']) } as const;
    openModule(root, path).providers.set(name, {
      fullName: textOf(provider['full_name']),
      settings,
      where: null,
    });
  }
}

function splitKey(key: string): { readonly prefix: string; readonly name: string } {
  const at = key.lastIndexOf(':');
  return { prefix: key.slice(0, Math.max(0, at)), name: key.slice(at + 1) };
}

function addResource(module: Module, tree: Tree, keeps: (type: string) => boolean): void {
  const type = textOf(tree['type']);
  const name = textOf(tree['name']);
  if (type === null || name === null) return;
  const mode = tree['mode'] === 'data' ? 'data' : 'managed';
  const isKept = keeps(type);
  const settings = isKept ? treeOf(tree['expressions']) : placing(type, treeOf(tree['expressions']));
  const usual = type.split('_')[0] ?? type;
  const key = textOf(tree['provider_config_key']) ?? usual;
  // What says no more than its type does need not be remembered: there may be very many.
  if (!isKept && settings === NONE && module.path.length === 0 && key === usual && mode === 'managed') return;
  module.resources.set(resourceKey(mode, type, name), {
    mode,
    type,
    name,
    where: null,
    provider: providerKeyOf(module, key),
    settings: { from: 'plan', tree: settings },
    forEach: isKept ? expressionOf(tree['for_each_expression']) : null,
    count: isKept ? expressionOf(tree['count_expression']) : null,
  });
}

const NONE: Tree = {};

/** What may say where a resource is that else is where its provider is, made of what may not be known yet. */
function placing(type: string, expressions: Tree): Tree {
  if (type.startsWith('azurerm_')) return NONE;
  const own = ['region', 'location', 'zone'].filter(
    (name) => referencesOf(expressionOf(expressions[name])).length > 0,
  );
  return own.length === 0 ? NONE : Object.fromEntries(own.map((name) => [name, expressions[name] ?? null]));
}

/** One object for all resources that use the same. */
const providerKeys = new WeakMap<Module, Map<string, ProviderKey>>();

function providerKeyOf(module: Module, key: string): ProviderKey {
  const keys = providerKeys.get(module) ?? new Map<string, ProviderKey>();
  providerKeys.set(module, keys);
  const found = keys.get(key) ?? openProviderKey(module, key);
  keys.set(key, found);
  return found;
}

/** `aws.west`, `module.a:aws`; before Terraform 1.2 the prefix is only the last name of the resource's own module. */
function openProviderKey({ path }: Module, key: string): ProviderKey {
  const { prefix, name } = splitKey(key);
  if (prefix === '') return { path: [], name };
  return { path: prefix.startsWith('module.') ? parseModulePath(prefix) : path, name };
}
