import { BercailError } from '../error.ts';
import type { Observation } from '../inventory/observation.ts';
import { mapBounded } from './bounded.ts';
import { canonicalJson } from './canonical.ts';
import type { CollectContext, SourceConfig } from './collector.ts';
import { collectors } from './registry.ts';

export interface Collected {
  /** Sorted by subject, then operation: the order does not tell which call was answered first. */
  readonly observations: readonly Observation[];
  /** Calls made, by operation. */
  readonly calls: { readonly [operation: string]: number };
}

/** How many jobs run at a time; each bounds its own calls by `context.concurrency`. */
const JOBS = 4;

/**
 * Reads every source. Calls that fail are observations; only a source that cannot even be tried (no region, an
 * unknown kind, a snapshot that is damaged) throws.
 */
export async function collect(sources: readonly SourceConfig[], context: CollectContext): Promise<Collected> {
  const counts = new Map<string, number>();
  const counting: CollectContext = {
    ...context,
    onCall: (operation) => {
      counts.set(operation, (counts.get(operation) ?? 0) + 1);
      context.onCall?.(operation);
    },
  };
  const observations: Observation[] = [];
  const work = [];
  for (const { kind, options } of sources) {
    const load = Object.hasOwn(collectors, kind) ? collectors[kind] : undefined;
    if (load === undefined) {
      const known = Object.keys(collectors).join(', ');
      throw new BercailError('config', {
        message: `no collector reads a source of kind “${kind}”`,
        hint: known,
      });
    }
    const collector = await load();
    const plan = await collector.plan(options, counting);
    observations.push(...plan.observations);
    work.push(...plan.jobs.map((job) => ({ collector, job })));
  }
  const runs = mapBounded(work, JOBS, async ({ collector, job }) => {
    const seen: Observation[] = [];
    for await (const observation of collector.run(job, counting)) seen.push(observation);
    return seen;
  });
  for await (const seen of runs) for (const observation of seen) observations.push(observation);
  const calls = Object.fromEntries([...counts].toSorted(([a], [b]) => (a < b ? -1 : 1)));
  return { observations: sortObservations(observations), calls };
}

export function sortObservations(observations: readonly Observation[]): Observation[] {
  const keyed = observations.map((observation) => ({ observation, key: keyOf(observation) }));
  keyed.sort((a, b) => {
    for (const [i, x] of a.key.entries()) {
      const y = b.key[i] ?? '';
      if (x !== y) return x < y ? -1 : 1;
    }
    return canonicalJson(a.observation) < canonicalJson(b.observation) ? -1 : 1;
  });
  return keyed.map(({ observation }) => observation);
}

function keyOf({ source, scope, operation, subject, about }: Observation): readonly string[] {
  const page = about?.['page'];
  return [subject, operation, source, scope, typeof page === 'number' ? String(page).padStart(9, '0') : ''];
}
