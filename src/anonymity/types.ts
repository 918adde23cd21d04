/** What an empty cell means: a value like others, any value, or a reason to leave the row out. */
export type EmptyMode = 'own_class' | 'wildcard' | 'exclude';
export const emptyModes = ['own_class', 'wildcard', 'exclude'] as const satisfies readonly EmptyMode[];

export type ClaimWord = 'anonymised' | 'pseudonymised' | 'aggregated';
export const claimWords = [
  'anonymised',
  'pseudonymised',
  'aggregated',
] as const satisfies readonly ClaimWord[];

/** Classes of a size: `to` is null where there is no upper end. */
export interface Bin {
  readonly from: number;
  readonly to: number | null;
  readonly classes: number;
  readonly rows: number;
}

/** Measures of one table in one mode. Undefined ones are null. Shares lie between 0 and 1. */
export interface Measures {
  readonly rows: number;
  readonly classes: number;
  /** Rows alone in their class. */
  readonly unique: number;
  readonly k: number | null;
  readonly l: { readonly distinct: number | null; readonly entropy: number | null };
  readonly t: number | null;
  readonly alpha: number | null;
  readonly beta: number | null;
  readonly enhanced_beta: number | null;
  readonly delta: number | null;
  readonly risk: { readonly prosecutor: number | null; readonly mean: number | null };
  /** Rows in classes smaller than the threshold on k. */
  readonly below: { readonly threshold: number; readonly rows: number; readonly share: number | null };
  readonly histogram: readonly Bin[];
}
