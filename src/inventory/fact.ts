/** A JSON value: what a fact may hold and a snapshot may store. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** A JSON object. */
export type Tree = { readonly [key: string]: Json };

export function isTree(value: Json | undefined): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What a fact or a finding rests on. `ref` is `file:line:column` or an address; `at` is RFC 3339 UTC. */
export interface Evidence {
  readonly source: string;
  readonly ref: string | null;
  readonly operation: string | null;
  readonly at: string | null;
  readonly sha256: string | null;
}

/**
 * Why a fact is not known. `asked`: the manifest says `unknown`; `not_asked`: the manifest is silent;
 * the others: a source was to give it and did not.
 */
export type Reason = 'denied' | 'error' | 'not_collected' | 'asked' | 'not_asked';

export type FactState = 'known' | 'absent' | 'denied' | 'error' | 'not_collected';

export interface KnownFact<T extends Json = Json> {
  readonly state: 'known';
  readonly value: T;
  readonly evidence?: Evidence;
}

/** The source said that there is none. */
export interface AbsentFact {
  readonly state: 'absent';
  readonly evidence?: Evidence;
}

export interface MissingFact {
  readonly state: 'denied' | 'error' | 'not_collected';
  /** Set for what only a manifest or a person can say. */
  readonly asked?: 'asked' | 'not_asked';
  /** The permission that would allow the call, in the provider's own spelling. */
  readonly permission?: string;
  /** What the source answered, or why it could not be placed; never a secret. */
  readonly note?: string;
  readonly evidence?: Evidence;
}

/** One observed or declared value with its state and its provenance. */
export type Fact<T extends Json = Json> = KnownFact<T> | AbsentFact | MissingFact;

/** A value in words: a text as it is, anything else as JSON. */
export function jsonText(value: Json | undefined): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}

export function isMissing(fact: Fact): fact is MissingFact {
  return fact.state !== 'known' && fact.state !== 'absent';
}

export function reasonOf(fact: MissingFact): Reason {
  return fact.asked ?? fact.state;
}
