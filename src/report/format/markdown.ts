import { type Finding, type Result, severities } from '../../result/result.ts';
import { accountLines, assetsLine } from '../account.ts';
import { actionsOf } from '../action.ts';
import {
  basisText,
  evidenceTexts,
  gateState,
  lawTexts,
  pathText,
  placesOf,
  placeText,
  waiverText,
} from '../describe.ts';
import { markdownText } from '../markdown-text.ts';
import type { Messages } from '../message.ts';
import type { Reporter } from '../reporter.ts';
import { clip } from '../visible.ts';

/** A comment on GitHub holds 65,536 characters; the rest is for the end, which always fits. */
const LIMIT = 60_000;
/** Of one text from outside: an endless name must not push the others out. */
const TEXT = 600;
const HEAD = 12;

/** For a comment on a pull request: the verdict, a table, each finding folded, what is not known, the accounting. */
export const render: Reporter = (result, { messages }) => {
  const { summary } = result;
  const text = (value: string): string =>
    markdownText(clip(value, TEXT, (count) => messages('more.characters', { count })));
  const state = gateState(summary.gate);
  const glyph = { pass: '✅', fail: '❌', incomplete: '❔', off: '⚪' }[state];
  const head = [
    `## ${glyph} ${text(messages('markdown.title', { verdict: messages(`gate.verdict.${state}`) }))}`,
    text(summary.gate.reason),
    severityTable(result, messages),
  ];
  const foot = [accounting(result, messages, text)];
  const entries = [
    ...failures(result, messages, text),
    ...broken(result, messages, text),
    ...open(result, messages, text),
    ...unread(result, messages, text),
  ];
  const shown: string[] = [];
  let size = [...head, ...foot].join('\n\n').length;
  for (const entry of entries) {
    size += entry.length + 2;
    if (size > LIMIT) break;
    shown.push(entry);
  }
  const left = entries.length - shown.length;
  const rest = left > 0 ? [`**${text(messages('markdown.left_out', { count: left }))}**`] : [];
  return `${[...head, ...shown, ...rest, ...foot].join('\n\n')}\n`;
};

type Say = (value: string) => string;

function severityTable({ findings, summary }: Result, messages: Messages): string {
  const waived = (severity: string): number =>
    findings.filter((one) => one.waiver !== null && one.severity === severity).length;
  const rows = severities.map(
    (one) => `| ${messages(`severity.${one}`)} | ${summary.fail_by_severity[one]} | ${waived(one)} |`,
  );
  return [
    `| ${messages('label.severity')} | ${messages('markdown.findings')} | ${messages('markdown.waived')} |`,
    '| --- | ---: | ---: |',
    ...rows,
  ].join('\n');
}

function failures(result: Result, messages: Messages, text: Say): string[] {
  const places = placesOf(result);
  return result.findings
    .filter(({ outcome }) => outcome === 'fail')
    .map((finding) =>
      details(
        `${finding.waiver ? '☑️' : '❌'} <b>${text(finding.rule)}</b> · ${messages(`severity.${finding.severity}`)} · <code>${text(finding.subject.id)}</code>`,
        [
          `**${text(finding.title)}** (${text(basisText(finding, messages))})`,
          text(finding.message),
          list(factsOf(finding)),
        ],
      ),
    );

  function factsOf(finding: Finding): readonly (readonly [string, string | null])[] {
    const { place, waiver, path, fix, id } = finding;
    return [
      [messages('label.place'), place && text(placeText(place, messages))],
      [messages('label.path'), path.length > 0 ? text(pathText(finding, places, messages)) : null],
      [
        messages('label.evidence'),
        evidenceTexts(finding)
          .slice(0, HEAD)
          .map((one) => `<code>${text(one)}</code>`)
          .join(', ') || null,
      ],
      [
        messages('label.basis'),
        lawTexts(finding, messages)
          .slice(0, HEAD)
          .map(({ label, note }) => `${text(label)} (${text(note)})`)
          .join(' · ') || null,
      ],
      [messages('label.waived'), waiver && text(waiverText(waiver, messages))],
      [messages('label.fix'), fix === null ? null : text(fix)],
      ['id', `<code>${text(id)}</code>`],
    ];
  }
}

function broken({ findings }: Result, messages: Messages, text: Say): string[] {
  return findings
    .filter(({ outcome }) => outcome === 'error')
    .map(({ rule, subject, message, title }) =>
      details(`⚠️ <b>${text(rule)}</b> · ${messages('outcome.error')} · <code>${text(subject.id)}</code>`, [
        `**${text(title)}**`,
        text(message),
      ]),
    );
}

function open({ unknowns }: Result, messages: Messages, text: Say): string[] {
  return unknowns.map(({ subject, missing, reason, how, rules, severity }) =>
    details(
      `❔ <code>${text(subject.id)}</code> · ${messages(`severity.${severity}`)} · ${messages(`reason.${reason}`)}`,
      [
        list([
          [
            messages('label.missing'),
            missing
              .slice(0, HEAD)
              .map((fact) => `<code>${text(fact)}</code>`)
              .join(', ') + more(missing.length),
          ],
          [
            messages('label.how'),
            actionsOf(how).slice(0, HEAD).map(text).join('<br>') + more(actionsOf(how).length),
          ],
          [messages('label.rules'), rules.slice(0, HEAD).map(text).join(', ') + more(rules.length)],
        ]),
      ],
    ),
  );

  function more(length: number): string {
    return length > HEAD ? ` ${messages('more.count', { count: length - HEAD })}` : '';
  }
}

function unread({ coverage: { gaps }, warnings }: Result, messages: Messages, text: Say): string[] {
  const calls = gaps.map(({ operation, subject, reason, permission }) => {
    const values = { operation, subject, reason: messages(`reason.${reason}`) };
    return `- ${text(permission === null ? messages('gap.statement', values) : messages('gap.statement_permission', { ...values, permission }))}`;
  });
  const titled = (key: string, lines: readonly string[]): string[] =>
    lines.length === 0 ? [] : [`### ${messages(key)}`, ...inParts(lines)];
  return [
    ...titled('section.gaps', calls),
    ...titled(
      'section.warnings',
      warnings.map((warning) => `- ${text(warning)}`),
    ),
  ];
}

/** Lists in parts, so that a long one is cut where the room ends rather than left out whole. */
function inParts(lines: readonly string[]): string[] {
  const parts: string[] = [];
  for (let i = 0; i < lines.length; i += 20) parts.push(lines.slice(i, i + 20).join('\n'));
  return parts;
}

function accounting({ coverage, summary, run }: Result, messages: Messages, text: Say): string {
  const lines = [
    ...accountLines(coverage.inputs ?? [], messages, (name) => name).map(
      (line) => `${messages('accounting.inputs')} — ${line}`,
    ),
    `${messages('accounting.assets')} — ${assetsLine(coverage, messages)}`,
    `${messages('accounting.outcomes')} — ${messages('accounting.outcomes_sum', { ...summary.outcomes })}`,
    `${messages('report.policy')} — ${run.policy.name} · ${messages('report.title', { day: run.as_of })} · ${run.id}`,
  ];
  return `<sub>${lines.map(text).join('<br>')}</sub>`;
}

function details(title: string, blocks: readonly string[]): string {
  return `<details>\n<summary>${title}</summary>\n\n${blocks.filter((block) => block !== '').join('\n\n')}\n\n</details>`;
}

function list(facts: readonly (readonly [string, string | null])[]): string {
  return facts.flatMap(([label, value]) => (value === null ? [] : [`- **${label}** — ${value}`])).join('\n');
}
