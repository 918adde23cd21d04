import { type Basis, type Finding, type Result, severities } from '../../../result/result.ts';
import { accountLines, assetsLine } from '../../account.ts';
import { gateState } from '../../describe.ts';
import { columns } from './layout.ts';
import type { Page } from './page.ts';
import type { Style } from './span.ts';

/** The sums that let a reader check that nothing vanished, then the gate. */
export function writeAccounting(page: Page, { summary, coverage, findings }: Result): void {
  const { messages } = page;
  const bases: { [basis in Basis]: number } = { law: 0, doctrine: 0, contract: 0, demand: 0 };
  for (const { basis, outcome, waiver } of findings)
    if (outcome === 'fail' && waiver === null) bases[basis] += 1;
  const { facts } = coverage;
  const rows: readonly (readonly [string, string])[] = [
    ['accounting.assets', assetsLine(coverage, messages)],
    ['accounting.facts', messages('accounting.facts_sum', { ...facts })],
    ['accounting.outcomes', messages('accounting.outcomes_sum', { ...summary.outcomes })],
    [
      'accounting.findings',
      messages('accounting.findings_sum', { ...summary.fail_by_severity, waived: summary.waived }),
    ],
    ['accounting.bases', messages('accounting.bases_sum', bases)],
  ];
  page.heading(messages('section.accounting'), '');
  for (const [at, text] of accountLines(coverage.inputs ?? [], messages, page.name).entries())
    page.field(at === 0 ? messages('accounting.inputs') : '', [text], 2);
  for (const [label, text] of rows) page.field(messages(label), [text], 2);
  page.blank();
  writeGate(page, summary);
}

function writeGate(page: Page, { gate, outcomes, waived }: Result['summary']): void {
  const { messages } = page;
  const { verdict, exit_code: code, reason } = gate;
  const [glyph, style] = glyphOf(verdict, outcomes.fail > waived);
  const exit = ` (${messages('gate.exit', { code: String(code) })})`;
  page.item(
    [{ text: `${glyph} `, style }],
    [
      { text: messages(`gate.verdict.${gateState(gate)}`), style },
      { text: exit, style: 'dim' },
    ],
  );
  page.line([page.say(reason)], 2);
  page.blank();
}

/** A gate that passes although something failed is no reason to cheer. */
function glyphOf(
  verdict: Result['summary']['gate']['verdict'],
  hasFailures: boolean,
): readonly [string, Style] {
  if (verdict === 'pass') return hasFailures ? ['•', 'bold'] : ['✓', 'good'];
  return verdict === 'fail' ? ['✗', 'bad'] : ['?', 'open'];
}

/** Commands that a reader is likely to want next, ready to type. */
export function writeNext(page: Page, { findings, coverage }: Result): void {
  const { messages, name } = page;
  const worst = severities.flatMap((severity) =>
    findings.filter(
      (one): one is Finding => one.outcome === 'fail' && one.waiver === null && one.severity === severity,
    ),
  )[0];
  const denied = coverage.gaps.find(
    ({ reason, source }) => reason === 'denied' && /^[a-z0-9-]+$/.test(source),
  );
  const commands: readonly (readonly [string, string])[] = [
    ...(worst
      ? [
          [`bercail explain ${name(worst.rule)}`, messages('next.rule')] as const,
          [`bercail explain ${name(worst.id.slice(0, 8))}`, messages('next.finding')] as const,
        ]
      : []),
    ...(denied
      ? [[`bercail audit --print-permissions ${denied.source}`, messages('next.permissions')] as const]
      : []),
    ['bercail browse', messages('next.browse')],
    ['bercail audit … --all --format json', messages('next.all')],
  ];
  const widest = Math.max(...commands.map(([command]) => columns(command)));
  page.line([{ text: messages('section.next'), style: 'bold' }]);
  for (const [command, what] of commands) {
    page.item(
      [command.padEnd(widest + 3 + command.length - columns(command))],
      [{ text: what, style: 'dim' }],
      [],
      2,
    );
  }
}
