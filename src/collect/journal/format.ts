import type { Observation } from '../../inventory/observation.ts';
import { canonicalJson, sha256 } from '../canonical.ts';
import type { Job, SourceConfig } from '../collector.ts';
import { withoutSecrets } from '../secret.ts';

export const FORMAT = 'journal/v1';

export type Calls = { readonly [operation: string]: number };

/** First line: which run it is, and of what. Another configuration is another run. */
export interface JournalHeader {
  readonly bercail: typeof FORMAT;
  readonly run: string;
  /** When the run began, RFC 3339 UTC: what it writes says so, however often it was taken up again. */
  readonly created: string;
  /** SHA-256 of the sources, without secrets, and of the facts wanted. */
  readonly inputs: string;
}

/** What planning a source gave; a run that is taken up again does not plan anew. */
export interface PlanLine {
  readonly plan: number;
  readonly jobs: readonly Job[];
  readonly observations: readonly Observation[];
  readonly calls: Calls;
}

/** Some of what a job saw. It counts only once the job is done; part 0 begins it anew. */
export interface PartLine {
  readonly job: string;
  readonly part: number;
  readonly observations: readonly Observation[];
}

export interface DoneLine {
  readonly done: string;
  readonly parts: number;
  readonly calls: Calls;
}

export type JournalLine = JournalHeader | PlanLine | PartLine | DoneLine;

export function inputsOf(sources: readonly SourceConfig[], wanted: ReadonlySet<string>): string {
  const bare = sources.map(({ kind, options }) => ({ kind, options: withoutSecrets(options) }));
  return sha256(canonicalJson({ sources: bare, wanted: [...wanted].toSorted() }));
}

/** The same job of the same source, in whichever run. */
export function keyOf(source: number, { account, region, service }: Job): string {
  return `${source}:${account ?? ''}:${region ?? ''}:${service}`;
}
