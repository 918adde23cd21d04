import type { Finding, Result, Severity } from '../../result/result.ts';
import { basisText, findingText, pathText, placeText, questionText } from '../describe.ts';
import { createPlacing, type Location, slashed } from '../location.ts';
import { markdownText } from '../markdown-text.ts';
import type { Messages } from '../message.ts';
import { type Question, questionsOf } from '../question.ts';
import type { Reporter } from '../reporter.ts';
import { clip, JsonList, prose, writeJsonPieces } from '../visible.ts';

/** Version of GitLab's security report schemas that this follows. */
const VERSION = '15.0.7';
const SCHEMA = `https://gitlab.com/gitlab-org/security-products/security-report-schemas/-/raw/v${VERSION}/dist/sast-report-format.json`;
/** What the schema allows, less room for saying how much was cut. */
const NAME = 200;
const SOLUTION = 6900;
const DESCRIPTION = 100_000;

const levels: { readonly [severity in Severity]: string } = {
  critical: 'Critical',
  high: 'High',
  medium: 'Medium',
  low: 'Low',
  info: 'Info',
};

/**
 * GitLab's security report (SAST): failures by severity, what is waived as information, what is not known and where a
 * rule broke as `Unknown`. What could not be read is said by the scan.
 */
export const render: Reporter = (result, { messages }) => {
  const place = createPlacing(result);
  const findings = result.findings.filter(({ outcome }) => outcome === 'fail' || outcome === 'error');
  function* vulnerabilities() {
    for (const finding of findings) yield ofFinding(finding, place(finding), messages);
    for (const question of questionsOf(result)) yield ofQuestion(question, place(question.finding), messages);
  }
  return writeJsonPieces({
    version: VERSION,
    schema: SCHEMA,
    scan: scanOf(result, messages),
    vulnerabilities: new JsonList(vulnerabilities()),
  });
};

function scanOf({ run, tool, findings, coverage, warnings, summary }: Result, messages: Messages) {
  const analyzer = { id: 'bercail', name: 'Bercail', vendor: { name: 'Bercail' }, version: tool.version };
  const unread = coverage.gaps.map(({ operation, subject, reason }) =>
    messages('gap.statement', { operation, subject, reason: messages(`reason.${reason}`) }),
  );
  const said = (level: 'info' | 'warn', text: string) => ({ level, value: filled(text) });
  return {
    analyzer,
    scanner: analyzer,
    type: 'sast',
    start_time: run.started_at.slice(0, 19),
    end_time: run.finished_at.slice(0, 19),
    // A rule that broke judged nothing.
    status: findings.some(({ outcome }) => outcome === 'error') ? 'failure' : 'success',
    messages: [
      said('info', summary.gate.reason),
      ...unread.map((text) => said('warn', text)),
      ...warnings.map((text) => said('warn', text)),
    ],
  };
}

function ofFinding(finding: Finding, location: Location, messages: Messages) {
  const { id, rule, title, why, fix, law, outcome, severity, waiver, subject, place, path } = finding;
  const known: readonly (readonly [string, string | null])[] = [
    ['subject', subject.id],
    ['duty', basisText(finding, messages)],
    ['place', place && placeText(place, messages)],
    ['path', path.length === 0 ? null : pathText(finding, new Map(), messages)],
  ];
  const text = [`${subject.id} — ${findingText(finding, messages)}`, ...(why === null ? [] : [why])];
  return {
    ...entry(id, rule, title, text, waiver ? 'Info' : outcome === 'error' ? 'Unknown' : levels[severity]),
    ...(fix === null ? {} : { solution: clip(prose(fix), SOLUTION, (count) => left(count, messages)) }),
    links: law.flatMap(({ label, url }) =>
      url !== null && /^https?:/.test(url) && URL.canParse(url)
        ? [{ name: prose(label), url: new URL(url).href }]
        : [],
    ),
    details: Object.fromEntries(
      known.flatMap(([key, value]) =>
        value === null
          ? []
          : [[key, { type: 'text', name: messages(`label.${key}`), value: prose(value) }] as const],
      ),
    ),
    ...where(id, location),
  };
}

function ofQuestion(question: Question, location: Location, messages: Messages) {
  const { id, rule, title, how } = question;
  return {
    ...entry(id, rule, title ?? rule, [questionText(question, messages)], 'Unknown'),
    ...(how === '' ? {} : { solution: clip(prose(how), SOLUTION, (count) => left(count, messages)) }),
    ...where(id, location),
  };
}

function entry(id: string, rule: string, title: string, text: readonly string[], severity: string) {
  return {
    id,
    name: clip(prose(`${rule} — ${title}`), NAME, () => ''),
    // GitLab shows it as Markdown.
    description: clip(text.map(markdownText).join('\n\n'), DESCRIPTION, () => ''),
    severity,
    // The rule alone: two findings of one line that share an identifier are one to GitLab.
    identifiers: [{ type: 'bercail_rule', name: filled(rule), value: filled(rule) }],
  };
}

/** The fingerprint is the signature: what moves to another line stays what it was. */
function where(id: string, { file, line }: Location) {
  const start_line = line ?? 1;
  const path = slashed(file);
  return {
    location: { file: path, start_line, end_line: start_line },
    tracking: {
      type: 'source',
      items: [
        {
          file: path,
          start_line,
          end_line: start_line,
          signatures: [{ algorithm: 'hash', value: id }],
        },
      ],
    },
  };
}

function left(count: number, messages: Messages): string {
  return messages('more.characters', { count });
}

function filled(text: string): string {
  return prose(text) || '–';
}
