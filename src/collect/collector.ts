import type { Json } from '../inventory/fact.ts';
import type { Observation } from '../inventory/observation.ts';
import type { Clock } from '../io/clock.ts';
import type { CollectEvent } from './event.ts';

/** What every collector is handed; nothing in `collect` reads the time, the environment or a catalog by itself. */
export interface CollectContext {
  /** Dotted names of the facts that the loaded rules need: `tags`, `encryption.at_rest`, `relations.replica`. */
  readonly wanted: ReadonlySet<string>;
  readonly clock: Clock;
  /** Calls under way at a time, for each account. */
  readonly concurrency: number;
  /** Aborted on Ctrl-C: what was not asked yet ends as `not_collected`. */
  readonly signal: AbortSignal;
  /** The same object for all jobs of a run on this machine: what they share hangs on it. */
  readonly run?: object;
  readonly onCall?: (operation: string) => void;
  /** The environment that the user set for the tools of a cloud, where its SDK does not read it by itself. */
  readonly env?: { readonly [name: string]: string | undefined };
  /** For who watches a run. */
  readonly onEvent?: (event: CollectEvent) => void;
  /** The catalog's provider for the host of an endpoint; null where it knows none. */
  readonly providerOfHost?: (host: string) => string | null;
  /** The provider that a configuration names, by key or by name; `id` is null for one that the catalog does not list. */
  readonly providerNamed?: (name: string) => NamedProvider;
  /** Keys of tags, in lower case, by which data is classed or declared; left out where any may. */
  readonly tagKeys?: ReadonlySet<string>;
  /** The region that a provider pairs with another for geo-redundant copies; null where the catalog knows none. */
  readonly pairedRegion?: (provider: string, region: string) => string | null;
}

export interface NamedProvider {
  readonly id: string | null;
  readonly nearest: readonly string[];
}

export type Options = { readonly [name: string]: Json };

/** A source as configured, without secrets: credentials come from the SDKs' own providers. */
export interface SourceConfig {
  readonly kind: string;
  readonly options: Options;
}

/** A unit of collection: plain JSON, so that another machine may run it, and run it again with the same result. */
export interface Job {
  readonly source: string;
  readonly account: string | null;
  readonly region: string | null;
  readonly service: string;
  readonly facts: readonly string[];
  readonly options: Options;
}

export interface Plan {
  readonly jobs: readonly Job[];
  /** What planning itself saw: identity, or why there is nothing to run. */
  readonly observations: readonly Observation[];
}

export interface Collector {
  readonly kind: string;
  plan(options: Options, context: CollectContext): Promise<Plan>;
  run(job: Job, context: CollectContext): AsyncIterable<Observation>;
}

/** True when the rules need `fact`, something under it, or the whole that it is part of. */
export function isWanted(wanted: ReadonlySet<string>, fact: string): boolean {
  if (wanted.has(fact)) return true;
  for (const name of wanted) if (fact.startsWith(`${name}.`) || name.startsWith(`${fact}.`)) return true;
  return false;
}
