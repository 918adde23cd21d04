import { type Json, jsonText } from '../../../inventory/fact.ts';
import type { Body, Node } from '../hcl/node.ts';
import { isTree, member, textsOf } from '../json/tree.ts';
import type { Expression, Settings } from './model.ts';

/** The expression at `rule.0.destination.0.bucket`; null where nothing is written there. */
export function settingAt(settings: Settings, path: string): Expression | null {
  const steps = path.split('.');
  return settings.from === 'plan' ? inPlan(settings.tree, steps) : inBody(settings.body, steps);
}

export function isEmpty(settings: Settings): boolean {
  return settings.from === 'plan'
    ? Object.keys(settings.tree).length === 0
    : settings.body.attributes.size + settings.body.blocks.length === 0;
}

/** `{constant_value}`, `{references}`, or `{}` for what refers to nothing and is no constant either. */
export function expressionOf(value: Json | undefined): Expression | null {
  if (!isTree(value)) return null;
  if (Object.hasOwn(value, 'constant_value'))
    return { kind: 'constant', value: value['constant_value'] ?? null };
  if (Object.hasOwn(value, 'references'))
    return { kind: 'references', references: textsOf(value['references']) };
  return Object.keys(value).length === 0 ? { kind: 'references', references: [] } : null;
}

function inPlan(tree: Json, steps: readonly string[]): Expression | null {
  const [step, ...rest] = steps;
  if (step === undefined) return expressionOf(tree);
  const here = expressionOf(tree);
  if (here !== null && isTree(tree) && Object.keys(tree).length > 0) {
    return here.kind === 'constant' ? inConstant(here.value, steps) : here;
  }
  // A block that there can only be one of is no list.
  if (/^\d+$/.test(step) && isTree(tree)) return inPlan(tree, rest);
  const next = member(tree, step);
  return next === undefined ? null : inPlan(next, rest);
}

function inConstant(value: Json, steps: readonly string[]): Expression | null {
  let found: Json | undefined = value;
  for (const step of steps) found = member(found, step);
  return found === undefined ? null : { kind: 'constant', value: found };
}

function inBody(body: Body, steps: readonly string[]): Expression | null {
  const [name = '', index = '0', ...rest] = steps;
  const attribute = body.attributes.get(name);
  if (attribute) {
    const node = inNode(attribute.value, steps.slice(1));
    return node === null ? null : { kind: 'code', node, where: attribute.where };
  }
  const block = body.blocks.filter(({ type }) => type === name)[Number(index)];
  if (block) return rest.length === 0 ? null : inBody(block.body, rest);
  const dynamic = body.blocks.find(({ type, labels }) => type === 'dynamic' && labels[0] === name);
  return dynamic
    ? { kind: 'code', node: { kind: 'opaque', parts: nodesOf(dynamic.body) }, where: dynamic.where }
    : null;
}

function inNode(node: Node, steps: readonly string[]): Node | null {
  const [step, ...rest] = steps;
  if (step === undefined) return node;
  if (node.kind === 'object') {
    const entry = node.entries.find(([key]) => key.kind === 'literal' && jsonText(key.value) === step);
    if (entry) return inNode(entry[1], rest);
    // As JSON writes a block that there is one of.
    return /^\d+$/.test(step) ? inNode(node, rest) : null;
  }
  if (node.kind === 'list') {
    const item = node.items[Number(step)];
    return item ? inNode(item, rest) : null;
  }
  return { kind: 'opaque', parts: [node] };
}

/** Every expression of a block, to know what it refers to. */
export function nodesOf({ attributes, blocks }: Body): readonly Node[] {
  return [
    ...[...attributes.values()].map(({ value }) => value),
    ...blocks.flatMap(({ body }) => nodesOf(body)),
  ];
}
