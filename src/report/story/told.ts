import type { FlowNote } from '../../result/context.ts';
import type { Basis, Mark, Severity } from '../../result/result.ts';

/** A label with what it stands for; `code` values are set in a fixed-width face. */
export interface Entry {
  readonly term: string;
  readonly text: string;
  readonly isCode?: boolean;
}

/** A text of law, doctrine, contract or demand that a finding cites. */
export interface Citation {
  readonly label: string;
  readonly url: string | null;
  readonly basis: Basis;
  readonly basisLabel: string;
  readonly mark: Mark;
  readonly markLabel: string;
}

/** One subject on which a rule fails. */
export interface Occurrence {
  readonly id: string;
  readonly subject: string;
  readonly subjectType: string;
  readonly place: string | null;
  /** How the data got there; empty when it is where it was first put. */
  readonly path: string | null;
  readonly evidence: readonly string[];
  readonly waiver: string | null;
}

/** What a rule says, once, of every subject that it says it of. */
export interface Statement {
  readonly message: string;
  readonly occurrences: readonly Occurrence[];
}

/** All that one rule found, at one severity: reasons, texts and remedy are said once. */
export interface RuleGroup {
  /** Unique in the story, usable as an anchor. */
  readonly key: string;
  readonly rule: string;
  readonly title: string;
  readonly severity: Severity;
  readonly severityLabel: string;
  readonly basis: Basis;
  readonly basisLabel: string;
  readonly contested: string | null;
  readonly mark: Mark;
  /** Null when verified. */
  readonly markLabel: string | null;
  readonly why: string | null;
  readonly fix: string | null;
  readonly law: readonly Citation[];
  readonly count: number;
  readonly statements: readonly Statement[];
  /** Said when not all are shown. */
  readonly left: string | null;
}

export interface DutyGroup {
  readonly basis: Basis;
  readonly label: string;
  /** What this kind of duty means: said above its findings. */
  readonly meaning: string;
  readonly count: number;
  readonly countLabel: string;
  readonly rules: readonly RuleGroup[];
}

/** How much of a large result a format shows. What it leaves out is counted and said. */
export interface Limits {
  /** Subjects shown under one rule. */
  readonly occurrences: number;
  readonly rows: number;
}

/** A box of the diagram: where data is kept, or where it comes from. */
export interface FlowNode {
  readonly id: string;
  readonly title: string;
  readonly lines: readonly string[];
  /** The organisation that operates it: boxes stand inside its frame. Null outside any. */
  readonly group: string | null;
  readonly findings: number;
  readonly worst: Severity | null;
  readonly findingsLabel: string | null;
  readonly undeclared: boolean;
}

export interface FlowGroup {
  readonly id: string;
  readonly title: string;
  readonly subtitle: string;
  /** The processor that engaged it, whose frame holds this one. */
  readonly parent: string | null;
}

export interface FlowEdge {
  readonly from: string;
  readonly to: string;
  readonly kind: FlowNote['kind'];
  readonly label: string;
  readonly findings: number;
}
