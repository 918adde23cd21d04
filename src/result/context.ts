import type { Tree } from '../inventory/fact.ts';
import type { Place, Text } from '../inventory/noun.ts';
import type { AssetKind, RelationKind } from '../inventory/observation.ts';
import type { Basis, Mark, Subject } from './subject.ts';

/**
 * What reports tell beside the findings: who, where, along which flows, and who claims what. Bounded: its size follows
 * the manifests and the number of places, not the number of assets. Ids are those of the findings' subjects.
 */
export interface ResultContext {
  readonly activities: readonly ActivityNote[];
  readonly datasets: readonly DatasetNote[];
  /** Every category that a dataset or a claim names. */
  readonly categories: readonly CategoryNote[];
  readonly organisations: readonly OrganisationNote[];
  readonly places: readonly PlaceNote[];
  readonly stores: readonly StoreNote[];
  readonly flows: readonly FlowNote[];
  readonly claims: readonly ClaimNote[];
  /** What samples of data measured; left out where none was. */
  readonly measures?: readonly MeasureNote[];
  /** Every country that this result names, as the law of the audit's day sees it. */
  readonly countries: readonly CountryNote[];
  /** Cities that another language names otherwise. */
  readonly cities?: readonly CityNote[];
  /** Titles of the rules that ran. */
  readonly rules: readonly RuleNote[];
  /** What manifests declare of the things above. Results of older versions lack it. */
  readonly declared?: readonly DeclaredNote[];
  /** Every purpose that an activity names. Results of older versions lack it. */
  readonly purposes?: readonly CategoryNote[];
}

/** Fields of a manifest as they are written there; one that is left out there is left out here. */
export interface DeclaredNote {
  readonly type: 'activity' | 'dataset' | 'organisation' | 'asset';
  /** Subject id; for an asset that stands for several observed ones, its key. */
  readonly id: string;
  /** Of an asset: the datasets that it holds or works on. */
  readonly datasets: readonly string[];
  readonly fields: Tree;
}

export interface ActivityNote {
  readonly id: string;
  readonly title: Text;
  /** Organisation id; null when not said. */
  readonly controller: string | null;
  readonly datasets: readonly string[];
}

export interface DatasetNote {
  readonly id: string;
  readonly title: Text;
  readonly subjects: readonly string[];
  readonly categories: readonly string[];
  /** People concerned, as declared. */
  readonly population: number | null;
  /** True for what stores hold that nobody declared or classified. */
  readonly unclassified: boolean;
}

export interface CategoryNote {
  readonly id: string;
  readonly label: Text;
  /** Term of the W3C Data Privacy Vocabulary 2 that means the same or just more, where there is one. */
  readonly dpv?: string;
}

export interface OwnerNote {
  readonly name: string;
  readonly country: string | null;
}

export interface ExposureNote {
  readonly law: string;
  readonly label: Text;
  readonly reach: 'owner' | 'subsidiary' | 'order';
  readonly status: 'in_force' | 'contested' | 'under_review';
}

/** A link of the chain, from the controller to the last sub-processor. */
export interface OrganisationNote {
  readonly id: string;
  readonly name: string;
  readonly role: string | null;
  readonly kind: string | null;
  readonly seat: string | null;
  readonly engaged_by: string | null;
  /** False for a provider that no manifest names. */
  readonly declared: boolean;
  /** From the direct owner to the ultimate parent; null when not known, empty when there is none. */
  readonly owners: readonly OwnerNote[] | null;
  /** Null when not known. */
  readonly exposures: readonly ExposureNote[] | null;
  readonly mark: Mark | null;
  /** Where its facts come from, when the catalog supplies them. */
  readonly source: string | null;
  /** Assets that hold data and that it operates. */
  readonly assets: number;
}

/** One place on the map and everything kept or processed there. */
export interface PlaceNote
  extends Pick<Place, 'provider' | 'region' | 'city' | 'countries' | 'complete' | 'scope' | 'reason'> {
  readonly assets: number;
  readonly stored: number;
  readonly processed: number;
  /** Reached by a copy rather than stored there first. */
  readonly copies: number;
  readonly datasets: readonly string[];
  readonly operators: readonly string[];
  /** Whose data: `pupil`, `staff`… of the datasets above. */
  readonly subjects: readonly string[];
}

/** An asset that holds data, or several alike where there are too many to draw. */
export interface StoreNote {
  readonly id: string;
  readonly label: string;
  readonly title: Text;
  readonly kind: AssetKind;
  readonly assets: number;
  /** Subject ids of the assets; shorter than `assets` says when there are too many to list. */
  readonly members: readonly string[];
  /** Position in `places`. */
  readonly place: number;
  readonly operator: string | null;
  readonly run_by: string | null;
  readonly datasets: readonly string[];
  readonly declared: boolean;
  readonly observed: boolean;
}

export interface FlowNote {
  readonly id: string;
  readonly kind: 'flow' | RelationKind;
  /** A store's id, or `schools`, `families`, `internet`. */
  readonly from: string;
  readonly to: string;
  readonly datasets: readonly string[];
  readonly recipient: string | null;
  readonly evidence: string | null;
}

export interface ClaimNote {
  readonly about: Subject;
  readonly by: string;
  readonly on: string | null;
  readonly source: string | null;
  readonly ref: string | null;
  readonly evidence: string | null;
  readonly says: readonly SaidNote[];
  /** Subject ids of the findings that may speak of the same thing. */
  readonly related: readonly string[];
}

/** A value as a claim or a fact states it. */
export type Said = string | number | boolean | readonly string[];

/** One statement of a claim, beside what this inventory declares, observes or measures on the same point. */
export interface SaidNote {
  readonly field: 'identifiability' | 'contains' | 'access_to_identities' | 'place' | 'own_use' | 'informed';
  readonly value: Said;
  /** Null when nothing here decides. A claim agrees with facts or differs from them: that is no verdict in law. */
  readonly agrees: boolean | null;
  readonly facts: readonly {
    readonly by: 'declared' | 'observed' | 'measured';
    readonly name: string;
    readonly value: Said;
  }[];
}

/** Groups of alike rows in the samples of a dataset, in the worst reading of its empty cells. Null: not known. */
export interface MeasureNote {
  /** Dataset id. */
  readonly dataset: string;
  /** Columns that make two rows alike. */
  readonly quasi: readonly string[];
  readonly rows: number;
  readonly unique: number | null;
  readonly k: number | null;
  readonly l: number | null;
  readonly t: number | null;
  /** Least group that the policy's rules ask for; null when no rule that ran asks. */
  readonly threshold: number | null;
  /** Groups and rows by the size of the group; `to` is null where there is no upper end. */
  readonly histogram: readonly {
    readonly from: number;
    readonly to: number | null;
    readonly classes: number;
    readonly rows: number;
  }[];
  readonly evidence: string | null;
  readonly sha256: string | null;
}

export interface CountryNote {
  readonly id: string;
  readonly name: Text;
  readonly in_eea: boolean | null;
  readonly in_france: boolean;
  readonly adequacy: 'adequate' | 'conditional' | 'none' | 'unknown';
  readonly decision: string | null;
}

export interface CityNote {
  /** As places write it. */
  readonly id: string;
  readonly name: Text;
}

export interface RuleNote {
  readonly id: string;
  readonly pack: string;
  readonly title: Text;
  readonly basis: Basis;
}
