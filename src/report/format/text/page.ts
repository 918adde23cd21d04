import { fileAddress } from '../../location.ts';
import type { Messages } from '../../message.ts';
import type { ReportContext } from '../../reporter.ts';
import { clip, prose, visible } from '../../visible.ts';
import { clipLine, columns, lengthOf, paintLine, wrap } from './layout.ts';
import type { Span, Spans, Style } from './span.ts';
import { createPaint } from './style.ts';

/** A page being written: everything on it fits the width, and every text from outside goes through `name` or `say`. */
export interface Page {
  readonly messages: Messages;
  readonly width: number;
  readonly blank: () => void;
  /** A line, wrapped under itself at `indent`. */
  readonly line: (spans: Spans, indent?: number) => void;
  /** One line, cut where it would be longer. */
  readonly short: (spans: Spans, indent?: number) => void;
  /** A lead (a glyph, an id), a text that wraps under itself, and a note at the right end, or below where there is no room. */
  readonly item: (lead: Spans, text: Spans, note?: Spans, indent?: number) => void;
  /** A label, then its text in a column of its own. */
  readonly field: (label: string, spans: Spans, indent?: number) => void;
  readonly heading: (title: string, counts: string, style?: Style) => void;
  /** A name or an id from outside: what hides or misleads is made visible, what is endless is cut. */
  readonly name: (text: string) => string;
  /** Where a place in a file is, for a link; null where there are none. */
  readonly addressOf: (ref: string) => string | null;
  /** Prose from outside. */
  readonly say: (text: string) => string;
  readonly text: () => string;
  /** The same before it is painted, for a screen that shows a part. */
  readonly rows: () => readonly (readonly Span[])[];
}

const NAME_LIMIT = 200;
const PROSE_LIMIT = 1200;
const DEFAULT_WIDTH = 100;
/** Columns of a lead that the text stands beside: `✗ LOC-01`. */
const SHORT_LEAD = 16;
const LABELS = ['path', 'evidence', 'basis', 'fix', 'waived', 'missing', 'how', 'rules', 'subjects', 'grant'];

export function createPage({ messages, color, width: asked, hyperlinks, folder }: ReportContext): Page {
  const width = Math.max(30, Math.min(asked ?? DEFAULT_WIDTH, 120));
  const paint = createPaint(color, hyperlinks);
  const lines: (readonly Span[])[] = [];
  const labelled = Math.max(...LABELS.map((label) => columns(messages(`label.${label}`)))) + 2;
  const more = (count: number): string => messages('more.characters', { count });
  const write = (spans: readonly Span[], indent: number): void =>
    void lines.push(indent === 0 ? spans : [{ text: ' '.repeat(indent) }, ...spans]);
  const page: Page = {
    messages,
    width,
    blank: () => void (lines.at(-1)?.length !== 0 && lines.push([])),
    line: (spans, indent = 0) => wrap(spans, width - indent).forEach((line) => write(line, indent)),
    short: (spans, indent = 0) => write(clipLine(asSpans(spans), width - indent), indent),
    item(lead, text, note = [], indent = 0) {
      const room = width - indent - lengthOf(lead) - lengthOf(text) - lengthOf(note);
      if (room >= (note.length === 0 ? 0 : 2)) {
        const gap = note.length === 0 ? [] : [{ text: ' '.repeat(room) }];
        return write([...asSpans(lead), ...asSpans(text), ...gap, ...asSpans(note)], indent);
      }
      // A short lead has the text beside it, in a column of its own; under a long one there is more room.
      const isShort = lengthOf(lead) <= SHORT_LEAD;
      const column = isShort ? lengthOf(lead) : 2;
      const inside = (spans: Spans): Span[][] =>
        wrap(spans, width - indent - column).filter((row) => row.length > 0);
      const end = width - indent - lengthOf(lead) - lengthOf(note);
      const isBeside = !isShort && end >= 2;
      if (isBeside) write([...asSpans(lead), { text: ' '.repeat(end) }, ...asSpans(note)], indent);
      else if (!isShort) page.line(lead, indent);
      const rows = [...inside(text), ...(isBeside ? [] : inside(note))];
      rows.forEach((row, index) =>
        write([...(index === 0 && isShort ? asSpans(lead) : [{ text: ' '.repeat(column) }]), ...row], indent),
      );
    },
    field(label, spans, indent = 4) {
      // On a narrow screen a column of labels would leave no room for what they label.
      const isNarrow = width - indent - labelled < 24;
      const column = isNarrow ? 2 : labelled;
      const rows = wrap(spans, width - indent - column);
      if (isNarrow) write([{ text: label, style: 'dim' }], indent);
      rows.forEach((row, index) => {
        const lead: Span =
          index === 0 && !isNarrow
            ? { text: label.padEnd(column + label.length - columns(label)), style: 'dim' }
            : { text: ' '.repeat(column) };
        write([lead, ...row], indent);
      });
    },
    heading(title, counts, style = 'bold') {
      const tail = counts === '' ? ' ' : ` · ${counts} `;
      const room = width - columns(title) - columns(tail) - 3;
      lines.push([]);
      if (room < 2) page.line([{ text: '── ' }, { text: title, style }, tail]);
      else
        write(
          [{ text: '── ' }, { text: title, style }, { text: tail }, { text: '─'.repeat(room), style: 'dim' }],
          0,
        );
      lines.push([]);
    },
    addressOf: (ref) => (folder === undefined ? null : fileAddress(ref, folder)),
    name: (text) => clip(visible(text), NAME_LIMIT, more),
    say: (text) => clip(prose(text), PROSE_LIMIT, more),
    rows: () => lines,
    text: () =>
      `${lines
        .map((line) => paintLine(line, paint).trimEnd())
        .join('\n')
        .replace(/\n{3,}/g, '\n\n')
        .trim()}\n`,
  };
  return page;
}

function asSpans(spans: Spans): Span[] {
  return spans.map((span) => (typeof span === 'string' ? { text: span } : span));
}

/** The first of a list, and how many more there are. */
export function fold(
  items: readonly string[],
  limit: number,
  { messages }: Pick<Page, 'messages'>,
  separator = ', ',
): string {
  const shown = items.length <= limit + 1 ? items : items.slice(0, limit);
  const rest = items.length - shown.length;
  return rest === 0
    ? shown.join(separator)
    : `${shown.join(separator)} ${messages('more.count', { count: rest })}`;
}
