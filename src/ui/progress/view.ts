import type { Unit } from '../../collect/event.ts';
import { clipLine, columns } from '../../report/format/text/layout.ts';
import type { Span } from '../../report/format/text/span.ts';
import type { Messages } from '../../report/message.ts';
import { visible } from '../../report/visible.ts';
import { gapsOf, type Progress, timeLeft } from './state.ts';

export interface ProgressView {
  readonly messages: Messages;
  readonly width: number;
  readonly at: number;
  /** Counts the paintings: what turns, turns with it. */
  readonly frame: number;
}

/** Places at work that are listed. */
const PLACES = 4;
const spinner = '⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏';

/** A run as a few lines of at most `width` columns: what is done, how much of it, where, and what went wrong. */
export function progressLines(progress: Progress, view: ProgressView): Span[][] {
  const { messages, width, at, frame } = view;
  const wheel = spinner[frame % spinner.length] ?? '';
  const lead: Span[] = [
    { text: `${wheel} `, style: 'low' },
    { text: phaseText(progress, messages), style: 'bold' },
    ...scopeOf(progress, messages).flatMap((text): Span[] => [{ text: ' · ', style: 'dim' }, { text }]),
  ];
  const time: Span = { text: timeText(progress, messages, at), style: 'dim' };
  const lines = [withEnd(lead, time, width)];
  if (progress.jobs > 1) lines.push(barLine(progress, view));
  if (progress.phase === 'collect') lines.push(...placeLines(progress, messages));
  const counts = countsOf(progress, messages);
  if (counts.length > 0) lines.push([{ text: '  ' }, ...counts]);
  return lines.map((line) => clipLine(line, width));
}

/** The same on one line, for a log. */
export function progressText(progress: Progress, messages: Messages, at: number): string {
  const parts = [
    phaseText(progress, messages),
    ...(progress.jobs > 1 ? [jobsText(progress, messages)] : []),
    ...countsOf(progress, messages)
      .map(({ text }) => text)
      .filter((text) => text !== ' · '),
    timeText(progress, messages, at),
  ];
  return parts.join(' · ');
}

function phaseText({ phase, detail }: Progress, messages: Messages): string {
  return messages(`progress.${phase}`, { detail: detail === null ? '' : visible(detail) }).trim();
}

function scopeOf({ phase, accounts, regions, services, sources }: Progress, messages: Messages): string[] {
  if (phase !== 'collect') return [];
  return [
    ...(sources.size > 0 ? [[...sources].map(visible).join(', ')] : []),
    ...(accounts.size > 1
      ? [messages('progress.accounts', { count: accounts.size })]
      : [...accounts].map(visible)),
    ...(regions.size > 1 ? [messages('progress.regions', { count: regions.size })] : []),
    ...(services.size > 1 ? [messages('progress.services', { count: services.size })] : []),
  ];
}

function jobsText({ done, jobs }: Progress, messages: Messages): string {
  return messages('progress.jobs', { done, jobs });
}

function barLine(progress: Progress, { messages, width }: ProgressView): Span[] {
  const { done, jobs } = progress;
  const percent = messages('progress.percent', { percent: Math.floor((done / jobs) * 100) });
  const text = ` ${percent} · ${jobsText(progress, messages)}`;
  const room = Math.min(40, width - columns(text) - 4);
  if (room < 8) return [{ text: ` ${text}` }];
  const full = Math.floor((done / jobs) * room);
  return [
    { text: '  ' },
    { text: '━'.repeat(full), style: 'good' },
    { text: '─'.repeat(room - full), style: 'dim' },
    { text },
  ];
}

/** Where jobs are under way: a line a place with its services, the rest counted. */
function placeLines({ running, accounts }: Progress, messages: Messages): Span[][] {
  const places = new Map<string, string[]>();
  for (const unit of running.values()) {
    const place = placeOf(unit, accounts.size > 1);
    places.set(place, [...(places.get(place) ?? []), visible(unit.service)]);
  }
  const shown = [...places].slice(0, PLACES);
  const widest = Math.max(0, ...shown.map(([place]) => columns(place)));
  const rest = places.size - shown.length;
  return [
    ...shown.map(([place, services]): Span[] => [
      { text: `  ${place}${' '.repeat(widest - columns(place))}` },
      { text: `  ${services.join(' ')}`, style: 'dim' },
    ]),
    ...(rest > 0
      ? [[{ text: `  ${messages('progress.places', { count: rest })}`, style: 'dim' as const }]]
      : []),
  ];
}

function placeOf({ kind, account, region }: Unit, hasAccounts: boolean): string {
  const parts = [hasAccounts ? account : null, region].flatMap((part) =>
    part === null ? [] : [visible(part)],
  );
  return parts.length === 0 ? visible(kind) : parts.join(' / ');
}

function countsOf(progress: Progress, messages: Messages): Span[] {
  const { calls, retries, gaps } = progress;
  const counts: Span[] = [
    ...(calls > 0 ? [{ text: messages('progress.calls', { count: calls }) }] : []),
    ...(retries > 0
      ? [{ text: messages('progress.retries', { count: retries }), style: 'open' as const }]
      : []),
    ...(gapsOf(progress) > 0
      ? [
          {
            text: messages('progress.gaps', { count: gapsOf(progress), denied: gaps.denied }),
            style: 'open' as const,
          },
        ]
      : []),
  ];
  return counts.flatMap((count, index) => (index === 0 ? [count] : [{ text: ' · ' }, count]));
}

function timeText(progress: Progress, messages: Messages, at: number): string {
  const passed = clockText(at - progress.startedAt);
  const left = progress.phase === 'collect' ? timeLeft(progress, at) : null;
  return left === null ? passed : messages('progress.time', { passed, left: clockText(left) });
}

/** `0:07`, `12:30`, `1:02:05`. */
function clockText(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  const two = (part: number): string => String(part).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  return `${hours > 0 ? `${hours}:${two(minutes)}` : minutes}:${two(seconds % 60)}`;
}

/** A text with a note at the right end, where there is room for both. */
function withEnd(lead: readonly Span[], end: Span, width: number): Span[] {
  const used = lead.reduce((sum, { text }) => sum + columns(text), 0);
  const room = width - used - columns(end.text);
  return room >= 2
    ? [...lead, { text: ' '.repeat(room) }, end]
    : [...clipLine(lead, Math.max(0, width - columns(end.text) - 2)), { text: '  ' }, end];
}
