import type { InputAccount } from './account.ts';
import type { Fact } from './fact.ts';
import type { Activity, Asset, Attestation, Claim, Dataset, Flow, Holding, Organisation } from './noun.ts';
import type { Gap } from './observation.ts';

/** Everything known, merged from all sources. Iteration order is sorted by id, so runs are reproducible. */
export interface Inventory {
  readonly organisations: ReadonlyMap<string, Organisation>;
  readonly datasets: ReadonlyMap<string, Dataset>;
  readonly assets: ReadonlyMap<string, Asset>;
  readonly holdings: readonly Holding[];
  readonly flows: ReadonlyMap<string, Flow>;
  readonly activities: ReadonlyMap<string, Activity>;
  readonly claims: readonly Claim[];
  readonly attestations: readonly Attestation[];
  /** Measures of data samples by dataset id: dotted name → fact (`k`, `rows`, `identifiers`…). */
  readonly measured: ReadonlyMap<string, ReadonlyMap<string, Fact>>;
  /** Assets that a manifest might name, were their tags readable → the tags fact. */
  readonly undecided: ReadonlyMap<string, Fact>;
  readonly gaps: readonly Gap[];
  /** Files of infrastructure code, each accounted for. */
  readonly inputs?: readonly InputAccount[];
  /** Sources whose listing was not complete: an absence there proves nothing. */
  readonly incomplete: ReadonlySet<string>;
  /** Kinds of source that gave at least one observation. */
  readonly collected: ReadonlySet<string>;
  /** Ids of the manifests read; empty when nothing was declared. */
  readonly manifests: readonly string[];
  readonly warnings: readonly string[];
}
