import { gateState } from '../../../report/describe.ts';
import { clipLine } from '../../../report/format/text/layout.ts';
import type { Span } from '../../../report/format/text/span.ts';
import type { Messages } from '../../../report/message.ts';
import { prose, visible } from '../../../report/visible.ts';
import { fitLine } from '../../line.ts';
import { facets } from '../filter.ts';
import { type Browse, currentEntry, listHeight, rowAt, rowCount } from '../state.ts';
import { isBranch } from '../tree.ts';
import { detailLines } from './detail.ts';
import type { Look } from './look.ts';
import { filterLines, formLines, helpLines, textLines } from './panel.ts';
import { headLine, nameOf, rowLine, valueText } from './row.ts';

export interface Screen {
  /** As many as the terminal has rows, none longer than it has columns. */
  readonly lines: readonly (readonly Span[])[];
  /** How far what is scrolled can scroll. */
  readonly last: number;
}

/** Columns from which the detail stands beside the list. */
const WIDE = 120;

/** The whole screen. */
export function drawScreen(state: Browse, look: Look): Screen {
  const { messages } = look;
  const { columns: width, rows } = state.size;
  if (state.mode.kind === 'detail') return drawDetail(state, state.mode.top, look);
  const height = listHeight(state.size);
  const { body, last } = drawBody(state, look, height);
  const lines = [
    titleLine(state, look),
    filterLine(state, messages),
    ...body,
    previewLine(state, messages),
    footLine(state, messages),
  ];
  const fitted = lines.map((line) => clipLine(line, width));
  return { lines: Array.from({ length: rows }, (_, row) => fitted[row] ?? []), last };
}

interface Body {
  readonly body: readonly (readonly Span[])[];
  readonly last: number;
}

/** What stands between the frame's lines: one line more than the list, for the heads of its columns. */
function drawBody(state: Browse, look: Look, height: number): Body {
  const { messages } = look;
  const { mode, size } = state;
  const width = size.columns;
  const room = height + 1;
  const window = (lines: readonly (readonly Span[])[], top: number): Body => {
    const last = Math.max(0, lines.length - room);
    const from = Math.min(top, last);
    return { body: fill(lines.slice(from, from + room), room), last };
  };
  switch (mode.kind) {
    case 'filter': {
      const { lines, at } = filterLines(state, mode.cursor, messages, width);
      return { body: window(lines, Math.max(0, at - Math.floor(room / 2))).body, last: 0 };
    }
    case 'form':
      return window(formLines(mode.form, state, messages, width), 0);
    case 'help':
      return window(helpLines(messages, width), mode.top);
    case 'text':
      return window(textLines(mode.text, width), 0);
    case 'rows':
    case 'search':
    case 'detail':
      return { body: drawList(state, look, height), last: 0 };
  }
}

function drawList(state: Browse, look: Look, height: number): readonly (readonly Span[])[] {
  const { messages } = look;
  const width = state.size.columns;
  const isWide = width >= WIDE;
  const listWidth = isWide ? Math.floor(width * 0.5) : width;
  const list: (readonly Span[])[] = [headLine(messages, listWidth)];
  for (let line = 0; line < height; line += 1)
    list.push(rowLine(state, state.top + line, messages, listWidth));
  if (rowCount(state) === 0) list[2] = [{ text: `  ${messages('browse.empty')}`, style: 'dim' }];
  const current = currentEntry(state);
  const entry = current === null ? undefined : state.entries[current];
  if (!isWide) return list;
  const detail = entry ? detailLines(entry, look, Math.min(120, width - listWidth - 3)) : [];
  return list.map((line, index) => [
    ...fitLine(line, listWidth),
    { text: ' │ ', style: 'dim' },
    ...(detail[index] ?? []),
  ]);
}

function drawDetail(state: Browse, top: number, look: Look): Screen {
  const { columns: width, rows } = state.size;
  const entry = state.entries[currentEntry(state) ?? -1];
  const room = Math.max(1, rows - 2);
  const lines = entry ? detailLines(entry, look, width) : [];
  const last = Math.max(0, lines.length - room);
  const from = Math.min(top, last);
  const shown = [
    titleLine(state, look),
    ...fill(lines.slice(from, from + room), room),
    footLine(
      state,
      look.messages,
      last > 0 ? ` ${from + 1}–${Math.min(lines.length, from + room)}/${lines.length}` : '',
    ),
  ];
  return { lines: shown.slice(0, rows).map((line) => clipLine(line, width)), last };
}

function fill(lines: readonly (readonly Span[])[], height: number): readonly (readonly Span[])[] {
  return Array.from({ length: height }, (_, row) => lines[row] ?? []);
}

function titleLine(state: Browse, { messages, run, gate }: Look): Span[] {
  const verdict = gateState(gate);
  const style = ({ pass: 'good', fail: 'bad', incomplete: 'open', off: 'low' } as const)[verdict];
  const glyph = { pass: '✓', fail: '✗', incomplete: '?', off: '•' }[verdict];
  const count = rowCount(state);
  const place = `${count === 0 ? 0 : state.cursor + 1}/${count}`;
  const lead: Span[] = [
    { text: 'Bercail', style: 'bold' },
    { text: ` · ${messages('report.title', { day: visible(run.as_of) })} · ` },
    { text: `${glyph} ${messages(`gate.verdict.${verdict}`)}`, style },
    ...(state.marked.size > 0
      ? [{ text: ` · ◆ ${messages('browse.marked', { count: state.marked.size })}`, style: 'low' as const }]
      : []),
  ];
  const room = Math.max(0, state.size.columns - place.length - 1);
  return [...fitLine(lead, room), { text: ` ${place}`, style: 'dim' }];
}

function filterLine(state: Browse, messages: Messages): Span[] {
  const { query, filters, mode, shown, entries } = state;
  const counted: Span = {
    text: messages('browse.shown', { shown: shown.length, all: entries.length }),
    style: 'dim',
  };
  if (mode.kind === 'search')
    return [{ text: `/${visible(query)}▏`, style: 'bold' }, { text: '  ' }, counted];
  const chosen = facets
    .filter((facet) => filters[facet].size > 0)
    .map(
      (facet): Span => ({
        text: `  ${messages(`browse.facet.${facet}`)}: ${[...filters[facet]].map((value) => valueText(facet, value, messages)).join(', ')}`,
        style: 'low',
      }),
    );
  return [
    counted,
    ...(query === '' ? [] : [{ text: `  /${visible(query)}`, style: 'low' as const }]),
    ...chosen,
  ];
}

/** What the judgement under the cursor says. */
function previewLine(state: Browse, messages: Messages): Span[] {
  if (state.mode.kind !== 'rows' && state.mode.kind !== 'search') return [];
  const row = rowAt(state, state.cursor);
  if (row === undefined || isBranch(row)) return [];
  const entry = state.entries[row.entry];
  const message = entry?.finding?.message;
  const text = message
    ? prose(message.slice(0, 1000))
    : (entry?.question?.missing ?? []).slice(0, 8).map(nameOf).join(', ');
  const missing = message ? '' : `${messages('label.missing')} `;
  return text === '' ? [] : [{ text: `${missing}${text}`, style: 'dim' }];
}

function footLine(state: Browse, messages: Messages, end = ''): Span[] {
  const { note, mode } = state;
  if (note) return [{ text: `${note.tone === 'bad' ? '✗' : '✓'} ${prose(note.text)}`, style: note.tone }];
  const keys: Span = { text: messages(`browse.keys.${mode.kind}`), style: 'dim' };
  return [...fitLine([keys], Math.max(0, state.size.columns - end.length)), { text: end, style: 'dim' }];
}
