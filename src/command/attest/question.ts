import type { Audit } from '../../audit.ts';
import { answersTo, isValid } from '../../evaluate/attestation.ts';
import type { Attestation } from '../../inventory/noun.ts';
import { manifestField } from '../../report/field.ts';
import type { Finding } from '../../result/result.ts';

/** What a person is asked: whether what a rule states holds for a subject. */
export interface Question {
  readonly finding: Finding;
  /** Fields of the manifest that would answer it as well. */
  readonly fields: readonly string[];
  /** An answer that is there and counts for nothing: unsigned, undated, not signed yet, or expired. */
  readonly void: Attestation | null;
}

/** What the run leaves open and an attestation would answer, the gravest first. */
export function questionsOf({ result, inventory, policy }: Audit): readonly Question[] {
  const byHand = new Set(
    policy.policy.rules
      .filter(({ rule }) => rule.source.from.includes('attestation'))
      .map(({ rule }) => rule.id),
  );
  return result.findings
    .filter(({ rule, outcome }) => outcome === 'unknown' && byHand.has(rule))
    .map((finding) => ({
      finding,
      fields: finding.missing.flatMap(({ fact }) => manifestField(fact, finding.subject) ?? []),
      void:
        answersTo(inventory.attestations, finding.rule, finding.subject).find(
          (one) => !isValid(one, result.run.as_of),
        ) ?? null,
    }));
}

/** A year on: the day until which an answer counts when nobody says otherwise. 29 February becomes the 28th. */
export function aYearAfter(day: string): string {
  const next = `${Number(day.slice(0, 4)) + 1}${day.slice(4)}`;
  return next.endsWith('-02-29') ? next.replace(/29$/, '28') : next;
}
