import { jsonText } from '../../../inventory/fact.ts';
import { parseExpression } from './expression.ts';
import type { Attribute, Block, Body } from './node.ts';
import { parseQuoted } from './template.ts';
import { type Cursor, createCursor, failAt, positionOf, skipBlanks, takeName } from './token.ts';

/**
 * Reads Terraform's language: https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md. Pure; `file` is only named
 * in positions. Throws `input` with file, line and column.
 */
export function parseBody(text: string, file: string): Body {
  const cursor = createCursor(file, text);
  const body = readBody(cursor, false);
  if (cursor.at < cursor.text.length) failAt(cursor, 'expected a block or an attribute');
  return body;
}

function readBody(cursor: Cursor, inBlock: boolean): Body {
  const attributes = new Map<string, Attribute>();
  const blocks: Block[] = [];
  for (;;) {
    skipBlanks(cursor, true);
    const at = cursor.at;
    const name = takeName(cursor);
    if (name === null) return { attributes, blocks };
    const where = positionOf(cursor, at);
    skipBlanks(cursor);
    if (cursor.text[cursor.at] === '=' && cursor.text[cursor.at + 1] !== '=') {
      cursor.at += 1;
      attributes.set(name, { name, value: parseExpression(cursor), where });
    } else {
      blocks.push({ type: name, labels: readLabels(cursor), body: readBlock(cursor), where });
    }
    skipBlanks(cursor);
    const next = cursor.text[cursor.at];
    if (next !== undefined && next !== '\n' && !(inBlock && next === '}'))
      failAt(cursor, 'expected the end of the line');
  }
}

function readLabels(cursor: Cursor): readonly string[] {
  const labels: string[] = [];
  for (;;) {
    skipBlanks(cursor);
    if (cursor.text[cursor.at] === '{') return labels;
    const name = takeName(cursor);
    if (name !== null) labels.push(name);
    else if (cursor.text[cursor.at] === '"') {
      const label = parseQuoted(cursor, parseExpression);
      labels.push(label.kind === 'literal' ? jsonText(label.value) : '');
    } else failAt(cursor, 'expected “=” or a block');
  }
}

function readBlock(cursor: Cursor): Body {
  if (cursor.depth >= 100) failAt(cursor, 'nested too deep');
  cursor.at += 1;
  cursor.depth += 1;
  const body = readBody(cursor, true);
  cursor.depth -= 1;
  if (cursor.text[cursor.at] !== '}') failAt(cursor, 'expected “}”');
  cursor.at += 1;
  return body;
}
