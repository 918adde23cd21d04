import type { Program } from './cel/program.ts';
import { CelError, type Missing, mergeUnknowns, Unknown } from './cel/value.ts';
import type { Judgement, Outcome, Severity } from './rule.ts';
import type { Scope } from './view/given.ts';

export interface Verdict {
  readonly outcome: Outcome;
  /** The facts that would decide an `unknown`. */
  readonly missing: readonly Missing[];
  /** Why an `error`. */
  readonly error: string | null;
}

const pass: Verdict = { outcome: 'pass', missing: [], error: null };
const fail: Verdict = { outcome: 'fail', missing: [], error: null };
const notApplicable: Verdict = { outcome: 'not_applicable', missing: [], error: null };

/**
 * Judges one subject. Where it is not known whether the rule applies, the outcome is `unknown` even when the
 * assertion holds: nothing has been established about this subject.
 */
export function judge({ when, assert }: Judgement, scope: Scope): Verdict {
  const applies = when === null ? true : when.evaluate(scope);
  if (applies === false) return notApplicable;
  if (applies instanceof CelError) return broken('when', applies);
  const holds = assert.evaluate(scope);
  if (applies instanceof Unknown)
    return unknown(holds instanceof Unknown ? mergeUnknowns(applies, holds) : applies);
  if (holds === true) return pass;
  if (holds === false) return fail;
  if (holds instanceof Unknown) return unknown(holds);
  return broken(
    'assert',
    holds instanceof CelError ? holds : new CelError('the condition is neither true nor false'),
  );
}

function unknown({ missing }: Unknown): Verdict {
  return { outcome: 'unknown', missing, error: null };
}

function broken(where: string, { message }: CelError): Verdict {
  return { outcome: 'error', missing: [], error: `${where}: ${message}` };
}

const ranks: { readonly [severity in Severity]: number } = {
  critical: 0,
  high: 1,
  medium: 2,
  low: 3,
  info: 4,
};

/** The first level whose condition holds; a condition that cannot be decided counts as holding if it is the graver. */
export function severityOf({ severity }: Judgement, scope: Scope): Severity {
  let possible: Severity | null = null;
  for (const { when, is } of severity) {
    const holds = when === null ? true : (when satisfies Program).evaluate(scope);
    if (holds === false) continue;
    possible = possible === null || ranks[is] < ranks[possible] ? is : possible;
    if (holds === true) return possible;
  }
  return possible ?? severity.at(-1)?.is ?? 'high';
}
