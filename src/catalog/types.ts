/** Marks of `legal` facts: seen in the official text, seen in a secondary source only, or still to verify. */
export type Mark = 'verified' | 'secondary' | 'to_verify';

/** Every entry says where it comes from and when a person last looked. */
export interface Sourced {
  readonly source: string;
  /** YYYY-MM-DD. */
  readonly checked_on: string;
  readonly mark: Mark;
}

export interface Region extends Sourced {
  readonly provider: string;
  readonly region: string;
  /** Other spellings of the code: display names, legacy aliases, zone suffixes. */
  readonly aliases: readonly string[];
  readonly city: string | null;
  /** ISO 3166-1 alpha-2; `ZZ` when the provider names none. */
  readonly countries: readonly string[];
  readonly scope: 'region' | 'multi_region' | 'edge' | 'global';
  readonly complete: boolean;
  readonly paired_region: string | null;
  readonly note: string | null;
}

export interface Exposure {
  /** Id in the law index, e.g. `us.cloud_act`. */
  readonly law: string;
  /** How the law reaches the data: through the owner, a subsidiary, or an order to the provider itself. */
  readonly reach: 'owner' | 'subsidiary' | 'order';
  readonly status: 'in_force' | 'contested' | 'under_review';
  readonly from: string | null;
}

export interface Owner {
  readonly name: string;
  /** ISO code; null when not known. */
  readonly country: string | null;
}

export interface Qualification {
  readonly scheme: string;
  /** Days included; null when not known. */
  readonly from: string | null;
  readonly to: string | null;
  /** A day on which an official list showed it: with no known first day, it is known from here. */
  readonly seen_on?: string | null;
  readonly mark: Mark;
}

/** A certificate whose offers the catalog could not establish: it never makes an offer pass. */
export interface CompanyCertificate extends Qualification {
  readonly note: string | null;
}

export interface Provider extends Sourced {
  readonly id: string;
  readonly name: string;
  readonly legal_entity: string;
  readonly seat: string;
  readonly kind: 'public_body' | 'company' | 'association';
  /** From the direct owner to the ultimate parent; null when not known, empty when it owns itself. */
  readonly owners: readonly Owner[] | null;
  /** Null when not known; an empty list is a known « none ». */
  readonly exposures: readonly Exposure[] | null;
  readonly offers: {
    readonly [offer: string]: {
      readonly qualifications: readonly Qualification[];
      readonly note: string | null;
    };
  };
  /** Schemes for which `offers` names every qualified offer: any other offer is known not to be. */
  readonly complete_for?: readonly string[];
  readonly company_certificates?: readonly CompanyCertificate[];
  /** Host-name suffixes of its S3 endpoints, each with its leading dot. */
  readonly endpoints: readonly string[];
  readonly endpoints_mark?: Mark;
  readonly note: string | null;
}

export interface Membership extends Sourced {
  readonly status: string;
  /** Day included; null when it has always been so. */
  readonly from: string | null;
  readonly to: string | null;
}

export interface AdequacyDecision extends Sourced {
  readonly decision: string;
  readonly valid_from: string;
  readonly valid_to: string | null;
  /** Null when it covers every recipient; else what the recipient must be. */
  readonly condition: {
    readonly scheme: string;
    readonly text: { readonly fr: string; readonly en: string };
  } | null;
  readonly scope: { readonly fr: string; readonly en: string } | null;
  /** Set when a court ended it: what passed under it was « presumed valid that day ». */
  readonly struck_down: string | null;
}

/** When a territory of France was inside the territory of the Union, and when it was not. */
export interface FrenchStatus extends Sourced {
  readonly status: 'eu_territory' | 'outside_eu';
  /** Days included; null when it has always been so, or still is. */
  readonly from: string | null;
  readonly to: string | null;
}

export interface Country extends Sourced {
  /** ISO 3166-1 alpha-2, or `EPO`. */
  readonly id: string;
  readonly name: { readonly fr: string; readonly en: string };
  /** Intervals during which it is in the EEA or treated so (transition, bridge). */
  readonly eea: readonly Membership[];
  /** Empty for what is not French. */
  readonly france: readonly FrenchStatus[];
  readonly adequacy: readonly AdequacyDecision[];
  /** Laws of this country that oblige an owner's subsidiaries to disclose; ids of the law index. */
  readonly disclosure_laws: readonly string[];
}

/** A city or an area that has another name in French. */
export interface City extends Sourced {
  /** As regions write it. */
  readonly id: string;
  readonly name: { readonly fr: string; readonly en: string };
}

export interface Law extends Sourced {
  readonly id: string;
  readonly label: { readonly fr: string; readonly en: string };
  readonly title: { readonly fr: string; readonly en: string };
  readonly url: string | null;
  readonly basis: 'law' | 'doctrine' | 'contract' | 'demand';
  readonly from: string | null;
  readonly to: string | null;
  readonly contested: boolean;
  /** Id of the text that replaced it. */
  readonly replaced_by: string | null;
}

export interface Category extends Sourced {
  /** Dotted path in its tree: `education.results`. */
  readonly id: string;
  readonly label: { readonly fr: string; readonly en: string };
  /** W3C DPV term, e.g. `dpv-pd:EducationalQualification`; null where none fits. */
  readonly dpv: string | null;
}

/** The whole catalog as parsed from YAML, before indexes. */
export interface CatalogData {
  readonly regions: readonly Region[];
  readonly providers: readonly Provider[];
  readonly countries: readonly Country[];
  readonly cities: readonly City[];
  readonly laws: readonly Law[];
  readonly categories: readonly Category[];
  readonly purposes: readonly Category[];
}
