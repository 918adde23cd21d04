import type { Random } from './random.ts';
import type { Seed } from './target.ts';

type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

const VALUES: readonly (() => Json)[] = [
  () => null,
  () => true,
  () => false,
  () => 0,
  () => -1,
  () => 1e308,
  () => '',
  () => ' ',
  () => 'us-east-1',
  () => 'EU',
  () => '${var.x}',
  () => "[reference('x').y]",
  () => '\u0000\u001b[2J\u202e',
  () => 'x'.repeat(5000),
  () => [],
  () => ({}),
  () => [null],
  () => ({ Ref: 'x' }),
  () => ({ 'Fn::Sub': ['${a}', { a: { Ref: 'AWS::Region' } }] }),
  () => ({ references: ['var.region'] }),
  () => ({ constant_value: { a: [1, { b: null }] } }),
  () => ({ toString: null, hasOwnProperty: 1, constructor: {} }),
  () => deep(300),
];

const KEYS = [
  '__proto__',
  'constructor',
  'region',
  'location',
  'Ref',
  'Fn::If',
  'name',
  'type',
  'count',
  'copy',
  '',
  'a.b["c"]',
  'resources',
  'module',
  '\u0000',
];

/** One to four changes to the tree of a JSON text; the text itself where it is no JSON any more. */
export function mutateJson(text: string, seeds: readonly Seed[], random: Random): string {
  let tree: Json;
  try {
    tree = JSON.parse(text) as Json;
  } catch {
    return text;
  }
  for (let change = random.below(4); change >= 0; change -= 1) tree = changeTree(tree, seeds, random);
  return JSON.stringify(tree, null, random.below(2) === 0 ? 0 : 2);
}

/** Walks down from the root some way, and changes what it comes to. */
function changeTree(tree: Json, seeds: readonly Seed[], random: Random): Json {
  const isLeaf = typeof tree !== 'object' || tree === null;
  const keys = isLeaf ? [] : Object.keys(tree);
  if (isLeaf || keys.length === 0)
    return isLeaf && random.below(3) === 0 ? twist(tree, random) : random.pick(VALUES)();
  const key = random.pick(keys);
  const children = tree as { [key: string]: Json };
  if (random.below(8) > 0) return put(tree, key, changeTree(children[key] ?? null, seeds, random));
  switch (random.below(7)) {
    case 0:
      return random.pick(VALUES)();
    case 1:
      return drop(tree, key);
    case 2:
      return Array.isArray(tree) ? [...tree, ...tree] : put(tree, random.pick(KEYS), children[key] ?? null);
    case 3:
      return Array.isArray(tree)
        ? tree.toReversed()
        : put(drop(tree, key), random.pick(KEYS), children[key] ?? null);
    case 4:
      return put(tree, key, children[random.pick(keys)] ?? null);
    case 5:
      return put(tree, key, [children[key] ?? null]);
    default:
      return put(tree, key, part(random.pick(seeds), random));
  }
}

function put(tree: Json, key: string, value: Json): Json {
  if (Array.isArray(tree)) return tree.map((one, index) => (String(index) === key ? value : one));
  // As JSON.parse does: a key of any name is a key.
  return Object.fromEntries([...Object.entries(tree as object), [key, value]]) as Json;
}

function drop(tree: Json, key: string): Json {
  if (Array.isArray(tree)) return tree.filter((_, index) => String(index) !== key);
  return Object.fromEntries(Object.entries(tree as object).filter(([name]) => name !== key)) as Json;
}

function twist(leaf: string | number | boolean | null, random: Random): Json {
  const text = String(leaf);
  const at = random.below(text.length + 1);
  return random.below(2) === 0 ? text.slice(0, at) + random.pick(KEYS) + text.slice(at) : text.slice(at);
}

/** Some part of another input. */
function part({ text, form }: Seed, random: Random): Json {
  if (form !== 'json') return text.slice(0, 200);
  let tree = JSON.parse(text) as Json;
  for (let steps = random.below(8); steps > 0 && typeof tree === 'object' && tree !== null; steps -= 1) {
    const children: readonly Json[] = Object.values(tree);
    if (children.length === 0) break;
    tree = random.pick(children);
  }
  return tree;
}

function deep(levels: number): Json {
  let tree: Json = 'x';
  for (let level = 0; level < levels; level += 1) tree = level % 2 === 0 ? [tree] : { 'Fn::Join': tree };
  return tree;
}
