import { columns } from '../report/format/text/layout.ts';
import type { Span } from '../report/format/text/span.ts';

const segmenter = new Intl.Segmenter();

/** A line cut at `width` columns, between characters as a reader counts them, with an ellipsis where it was cut. */
export function clipLine(line: readonly Span[], width: number): Span[] {
  const whole = line.reduce((sum, { text }) => sum + columns(text), 0);
  if (whole <= width) return [...line];
  const room = Math.max(0, width - 1);
  const kept: Span[] = [];
  let used = 0;
  for (const span of line) {
    const length = columns(span.text);
    if (used + length <= room) {
      kept.push(span);
      used += length;
      continue;
    }
    let text = '';
    for (const { segment } of segmenter.segment(span.text)) {
      const more = columns(segment);
      if (used + more > room) break;
      text += segment;
      used += more;
    }
    return [...kept, { ...span, text: width > 0 ? `${text}…` : '' }];
  }
  return kept;
}

/** A line of exactly `width` columns. */
export function fitLine(line: readonly Span[], width: number): Span[] {
  const cut = clipLine(line, width);
  const used = cut.reduce((sum, { text }) => sum + columns(text), 0);
  return used < width ? [...cut, { text: ' '.repeat(width - used) }] : cut;
}
