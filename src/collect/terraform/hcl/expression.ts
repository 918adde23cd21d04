import type { Node, TraversalStep } from './node.ts';
import { parseHeredoc, parseQuoted } from './template.ts';
import { type Cursor, expect, failAt, skipBlanks, take, takeName, takeNumber, within } from './token.ts';

/** Operators from the loosest to the tightest. https://developer.hashicorp.com/terraform/language/expressions/operators */
const LEVELS: readonly (readonly string[])[] = [
  ['||'],
  ['&&'],
  ['==', '!='],
  ['<=', '>=', '<', '>'],
  ['+', '-'],
  ['*', '/', '%'],
];
const DEEPEST = 200;

export function parseExpression(cursor: Cursor): Node {
  if (cursor.depth >= DEEPEST) failAt(cursor, `nested more than ${DEEPEST} deep`);
  cursor.depth += 1;
  const test = parseBinary(cursor, 0);
  let node = test;
  if (take(cursor, '?')) {
    const yes = parseExpression(cursor);
    expect(cursor, ':');
    node = { kind: 'conditional', test, yes, no: parseExpression(cursor) };
  }
  cursor.depth -= 1;
  return node;
}

function parseBinary(cursor: Cursor, level: number): Node {
  const operators = LEVELS[level];
  if (operators === undefined) return parseUnary(cursor);
  let left = parseBinary(cursor, level + 1);
  for (;;) {
    skipBlanks(cursor);
    const operator = operators.find(
      (sign) => cursor.text.startsWith(sign, cursor.at) && !cursor.text.startsWith('=>', cursor.at),
    );
    if (operator === undefined) return left;
    cursor.at += operator.length;
    left = { kind: 'binary', operator, left, right: parseBinary(cursor, level + 1) };
  }
}

function parseUnary(cursor: Cursor): Node {
  const operators: string[] = [];
  for (skipBlanks(cursor); '!-'.includes(cursor.text[cursor.at] ?? ' '); skipBlanks(cursor))
    operators.push(cursor.text[cursor.at++] ?? '');
  const node = parsePostfix(cursor, parsePrimary(cursor));
  return operators.reduceRight<Node>((of, operator) => ({ kind: 'unary', operator, of }), node);
}

function parsePrimary(cursor: Cursor): Node {
  const char = cursor.text[cursor.at];
  switch (char) {
    case '"':
      return parseQuoted(cursor, parseExpression);
    case '(':
      cursor.at += 1;
      return within(cursor, ')', () => parseExpression(cursor));
    case '[':
      cursor.at += 1;
      return within(
        cursor,
        ']',
        () => parseFor(cursor, ']') ?? { kind: 'list', items: parseItems(cursor, ']') },
      );
    case '{':
      cursor.at += 1;
      return parseObject(cursor);
    case '<':
      return parseHeredoc(cursor, parseExpression) ?? failAt(cursor, 'expected an expression');
    default:
      return parseWord(cursor);
  }
}

function parseWord(cursor: Cursor): Node {
  const number = takeNumber(cursor);
  if (number !== null) return { kind: 'literal', value: Number(number) };
  let name = takeName(cursor) ?? failAt(cursor, 'expected an expression');
  while (cursor.text.startsWith('::', cursor.at)) {
    cursor.at += 2;
    name += `::${takeName(cursor) ?? ''}`;
  }
  if (cursor.text[cursor.at] === '(') {
    cursor.at += 1;
    return { kind: 'call', name, args: within(cursor, ')', () => parseItems(cursor, ')')) };
  }
  if (name === 'true' || name === 'false') return { kind: 'literal', value: name === 'true' };
  return name === 'null' ? { kind: 'literal', value: null } : { kind: 'traversal', root: name, steps: [] };
}

/** Items up to a closing sign, which is left; the last may end with a comma, or `...` where a list is spread. */
function parseItems(cursor: Cursor, close: string): readonly Node[] {
  const items: Node[] = [];
  for (;;) {
    skipBlanks(cursor);
    if (cursor.text.startsWith(close, cursor.at)) return items;
    const item = parseExpression(cursor);
    items.push(take(cursor, '...') ? { kind: 'opaque', parts: [item] } : item);
    if (!take(cursor, ',')) return items;
  }
}

