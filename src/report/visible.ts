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
