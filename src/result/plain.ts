import type { Finding } from './result.ts';

/**
 * A finding as data. Those of a run put themselves in words when a field is read (`evaluate/finding.ts`): a spread would
 * copy none of their fields.
 */
export function plain(one: Finding): Finding {
  return {
    id: one.id,
    rule: one.rule,
    name: one.name,
    title: one.title,
    pack: one.pack,
    outcome: one.outcome,
    severity: one.severity,
    basis: one.basis,
    mark: one.mark,
    contested: one.contested,
    subject: one.subject,
    place: one.place,
    message: one.message,
    why: one.why,
    missing: one.missing,
    path: one.path,
    evidence: one.evidence,
    law: one.law,
    fix: one.fix,
    waiver: one.waiver,
  };
}
