import type { BreakingSet } from './column/breaking.ts';
import type { Effects } from './column/effect.ts';
import type { Identifier } from './identifier/detect.ts';
import type { PseudonymReport } from './identifier/pseudonym.ts';
import type { EmptyMode, Measures } from './types.ts';
import type { ClaimResult, Evidence, Judgement, Thresholds } from './verdict.ts';

/** A file that was measured: how it was read, never what it says. */
export interface MeasuredFile {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly format: string;
  readonly encoding: string;
}

/** Everything that was established about a sample. */
export interface Measurement {
  readonly files: readonly MeasuredFile[];
  readonly rows: number;
  /** Rows of the files, where only some were measured. */
  readonly of: number | null;
  readonly columns: readonly string[];
  /** Columns that were asked for and are not there. */
  readonly absent: readonly string[];
  readonly quasi: readonly string[];
  readonly sensitive: readonly string[];
  /** Sensitive columns that were read as numbers. */
  readonly numeric: readonly string[];
  /** The mode asked. Null without a quasi-identifier, or where its bound was reached. */
  readonly mode: EmptyMode;
  readonly modes: { readonly [mode in EmptyMode]: Measures | null };
  readonly worst: EmptyMode | null;
  readonly breaking: {
    readonly sets: readonly BreakingSet[];
    readonly largest: number;
    readonly examined: number;
    readonly complete: boolean;
  };
  readonly effects: Effects;
  readonly identifiers: readonly Identifier[];
  /** Columns of which only some of the values were looked at for identifiers. */
  readonly sampledColumns: readonly string[];
  readonly pseudonyms: readonly PseudonymReport[];
  /** Pseudonyms that stand in the other file too; null without one, or where they may be there by chance. */
  readonly reused: number | null;
  readonly evidence: Evidence;
  readonly judgement: Judgement;
  readonly thresholds: Thresholds;
}

const undefinedMeasures = {
  classes: null,
  unique: null,
  k: null,
  l: { distinct: null, entropy: null },
  t: null,
  alpha: null,
  beta: null,
  enhanced_beta: null,
  delta: null,
  risk: { prosecutor: null, mean: null },
  below: null,
  histogram: [],
} as const;

/** The object that `--format json` prints: the keys of the interface first, then what explains them. */
export function reportJson(
  measurement: Measurement,
  claim: ClaimResult | null,
  explanation: { readonly [question: string]: string },
): object {
  const { modes, mode, breaking, effects, judgement, thresholds } = measurement;
  const of: Measures | typeof undefinedMeasures = modes[mode] ?? undefinedMeasures;
  const { classes, unique, k, l, t, alpha, beta, enhanced_beta, delta, risk, below, histogram } = of;
  return {
    rows: modes[mode]?.rows ?? measurement.rows,
    classes,
    unique,
    k,
    l,
    t,
    alpha,
    beta,
    enhanced_beta,
    delta,
    risk,
    breaking_sets: breaking.sets.map(({ columns }) => columns),
    identifiers: measurement.identifiers,
    verdict: judgement.verdict,
    explanation,
    claim,
    thresholds,
    empty: mode,
    worst: measurement.worst,
    modes: Object.fromEntries(
      Object.entries(modes).map(([name, one]) => [
        name,
        one && { rows: one.rows, classes: one.classes, unique: one.unique, k: one.k, l: one.l, t: one.t },
      ]),
    ),
    below,
    histogram,
    breaking,
    effects,
    pseudonyms: measurement.pseudonyms,
    pseudonyms_reused: measurement.reused,
    quasi: measurement.quasi,
    sensitive: measurement.sensitive,
    sensitive_numeric: measurement.numeric,
    columns: measurement.columns,
    columns_without_a_role: measurement.evidence.unjudged,
    columns_sampled_for_identifiers: measurement.sampledColumns,
    sampled_from: measurement.of,
    files: measurement.files,
  };
}
