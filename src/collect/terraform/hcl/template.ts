import type { Node } from './node.ts';
import { type Cursor, endOfLine, failAt, skipBlanks, take, within } from './token.ts';

const ESCAPES: { readonly [char: string]: string } = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\' };
const HEREDOC = /<<(-?)([\p{ID_Start}_][\p{ID_Continue}-]*)[ \t\r]*\n/uy;

/** Reads what stands between `${` and `}`. */
export type Parse = (cursor: Cursor) => Node;

/** `"…${x}…"`, at its opening quote. */
export function parseQuoted(cursor: Cursor, parse: Parse): Node {
  const from = cursor.at;
  cursor.at += 1;
  const node = parseParts(
    cursor,
    (text, at) => (text[at] === '"' ? 'end' : text[at] === '\n' ? 'broken' : 'inside'),
    true,
    from,
    parse,
  );
  cursor.at += 1;
  return node;
}

/** `<<EOT … EOT`, at its first sign; null where it is none. */
export function parseHeredoc(cursor: Cursor, parse: Parse): Node | null {
  HEREDOC.lastIndex = cursor.at;
  const match = HEREDOC.exec(cursor.text);
  if (match === null) return null;
  const [whole, indented = '', marker = ''] = match;
  const from = cursor.at;
  cursor.at += whole.length;
  const start = cursor.at;
  let end = start;
  while (cursor.text.slice(end, endOfLine(cursor.text, end)).trim() !== marker) {
    end = endOfLine(cursor.text, end) + 1;
    if (end > cursor.text.length) failAt(cursor, `the text does not end with ${marker}`, from);
  }
  const body = parseParts(cursor, (_, at) => (at >= end ? 'end' : 'inside'), false, from, parse);
  cursor.at = endOfLine(cursor.text, end);
  return indented === '-' ? unindent(body) : body;
}

/** A whole text as a template, as JSON holds it: without quotes or escapes. */
export function parseTemplate(cursor: Cursor, parse: Parse): Node {
  return parseParts(cursor, (text, at) => (at >= text.length ? 'end' : 'inside'), false, cursor.at, parse);
}

type Limit = (text: string, at: number) => 'inside' | 'end' | 'broken';

function parseParts(cursor: Cursor, limit: Limit, escapes: boolean, from: number, parse: Parse): Node {
  const parts: Node[] = [];
  let literal = '';
  let opaque = false;
  const flush = (): void => {
    if (literal !== '') parts.push({ kind: 'literal', value: literal });
    literal = '';
  };
  for (;;) {
    const { text, at } = cursor;
    const asked = limit(text, at);
    const state = at >= text.length && asked !== 'end' ? 'broken' : asked;
    if (state === 'broken') failAt(cursor, 'a text does not end', from);
    if (state === 'end') break;
    const char = text[at] ?? '';
    if ((char === '$' || char === '%') && text.startsWith(`${char}{`, at + 1)) {
      literal += `${char}{`;
      cursor.at += 3;
    } else if ((char === '$' || char === '%') && text[at + 1] === '{') {
      flush();
      cursor.at += text[at + 2] === '~' ? 3 : 2;
      if (char === '%' || text[at + 2] === '~') opaque = true;
      if (char === '$') {
        const { node, trims } = interpolation(cursor, parse);
        parts.push(node);
        opaque ||= trims;
      } else directive(cursor, parse);
    } else if (escapes && char === '\\') {
      literal += escaped(cursor);
    } else {
      literal += char;
      cursor.at += 1;
    }
  }
  flush();
  if (opaque) return { kind: 'opaque', parts };
  const [only] = parts;
  if (parts.length === 0) return { kind: 'literal', value: '' };
  // "${x}" alone is x itself, whatever its type.
  return parts.length === 1 && only ? only : { kind: 'template', parts };
}

/** What stands between `${` and `}`; `~` trims the text around it, so that the text is not as written. */
function interpolation(cursor: Cursor, parse: Parse): { readonly node: Node; readonly trims: boolean } {
  let trims = false;
  const node = within(cursor, '}', () => {
    const inner = parse(cursor);
    trims = take(cursor, '~');
    return inner;
  });
  return { node, trims };
}

/** `%{ if x }`: passed over, for what it decides is a part of a longer text. */
function directive(cursor: Cursor, parse: Parse): void {
  skipBlanks(cursor, true);
  let open = 1;
  while (open > 0) {
    const char = cursor.text[cursor.at];
    if (char === undefined) failAt(cursor, 'a template does not end');
    if (char === '"') parseQuoted(cursor, parse);
    else {
      if (char === '{') open += 1;
      if (char === '}') open -= 1;
      cursor.at += 1;
    }
  }
}

function escaped(cursor: Cursor): string {
  const { text, at } = cursor;
  const code = /^\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8}))/.exec(text.slice(at, at + 10));
  if (code) {
    cursor.at += code[0].length;
    const point = Number.parseInt(code[1] ?? code[2] ?? '', 16);
    return point <= 0x10ffff ? String.fromCodePoint(point) : failAt(cursor, 'no such character', at);
  }
  const char = ESCAPES[text[at + 1] ?? ''];
  if (char === undefined) failAt(cursor, 'no such escape');
  cursor.at += 2;
  return char;
}

/** `<<-`: the least indented line sets where lines begin. */
function unindent(node: Node): Node {
  if (node.kind !== 'literal' || typeof node.value !== 'string') return node;
  const lines = node.value.split('\n');
  const depths = lines
    .filter((line) => line.trim() !== '')
    .map((line) => line.length - line.trimStart().length);
  const least = depths.length === 0 ? 0 : Math.min(...depths);
  return {
    kind: 'literal',
    value: lines.map((line) => line.slice(Math.min(least, line.length - line.trimStart().length))).join('\n'),
  };
}
