import { clipLine, columns } from '../../../report/format/text/layout.ts';
import type { Span, Style } from '../../../report/format/text/span.ts';
import type { Messages } from '../../../report/message.ts';
import { clip, visible } from '../../../report/visible.ts';
import { severities } from '../../../result/result.ts';
import { fitLine } from '../../line.ts';
import type { Entry, Status } from '../entry.ts';
import { type Facet, NONE } from '../filter.ts';
import { type Browse, rowAt } from '../state.ts';
import { type Branch, isBranch } from '../tree.ts';

const glyphs: { readonly [status in Status]: readonly [glyph: string, style: Style] } = {
  fail: ['✗', 'bad'],
  error: ['!', 'bad'],
  unknown: ['?', 'open'],
  waived: ['~', 'dim'],
  pass: ['✓', 'good'],
  not_applicable: ['·', 'dim'],
};

/** Says without colour what an outcome is. */
export function glyphOf({ status, severity }: Pick<Entry, 'status' | 'severity'>): Span {
  const [glyph, style] = glyphs[status];
  return { text: `${glyph} `, style: status === 'fail' ? severity : style };
}

/** More characters than any screen shows in a line. */
const LONGEST = 400;

/** A name on one line: what hides or misleads is visible, and what is endless costs nothing. */
export function nameOf(text: string): string {
  return clip(visible(text.slice(0, LONGEST)), LONGEST, () => '');
}

/** A value of a facet in words. */
export function valueText(facet: Facet, value: string, messages: Messages): string {
  if (value === NONE) return messages('browse.none');
  if (facet === 'status') return messages(`browse.status.${value}`);
  return facet === 'severity' || facet === 'basis' ? messages(`${facet}.${value}`) : nameOf(value);
}

interface Widths {
  readonly severity: number;
  readonly rule: number;
  readonly place: number;
}

const RULE = 7;
const PLACE = 22;

function widthsFor(width: number, messages: Messages): Widths {
  const severity = Math.max(...severities.map((one) => columns(messages(`severity.${one}`)))) + 1;
  return { severity: width < 50 ? 0 : severity, rule: RULE, place: width < 64 ? 0 : PLACE };
}

/** The heads of the columns, where `rowLine` puts them. */
export function headLine(messages: Messages, width: number): Span[] {
  const widths = widthsFor(width, messages);
  const subject = width - 6 - widths.severity - widths.rule - widths.place;
  const cell = (text: string, room: number): Span[] => (room === 0 ? [] : fitLine([{ text }], room));
  const cells = [
    ...cell('', 6),
    ...cell(messages('label.severity'), widths.severity),
    ...cell(messages('label.rule'), widths.rule),
    ...cell(messages('label.subject'), subject),
    ...cell(messages('label.place'), widths.place),
  ];
  return clipLine(
    cells.map(({ text }) => ({ text, style: 'dim' })),
    width,
  );
}

/** A line of the list or the tree, `width` columns wide. */
export function rowLine(state: Browse, position: number, messages: Messages, width: number): Span[] {
  const row = rowAt(state, position);
  if (row === undefined) return [];
  const isHere = position === state.cursor;
  const entry = isBranch(row) ? null : state.entries[row.entry];
  const isMarked = isBranch(row)
    ? row.members.length <= state.marked.size && row.members.every((member) => state.marked.has(member))
    : state.marked.has(row.entry);
  const indent = '  '.repeat(row.depth);
  const lead: Span[] = [
    { text: isHere ? '❯ ' : '  ', style: 'bold' },
    { text: isMarked ? '◆ ' : '  ', style: 'low' },
  ];
  const line = isBranch(row)
    ? fitLine([...lead, ...branchSpans(row, state, messages)], width)
    : fitLine(
        [...lead, { text: indent }, ...(entry ? entrySpans(entry, messages, width - indent.length) : [])],
        width,
      );
  // One run: a colour in the middle would end what shows where the cursor is.
  return isHere ? [{ text: line.map(({ text }) => text).join(''), style: 'cursor' }] : line;
}

function entrySpans(entry: Entry, messages: Messages, width: number): Span[] {
  const widths = widthsFor(width, messages);
  const { severity, subject, where } = entry;
  const room = Math.max(8, width - 6 - widths.severity - widths.rule - widths.place);
  return [
    glyphOf(entry),
    ...(widths.severity === 0
      ? []
      : fitLine(
          [{ text: messages(`severity.${severity}`), style: entry.status === 'fail' ? severity : 'dim' }],
          widths.severity,
        )),
    ...fitLine([{ text: nameOf(entry.rule), style: 'bold' }], widths.rule),
    ...fitLine([{ text: nameOf(subject.id) }], room - 1),
    { text: ' ' },
    ...(widths.place === 0 ? [] : clipLine([{ text: nameOf(where ?? ''), style: 'dim' }], widths.place)),
  ];
}

function branchSpans(
  { facet, value, depth, members, isOpen }: Branch,
  state: Browse,
  messages: Messages,
): Span[] {
  const count = (status: Status): number =>
    members.reduce((sum, member) => sum + (state.entries[member]?.status === status ? 1 : 0), 0);
  const counts = (['fail', 'unknown', 'waived'] as const).flatMap((status): Span[] => {
    const found = count(status);
    const [glyph, style] = glyphs[status];
    return found === 0 ? [] : [{ text: `  ${glyph} ${found}`, style }];
  });
  return [
    { text: `${'  '.repeat(depth)}${isOpen ? '▾' : '▸'} ` },
    { text: valueText(facet, value, messages), style: 'bold' },
    { text: `  ${messages(`browse.facet.${facet}`)} · ${members.length}`, style: 'dim' },
    ...counts,
  ];
}
