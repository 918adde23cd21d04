import stringWidth from 'string-width';
import type { Span, Spans } from './span.ts';
import type { Paint } from './style.ts';

/** Latin letters, French punctuation, arrows, box drawing and dashes: one column each, and nearly all there is. */
const narrow =
  /^[\x20-\x7e\xa0-\xac\xae-\u02ff\u2010-\u2027\u202f-\u205e\u2190-\u21ff\u2500-\u257f\u25cf\u2717\u2713]*$/;

/** Columns that a text takes on a terminal. */
export function columns(text: string): number {
  return narrow.test(text) ? text.length : stringWidth(text);
}

/** Lines of at most `width` columns, broken at spaces; never at no-break spaces. A longer word is cut. */
export function wrap(spans: Spans, width: number): Span[][] {
  const lines: Span[][] = [[]];
  let used = 0;
  for (const word of wordsOf(spans)) {
    const length = word.reduce((sum, { text }) => sum + columns(text), 0);
    const line = lines.at(-1) as Span[];
    if (used > 0 && used + 1 + length <= width) {
      line.push(spaceBefore(word, line), ...word);
      used += 1 + length;
    } else {
      const pieces = length <= width ? [word] : cut(word, width);
      if (used > 0 || line.length > 0) lines.push([]);
      pieces.forEach((piece, index) => (index === 0 ? lines.at(-1)?.push(...piece) : lines.push([...piece])));
      used = (pieces.at(-1) ?? []).reduce((sum, { text }) => sum + columns(text), 0);
    }
  }
  return lines;
}

/** A space between two words of one run belongs to the run, so that links and colours are whole. */
function spaceBefore([next]: readonly Span[], line: readonly Span[]): Span {
  const last = line.at(-1);
  return last && next && isAlike(last, next) ? { ...next, text: ' ' } : { text: ' ' };
}

function isAlike(a: Span, b: Span): boolean {
  return a.style === b.style && a.href === b.href && a.file === b.file;
}

function wordsOf(spans: Spans): Span[][] {
  const words: Span[][] = [];
  let word: Span[] = [];
  for (const item of spans) {
    const span = typeof item === 'string' ? { text: item } : item;
    span.text.split(' ').forEach((text, index) => {
      if (index > 0) {
        if (word.length > 0) words.push(word);
        word = [];
      }
      if (text !== '') word.push({ ...span, text });
    });
  }
  if (word.length > 0) words.push(word);
  return words;
}

let segmenter: Intl.Segmenter | null = null;

/** As a reader counts them. What tells them apart takes ten milliseconds to make, and only a line too long needs it. */
function charactersOf(text: string): Iterable<Intl.SegmentData> {
  segmenter ??= new Intl.Segmenter();
  return segmenter.segment(text);
}

/** Cuts a word between characters as a reader counts them. */
function cut(word: readonly Span[], width: number): Span[][] {
  const pieces: Span[][] = [[]];
  let used = 0;
  for (const span of word) {
    let text = '';
    for (const { segment } of charactersOf(span.text)) {
      const length = columns(segment);
      if (used > 0 && used + length > width) {
        if (text !== '') pieces.at(-1)?.push({ ...span, text });
        pieces.push([]);
        text = '';
        used = 0;
      }
      text += segment;
      used += length;
    }
    if (text !== '') pieces.at(-1)?.push({ ...span, text });
  }
  return pieces;
}

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
    for (const { segment } of charactersOf(span.text)) {
      const more = columns(segment);
      if (used + more > room) break;
      text += segment;
      used += more;
    }
    return [...kept, { ...span, text: width > 0 ? `${text}…` : '' }];
  }
  return kept;
}

export function paintLine(line: readonly Span[], paint: Paint): string {
  return joinRuns(line).map(paint).join('');
}

/** Neighbours of one style become one run. */
function joinRuns(line: readonly Span[]): Span[] {
  const runs: Span[] = [];
  for (const span of line) {
    const last = runs.at(-1);
    if (last && isAlike(last, span)) runs[runs.length - 1] = { ...last, text: last.text + span.text };
    else runs.push(span);
  }
  return runs;
}

export function lengthOf(spans: Spans): number {
  return spans.reduce((sum, span) => sum + columns(typeof span === 'string' ? span : span.text), 0);
}
