import { columns } from '../../report/format/text/layout.ts';
import type { Span } from '../../report/format/text/span.ts';
import { createPaint, type Paint } from '../../report/format/text/style.ts';

/** The lines of a terminal that are written anew. */
export interface Region {
  readonly paint: (lines: readonly (readonly Span[])[], width: number) => string;
  /** Takes the lines away; what is written next stands in their place. */
  readonly clear: (width: number) => string;
}

const ESCAPE = '\u001b';
/** Terminals that know it show all of an update at once; others skip it. */
const BEGIN = `${ESCAPE}[?2026h`;
const END = `${ESCAPE}[?2026l`;

/**
 * Gives what to write, and writes nothing itself. The cursor stays visible, and always rests at the start of the line
 * below: whatever ends the process, the terminal is whole.
 */
export function createRegion(color: boolean): Region {
  const paint = createPaint(color, false);
  let shown: readonly number[] = [];
  let last = '';
  // A terminal that was made narrower has broken what was longer than it is now.
  const rows = (width: number): number =>
    shown.reduce((sum, length) => sum + Math.max(1, Math.ceil(length / Math.max(1, width))), 0);
  return {
    paint(lines, width) {
      const text = lines.map((line) => `${painted(line, paint)}${ESCAPE}[K\n`).join('');
      if (text === last) return '';
      const written = `${BEGIN}${up(rows(width))}${text}${ESCAPE}[J${END}`;
      shown = lines.map((line) => line.reduce((sum, span) => sum + columns(span.text), 0));
      last = text;
      return written;
    },
    clear(width) {
      const height = rows(width);
      // Line by line: to erase a whole screen, some terminals keep it among what scrolled away.
      const written = `${up(height)}${`${ESCAPE}[K\n`.repeat(height)}${up(height)}`;
      shown = [];
      last = '';
      return written;
    },
  };
}

function up(rows: number): string {
  return rows === 0 ? '' : `${ESCAPE}[${rows}A\r`;
}

function painted(line: readonly Span[], paint: Paint): string {
  return line.map(paint).join('');
}
