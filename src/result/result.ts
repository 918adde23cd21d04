import type { InputAccount } from '../inventory/account.ts';
import type { Evidence, FactState, Reason } from '../inventory/fact.ts';
import type { PathStep } from '../inventory/noun.ts';
import type { Gap } from '../inventory/observation.ts';
import type { ResultContext } from './context.ts';
import type { Basis, Mark, Subject } from './subject.ts';

export type { Basis, Mark, Subject, SubjectType } from './subject.ts';

export const severities = ['critical', 'high', 'medium', 'low', 'info'] as const;
export type Severity = (typeof severities)[number];
export const outcomes = ['pass', 'fail', 'unknown', 'not_applicable', 'error'] as const;
export type Outcome = (typeof outcomes)[number];
export type Language = 'fr' | 'en';

export interface FindingPlace {
  readonly provider: string | null;
  readonly region: string | null;
  readonly city: string | null;
  readonly countries: readonly string[];
}

export interface LawReference {
  readonly id: string;
  readonly label: string;
  readonly url: string | null;
  /** The kind of duty of this reference, when a rule mixes several. */
  readonly basis: Basis;
  readonly mark: Mark;
}

/** A fact that would decide, and why it is not known. */
export interface Missing {
  /** Dotted, as the rule names it: `place.countries`, `chain[contractor].owner`. */
  readonly fact: string;
  readonly reason: Reason;
  readonly permission?: string;
}

export interface WaiverNote {
  readonly reason: string;
  readonly approved_by: string;
  readonly approved_on: string | null;
  readonly expires: string;
  readonly link: string | null;
}

/** Rule × subject × outcome, with what it rests on. */
export interface Finding {
  /** Fingerprint: rule + subject type + manifest + canonical subject; never an index or a line. */
  readonly id: string;
  readonly rule: string;
  readonly name: string;
  readonly title: string;
  readonly pack: string;
  readonly outcome: Outcome;
  readonly severity: Severity;
  readonly basis: Basis;
  readonly mark: Mark;
  readonly contested: boolean;
  readonly subject: Subject;
  readonly place: FindingPlace | null;
  readonly message: string;
  readonly why: string | null;
  readonly missing: readonly Missing[];
  readonly path: readonly PathStep[];
  readonly evidence: readonly Evidence[];
  readonly law: readonly LawReference[];
  readonly fix: string | null;
  readonly waiver: WaiverNote | null;
}

/** What groups of unknowns are made of. */
export type UnknownFinding = Pick<Finding, 'rule' | 'severity' | 'subject' | 'place' | 'missing'>;

/** Unknowns of one subject, missing the same facts for the same reason. */
export interface UnknownGroup {
  readonly subject: Subject;
  readonly missing: readonly string[];
  readonly reason: Reason;
  /** How to supply it: the permission, the manifest field, the person to ask. */
  readonly how: string;
  readonly rules: readonly string[];
  readonly severity: Severity;
}

/** `defined` + `declared` + `other` − `repeated` are the assets. */
export interface Origins {
  /** That files of infrastructure code define. */
  readonly defined: number;
  /** That a manifest alone knows. */
  readonly declared: number;
  /** That are named by others (the far end of a copy, an address in a setting) or read elsewhere. */
  readonly other: number;
  /** Counted by two files. */
  readonly repeated: number;
}

export interface Coverage {
  readonly assets: number;
  readonly evaluated: number;
  readonly not_applicable: number;
  /** Files of infrastructure code, each accounted for. Results of older versions lack it. */
  readonly inputs?: readonly InputAccount[];
  /** Where the assets come from, beside files of infrastructure code. Results of older versions lack it. */
  readonly origins?: Origins;
  readonly facts: { readonly [state in FactState]: number };
  readonly gaps: readonly Gap[];
}

export interface Result {
  readonly schema: 'bercail/result/v1';
  readonly tool: { readonly name: 'bercail'; readonly version: string };
  readonly run: {
    readonly id: string;
    readonly started_at: string;
    readonly finished_at: string;
    readonly as_of: string;
    readonly language: Language;
    readonly policy: { readonly name: string; readonly sha256: string };
    readonly packs: readonly { readonly name: string; readonly sha256: string; readonly rules: number }[];
    readonly catalog: { readonly sha256: string; readonly checked_on: string };
    readonly sources: readonly {
      readonly kind: string;
      readonly id: string;
      readonly sha256: string | null;
    }[];
  };
  readonly summary: {
    readonly outcomes: { readonly [outcome in Outcome]: number };
    readonly waived: number;
    readonly fail_by_severity: { readonly [severity in Severity]: number };
    readonly gate: {
      readonly verdict: 'pass' | 'fail' | 'incomplete';
      readonly exit_code: 0 | 1 | 3;
      /** The lowest severity that fails; with `never` the verdict says nothing. Results of older versions lack it. */
      readonly fail_on?: Severity | 'never';
      readonly reason: string;
    };
  };
  readonly coverage: Coverage;
  readonly findings: readonly Finding[];
  readonly unknowns: readonly UnknownGroup[];
  /** Things a reader must know that are not findings: stale catalog entries, unused waivers, ambiguous matches. */
  readonly warnings: readonly string[];
  /** For reports: places, flows, organisations, claims. Results of older versions lack it. */
  readonly context?: ResultContext;
  readonly inventory?: unknown;
}
