import { PLAIN } from './text.ts';

/** On the way to the end of a container whose inside need not be looked at. */
export interface Leap {
  depth: number;
  /** The most that it was, also where it came back. */
  deepest: number;
  inText: boolean;
  isEscaped: boolean;
  /** Line ends passed, and where the last of them is in the chunk; -1 where there is none. */
  lines: number;
  lastLine: number;
}

const QUOTE = 1;
const OPEN = 2;
const CLOSE = 3;
const LINE = 4;
const MEANING = new Uint8Array(256);
MEANING[0x22] = QUOTE;
MEANING[0x7b] = MEANING[0x5b] = OPEN;
MEANING[0x7d] = MEANING[0x5d] = CLOSE;
MEANING[0x0a] = LINE;

export function createLeap(): Leap {
  return { depth: 1, deepest: 1, inText: false, isEscaped: false, lines: 0, lastLine: -1 };
}

/**
 * Goes on to the bracket that closes the container, and returns where it is; the length of the chunk where that is not
 * in it. What is in between is only looked at as far as brackets and texts go.
 */
export function leapOver(leap: Leap, chunk: Buffer, from: number): number {
  leap.lines = 0;
  leap.lastLine = -1;
  const { length } = chunk;
  for (let i = from; i < length; i++) {
    if (leap.inText) {
      i = endOfText(leap, chunk, i);
      continue;
    }
    switch (MEANING[chunk[i] ?? 0]) {
      case QUOTE:
        leap.inText = true;
        break;
      case OPEN:
        leap.depth += 1;
        if (leap.depth > leap.deepest) leap.deepest = leap.depth;
        break;
      case CLOSE:
        leap.depth -= 1;
        if (leap.depth === 0) return i;
        break;
      case LINE:
        leap.lines += 1;
        leap.lastLine = i;
        break;
      default:
    }
  }
  return length;
}

/** Where the text ends, or the last byte of the chunk. */
function endOfText(leap: Leap, chunk: Buffer, from: number): number {
  const { length } = chunk;
  let i = from;
  for (; i < length; i++) {
    if (leap.isEscaped) {
      leap.isEscaped = false;
      continue;
    }
    while (PLAIN[chunk[i] ?? 0] === 1) i++;
    const byte = chunk[i];
    if (byte === 0x22) {
      leap.inText = false;
      return i;
    }
    if (byte === 0x5c) leap.isEscaped = true;
  }
  return i;
}
