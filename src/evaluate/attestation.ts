import type { Attestation } from '../inventory/noun.ts';
import type { Subject } from '../result/result.ts';
import { afterOrSame } from '../rule/day.ts';

/** An answer counts when it is signed, dated not after the audit's day, unexpired on it, and says yes or no. */
export function isValid({ answer, signedBy, signedOn, expires }: Attestation, asOf: string): boolean {
  if (answer === null || signedBy === null || signedOn === null) return false;
  return afterOrSame(asOf, signedOn) === true && (expires === null || afterOrSame(expires, asOf) === true);
}

/** The valid answer for a rule and a subject; a no weighs more than a yes. */
export function answerFor(
  attestations: readonly Attestation[],
  rule: string,
  subject: Subject,
  canonical: string,
  asOf: string,
): Attestation | null {
  const valid = attestations.filter(
    (one) =>
      one.rule === rule &&
      isValid(one, asOf) &&
      (one.subject === canonical ||
        `${one.manifest}/${one.subject}` === canonical ||
        one.subject === subject.id),
  );
  return valid.find(({ answer }) => answer === 'no') ?? valid[0] ?? null;
}
