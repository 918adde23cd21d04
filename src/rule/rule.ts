import type { Position } from '../error.ts';
import type { Json } from '../inventory/fact.ts';
import type { Text } from '../inventory/noun.ts';
import type { Program } from './cel/program.ts';
import type { Template } from './cel/template.ts';
import type { Target } from './model.ts';
import type { Scope } from './view/given.ts';

export type Severity = 'critical' | 'high' | 'medium' | 'low' | 'info';
export type Basis = 'law' | 'doctrine' | 'contract' | 'demand';
export type Mark = 'verified' | 'secondary' | 'to_verify';
export type Outcome = 'pass' | 'fail' | 'unknown' | 'not_applicable' | 'error';

export interface LawRef {
  readonly id: string;
  /** Where this part of a mixed rule differs from what the law index says of the text. */
  readonly basis?: Basis;
}

export interface Param {
  readonly type: 'countries' | 'list<string>' | 'string' | 'int' | 'double' | 'bool' | 'day';
  readonly default: Json;
  readonly description?: Text;
}

export interface RuleTest {
  readonly name: string;
  readonly target?: Target;
  readonly given: { readonly [variable: string]: Json };
  readonly expect: Json;
}

/** A rule file as written, after validation. */
export interface RuleSource {
  readonly id: string;
  readonly name: string;
  readonly title: Text;
  readonly target?: Target | readonly Target[];
  /** A message of its own for a target wins over the shared one. */
  readonly targets?: {
    readonly [target in Target]?: {
      readonly when?: string;
      readonly assert: string;
      readonly message?: Text;
      readonly message_pass?: Text;
    };
  };
  readonly severity: Severity | readonly { readonly when?: string; readonly is: Severity }[];
  readonly basis: {
    readonly type: Basis;
    readonly law: readonly (string | LawRef)[];
    readonly contested?: boolean;
    readonly mark: Mark;
    readonly checked_on: string;
  };
  readonly from: readonly ('cloud' | 'manifest' | 'sample' | 'attestation')[];
  readonly in_force?: { readonly from?: string; readonly to?: string };
  readonly params?: { readonly [name: string]: Param };
  readonly labels?: { readonly [word: string]: Text };
  readonly when?: string;
  readonly assert?: string;
  readonly let?: { readonly [name: string]: string };
  readonly message: Text;
  readonly message_pass?: Text;
  readonly why: Text;
  readonly fix: { readonly [languageOrProvider: string]: string | Text };
  readonly note?: string | Text;
  readonly tests: readonly RuleTest[];
}

/** A rule's conditions for one target. Messages compile when first said: most rules of most runs say nothing. */
export interface Judgement {
  readonly target: Target;
  readonly when: Program | null;
  readonly assert: Program;
  readonly severity: readonly { readonly when: Program | null; readonly is: Severity }[];
  readonly message: (language: 'fr' | 'en') => Template;
  readonly messagePass: (language: 'fr' | 'en') => Template | null;
  /** The scope that messages see: the rule's own values added. */
  readonly worded: (scope: Scope) => Scope;
}

export interface Rule {
  readonly source: RuleSource;
  readonly id: string;
  readonly pack: string;
  readonly judgements: ReadonlyMap<Target, Judgement>;
  readonly law: readonly LawRef[];
  /** Facts that its conditions read, dotted; they decide what collectors fetch. */
  readonly facts: readonly string[];
  readonly positionOf: (path: readonly (string | number)[]) => Position;
}

export interface RulePack {
  readonly name: string;
  readonly version: string;
  readonly title: Text;
  readonly description: Text;
  /** Of the files' names and texts. */
  readonly sha256: string;
  readonly rules: readonly Rule[];
}

/** A pack's files as `io` read them. */
export interface PackFiles {
  /** The folder, as shown in positions. */
  readonly folder: string;
  readonly files: readonly { readonly name: string; readonly text: string }[];
}
