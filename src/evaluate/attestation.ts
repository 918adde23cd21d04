import type { Attestation } from '../inventory/noun.ts';
import type { Subject } from '../result/result.ts';
import { afterOrSame } from '../rule/day.ts';

/** An answer counts when it is signed, dated not after the audit's day, unexpired on it, and says yes or no. */
export function isValid({ answer, signedBy, signedOn, expires }: Attestation, asOf: string): boolean {
  if (answer === null || signedBy === null || signedOn === null) return false;
  return afterOrSame(asOf, signedOn) === true && (expires === null || afterOrSame(expires, asOf) === true);
}

/** Answers given about a subject to the question of a rule, valid or not. */
export function answersTo(
  attestations: readonly Attestation[],
  rule: string,
  subject: Subject,
  canonical = subject.id,
): readonly Attestation[] {
  return attestations.filter(
    (one) =>
      one.rule === rule &&
      (one.subject === canonical ||
        `${one.manifest}/${one.subject}` === canonical ||
        one.subject === subject.id),
  );
}

/** The one of them that counts on a day; a no weighs more than a yes. */
export function standing(answers: readonly Attestation[], asOf: string): Attestation | null {
  const valid = answers.filter((one) => isValid(one, asOf));
  return valid.find(({ answer }) => answer === 'no') ?? valid[0] ?? null;
}
