import { BercailError, type Position } from '../../../error.ts';

/** What goes forward through a text: it knows where it is, and what is wrong there. */
export interface Cursor {
  readonly file: string;
  readonly text: string;
  /** Where each line begins. */
  readonly lines: readonly number[];
  at: number;
  /** Inside brackets line ends are blanks. */
  nesting: number;
  /** How deep expressions stand in one another. */
  depth: number;
}

const NAME = /[\p{ID_Start}_][\p{ID_Continue}-]*/uy;
const NUMBER = /\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

export function createCursor(file: string, source: string): Cursor {
  const text = source.replace(/^\uFEFF/, '');
  const lines = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
  return { file, text, lines, at: 0, nesting: 0, depth: 0 };
}

export function positionOf({ file, lines }: Cursor, at: number): Position {
  let low = 0;
  let high = lines.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((lines[middle] ?? 0) <= at) low = middle;
    else high = middle;
  }
  return { file, line: low + 1, column: at - (lines[low] ?? 0) + 1 };
}

export function failAt(cursor: Cursor, message: string, at = cursor.at): never {
  throw new BercailError('input', {
    message,
    hint: 'expected Terraform code',
    where: positionOf(cursor, at),
  });
}

/** Passes blanks and comments, and line ends inside brackets. */
export function skipBlanks(cursor: Cursor, lines = cursor.nesting > 0): void {
  const { text } = cursor;
  for (;;) {
    const char = text[cursor.at];
    if (char === ' ' || char === '\t' || char === '\r' || (lines && char === '\n')) cursor.at += 1;
    else if (char === '#' || text.startsWith('//', cursor.at)) cursor.at = endOfLine(text, cursor.at);
    else if (text.startsWith('/*', cursor.at)) {
      const end = text.indexOf('*/', cursor.at + 2);
      if (end < 0) failAt(cursor, 'a comment does not end');
      cursor.at = end + 2;
    } else return;
  }
}

export function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}

export function takeName(cursor: Cursor): string | null {
  return takeMatch(cursor, NAME);
}

export function takeNumber(cursor: Cursor): string | null {
  return takeMatch(cursor, NUMBER);
}

function takeMatch(cursor: Cursor, pattern: RegExp): string | null {
  pattern.lastIndex = cursor.at;
  const match = pattern.exec(cursor.text);
  if (match === null) return null;
  cursor.at += match[0].length;
  return match[0];
}

/** Takes a sign if it comes next, after blanks. */
export function take(cursor: Cursor, sign: string): boolean {
  skipBlanks(cursor);
  if (!cursor.text.startsWith(sign, cursor.at)) return false;
  cursor.at += sign.length;
  return true;
}

export function expect(cursor: Cursor, sign: string): void {
  if (!take(cursor, sign)) failAt(cursor, `expected “${sign}”`);
}

/** Reads what stands in brackets, where line ends are blanks, and its closing sign. */
export function within<T>(cursor: Cursor, close: string, read: () => T): T {
  const before = cursor.nesting;
  cursor.nesting += 1;
  const value = read();
  skipBlanks(cursor);
  if (!cursor.text.startsWith(close, cursor.at)) failAt(cursor, `expected “${close}”`);
  cursor.at += close.length;
  cursor.nesting = before;
  return value;
}
