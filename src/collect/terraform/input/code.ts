import { type Json, jsonText } from '../../../inventory/fact.ts';
import { formatAddress, type InstanceKey, type Step } from '../address.ts';
import type { Each, Scope } from '../configuration/answer.ts';
import { createScope, evaluate, evaluateNode } from '../configuration/evaluate.ts';
import {
  type Configuration,
  type Declared,
  type Expression,
  formatPosition,
  type Module,
} from '../configuration/model.ts';
import type { Block, Body, Node } from '../hcl/node.ts';
import { isTree, listOf } from '../json/tree.ts';
import type { Instance } from '../resource.ts';
import type { Code } from './folder.ts';

/** More instances than this of one block are not told apart. */
const MOST = 1000;
const META = new Set([
  'provider',
  'count',
  'for_each',
  'depends_on',
  'lifecycle',
  'provisioner',
  'connection',
  'dynamic',
]);

/** Every managed resource that the code writes; one whose number is not known stands once, without its index. */
export function* instancesOfCode(code: Code, configuration: Configuration): Generator<Instance> {
  yield* inModule(code.root, [], [], false, configuration, code);
}

function* inModule(
  module: Module,
  steps: readonly Step[],
  instances: readonly (Each | null)[],
  isUncertain: boolean,
  configuration: Configuration,
  code: Code,
): Generator<Instance> {
  const scope = createScope(configuration, module.path, instances);
  for (const declared of module.resources.values()) {
    if (declared.mode !== 'managed') continue;
    for (const { key, each, isUncertain: own } of repeat(declared.count, declared.forEach, scope)) {
      yield instanceOf(declared, steps, key, { ...scope, each }, code, isUncertain || own);
    }
  }
  for (const [name, call] of module.calls) {
    for (const { key, each, isUncertain: own } of repeat(call.count, call.forEach, scope)) {
      yield* inModule(
        call.module,
        [...steps, { name, key }],
        [...instances, each],
        isUncertain || own,
        configuration,
        code,
      );
    }
  }
}

interface Repeated {
  readonly key: InstanceKey;
  readonly each: Each | null;
  readonly isUncertain: boolean;
}

/** The instances of `count` and `for_each`, as far as they can be worked out. */
function repeat(count: Expression | null, forEach: Expression | null, scope: Scope): readonly Repeated[] {
  const once = [{ key: null, each: null, isUncertain: true }];
  if (count !== null) {
    const answer = evaluate(count, scope);
    const number = answer.known ? Number(answer.value) : Number.NaN;
    return Number.isInteger(number) && number >= 0 && number <= MOST
      ? Array.from({ length: number }, (_, key) => ({ key, each: { key }, isUncertain: false }))
      : once;
  }
  if (forEach === null) return [{ key: null, each: null, isUncertain: false }];
  const answer = evaluate(forEach, scope);
  if (!answer.known) return once;
  const entries: readonly (readonly [string, Json])[] = isTree(answer.value)
    ? Object.entries(answer.value)
    : listOf(answer.value).map((item) => [jsonText(item), item] as const);
  return entries.length > MOST
    ? once
    : entries.map(([key, value]) => ({ key, each: { key, value }, isUncertain: false }));
}

function instanceOf(
  declared: Declared,
  module: readonly Step[],
  key: InstanceKey,
  scope: Scope,
  code: Code,
  isUncertain: boolean,
): Instance {
  const { type, name, settings, where, provider } = declared;
  const at = { module, type, name, key };
  const address = formatAddress(at);
  const values = settings.from === 'code' ? bodyValues(settings.body, scope) : { known: {}, unknown: {} };
  return {
    at,
    address,
    provider,
    action: 'written',
    previous: null,
    isUncertain,
    values: { ...values, sensitive: {}, settings, code: null, prefix: '' },
    ref: where ? formatPosition(where) : address,
    sha256: where ? (code.sha256.get(where.file) ?? null) : null,
  };
}

interface Split {
  readonly known: Json;
  readonly unknown: Json;
}

function bodyValues(body: Body, scope: Scope): Split {
  const known: { [name: string]: Json } = {};
  const unknown: { [name: string]: Json } = {};
  const put = (name: string, value: Split): void => {
    // A name may be written as an attribute and as a block: the block counts.
    Object.defineProperty(known, name, { value: value.known, enumerable: true, configurable: true });
    Object.defineProperty(unknown, name, { value: value.unknown, enumerable: true, configurable: true });
  };
  for (const { name, value } of body.attributes.values())
    if (!META.has(name)) put(name, nodeValues(value, scope));
  const names = new Set(
    body.blocks.flatMap(({ type, labels }) =>
      type === 'dynamic' ? (labels[0] ?? []) : META.has(type) ? [] : type,
    ),
  );
  for (const name of names) {
    const made = body.blocks.map((block) => blocksNamed(name, block, scope));
    // A block that is made as often as nobody can tell leaves open how many there are.
    if (made.includes(null)) put(name, { known: null, unknown: true });
    else {
      const blocks = made.flatMap((one) => one ?? []);
      put(name, { known: blocks.map((block) => block.known), unknown: blocks.map((block) => block.unknown) });
    }
  }
  return { known, unknown };
}

/** What a block gives of the blocks of a name, a dynamic one as many as its `for_each` has; null where that is not known. */
function blocksNamed(name: string, { type, labels, body }: Block, scope: Scope): readonly Split[] | null {
  if (type === name) return [bodyValues(body, scope)];
  if (type !== 'dynamic' || labels[0] !== name) return [];
  const content = body.blocks.find((block) => block.type === 'content');
  const over = body.attributes.get('for_each');
  const made =
    over && content ? repeat(null, { kind: 'code', node: over.value, where: over.where }, scope) : [];
  if (content === undefined || made.some(({ isUncertain }) => isUncertain)) return null;
  const named = body.attributes.get('iterator')?.value;
  const iterator =
    named?.kind === 'traversal' ? named.root : named?.kind === 'literal' ? jsonText(named.value) : name;
  return made.map(({ each }) =>
    bodyValues(content.body, {
      ...scope,
      iterators: new Map([...(scope.iterators ?? []), ...(each ? [[iterator, each] as const] : [])]),
    }),
  );
}

/** The value, or of an object as much of it as there is. */
function nodeValues(node: Node, scope: Scope): Split {
  const answer = evaluateNode(node, scope);
  if (answer.known) return { known: answer.value, unknown: {} };
  if (node.kind !== 'object') return { known: null, unknown: true };
  const known: [string, Json][] = [];
  const unknown: [string, Json][] = [];
  for (const [key, value] of node.entries) {
    const name = evaluateNode(key, scope);
    if (!name.known) return { known: null, unknown: true };
    const split = nodeValues(value, scope);
    known.push([jsonText(name.value), split.known]);
    unknown.push([jsonText(name.value), split.unknown]);
  }
  return { known: Object.fromEntries(known), unknown: Object.fromEntries(unknown) };
}
