import type { RunEvent } from '../../event.ts';
import type { Messages } from '../../report/message.ts';
import { visible } from '../../report/visible.ts';
import { createRegion } from './region.ts';
import { advance, type Progress, startProgress } from './state.ts';
import { progressLines, progressText } from './view.ts';

/** Lines that are written anew on a terminal, a line every few seconds in a log, or an object an event for programs. */
export type ProgressForm = 'region' | 'plain' | 'json';

export interface WatchSetting {
  readonly form: ProgressForm;
  readonly write: (text: string) => void;
  readonly messages: Messages;
  readonly color: boolean;
  /** Columns of the terminal, now. */
  readonly width: () => number;
  /** Milliseconds, now. */
  readonly now: () => number;
  /** When the run began. */
  readonly startedAt: number;
  /** RFC 3339, for programs. */
  readonly clock: () => string;
  /** Every job that is done, and for programs every call. */
  readonly isVerbose: boolean;
}

export interface Watch {
  readonly on: (event: RunEvent) => void;
  /** Called often; writes when it is time to. */
  readonly tick: () => void;
  /** Writes a text where progress does not write over it. */
  readonly note: (text: string) => void;
  readonly end: () => void;
}

/** Milliseconds between two lines of a log. */
const PLAIN = 5_000;

/** Shows a run to who waits for it. */
export function watchRun(setting: WatchSetting): Watch {
  const { form, write, messages, now } = setting;
  const region = createRegion(setting.color);
  let progress: Progress = startProgress(setting.startedAt);
  let frame = 0;
  let told = setting.startedAt;
  let isOver = false;
  const show = (): void => {
    const at = now();
    // One column stays free: a terminal breaks a line that fills it.
    const width = Math.max(20, Math.min(setting.width() - 1, 119));
    const text = region.paint(progressLines(progress, { messages, width, at, frame }), setting.width());
    if (text !== '') write(text);
  };
  const note = (text: string): void => {
    if (form === 'region') write(region.clear(setting.width()));
    write(text);
  };
  return {
    note,
    on(event) {
      if (isOver) return;
      progress = advance(progress, event, now());
      if (form === 'json') {
        if (event.kind !== 'call' || setting.isVerbose) write(jsonLine(event, setting.clock()));
        return;
      }
      if (setting.isVerbose && event.kind === 'done') note(`bercail: ${doneText(event, messages)}\n`);
      // What comes now may hold up everything until it is done.
      if (event.kind === 'phase' && form === 'region') show();
    },
    tick() {
      const at = now();
      if (isOver) return;
      frame += 1;
      if (form === 'region') show();
      if (form === 'plain' && at - told >= PLAIN) {
        told = at;
        write(`bercail: ${progressText(progress, messages, at)}\n`);
      }
    },
    end() {
      if (form === 'region' && !isOver) write(region.clear(setting.width()));
      isOver = true;
    },
  };
}

function jsonLine(event: RunEvent, time: string): string {
  if (event.kind === 'planned')
    return `${JSON.stringify({ time, event: 'planned', jobs: event.units.length, gaps: event.gaps })}\n`;
  const { kind, ...fields } = event;
  return `${JSON.stringify({ time, event: kind, ...fields })}\n`;
}

function doneText(
  { unit, observations, gaps, resumed }: Extract<RunEvent, { kind: 'done' }>,
  messages: Messages,
): string {
  const place = [unit.kind, unit.account, unit.region, unit.service].filter((part) => part !== null);
  return messages('progress.done', {
    job: visible(place.join(' ')),
    observations,
    gaps: gaps.denied + gaps.error + gaps.not_collected,
    resumed: resumed ? 'yes' : 'no',
  });
}