/** `{ a = 1, (b) : 2 … }`, after its opening sign: line ends part its entries. */
function parseObject(cursor: Cursor): Node {
  const before = cursor.nesting;
  cursor.nesting = 0;
  skipBlanks(cursor, true);
  const entries: (readonly [Node, Node])[] = [];
  const loop = within(cursor, '', () => parseFor(cursor, '}'));
  cursor.nesting = 0;
  if (loop === null) {
    for (skipBlanks(cursor, true); cursor.text[cursor.at] !== '}'; skipBlanks(cursor, true)) {
      const isWord = cursor.text[cursor.at] !== '(';
      const key = parseExpression(cursor);
      if (!take(cursor, '=') && !take(cursor, ':')) failAt(cursor, 'expected “=” after the key');
      entries.push([isWord ? nameOfKey(key) : key, parseExpression(cursor)]);
      skipBlanks(cursor);
      const next = cursor.text[cursor.at];
      if (next === ',') cursor.at += 1;
      else if (next !== '\n' && next !== '}') failAt(cursor, 'expected “}”');
    }
  }
  skipBlanks(cursor, true);
  expect(cursor, '}');
  cursor.nesting = before;
  return loop ?? { kind: 'object', entries };
}

/** A bare word as key is that word; in parentheses it would be a reference. */
function nameOfKey(key: Node): Node {
  return key.kind === 'traversal' && key.steps.length === 0 ? { kind: 'literal', value: key.root } : key;
}

/** `for k, v in list : v if test`, up to its closing sign; null where it is none. */
function parseFor(cursor: Cursor, close: string): Node | null {
  skipBlanks(cursor, true);
  if (!/^for[\s]/.test(cursor.text.slice(cursor.at, cursor.at + 4))) return null;
  cursor.at += 3;
  const parts: Node[] = [];
  do {
    skipBlanks(cursor, true);
    if (takeName(cursor) === null) failAt(cursor, 'expected a name');
  } while (take(cursor, ','));
  skipBlanks(cursor, true);
  if (takeName(cursor) !== 'in') failAt(cursor, 'expected “in”');
  parts.push(parseExpression(cursor));
  expect(cursor, ':');
  parts.push(parseExpression(cursor));
  if (close === '}') {
    expect(cursor, '=>');
    parts.push(parseExpression(cursor));
    take(cursor, '...');
  }
  skipBlanks(cursor, true);
  if (/^if\b/.test(cursor.text.slice(cursor.at, cursor.at + 3))) {
    cursor.at += 2;
    parts.push(parseExpression(cursor));
  }
  return { kind: 'opaque', parts };
}

function parsePostfix(cursor: Cursor, start: Node): Node {
  const steps: TraversalStep[] = [];
  let splat = false;
  for (;;) {
    const { text, at } = cursor;
    if (text.startsWith('.*', at) || text.startsWith('[*]', at)) {
      splat = true;
      cursor.at += text[at] === '.' ? 2 : 3;
    } else if (text[at] === '.' && !text.startsWith('...', at)) {
      cursor.at += 1;
      const name = takeName(cursor);
      const index = name === null ? takeNumber(cursor) : null;
      if (name !== null) steps.push({ name });
      else if (index !== null)
        for (const one of index.split('.')) steps.push({ index: { kind: 'literal', value: Number(one) } });
      else failAt(cursor, 'expected a name');
    } else if (text[at] === '[') {
      cursor.at += 1;
      steps.push({ index: within(cursor, ']', () => parseExpression(cursor)) });
    } else break;
  }
  if (steps.length === 0 && !splat) return start;
  const node: Node = start.kind === 'traversal' ? { ...start, steps } : { kind: 'access', of: start, steps };
  return splat ? { kind: 'opaque', parts: [node] } : node;
}
