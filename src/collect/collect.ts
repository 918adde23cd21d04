import { BercailError } from '../error.ts';
import type { Observation } from '../inventory/observation.ts';
import { compare } from '../inventory/order.ts';
import { mapBounded } from './bounded.ts';
import { canonicalJson } from './canonical.ts';
import type { CollectContext, Collector, Job, SourceConfig } from './collector.ts';
import { countGaps, type Unit } from './event.ts';
import type { Calls } from './journal/format.ts';
import type { Journal, JournalPlace } from './journal/journal.ts';
import type { JobResult } from './journal/read.ts';
import { createRefusals } from './refusal.ts';
import { collectors } from './registry.ts';

/** What one source gave. */
export interface SourceResult {
  readonly source: SourceConfig;
  /** Sorted by subject, then operation: the order does not tell which call was answered first. */
  readonly observations: readonly Observation[];
  /** Calls made, by operation. */
  readonly calls: Calls;
}

export interface Collected {
  /** Of all sources together, sorted. */
  readonly observations: readonly Observation[];
  readonly calls: Calls;
  readonly sources: readonly SourceResult[];
  /** The run's journal, where it has one: for its owner to remove, once what was collected is safe. */
  readonly journal: Pick<Journal, 'run' | 'created' | 'remove'> | null;
}

/** Sources whose jobs take long enough to be worth a journal. */
export const networked: ReadonlySet<string> = new Set(['aws', 'azure', 's3', 's3_sample']);

const nothing: JobResult = { observations: [], calls: {} };

/** Jobs under way for each call that an account may have under way: jobs of other accounts fill up the rest. */
const JOBS = 4;

/**
 * Reads every source. Calls that fail are observations; only a source that cannot even be tried (no region, an
 * unknown kind, a snapshot that is damaged) throws. With a place for a journal the run can be taken up again where it
 * was cut short, and then ends with the result that it would have had.
 */
export async function collect(
  sources: readonly SourceConfig[],
  context: CollectContext,
  place: JournalPlace | null = null,
): Promise<Collected> {
  const shared: CollectContext = { ...context, run: context.run ?? {} };
  const loaded = await Promise.all(sources.map(({ kind }) => loadCollector(kind)));
  const isLong = sources.some(({ kind }) => networked.has(kind));
  const journal = place !== null && isLong ? await openPlace(place, sources, shared) : null;
  const refusals = createRefusals();
  let isStarted = place?.resume !== null;
  try {
    const results = sources.map((): JobResult[] => []);
    const work: { readonly source: number; readonly collector: Collector; readonly job: Job }[] = [];
    for (const [source, collector] of loaded.entries()) {
      context.onEvent?.({ kind: 'planning', source, of: collector.kind });
      const { jobs, observations, calls } = await planOnce(source, collector, sources, shared, journal);
      results[source]?.push({ observations, calls });
      const units = jobs.map((job) => unitOf(source, job));
      context.onEvent?.({ kind: 'planned', units, gaps: countGaps(observations) });
      work.push(...jobs.map((job) => ({ source, collector, job })));
    }
    const runs = mapBounded(work, JOBS * context.concurrency, async ({ source, collector, job }) => {
      const unit = unitOf(source, job);
      context.onEvent?.({ kind: 'started', unit });
      const before = journal?.resultOf(source, job) ?? null;
      const run = (): Promise<JobResult> => runOnce(source, collector, job, sources, shared, journal);
      // Nobody waits for a long run to end to hear that a file is wrong.
      const result = before ?? (isLong ? await run() : await refusals.attempt(source, run, nothing));
      const { observations } = result;
      context.onEvent?.({
        kind: 'done',
        unit,
        observations: observations.length,
        gaps: countGaps(observations),
        resumed: before !== null,
      });
      return { source, result };
    });
    isStarted = true;
    for await (const { source, result } of runs) results[source]?.push(result);
    refusals.end();
    return { ...merge(sources, results), journal };
  } catch (error) {
    // A source that cannot even be planned leaves nothing to take up again.
    if (!isStarted) await journal?.remove();
    throw error;
  } finally {
    await journal?.close();
  }
}

async function loadCollector(kind: string): Promise<Collector> {
  const load = Object.hasOwn(collectors, kind) ? collectors[kind] : undefined;
  if (load !== undefined) return load();
  const known = Object.keys(collectors).join(', ');
  throw new BercailError('config', {
    message: `no collector reads a source of kind “${kind}”`,
    hint: known,
  });
}

