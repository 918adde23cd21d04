import type { GapCounts, Unit } from '../../collect/event.ts';
import type { Phase, RunEvent } from '../../event.ts';

/** How far a run has come. Times are milliseconds of one clock, whichever. */
export interface Progress {
  readonly startedAt: number;
  readonly phase: Phase;
  /** What the phase is about: a format, a file. */
  readonly detail: string | null;
  /** When the first job of this run began, for the time that is left. */
  readonly collectingSince: number | null;
  readonly jobs: number;
  readonly done: number;
  /** Of those done, the ones that an earlier run had done. */
  readonly resumed: number;
  readonly running: ReadonlyMap<string, Unit>;
  readonly accounts: ReadonlySet<string>;
  readonly regions: ReadonlySet<string>;
  readonly services: ReadonlySet<string>;
  readonly sources: ReadonlySet<string>;
  readonly observations: number;
  readonly calls: number;
  readonly retries: number;
  readonly gaps: GapCounts;
}

export function startProgress(at: number): Progress {
  return {
    startedAt: at,
    phase: 'read',
    detail: null,
    collectingSince: null,
    jobs: 0,
    done: 0,
    resumed: 0,
    running: new Map(),
    accounts: new Set(),
    regions: new Set(),
    services: new Set(),
    sources: new Set(),
    observations: 0,
    calls: 0,
    retries: 0,
    gaps: { denied: 0, error: 0, not_collected: 0 },
  };
}

export function advance(progress: Progress, event: RunEvent, at: number): Progress {
  switch (event.kind) {
    case 'phase':
      return { ...progress, phase: event.phase, detail: event.detail ?? null };
    case 'planning':
      return { ...progress, sources: union(progress.sources, [event.of]) };
    case 'planned': {
      const of = (field: 'account' | 'region'): readonly string[] =>
        event.units.flatMap((unit) => unit[field] ?? []);
      return {
        ...progress,
        jobs: progress.jobs + event.units.length,
        accounts: union(progress.accounts, of('account')),
        regions: union(progress.regions, of('region')),
        services: union(
          progress.services,
          event.units.map(({ service }) => service),
        ),
        gaps: sum(progress.gaps, event.gaps),
      };
    }
    case 'started':
      return {
        ...progress,
        collectingSince: progress.collectingSince ?? at,
        running: new Map([...progress.running, [keyOf(event.unit), event.unit]]),
      };
    case 'done': {
      const running = new Map(progress.running);
      running.delete(keyOf(event.unit));
      return {
        ...progress,
        running,
        done: progress.done + 1,
        resumed: progress.resumed + (event.resumed ? 1 : 0),
        observations: progress.observations + event.observations,
        gaps: sum(progress.gaps, event.gaps),
      };
    }
    case 'call':
      return { ...progress, calls: progress.calls + 1 };
    case 'retried':
      return { ...progress, retries: progress.retries + event.times };
  }
}

/** Jobs that tell a pace, and milliseconds that they took: before that, an estimate is a guess. */
const FEWEST = 4;
const SHORTEST = 3_000;

/** Milliseconds that the jobs to come take at the pace of those done; null while nothing tells the pace. */
export function timeLeft({ collectingSince, done, resumed, jobs }: Progress, at: number): number | null {
  const own = done - resumed;
  const taken = collectingSince === null ? 0 : at - collectingSince;
  if (own < FEWEST || taken < SHORTEST || done >= jobs) return null;
  return (taken / own) * (jobs - done);
}

export function gapsOf({ gaps }: Progress): number {
  return gaps.denied + gaps.error + gaps.not_collected;
}

function keyOf({ source, account, region, service }: Unit): string {
  return JSON.stringify([source, account, region, service]);
}

function union(set: ReadonlySet<string>, more: readonly string[]): ReadonlySet<string> {
  return more.length === 0 ? set : new Set([...set, ...more]);
}

function sum(a: GapCounts, b: GapCounts): GapCounts {
  return {
    denied: a.denied + b.denied,
    error: a.error + b.error,
    not_collected: a.not_collected + b.not_collected,
  };
}
