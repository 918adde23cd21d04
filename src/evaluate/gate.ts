import type { Gap } from '../inventory/observation.ts';
import { type Finding, type Result, type Severity, severities } from '../result/result.ts';
import type { UnknownTally } from './unknown.ts';

export interface GateSetting {
  readonly fail_on: Severity | 'never';
  readonly unknown: 'observed' | 'all' | 'none';
}

export type GateVerdict = Result['summary']['gate'];

/** The reason as data, so that each language says it in its own words. */
export type GateReason = (
  verdict: GateVerdict['verdict'],
  counts: {
    readonly failing: number;
    readonly undecided: number;
    readonly gaps: number;
    readonly failOn: string;
    readonly unknown: string;
  },
) => string;

/**
 * Exit code 1 for unwaived failures at or over the threshold, 3 when evidence that the gate needs is missing, else 0.
 * `never` lets no finding decide; that calls were refused is hidden only by `unknown: none`. A broken rule is missing
 * evidence.
 */
export function decideGate(
  fails: readonly Finding[],
  unknowns: UnknownTally,
  errors: readonly Finding[],
  unread: readonly Gap[],
  { fail_on: failOn, unknown }: GateSetting,
  reason: GateReason,
): GateVerdict {
  const counts = ({ severity }: { readonly severity: Severity }): boolean =>
    failOn !== 'never' && severities.indexOf(severity) <= severities.indexOf(failOn);
  const failing = fails.filter((finding) => finding.waiver === null && counts(finding)).length;
  const undecided =
    unknown === 'none'
      ? 0
      : severities
          .filter((severity) => counts({ severity }))
          .reduce((sum, severity) => sum + unknowns[severity][unknown], 0) + errors.filter(counts).length;
  const heeded = failOn === 'never' ? unread.filter(({ reason }) => reason === 'denied') : unread;
  const gaps = unknown === 'none' ? 0 : heeded.length;
  const verdict = failing > 0 ? 'fail' : undecided + gaps > 0 ? 'incomplete' : 'pass';
  const exitCode = verdict === 'fail' ? 1 : verdict === 'incomplete' ? 3 : 0;
  return {
    verdict,
    exit_code: exitCode,
    fail_on: failOn,
    reason: reason(verdict, { failing, undecided, gaps, failOn, unknown }),
  };
}
