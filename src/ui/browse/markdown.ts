import { pathText, waiverText } from '../../report/describe.ts';
import { markdownText as text } from '../../report/markdown-text.ts';
import type { Messages } from '../../report/message.ts';
import type { FindingPlace } from '../../result/result.ts';
import type { Entry } from './entry.ts';

/** Judgements as a list that a ticket or a letter takes. */
export function markdownList(
  entries: readonly Entry[],
  places: ReadonlyMap<string, FindingPlace>,
  messages: Messages,
): string {
  return entries
    .map((entry) => {
      const { finding, question, waiver } = entry;
      const kind = `${messages(`browse.status.${entry.status}`)}, ${messages(`severity.${entry.severity}`)}`;
      const facts: readonly (readonly [label: string, value: string | null])[] = [
        ['label.subject', entry.subject.id],
        ['label.place', entry.where],
        ['browse.operator', entry.operator],
        ['label.path', finding && finding.path.length > 0 ? pathText(finding, places, messages) : null],
        ['label.missing', question ? question.missing.join(', ') : null],
        ['label.basis', finding ? finding.law.map(({ label }) => label).join(' · ') : null],
        ['label.fix', finding?.fix ?? null],
        ['label.waived', waiver ? waiverText(waiver, messages) : null],
        ['browse.id', entry.id],
      ];
      const lines = facts.flatMap(([label, value]) =>
        value === null || value === '' ? [] : [`- ${text(messages(label))} — ${text(value)}`],
      );
      const message = finding?.message ? [text(finding.message), ''] : [];
      return [
        `## ${text(entry.rule)} ${text(entry.title)} (${text(kind)})`,
        '',
        ...message,
        ...lines,
        '',
      ].join('\n');
    })
    .join('\n');
}
