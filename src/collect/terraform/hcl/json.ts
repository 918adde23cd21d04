import { BercailError, type Position } from '../../../error.ts';
import type { Json } from '../../../inventory/fact.ts';
import { printable } from '../../../yaml/quote.ts';
import { type Path, readYaml } from '../../../yaml/read.ts';
import { isTree, type Tree } from '../json/tree.ts';
import { parseExpression } from './expression.ts';
import type { Attribute, Block, Body, Node } from './node.ts';
import { parseTemplate } from './template.ts';
import { createCursor } from './token.ts';

/** How many names stand between the type of a block and its body. */
const LABELS: { readonly [type: string]: number } = {
  resource: 2,
  data: 2,
  ephemeral: 2,
  provider: 1,
  variable: 1,
  output: 1,
  module: 1,
  check: 1,
  locals: 0,
  terraform: 0,
  moved: 0,
  import: 0,
  removed: 0,
};

type PositionOf = (path: Path) => Position;

/**
 * Reads the language as JSON: https://developer.hashicorp.com/terraform/language/syntax/json. Within blocks, what is an
 * object may be an argument or a block; it stands as an argument, and who looks for a block finds it there.
 */
export function parseJsonBody(text: string, file: string): Body {
  const { value, positionOf } = readYaml(text, file, { maxBytes: 64_000_000 });
  const tree = value as Json;
  if (!isTree(tree))
    throw new BercailError('input', {
      message: 'not Terraform code',
      hint: 'expected an object',
      where: positionOf([]),
    });
  const blocks = Object.entries(tree).flatMap(([type, inner]) =>
    Object.hasOwn(LABELS, type) ? blocksOf(type, [], LABELS[type] ?? 0, inner, [type], positionOf) : [],
  );
  return { attributes: new Map(), blocks };
}

/** An object of names for each label, and at the end a body, or a list of them. */
function blocksOf(
  type: string,
  labels: readonly string[],
  left: number,
  value: Json,
  path: Path,
  positionOf: PositionOf,
): readonly Block[] {
  if (Array.isArray(value))
    return value.flatMap((one: Json, index) =>
      blocksOf(type, labels, left, one, [...path, index], positionOf),
    );
  if (value === null) return [];
  if (!isTree(value))
    throw new BercailError('input', {
      message: `${printable(path.join('.'), 200)} is no block`,
      hint: 'expected an object',
      where: positionOf(path),
    });
  if (left === 0) return [{ type, labels, body: bodyOf(value, path, positionOf), where: positionOf(path) }];
  return entriesOf(value).flatMap(([name, inner]) =>
    blocksOf(type, [...labels, name], left - 1, inner, [...path, name], positionOf),
  );
}

function bodyOf(value: Tree, path: Path, positionOf: PositionOf): Body {
  const attributes = new Map<string, Attribute>();
  const blocks: Block[] = [];
  for (const [name, inner] of entriesOf(value)) {
    const here = [...path, name];
    if (name === 'dynamic') blocks.push(...blocksOf('dynamic', [], 1, inner, here, positionOf));
    // What dynamic blocks are made from is looked for as a block.
    else if (name === 'content') blocks.push(...blocksOf('content', [], 0, inner, here, positionOf));
    else attributes.set(name, { name, value: nodeOf(inner, here, positionOf), where: positionOf(here) });
  }
  return { attributes, blocks };
}

/** `//` holds a comment. */
function entriesOf(value: Tree): readonly (readonly [string, Json])[] {
  return Object.entries(value).filter(([name]) => name !== '//');
}

function nodeOf(value: Json, path: Path, positionOf: PositionOf): Node {
  if (typeof value === 'string') return textNode(value, positionOf(path));
  if (Array.isArray(value))
    return {
      kind: 'list',
      items: value.map((one: Json, index) => nodeOf(one, [...path, index], positionOf)),
    };
  if (!isTree(value)) return { kind: 'literal', value };
  return {
    kind: 'object',
    entries: entriesOf(value).map(([name, inner]) => {
      const here = [...path, name];
      return [textNode(name, positionOf(here)), nodeOf(inner, here, positionOf)] as const;
    }),
  };
}

/** A text is a template; where it stands in the file, its own characters do not tell. */
function textNode(text: string, where: Position): Node {
  if (!/[$%]\{/.test(text)) return { kind: 'literal', value: text };
  try {
    return parseTemplate(createCursor(where.file, text), parseExpression);
  } catch (error) {
    if (!(error instanceof BercailError)) throw error;
    throw new BercailError(
      'input',
      error.problems.map((problem) => ({ ...problem, where })),
    );
  }
}
