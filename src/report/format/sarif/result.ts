import type { Result as SarifResult, Suppression } from 'sarif';
import type { Finding, Severity, WaiverNote } from '../../../result/result.ts';
import { basisText, pathText, questionText, waiverText } from '../../describe.ts';
import type { Messages } from '../../message.ts';
import type { Question } from '../../question.ts';
import { prose, visible } from '../../visible.ts';
import type { Place } from './location.ts';
import { messageOf } from './message.ts';

export type Level = 'error' | 'warning' | 'note';

export function levelOf(severity: Severity): Level {
  return severity === 'critical' || severity === 'high'
    ? 'error'
    : severity === 'medium'
      ? 'warning'
      : 'note';
}

const kinds = {
  fail: 'fail',
  pass: 'pass',
  not_applicable: 'notApplicable',
  unknown: 'open',
  error: 'review',
} as const;
const nowhere = new Map<string, never>();

/** Every result has `suppressions`, empty where nothing waives it: SARIF wants all or none (3.27.23). */
export function resultOfFinding(finding: Finding, place: Place, messages: Messages): SarifResult {
  const { rule, outcome, severity, subject, waiver, path, missing } = finding;
  const { note, ...locations } = place(subject, finding);
  const isFailure = outcome === 'fail';
  const said = isFailure ? finding.message : finding.message || finding.title;
  return {
    ruleId: rule,
    kind: kinds[outcome],
    level: isFailure ? levelOf(severity) : 'none',
    message: messageOf([`${subject.id} — ${said}`, note].filter((part) => part !== null).join(' ')),
    ...locations,
    partialFingerprints: fingerprints(finding.id),
    suppressions: waiver ? [suppressionOf(waiver, messages)] : [],
    properties: {
      severity,
      basis: finding.basis,
      contested: finding.contested,
      mark: finding.mark,
      duty: basisText(finding, messages),
      outcome,
      subject: { type: subject.type, id: visible(subject.id), label: visible(subject.label) },
      place: finding.place,
      ...(path.length > 0 ? { path: visible(pathText(finding, nowhere, messages)) } : {}),
      ...(missing.length > 0 ? { missing: missing.map(({ fact }) => visible(fact)) } : {}),
      ...(finding.fix === null ? {} : { fix: prose(finding.fix) }),
      law: finding.law.map(({ id, label, basis, mark }) => ({ id, label: visible(label), basis, mark })),
    },
  };
}

/**
 * By rule and address. GitHub knows alerts again by `primaryLocationLineHash` alone; left out, the upload makes one of the
 * text around the line, which two findings of one resource share, and which moves with the code.
 * https://docs.github.com/code-security/reference/code-scanning/sarif-files/sarif-support-for-code-scanning
 */
function fingerprints(id: string): { readonly [name: string]: string } {
  return { 'bercail/v1': id, primaryLocationLineHash: `${id}:1` };
}

function suppressionOf(waiver: WaiverNote, messages: Messages): Suppression {
  return {
    kind: 'external',
    status: 'accepted',
    justification: prose(waiverText(waiver, messages)),
    properties: {
      approved_by: visible(waiver.approved_by),
      approved_on: waiver.approved_on,
      expires: waiver.expires,
      link: waiver.link,
    },
  };
}

/** A rule that could not be decided for a subject. */
export function resultOfQuestion(question: Question, place: Place, messages: Messages): SarifResult {
  const { rule, subject, missing, reason, how, severity, id, finding } = question;
  const { note: _, ...locations } = place(subject, finding);
  const said = questionText(question, messages);
  return {
    ruleId: rule,
    kind: 'open',
    level: 'none',
    message: messageOf(`${said} ${how}`),
    ...locations,
    partialFingerprints: fingerprints(id),
    suppressions: [],
    properties: {
      severity,
      outcome: 'unknown',
      missing: missing.map(visible),
      reason,
      how: prose(how),
      subject: { type: subject.type, id: visible(subject.id), label: visible(subject.label) },
    },
  };
}
