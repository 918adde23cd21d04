import type { Evidence, Json, MissingFact, Reason } from './fact.ts';
import type { Facts } from './fact-table.ts';
import type { AssetKind, RelationKind } from './observation.ts';

/** A text in each language that its author wrote. */
export interface Text {
  readonly fr?: string;
  readonly en?: string;
}

/**
 * A place on the map. `countries` are ISO 3166-1 alpha-2 codes, `ZZ` where the provider names none.
 * An empty list means that none is known, never « no country »; `complete: false` that there may be others.
 */
export interface Place {
  readonly provider: string | null;
  readonly region: string | null;
  readonly city: string | null;
  readonly countries: readonly string[];
  readonly complete: boolean;
  readonly scope: 'region' | 'multi_region' | 'edge' | 'global' | 'country' | 'unknown';
  /** Why the countries are not known, when they are not or not all. */
  readonly reason: Reason | null;
  readonly permission?: string;
  /** How the place was found, step by step, in words. */
  readonly derivation: readonly string[];
}

/** A declared thing keeps its tree as written; fields are lifted to facts when rules look at them. */
interface Declared {
  /** Key in its manifest. */
  readonly key: string;
  /** Id of its manifest; `catalog` for what the catalog supplies, `policy` for what a classification supplies. */
  readonly manifest: string;
  /** `MANIFEST/KEY`: unique in a run, part of fingerprints. */
  readonly id: string;
  readonly declared: { readonly [field: string]: Json };
  readonly evidence: readonly Evidence[];
}

export interface Organisation extends Declared {
  readonly type: 'organisation';
  readonly name: string;
  /** Key of the catalog, when the organisation is a catalog provider. */
  readonly provider: string | null;
  /** Id of the organisation that engaged it; null when not stated (see `declared.engaged_by`). */
  readonly engagedBy: string | null;
  /** False for a provider seen in the cloud or code that no manifest names. */
  readonly isDeclared: boolean;
}

export interface Dataset extends Declared {
  readonly type: 'dataset';
  readonly title: Text;
  /** True for the stand-in held by a store that nobody declared or classified: all its facts are unknown. */
  readonly unclassified: boolean;
  /** For what propagation brought in (`DATASET/access-log`): the id of the dataset that it is a trace of. */
  readonly derivedFrom?: string;
}

export interface Flow extends Declared {
  readonly type: 'flow';
  /** Asset id, or `schools`, `families`, `internet`. */
  readonly from: string;
  readonly to: string;
  readonly datasets: readonly string[];
  readonly recipient: string | null;
}

export interface Activity extends Declared {
  readonly type: 'activity';
  readonly title: Text;
  readonly controller: string;
  /** Those that decide with it. */
  readonly joint: readonly string[];
  readonly datasets: readonly string[];
}

export interface Claim extends Declared {
  readonly type: 'claim';
  /** Id of the thing it is about. */
  readonly about: string;
}

export interface Attestation {
  readonly rule: string;
  /** Id or key of the subject. */
  readonly subject: string;
  readonly manifest: string;
  readonly answer: 'yes' | 'no' | null;
  readonly signedBy: string | null;
  readonly signedOn: string | null;
  readonly expires: string | null;
  readonly evidence: Evidence;
}

export interface Relation {
  readonly kind: RelationKind;
  /** Asset id. */
  readonly to: string;
  readonly evidence: Evidence;
}

export interface Asset {
  readonly type: 'asset';
  /** Canonical id: the manifest's `MANIFEST/KEY` or `MANIFEST/KEY/NAME`, else the observed id. */
  readonly id: string;
  /** What screens and results show: the key, `KEY/NAME`, or the observed id. */
  readonly label: string;
  readonly aliases: readonly string[];
  /** Key and manifest of the declaration, when there is one. */
  readonly key: string | null;
  readonly manifest: string | null;
  readonly kind: AssetKind;
  readonly name: string;
  readonly title: Text;
  readonly provider: string | null;
  readonly account: string | null;
  /** The place that is judged: the observed one where there is one. */
  readonly place: Place;
  readonly declaredPlace: Place | null;
  readonly observedPlace: Place | null;
  /** Organisation ids. Null when not known. */
  readonly operator: string | null;
  readonly runBy: string | null;
  readonly declared: { readonly [field: string]: Json } | null;
  /** Dotted name → fact, from the sources. What a source refused stays refused, whatever is declared. */
  readonly facts: Facts;
  readonly relations: readonly Relation[];
  readonly isDeclared: boolean;
  readonly isObserved: boolean;
  /**
   * Set for a declared asset that a source of this run might have shown, had it been readable: what it would have shown
   * is not known, whatever is declared.
   */
  readonly unsettled?: MissingFact;
  /** True for the other end of a copy that lies outside what was collected. */
  readonly external: boolean;
  /** Holds, moves and works on no data by its nature. */
  readonly dataless?: true;
  readonly sources: readonly string[];
  readonly evidence: readonly Evidence[];
}

export interface PathStep {
  readonly kind: 'declared' | 'classified' | 'flow' | RelationKind;
  /** Labels of the two ends. */
  readonly from: string;
  readonly to: string;
  /** `manifest.yaml:31:5` or `s3:GetBucketReplication`. */
  readonly evidence: string;
}

/** A dataset at an asset, declared or derived, with the path that led there. */
export interface Holding {
  readonly type: 'holding';
  /** `DATASET@ASSET`, canonical. */
  readonly id: string;
  readonly dataset: string;
  readonly asset: string;
  /** Reached by a copy, a log, a cache or compute, rather than stored there first. */
  readonly derived: boolean;
  readonly declared: boolean;
  readonly observed: boolean;
  /** `stored` keeps bytes, `processed` only works on them. */
  readonly use: 'stored' | 'processed';
  readonly path: readonly PathStep[];
}
