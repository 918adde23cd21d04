/**
 * Text of a file, as messages show it: cut, with what could move a terminal's cursor or turn its text
 * around written as escapes.
 */
export function printable(text: string, length = 60): string {
  const cut = text.length > length ? `${text.slice(0, length - 1)}…` : text;
  return cut.replace(/\p{C}/gu, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);
}

/** A value of a file between quotes, when it is a text; numbers and the like as they are. */
export function quote(value: unknown): string {
  if (typeof value === 'string') return `"${printable(value)}"`;
  return printable(JSON.stringify(value) ?? String(value));
}
