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
export const render: Reporter = (result, { messages }) => pieces(result, messages);

const RUN = 'bercail';

/** A case at a time: a suite says first how many there are, so that they are counted before any is put in words. */
function* pieces(result: Result, messages: Messages): Generator<string> {
  const own = runCases(result, messages);
  const suites = new Map<string, Count>([[RUN, new Count()], ...packsOf(result)]);
  const suiteOf = (name: string): Count => {
    const count = suites.get(name) ?? new Count();
    suites.set(name, count);
    return count;
  };
  for (const { state } of own) suiteOf(RUN).add(state);
  const judged = result.findings.filter(({ outcome }) => outcome !== 'unknown');
  for (const finding of judged) suiteOf(finding.pack).add(stateOf(finding));
  for (const question of questionsOf(result)) suiteOf(packOf(question)).add('skipped');
  yield '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n';
  for (const [id, [name, count]] of [...suites].entries()) {
    yield suiteHead(name, id, count, result);
    if (name === RUN) for (const one of own) yield writeCase(one);
    for (const finding of judged) if (finding.pack === name) yield writeCase(caseOf(finding, messages));
    for (const question of questionsOf(result))
      if (packOf(question) === name) yield writeCase(openCase(question, messages));
    yield '    <system-out></system-out>\n    <system-err></system-err>\n  </testsuite>\n';
  }
  yield '</testsuites>\n';
}

/** How many cases of a suite are in which state. */
class Count {
  readonly states = { pass: 0, failure: 0, error: 0, skipped: 0 };

  add(state: Case['state']): void {
    this.states[state] += 1;
  }
}

function packsOf({ run }: Result): readonly (readonly [string, Count])[] {
  return run.packs.map(({ name }) => [name, new Count()]);
}

function packOf({ pack }: Question): string {
  return pack ?? 'unknown';
}

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
  const said = waiver
    ? messages('waiver.statement', { note: waiverText(waiver, messages) })
    : outcome === 'not_applicable'
      ? messages('outcome.not_applicable')
      : message;
  return {
    name: `${rule} ${subject.id}`,
    classname: `${pack}.${rule}`,
    state: stateOf(finding),
    type: severity,
    message: said,
    body,
  };
}

function stateOf({ outcome, waiver }: Finding): Case['state'] {
  if (waiver) return 'skipped';
  switch (outcome) {
    case 'fail':
      return 'failure';
    case 'error':
      return 'error';
    case 'pass':
      return 'pass';
    default:
      return 'skipped';
  }
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

function suiteHead(name: string, id: number, { states }: Count, { run }: Result): string {
  const attributes = {
    name,
    package: name,
    id: String(id),
    timestamp: run.started_at.replace(/Z$/, ''),
    hostname: 'localhost',
    tests: String(Object.values(states).reduce((sum, count) => sum + count, 0)),
    failures: String(states.failure),
    errors: String(states.error),
    skipped: String(states.skipped),
    time: '0',
  };
  const properties = [
    ['as_of', run.as_of],
    ['policy', run.policy.name],
    ['run', run.id],
  ] as const;
  const head = properties.map(([key, value]) => `      <property${write({ name: key, value })}/>\n`).join('');
  return `  <testsuite${write(attributes)}>\n    <properties>\n${head}    </properties>\n`;
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