async function openPlace(
  place: JournalPlace,
  sources: readonly SourceConfig[],
  context: CollectContext,
): Promise<Journal | null> {
  const { openJournal } = await import('./journal/journal.ts');
  try {
    return await openJournal(place, sources, context);
  } catch (error) {
    // A read-only home, as in CI.
    if (place.isOptional && place.resume === null) return null;
    throw error;
  }
}

async function planOnce(
  source: number,
  collector: Collector,
  sources: readonly SourceConfig[],
  context: CollectContext,
  journal: Journal | null,
) {
  const before = journal?.planOf(source);
  if (before) return before;
  const counting = countCalls(context);
  const plan = await collector.plan(sources[source]?.options ?? {}, counting.context);
  const calls = counting.calls();
  // What an interruption left out is asked for when the run is taken up again.
  if (journal !== null && isLasting(source, sources, context)) await journal.addPlan(source, plan, calls);
  return { ...plan, calls };
}

async function runOnce(
  source: number,
  collector: Collector,
  job: Job,
  sources: readonly SourceConfig[],
  context: CollectContext,
  journal: Journal | null,
): Promise<JobResult> {
  const counting = countCalls(context);
  const observations: Observation[] = [];
  for await (const observation of collector.run(job, counting.context)) observations.push(observation);
  if (context.signal.aborted && isNetworked(source, sources)) observations.push(cutShort(job, context));
  const result = { observations, calls: counting.calls() };
  if (journal !== null && isLasting(source, sources, context)) await journal.addResult(source, job, result);
  return result;
}

function unitOf(source: number, { source: kind, account, region, service }: Job): Unit {
  return { source, kind, account, region, service };
}

function isLasting(source: number, sources: readonly SourceConfig[], { signal }: CollectContext): boolean {
  return !signal.aborted && isNetworked(source, sources);
}

function isNetworked(source: number, sources: readonly SourceConfig[]): boolean {
  return networked.has(sources[source]?.kind ?? '');
}

/** Whatever an interrupted job saw, it did not see all: nothing that is missing there is proved to be absent. */
function cutShort({ source, account, region, service }: Job, { clock }: CollectContext): Observation {
  const scope = `${account ?? '-'}/${region ?? '-'}`;
  return {
    source,
    scope,
    operation: `${service}:*`,
    subject: scope,
    at: clock(),
    sha256: null,
    outcome: 'not_collected',
    code: 'Aborted',
  };
}

function countCalls(context: CollectContext): {
  readonly context: CollectContext;
  readonly calls: () => Calls;
} {
  const counts = new Map<string, number>();
  const onCall = (operation: string): void => {
    counts.set(operation, (counts.get(operation) ?? 0) + 1);
    context.onCall?.(operation);
    context.onEvent?.({ kind: 'call', operation });
  };
  return { context: { ...context, onCall }, calls: () => Object.fromEntries(counts) };
}

function merge(
  sources: readonly SourceConfig[],
  results: readonly (readonly JobResult[])[],
): Omit<Collected, 'journal'> {
  const bySource = sources.map((source, index): SourceResult => {
    const own = results[index] ?? [];
    return {
      source,
      observations: sortObservations(own.flatMap(({ observations }) => observations)),
      calls: sumCalls(own.map(({ calls }) => calls)),
    };
  });
  const [only] = bySource;
  return {
    sources: bySource,
    observations:
      only !== undefined && bySource.length === 1
        ? only.observations
        : sortObservations(bySource.flatMap(({ observations }) => observations)),
    calls: sumCalls(bySource.map(({ calls }) => calls)),
  };
}

function sumCalls(all: readonly Calls[]): Calls {
  const sums = new Map<string, number>();
  for (const calls of all)
    for (const [operation, count] of Object.entries(calls))
      sums.set(operation, (sums.get(operation) ?? 0) + count);
  return Object.fromEntries([...sums].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

export function sortObservations(observations: readonly Observation[]): Observation[] {
  return observations.toSorted(
    (a, b) =>
      compare(a.subject, b.subject) ||
      compare(a.operation, b.operation) ||
      compare(a.source, b.source) ||
      compare(a.scope, b.scope) ||
      pageOf(a) - pageOf(b) ||
      compare(canonicalJson(a), canonicalJson(b)),
  );
}

function pageOf({ about }: Observation): number {
  const page = about?.['page'];
  return typeof page === 'number' ? page : -1;
}
