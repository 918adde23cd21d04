import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import stringWidth from 'string-width';
import type { Unit } from '../../../src/collect/event.ts';
import type { RunEvent } from '../../../src/event.ts';
import { advance, type Progress, startProgress, timeLeft } from '../../../src/ui/progress/state.ts';
import { progressLines, progressText } from '../../../src/ui/progress/view.ts';
import { watchRun } from '../../../src/ui/progress/watch.ts';
import { hostile } from '../../fixtures/report/hostile.ts';
import { languages, messagesOf } from '../../report/rendering.ts';
import { terminalOf } from '../terminal.ts';

const none = { denied: 0, error: 0, not_collected: 0 };

function unit(more: Partial<Unit> = {}): Unit {
  return { source: 0, kind: 'aws', account: '111122223333', region: 'eu-west-3', service: 's3', ...more };
}

const regions = ['eu-west-1', 'eu-west-3', 'eu-south-2', 'us-east-1', 'sa-east-1', 'ap-south-1'];
const units = regions.flatMap((region) =>
  ['s3', 'rds', 'kms'].map((service) => unit({ region, service, account: '444455556666' })),
);
const planned: RunEvent = { kind: 'planned', units: [unit(), ...units], gaps: none };

function after(events: readonly RunEvent[], at = 0): Progress {
  return events.reduce((progress, event) => advance(progress, event, at), startProgress(0));
}

function done(unit: Unit, more: Partial<Extract<RunEvent, { kind: 'done' }>> = {}): RunEvent {
  return { kind: 'done', unit, observations: 3, gaps: none, resumed: false, ...more };
}

function lines(progress: Progress, width = 79, at = 65_000): string[] {
  const view = { messages: messagesOf('en'), width, at, frame: 0 };
  return progressLines(progress, view).map((line) => line.map(({ text }) => text).join(''));
}

const middle = after(
  [
    { kind: 'phase', phase: 'collect' },
    { kind: 'planning', source: 0, of: 'aws' },
    planned,
    ...[unit(), ...units].map((one): RunEvent => ({ kind: 'started', unit: one })),
    ...units.slice(0, 5).map((one) => done(one)),
    done(unit(), { gaps: { denied: 2, error: 1, not_collected: 0 } }),
    { kind: 'call', operation: 's3:ListBuckets' },
    { kind: 'retried', operation: 's3:ListBuckets', times: 2 },
  ],
  5_000,
);

describe('the progress of a run', () => {
  test('tells accounts, regions, services, jobs, calls, retries, gaps and the time', () => {
    expect(lines(middle)).toEqual([
      '⠋ Collecting · aws · 2 accounts · 6 regions · 3 servic…  1:05 · about 2:10 left',
      '  ━━━━━━━━━━━━──────────────────────────── 31% · 6 of 19 jobs',
      '  444455556666 / eu-west-3   kms',
      '  444455556666 / eu-south-2  s3 rds kms',
      '  444455556666 / us-east-1   s3 rds kms',
      '  444455556666 / sa-east-1   s3 rds kms',
      '  and 1 other place at work',
      '  1 call · 2 retries (throttled or failing) · 3 gaps (2 denied)',
    ]);
    expect(progressText(middle, messagesOf('fr'), 65_000)).toBe(
      'Collecte · 6 sur 19 tâches · 1 appel · 2 nouveaux essais (débit limité ou échec) · 3 lacunes (2 refus) · 1:05 · reste environ 2:10',
    );
  });

  test('guesses no time before the pace is known, nor from jobs that an earlier run had done', () => {
    const started: RunEvent[] = [planned, { kind: 'started', unit: unit() }];
    expect(timeLeft(after([...started, done(unit())]), 60_000)).toBeNull();
    const resumed = units.map((one) => done(one, { resumed: true }));
    expect(timeLeft(after([...started, ...resumed]), 60_000)).toBeNull();
    expect(timeLeft(after([...started, ...units.slice(0, 9).map((one) => done(one))]), 9_000)).toBe(10_000);
  });

  test.each([20, 40, 79, 119])('fits %i columns whatever names are in it', (width) => {
    for (const name of Object.values(hostile)) {
      const one = unit({ account: name, region: name, service: name });
      const progress = after([
        { kind: 'phase', phase: 'collect', detail: name },
        { kind: 'planning', source: 0, of: name },
        { kind: 'planned', units: [one, unit()], gaps: none },
        { kind: 'started', unit: one },
      ]);
      for (const line of lines(progress, width)) {
        expect(stringWidth(line)).toBeLessThanOrEqual(width);
        expect(line).not.toMatch(/\p{Cc}/u);
      }
    }
  });

  test('counts every job once, in whichever order they start and end', () => {
    const event = fc.constantFrom<RunEvent>(
      ...units.map((one): RunEvent => ({ kind: 'started', unit: one })),
      ...units.map((one) => done(one)),
    );
    fc.assert(
      fc.property(fc.array(event, { maxLength: 60 }), (events) => {
        const progress = after([planned, ...events]);
        expect(progress.done).toBe(events.filter(({ kind }) => kind === 'done').length);
        expect(progress.running.size).toBeLessThanOrEqual(units.length);
        expect(progress.jobs).toBe(19);
      }),
      { numRuns: 50 },
    );
  });
});

