import type { Position } from '../../../error.ts';
import type { Attribute, Block, Body, Node } from '../hcl/node.ts';
import { createScope, evaluateNode } from './evaluate.ts';
import {
  createModule,
  type Declared,
  type Expression,
  type Module,
  resourceKey,
  type Settings,
} from './model.ts';
import { referencesOf } from './reference.ts';

/** A call of a module as the code writes it; its own module is yet to be read. */
export interface WrittenCall {
  readonly name: string;
  readonly source: string | null;
  readonly block: Block;
}

const nothing = createScope({ plan: null, code: null, variables: new Map(), keysFollowPasses: false }, []);

/** A thing that a folder's files write more than once: which of them counts nobody can tell. */
export interface Repeated {
  readonly what: string;
  readonly where: Position;
  readonly first: Position;
}

/** Takes the blocks of a folder's files into a module. The calls come back, for whoever can open folders. */
export function moduleOfCode(
  path: readonly string[],
  bodies: readonly Body[],
): {
  readonly module: Module;
  readonly calls: readonly WrittenCall[];
  readonly repeated: readonly Repeated[];
} {
  const module = createModule(path);
  const calls: WrittenCall[] = [];
  const places = new Map<string, Position>();
  const repeated: Repeated[] = [];
  const take = (what: string, where: Position): void => {
    const first = places.get(what);
    if (first === undefined) places.set(what, where);
    else repeated.push({ what, where, first });
  };
  for (const block of bodies.flatMap(({ blocks }) => blocks)) {
    for (const { what, where } of namedBy(block)) take(what, where);
    const [first = '', second = ''] = block.labels;
    const { attributes } = block.body;
    switch (block.type) {
      case 'resource':
      case 'data': {
        const mode = block.type === 'data' ? 'data' : 'managed';
        module.resources.set(resourceKey(mode, first, second), declared(mode, first, second, block, path));
        break;
      }
      case 'provider': {
        const alias = valueOf(attributes.get('alias'));
        const name = typeof alias === 'string' ? `${first}.${alias}` : first;
        module.providers.set(name, { fullName: null, settings: settingsOf(block), where: block.where });
        break;
      }
      case 'variable': {
        const preset = valueOf(attributes.get('default'));
        const isSensitive = valueOf(attributes.get('sensitive')) === true;
        module.variables.set(first, {
          ...(preset === undefined ? {} : { default: preset }),
          isSensitive,
          where: block.where,
        });
        break;
      }
      case 'locals':
        for (const attribute of attributes.values())
          module.locals.set(attribute.name, expressionOf(attribute));
        break;
      case 'output': {
        const value = attributes.get('value');
        if (value) module.outputs.set(first, expressionOf(value));
        break;
      }
      case 'module': {
        const source = valueOf(attributes.get('source'));
        calls.push({ name: first, source: typeof source === 'string' ? source : null, block });
        break;
      }
    }
  }
  return { module, calls, repeated };
}

/** What must be written once, by the name that Terraform gives it. */
function namedBy({ type, labels, body, where }: Block): readonly Pick<Repeated, 'what' | 'where'>[] {
  switch (type) {
    case 'resource':
      return [{ what: labels.join('.'), where }];
    case 'data':
    case 'variable':
    case 'output':
    case 'module':
      return [{ what: [type, ...labels].join('.'), where }];
    case 'provider': {
      const alias = valueOf(body.attributes.get('alias'));
      return [
        { what: ['provider', ...labels, ...(typeof alias === 'string' ? [alias] : [])].join('.'), where },
      ];
    }
    case 'locals':
      return [...body.attributes.values()].map((one) => ({ what: `local.${one.name}`, where: one.where }));
    default:
      return [];
  }
}

export function addCall(parent: Module, { name, source, block }: WrittenCall, module: Module): void {
  const { attributes } = block.body;
  const passed = attributes.get('providers')?.value;
  const entries = passed?.kind === 'object' ? passed.entries : [];
  const passes = new Map(entries.map(([key, value]) => [providerName(key) ?? '', providerName(value) ?? '']));
  parent.calls.set(name, {
    module,
    settings: settingsOf(block),
    passes,
    source,
    where: block.where,
    forEach: repeat(attributes.get('for_each')),
    count: repeat(attributes.get('count')),
  });
}

function declared(
  mode: 'managed' | 'data',
  type: string,
  name: string,
  block: Block,
  path: readonly string[],
): Declared {
  const { attributes } = block.body;
  const provider = attributes.get('provider')?.value;
  return {
    mode,
    type,
    name,
    where: block.where,
    settings: settingsOf(block),
    // A resource that names no provider uses the one that its type begins with.
    provider: { path, name: (provider && providerName(provider)) ?? type.split('_')[0] ?? type },
    forEach: repeat(attributes.get('for_each')),
    count: repeat(attributes.get('count')),
  };
}

/** `aws.west`, also as text, and `aws.by_region[each.key]` without its key. */
function providerName(node: Node): string | null {
  if (node.kind === 'literal') return typeof node.value === 'string' ? node.value : null;
  const [reference] = referencesOf({ kind: 'code', node, where: null });
  return reference?.split('[')[0] ?? null;
}

function settingsOf({ body, where }: Block): Settings {
  return { from: 'code', body, where };
}

function expressionOf({ value, where }: Attribute): Expression {
  return { kind: 'code', node: value, where };
}

function repeat(attribute: Attribute | undefined): Expression | null {
  return attribute ? expressionOf(attribute) : null;
}

/** What is written as a constant; undefined for all else. */
export function valueOf(attribute: Attribute | undefined) {
  const answer = attribute ? evaluateNode(attribute.value, nothing) : null;
  return answer?.known ? answer.value : undefined;
}
