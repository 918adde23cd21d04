import { clipLine, columns } from '../report/format/text/layout.ts';
import type { Span } from '../report/format/text/span.ts';

/** A line of exactly `width` columns. */
export function fitLine(line: readonly Span[], width: number): Span[] {
  const cut = clipLine(line, width);
  const used = cut.reduce((sum, { text }) => sum + columns(text), 0);
  return used < width ? [...cut, { text: ' '.repeat(width - used) }] : cut;
}