function watched(form: 'region' | 'plain' | 'json', isVerbose = false, language: 'fr' | 'en' = 'en') {
  const screen = { written: '', at: 0, width: 80 };
  const watch = watchRun({
    form,
    write: (text) => void (screen.written += text),
    messages: messagesOf(language),
    color: false,
    width: () => screen.width,
    now: () => screen.at,
    startedAt: 0,
    clock: () => '2026-11-22T10:00:00Z',
    isVerbose,
  });
  return { screen, watch };
}

describe('progress on a terminal', () => {
  test('is one region that is written anew in place, and is gone at the end', () => {
    const { screen, watch } = watched('region');
    const terminal = terminalOf(80);
    const show = (): string[] => terminal.write(screen.written.slice(terminal.taken())).filter(Boolean);
    watch.note('bercail: run 1\n');
    watch.on({ kind: 'phase', phase: 'collect' });
    watch.on(planned);
    for (let i = 0; i < 50; i += 1) {
      screen.at += 100;
      watch.on({ kind: 'call', operation: 's3:ListBuckets' });
      watch.tick();
    }
    expect(show()).toEqual([
      'bercail: run 1',
      expect.stringMatching(/^⠋ Collecting · 2 accounts · 6 regions · 3 services +0:05$/),
      expect.stringMatching(/0% · 0 of 19 jobs$/),
      '  50 calls',
    ]);
    watch.note('bercail: a warning\n');
    watch.tick();
    expect(show()).toHaveLength(5);
    watch.end();
    expect(show()).toEqual(['bercail: run 1', 'bercail: a warning']);
  });

  test.each([[40], [25], [120]])('leaves nothing behind when the terminal becomes %i wide', (width) => {
    const { screen, watch } = watched('region');
    watch.on({ kind: 'phase', phase: 'collect' });
    watch.on(planned);
    watch.tick();
    const terminal = terminalOf(80);
    terminal.write(screen.written);
    terminal.resize(width);
    screen.width = width;
    screen.at = 1000;
    watch.tick();
    watch.end();
    expect(terminal.write(screen.written.slice(terminal.taken())).filter(Boolean)).toEqual([]);
  });

  test('never hides the cursor', () => {
    const { screen, watch } = watched('region');
    watch.on(planned);
    watch.tick();
    expect(screen.written).not.toContain('[?25l');
  });
});

describe('progress off a terminal', () => {
  test.each(languages)('is a plain line every five seconds (%s)', (language) => {
    const { screen, watch } = watched('plain', false, language);
    watch.on({ kind: 'phase', phase: 'collect' });
    watch.on(planned);
    for (screen.at = 0; screen.at <= 11_000; screen.at += 100) watch.tick();
    watch.end();
    expect(screen.written.split('\n')).toHaveLength(3);
    expect(screen.written).not.toMatch(/[^\P{Cc}\n]/u);
    expect(screen.written).toMatch(/^bercail: \p{Lu}\w+ · 0 (of|sur) 19 \p{L}+ · 0:05\n/u);
  });

  test('tells each job that is done when asked to say more', () => {
    const { screen, watch } = watched('plain', true);
    watch.on(done(unit(), { gaps: { denied: 1, error: 0, not_collected: 0 } }));
    expect(screen.written).toBe('bercail: aws 111122223333 eu-west-3 s3: 3 observations, 1 gap\n');
  });
});

describe('progress for programs', () => {
  test('is an object an event, each on a line, calls only when asked to say more', () => {
    const events: RunEvent[] = [
      planned,
      { kind: 'call', operation: 's3:ListBuckets' },
      done(unit({ service: 'a\nb' })),
    ];
    for (const [isVerbose, count] of [
      [false, 2],
      [true, 3],
    ] as const) {
      const { screen, watch } = watched('json', isVerbose);
      for (const event of events) watch.on(event);
      watch.tick();
      watch.end();
      const objects = screen.written
        .trimEnd()
        .split('\n')
        .map((line): unknown => JSON.parse(line));
      expect(objects).toHaveLength(count);
      expect(objects[0]).toEqual({ time: '2026-11-22T10:00:00Z', event: 'planned', jobs: 19, gaps: none });
    }
  });
});
