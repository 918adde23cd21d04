import type { Observation } from '../inventory/observation.ts';

/** One account, region and service of a source, as jobs are. */
export interface Unit {
  readonly account: string | null;
  readonly region: string | null;
  readonly service: string;
  /** Position of the source in the run, and its kind. */
  readonly source: number;
  readonly kind: string;
}

export type GapCounts = { readonly [reason in Exclude<Observation['outcome'], 'ok'>]: number };

/** What collecting tells who watches it: plain data, and nothing in it changes what is collected. */
export type CollectEvent =
  | { readonly kind: 'planning'; readonly source: number; readonly of: string }
  | { readonly kind: 'planned'; readonly units: readonly Unit[]; readonly gaps: GapCounts }
  | { readonly kind: 'started'; readonly unit: Unit }
  | {
      readonly kind: 'done';
      readonly unit: Unit;
      readonly observations: number;
      readonly gaps: GapCounts;
      /** Read from the journal of the run that this one takes up again. */
      readonly resumed: boolean;
    }
  | { readonly kind: 'call'; readonly operation: string }
  /** A call that was throttled, or failed for a while, and was made again. */
  | { readonly kind: 'retried'; readonly operation: string; readonly times: number };

export function countGaps(observations: readonly Observation[]): GapCounts {
  const counts = { denied: 0, error: 0, not_collected: 0 };
  for (const { outcome } of observations) if (outcome !== 'ok') counts[outcome] += 1;
  return counts;
}
