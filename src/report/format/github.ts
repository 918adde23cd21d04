import type { Finding, Result, Severity } from '../../result/result.ts';
import { basisText, gateState, questionText, waiverText } from '../describe.ts';
import { type Location, locationsOf } from '../location.ts';
import type { Messages } from '../message.ts';
import { type Question, questionsOf } from '../question.ts';
import type { Reporter } from '../reporter.ts';
import { prose, visible } from '../visible.ts';

type Level = 'error' | 'warning' | 'notice';

const levels: { readonly [severity in Severity]: Level } = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'notice',
  info: 'notice',
};

/**
 * Workflow commands of GitHub Actions. A step shows ten annotations of each level: the verdict comes first, the gravest
 * next; all of them stay in the log.
 */
export const render: Reporter = (result, { messages }) => commands(result, messages);

function* commands(result: Result, messages: Messages): Generator<string> {
  const { gate } = result.summary;
  yield command(
    gate.verdict === 'fail' ? 'error' : gate.verdict === 'incomplete' ? 'warning' : 'notice',
    null,
    `Bercail — ${messages(`gate.verdict.${gateState(gate)}`)}`,
    gate.reason,
  );
  for (const finding of result.findings)
    if (finding.outcome === 'fail' || finding.outcome === 'error') yield findingCommand(finding, messages);
  for (const question of questionsOf(result)) yield openCommand(question, messages);
  for (const { operation, subject, reason, permission } of result.coverage.gaps) {
    const values = { operation, subject, reason: messages(`reason.${reason}`) };
    yield command(
      'warning',
      null,
      messages('section.gaps'),
      permission === null
        ? messages('gap.statement', values)
        : messages('gap.statement_permission', { ...values, permission }),
    );
  }
  for (const warning of result.warnings) yield command('warning', null, 'Bercail', warning);
}

function findingCommand(finding: Finding, messages: Messages): string {
  const { rule, subject, message, waiver, fix, outcome, severity, title } = finding;
  const location = locationsOf(finding)[0] ?? null;
  if (outcome === 'error')
    return command(
      'error',
      location,
      `${rule} — ${title}`,
      messages('error.statement', { subject: subject.id, message }),
    );
  const lines = [
    `${subject.id} — ${message}`,
    `${messages('label.duty')} — ${basisText(finding, messages)}`,
    ...(fix === null ? [] : [`${messages('label.fix')} — ${fix}`]),
  ];
  if (waiver)
    return command(
      'notice',
      location,
      `${rule} — ${title}`,
      `${lines[0] ?? ''}\n${messages('waiver.statement', { note: waiverText(waiver, messages) })}`,
    );
  return command(levels[severity], location, `${rule} — ${title}`, lines.join('\n'));
}

function openCommand(question: Question, messages: Messages): string {
  const { rule, how, finding } = question;
  const said = questionText(question, messages);
  return command(
    'warning',
    finding ? (locationsOf(finding)[0] ?? null) : null,
    `${rule} — ${messages('outcome.unknown')}`,
    `${said}\n${how}`,
  );
}

/** One line. Only our own line breaks are kept, as `%0A`: nothing from outside can begin a command. */
function command(level: Level, location: Location | null, title: string, message: string): string {
  const place = location === null ? {} : { file: location.file, line: location.line, col: location.column };
  const properties = Object.entries({ ...place, title: prose(title) }).flatMap(([key, value]) =>
    value === null ? [] : [`${key}=${escapeProperty(visible(String(value)))}`],
  );
  const text = message
    .split('\n')
    .map((line) => escapeData(prose(line)))
    .join('%0A');
  return `::${level} ${properties.join(',')}::${text}\n`;
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
