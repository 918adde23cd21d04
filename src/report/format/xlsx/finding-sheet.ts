import type { Finding } from '../../../result/result.ts';
import { actionsOf } from '../../action.ts';
import {
  basisText,
  evidenceTexts,
  lawTexts,
  pathText,
  placesOf,
  placeText,
  waiverText,
} from '../../describe.ts';
import type { Messages } from '../../message.ts';
import type { Teller } from '../../story/teller.ts';
import type { Cell, Sheet } from './workbook.ts';

export function findingSheet(teller: Teller, messages: Messages): Sheet {
  const { result, say, prose } = teller;
  const places = placesOf(result);
  return {
    name: say('sheet.findings'),
    columns: columns(say, [
      ['severity', 11],
      ['outcome', 11],
      ['rule', 10],
      ['statement', 40],
      ['duty', 20],
      ['subject', 30],
      ['place', 24],
      ['finding', 60],
      ['path', 40],
      ['evidence', 40],
      ['law', 40],
      ['fix', 50],
      ['waiver', 30],
      ['id', 34],
    ]),
    rows: eachRow(listed(result.findings), (finding) => [
      say(`severity.${finding.severity}`),
      say(`outcome.${finding.outcome}`),
      finding.rule,
      prose(finding.title),
      basisText(finding, messages),
      finding.subject.id,
      finding.place && placeText(finding.place, messages),
      prose(finding.message),
      pathText(finding, places, messages),
      [
        ...evidenceTexts(finding),
        ...new Set(finding.evidence.flatMap(({ sha256 }) => (sha256 === null ? [] : [`SHA-256 ${sha256}`]))),
      ]
        .map(oneLine)
        .join('\n'),
      lawTexts(finding, messages)
        .map(({ label, note }) => oneLine(`${label} (${note})`))
        .join('\n'),
      finding.fix && prose(finding.fix),
      finding.waiver && waiverText(finding.waiver, messages),
      finding.id,
    ]),
  };
}

export function questionSheet(teller: Teller): Sheet {
  const { say, code, prose, rule, result } = teller;
  return {
    name: say('sheet.questions'),
    columns: columns(say, [
      ['severity', 11],
      ['subject', 34],
      ['missing', 50],
      ['reason', 20],
      ['how', 60],
      ['rules', 44],
      ['answer', 40],
    ]),
    rows: eachRow(result.unknowns, (group) => [
      say(`severity.${group.severity}`),
      code(group.subject.id),
      group.missing.map(code).join('\n'),
      say(`reason.${group.reason}`),
      actionsOf(group.how).map(prose).join('\n'),
      group.rules.map((id) => oneLine([id, rule(id)].filter(Boolean).join(' '))).join('\n'),
      null,
    ]),
  };
}

/** Rows made as they are written. */
function* eachRow<T>(items: Iterable<T>, row: (item: T) => readonly Cell[]): Iterable<readonly Cell[]> {
  for (const item of items) yield row(item);
}

function* listed(findings: readonly Finding[]): Iterable<Finding> {
  for (const finding of findings) if (finding.outcome !== 'unknown') yield finding;
}

export function columns(
  say: Teller['say'],
  list: readonly (readonly [name: string, width: number])[],
): Sheet['columns'] {
  return list.map(([name, width]) => ({ label: say(`sheet.column.${name}`), width }));
}

/** A line break inside a text is not one of the list. */
export function oneLine(text: string): string {
  return text.replaceAll(/[\r\n]+/g, ' ');
}
