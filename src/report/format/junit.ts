import type { Finding, Result } from '../../result/result.ts';
import { basisText, evidenceTexts, lawTexts, questionText, waiverText } from '../describe.ts';
import type { Messages } from '../message.ts';
import { type Question, questionsOf } from '../question.ts';
import type { Reporter } from '../reporter.ts';
import { prose, visible } from '../visible.ts';

interface Case {
  readonly name: string;
  readonly classname: string;
  readonly state: 'pass' | 'failure' | 'error' | 'skipped';
  readonly type: string;
  readonly message: string;
  readonly body: string;
}

/**
 * JUnit XML as Jenkins, GitLab and Ant's schema take it: a suite a pack, a case a judgement. Failures fail, broken rules
 * are errors, what is not known or waived is skipped, with the reason. A first suite tells the gate and what was not
 * read: a run without findings is not an empty file, and an incomplete one is not green.
 */
export const render: Reporter = (result, { messages }) => {
  const questions = questionsOf(result);
  const suites = new Map<string, Case[]>([['bercail', runCases(result, messages)]]);
  for (const { name } of result.run.packs) suites.set(name, []);
  const add = (pack: string, one: Case): void =>
    void (suites.get(pack)?.push(one) ?? suites.set(pack, [one]));
  for (const finding of result.findings)
    if (finding.outcome !== 'unknown') add(finding.pack, caseOf(finding, messages));
  for (const question of questions) add(question.pack ?? 'unknown', openCase(question, messages));
  const written = [...suites].map(([name, cases], id) => suite(name, id, cases, result));
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n${written.join('')}</testsuites>\n`;
};

function runCases({ summary: { gate }, coverage }: Result, messages: Messages): Case[] {
  const state = ({ pass: 'pass', fail: 'failure', incomplete: 'error' } as const)[gate.verdict];
  const gateCase = {
    name: 'gate',
    classname: 'bercail.gate',
    state,
    type: gate.verdict,
    message: gate.reason,
    body: '',
  };
  const gaps = coverage.gaps.map(({ source, scope, operation, subject, reason, permission }): Case => {
    const values = { operation, subject, reason: messages(`reason.${reason}`) };
    const message =
      permission === null
        ? messages('gap.statement', values)
        : messages('gap.statement_permission', { ...values, permission });
    return {
      name: `${operation} ${subject}`,
      classname: 'bercail.collection',
      state: 'skipped',
      type: reason,
      message,
      body: `${source} ${scope}`,
    };
  });
  return [gateCase, ...gaps];
}

function caseOf(finding: Finding, messages: Messages): Case {
  const { rule, pack, subject, outcome, severity, message, waiver, fix } = finding;
  const laws = lawTexts(finding, messages)
    .map(({ label, note }) => `${label} (${note})`)
    .join(' · ');
  const lines: readonly (readonly [string, string | null])[] = [
    ['label.severity', messages(`severity.${severity}`)],
    ['label.duty', basisText(finding, messages)],
    ['label.basis', laws],
    ['label.evidence', evidenceTexts(finding).join(', ')],
    ['label.fix', fix],
  ];
  const body = [
    finding.title,
    ...lines.flatMap(([label, text]) => (text ? [`${messages(label)} — ${text}`] : [])),
  ]
    .map(prose)
    .join('\n');
  const state = waiver
    ? 'skipped'
    : outcome === 'fail'
      ? 'failure'
      : outcome === 'error'
        ? 'error'
        : outcome === 'not_applicable'
          ? 'skipped'
          : 'pass';
  const said = waiver
    ? messages('waiver.statement', { note: waiverText(waiver, messages) })
    : outcome === 'not_applicable'
      ? messages('outcome.not_applicable')
      : message;
  return {
    name: `${rule} ${subject.id}`,
    classname: `${pack}.${rule}`,
    state,
    type: severity,
    message: said,
    body,
  };
}

function openCase(question: Question, messages: Messages): Case {
  const { rule, pack, title, subject, how } = question;
  const message = questionText(question, messages);
  return {
    name: `${rule} ${subject.id}`,
    classname: `${pack ?? 'unknown'}.${rule}`,
    state: 'skipped',
    type: 'unknown',
    message,
    body: [...(title === null ? [] : [title]), ...how.split('\n')].map(prose).join('\n'),
  };
}

function suite(name: string, id: number, cases: readonly Case[], { run }: Result): string {
  const count = (state: Case['state']): number => cases.filter((one) => one.state === state).length;
  const attributes = {
    name,
    package: name,
    id: String(id),
    timestamp: run.started_at.replace(/Z$/, ''),
    hostname: 'localhost',
    tests: String(cases.length),
    failures: String(count('failure')),
    errors: String(count('error')),
    skipped: String(count('skipped')),
    time: '0',
  };
  const properties = [
    ['as_of', run.as_of],
    ['policy', run.policy.name],
    ['run', run.id],
  ] as const;
  const head = properties.map(([key, value]) => `      <property${write({ name: key, value })}/>\n`).join('');
  return [
    `  <testsuite${write(attributes)}>\n`,
    `    <properties>\n${head}    </properties>\n`,
    ...cases.map(writeCase),
    '    <system-out></system-out>\n    <system-err></system-err>\n  </testsuite>\n',
  ].join('');
}

function writeCase({ name, classname, state, type, message, body }: Case): string {
  const open = `    <testcase${write({ name, classname, time: '0' })}`;
  if (state === 'pass') return `${open}/>\n`;
  const said = state === 'skipped' ? write({ message }) : write({ type, message });
  return `${open}>\n      <${state}${said}>${escape(body)}</${state}>\n    </testcase>\n`;
}

function write(attributes: { readonly [name: string]: string }): string {
  return Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${escape(visible(value))}"`)
    .join('');
}

const entities: { readonly [character: string]: string } = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** Control characters are made visible line by line; the two code points that XML refuses beside them become U+FFFD. */
function escape(text: string): string {
  const safe = text.split('\n').map(visible).join('\n');
  return safe.replace(/[&<>"']/g, (found) => entities[found] ?? found).replace(/[\ufffe\uffff]/g, '\ufffd');
}
