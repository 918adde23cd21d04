import type { Finding, Severity } from '../../result/result.ts';
import { findingText, questionText } from '../describe.ts';
import { createPlacing, type Location, slashed } from '../location.ts';
import type { Messages } from '../message.ts';
import { type Question, questionsOf } from '../question.ts';
import type { Reporter } from '../reporter.ts';
import { JsonList, prose, visible, writeJsonPieces } from '../visible.ts';

/** An entry of GitLab's Code Quality report, which is a part of the Code Climate format. */
interface Issue {
  readonly type: 'issue';
  readonly check_name: string;
  readonly description: string;
  readonly categories: readonly ['Security'];
  readonly fingerprint: string;
  readonly severity: 'info' | 'minor' | 'major' | 'critical' | 'blocker';
  readonly location: { readonly path: string; readonly lines: { readonly begin: number } };
}

const severities: { readonly [severity in Severity]: Issue['severity'] } = {
  critical: 'blocker',
  high: 'critical',
  medium: 'major',
  low: 'minor',
  info: 'info',
};

/** GitLab Code Quality: failures and broken rules by severity; what is waived or not known as information. */
export const render: Reporter = (result, { messages }) => {
  const place = createPlacing(result);
  const findings = result.findings.filter(({ outcome }) => outcome === 'fail' || outcome === 'error');
  function* issues(): Generator<Issue> {
    for (const finding of findings) yield issueOf(finding, place(finding), messages);
    for (const question of questionsOf(result)) yield openIssue(question, place(question.finding), messages);
  }
  return writeJsonPieces(new JsonList(issues()));
};

function issueOf(finding: Finding, location: Location, messages: Messages): Issue {
  const { rule, name, subject, waiver, severity, id } = finding;
  return entry(
    `${rule} ${name}`,
    `${rule} · ${subject.id} · ${findingText(finding, messages)}`,
    id,
    waiver ? 'info' : severities[severity],
    location,
  );
}

function openIssue(question: Question, location: Location, messages: Messages): Issue {
  const { rule, how, id } = question;
  return entry(rule, `${rule} · ${questionText(question, messages)} ${how}`, id, 'info', location);
}

function entry(
  check: string,
  description: string,
  fingerprint: string,
  severity: Issue['severity'],
  { file, line }: Location,
): Issue {
  return {
    type: 'issue',
    check_name: visible(check),
    description: prose(description),
    categories: ['Security'],
    fingerprint,
    severity,
    location: { path: slashed(file), lines: { begin: line ?? 1 } },
  };
}
