import { BercailError } from '../../../error.ts';
import { printable } from '../../../yaml/quote.ts';
import type { Choice, Found, Path } from './found.ts';
import { createLeap, type Leap, leapOver } from './leap.ts';
import { nextEscape, PLAIN } from './text.ts';

interface Frame {
  readonly kind: 'object' | 'array';
  readonly choice: Choice;
}

type Expected = 'value' | 'value or ]' | 'key' | 'key or }' | ':' | ', or ]' | ', or }' | 'nothing more';

const UTF_8 = new TextDecoder('utf-8', { fatal: true });
const QUOTE = 0x22;
const NEWLINE = 0x0a;
const SCALAR = /^(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)$/;
/** Means what it is written as. */
const PLAIN_NAME = /^[\w.-]+$/;
/** Deeper than any plan; a bound for what walks the values later. */
const DEEPEST = 200;

/**
 * Reads JSON (RFC 8259) byte by byte, in memory bounded by the largest value taken. `write` returns what was found and
 * keeps nothing of its chunk; both throw `input` with the line and column of what is not JSON. What is skipped is looked
 * at only as far as its end takes, and what is taken when it is taken: `enter` alone finds every fault where it is.
 * `isWanted` may still pass over a value by how it begins.
 */
export function createScanner(
  file: string,
  choose: (path: Path) => Choice,
  isWanted: (path: Path, bytes: Buffer) => boolean = () => true,
) {
  const stack: Frame[] = [];
  const path: (string | number)[] = [];
  let expected: Expected = 'value';
  let offset = 0;
  let line = 1;
  let lineStart = 0;
  // What is in the middle of being read: a string (and of what), or a number or word.
  let text: 'key' | 'value' | null = null;
  let escape = 0;
  let word = '';
  let inWord = false;
  let keyParts: Buffer[] = [];
  let keyStart = 0;
  // The value being taken: where it began, and how deep.
  let taking: { depth: number; from: number; line: number; column: number; parts: Buffer[] } | null = null;
  let leap: Leap | null = null;
  let found: Found[] = [];

  const fail = (at: number, message: string): never => {
    const where = { file, line, column: at - lineStart + 1 };
    throw new BercailError('input', {
      message,
      hint: 'expected one JSON document, as `terraform show -json` prints it',
      where,
    });
  };

  const begin = (i: number, container: Frame['kind'] | null): void => {
    const inside = stack.at(-1)?.choice ?? 'enter';
    let choice: Choice = inside;
    if (taking === null && inside === 'enter') {
      choice = choose(path);
      if (choice === 'take')
        taking = { depth: stack.length, from: i, line, column: offset + i - lineStart + 1, parts: [] };
    }
    if (container === null) return;
    if (choice !== 'enter') {
      leap = createLeap();
      return;
    }
    if (stack.length >= DEEPEST) fail(offset + i, `nested more than ${DEEPEST} deep`);
    stack.push({ kind: container, choice });
    expected = container === 'object' ? 'key or }' : 'value or ]';
    if (choice === 'enter' && container === 'array') path.push(0);
  };

  /** A value ended before `end`: what it was taken for, and what may follow. */
  const finish = (chunk: Buffer, end: number): void => {
    if (taking !== null && taking.depth === stack.length) {
      const { parts, from, line: row, column } = taking;
      const bytes = Buffer.concat([...parts, chunk.subarray(from, end)]);
      if (isWanted(path, bytes)) found.push({ path: [...path], value: parse(bytes), line: row, column });
      taking = null;
    }
    const frame = stack.at(-1);
    expected = frame === undefined ? 'nothing more' : frame.kind === 'object' ? ', or }' : ', or ]';
  };

  const parse = (bytes: Buffer): unknown => {
    try {
      return JSON.parse(UTF_8.decode(bytes));
    } catch {
      return fail(offset, 'not JSON, or not UTF-8 text');
    }
  };

  const close = (chunk: Buffer, i: number): void => {
    const frame = stack.pop();
    if (frame?.choice === 'enter' && taking === null && frame.kind === 'array') path.pop();
    finish(chunk, i + 1);
  };

  const structure = (chunk: Buffer, i: number, byte: number): void => {
    const value = expected === 'value' || expected === 'value or ]';
    switch (byte) {
      case 0x7b: // {
        return value ? begin(i, 'object') : fail(offset + i, `expected ${expected}`);
      case 0x5b: // [
        return value ? begin(i, 'array') : fail(offset + i, `expected ${expected}`);
      case 0x7d: // }
        return expected === 'key or }' || expected === ', or }'
          ? leave(chunk, i)
          : fail(offset + i, `expected ${expected}`);
      case 0x5d: // ]
        return expected === 'value or ]' || expected === ', or ]'
          ? close(chunk, i)
          : fail(offset + i, `expected ${expected}`);
      case 0x3a: // :
        if (expected !== ':') fail(offset + i, `expected ${expected}`);
        expected = 'value';
        return;
      case 0x2c: // ,
        return comma(i);
      case QUOTE:
        if (expected === 'key' || expected === 'key or }') {
          text = 'key';
          keyParts = [];
          keyStart = i + 1;
          return;
        }
        if (!value) fail(offset + i, `expected ${expected}`);
        begin(i, null);
        text = 'value';
        return;
      default:
        if (!value) fail(offset + i, `expected ${expected}`);
        begin(i, null);
        inWord = true;
        word = String.fromCharCode(byte);
    }
  };

  const entered = (): boolean => taking === null && stack.at(-1)?.choice === 'enter';

  const leave = (chunk: Buffer, i: number): void => {
    // The key of the last member goes with the object that held it.
    if (entered() && expected === ', or }') path.pop();
    close(chunk, i);
  };

  const comma = (i: number): void => {
    if (expected !== ', or }' && expected !== ', or ]') fail(offset + i, `expected ${expected}`);
    const isObject = expected === ', or }';
    if (entered()) {
      const last = path.pop();
      if (!isObject) path.push(Number(last) + 1);
    }
    expected = isObject ? 'key' : 'value';
  };

  const endOfKey = (chunk: Buffer, i: number): void => {
    expected = ':';
    if (!entered()) return;
    const name = keyParts.length === 0 ? chunk.toString('latin1', keyStart, i) : '';
    if (PLAIN_NAME.test(name)) path.push(name);
    else
      path.push(
        String(parse(Buffer.concat([Buffer.from('"'), ...keyParts, chunk.subarray(keyStart, i + 1)]))),
      );
  };

  const endOfWord = (chunk: Buffer, i: number): void => {
    inWord = false;
    if (!SCALAR.test(word)) fail(offset + i - word.length, `“${printable(word, 20)}” is no JSON value`);
    finish(chunk, i);
  };

  /** One byte of a string that may mean something; true where it ends. */
  const isEndOfText = (byte: number, i: number): boolean => {
    if (escape === 0 && byte === QUOTE) return true;
    const next = nextEscape(escape, byte);
    if (typeof next === 'string') return fail(offset + i, next);
    escape = next;
    return false;
  };

  const leapOn = (chunk: Buffer, from: number, over: Leap): number => {
    const at = leapOver(over, chunk, from);
    line += over.lines;
    if (over.lastLine >= 0) lineStart = offset + over.lastLine + 1;
    if (over.deepest > DEEPEST) fail(offset + at, `nested more than ${DEEPEST} deep`);
    if (at < chunk.length) {
      leap = null;
      finish(chunk, at + 1);
    }
    return at;
  };

  return {
    write(chunk: Buffer): readonly Found[] {
      found = [];
      for (let i = 0; i < chunk.length; i++) {
        if (leap !== null) {
          i = leapOn(chunk, i, leap);
          continue;
        }
        const byte = chunk[i] ?? 0;
        if (text !== null) {
          if (escape === 0 && PLAIN[byte] === 1) {
            while (PLAIN[chunk[i + 1] ?? 0] === 1) i += 1;
            continue;
          }
          if (!isEndOfText(byte, i)) continue;
          const was: string = text;
          text = null;
          if (was === 'key') endOfKey(chunk, i);
          else finish(chunk, i + 1);
          continue;
        }
        const blank = byte === 0x20 || byte === NEWLINE || byte === 0x0d || byte === 0x09;
        const mark = byte === 0x2c || byte === 0x7d || byte === 0x5d || byte === 0x3a;
        if (inWord) {
          if (!blank && !mark) {
            word += String.fromCharCode(byte);
            if (word.length > 400) fail(offset + i, 'a number too long');
            continue;
          }
          endOfWord(chunk, i);
        }
        if (byte === NEWLINE) {
          line += 1;
          lineStart = offset + i + 1;
        }
        if (blank) {
          while (chunk[i + 1] === 0x20) i += 1;
        } else structure(chunk, i, byte);
      }
      if (taking !== null) {
        taking.parts.push(Buffer.from(chunk.subarray(taking.from)));
        taking.from = 0;
      }
      if (text === 'key') {
        keyParts.push(Buffer.from(chunk.subarray(keyStart)));
        keyStart = 0;
      }
      offset += chunk.length;
      return found;
    },
    end(): readonly Found[] {
      found = [];
      if (inWord) endOfWord(Buffer.alloc(0), 0);
      if (text !== null || leap !== null) fail(offset, 'the file ends inside a value');
      if (expected !== 'nothing more')
        fail(offset, stack.length === 0 ? 'an empty file' : `the file ends where ${expected} was expected`);
      return found;
    },
  };
}
