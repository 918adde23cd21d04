/**
 * What a terminal, a log or a reviewer could be misled by: control and format characters (ANSI, bidirectional
 * overrides, zero-width, tags), line separators, lone surrogates. The two joiners stay: scripts and emoji need them.
 */
const unsafe = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}]|(?![\u200c\u200d])\p{Cf}/gu;

const named: { readonly [character: string]: string } = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** The same text with every such character as a visible escape: `\n`, `\u{202e}`. */
export function visible(text: string): string {
  return text.replace(unsafe, (found) => named[found] ?? `\\u{${found.codePointAt(0)?.toString(16) ?? ''}}`);
}

/** Prose of rules and people: line breaks and tabs are spaces, the rest is made visible. */
export function prose(text: string): string {
  return visible(text.replace(/[\t\n\r ]+/g, ' ').trim());
}

/** At most `limit` characters, whole code points; says how many were left out. `more` puts the count in words. */
export function clip(text: string, limit: number, more: (count: number) => string): string {
  if (text.length <= limit) return text;
  const points = Array.from(text);
  return points.length <= limit ? text : `${points.slice(0, limit).join('')}… ${more(points.length - limit)}`;
}

/** JSON with two spaces. */
export function writeJson(value: unknown): string {
  return `${escapeUnsafe(JSON.stringify(value, null, 2))}\n`;
}

/** The same text piece by piece: where lists are long, the whole may be longer than a string can be. */
export function* writeJsonPieces(value: unknown): Iterable<string> {
  for (const piece of jsonPieces(value, '')) yield escapeUnsafe(piece);
  yield '\n';
}

/** Members from which on a list is written one by one. */
export const longList = 100;

/** A list that is written while it is made. */
export class JsonList {
  readonly items: Iterable<unknown>;

  constructor(items: Iterable<unknown>) {
    this.items = items;
  }
}

function* jsonPieces(value: unknown, indent: string): Iterable<string> {
  const inner = `${indent}  `;
  if (value instanceof JsonList) {
    let isEmpty = true;
    for (const item of value.items) {
      yield `${isEmpty ? '[' : ','}\n${inner}${indented(item, inner)}`;
      isEmpty = false;
    }
    yield isEmpty ? '[]' : `\n${indent}]`;
  } else if (!isLong(value)) yield indented(value, indent);
  else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      yield `${index === 0 ? '[' : ','}\n${inner}`;
      if (value.length > longList) yield indented(item, inner);
      else yield* jsonPieces(item, inner);
    }
    yield `\n${indent}]`;
  } else {
    const entries = Object.entries(value).filter(([, item]) => item !== undefined);
    for (const [index, [key, item]] of entries.entries()) {
      yield `${index === 0 ? '{' : ','}\n${inner}${JSON.stringify(key)}: `;
      yield* jsonPieces(item, inner);
    }
    yield `\n${indent}}`;
  }
}

/** A long list, or what holds one. */
function isLong(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  if (value instanceof JsonList) return true;
  return Array.isArray(value) && value.length > longList ? true : Object.values(value).some(isLong);
}

function indented(value: unknown, indent: string): string {
  return (JSON.stringify(value, null, 2) ?? 'null').replaceAll('\n', `\n${indent}`);
}

/** What could mislead a terminal or a reviewer is escaped in a text of JSON: the value read back is the same. */
export function escapeUnsafe(json: string): string {
  return json.replace(/[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}]/gu, escapeUnits);
}

function escapeUnits(character: string): string {
  return character
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');
}
