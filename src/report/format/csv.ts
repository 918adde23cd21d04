import type { Finding, Result } from '../../result/result.ts';
import { evidenceTexts, pathText, waiverText } from '../describe.ts';
import type { Messages } from '../message.ts';
import { type Question, questionsOf } from '../question.ts';
import type { Reporter } from '../reporter.ts';
import { visible } from '../visible.ts';

/** Names of columns never change with the language: programs read them. */
const columns = [
  'id',
  'rule',
  'name',
  'title',
  'pack',
  'outcome',
  'severity',
  'basis',
  'mark',
  'contested',
  'subject_type',
  'subject',
  'label',
  'provider',
  'region',
  'city',
  'countries',
  'message',
  'missing',
  'reason',
  'how',
  'path',
  'evidence',
  'law',
  'fix',
  'waiver',
] as const;

type Row = { readonly [column in (typeof columns)[number]]?: string | null };

/** RFC 4180: a line a judgement, every field quoted. What is not known has its own lines. UTF-8 without a mark. */
export const render: Reporter = (result, { messages }) => lines(result, messages);

/** A line at a time: as one text, a large result would be held several times over. */
function* lines(result: Result, messages: Messages): Iterable<string> {
  yield line(columns);
  for (const finding of result.findings)
    if (finding.outcome !== 'unknown') yield rowLine(rowOf(finding, messages));
  for (const question of questionsOf(result)) yield rowLine(openRow(question));
}

function rowLine(row: Row): string {
  return line(columns.map((column) => row[column] ?? ''));
}

function line(fields: readonly string[]): string {
  return `${fields.map(quote).join(',')}\r\n`;
}

function rowOf(finding: Finding, messages: Messages): Row {
  const {
    id,
    rule,
    name,
    title,
    pack,
    outcome,
    severity,
    basis,
    mark,
    contested,
    subject,
    place,
    message,
    missing,
    law,
    fix,
    waiver,
  } = finding;
  return {
    id,
    rule,
    name,
    title,
    pack,
    outcome,
    severity,
    basis,
    mark,
    contested: String(contested),
    subject_type: subject.type,
    subject: subject.id,
    label: subject.label,
    provider: place?.provider ?? null,
    region: place?.region ?? null,
    city: place?.city ?? null,
    countries: place?.countries.join(' ') ?? null,
    message,
    missing: missing.map(({ fact }) => fact).join(' '),
    path: pathText(finding, new Map(), messages),
    evidence: evidenceTexts(finding).join(' '),
    law: law.map((one) => one.id).join(' '),
    fix,
    waiver: waiver && waiverText(waiver, messages),
  };
}

function openRow({ id, rule, title, pack, severity, subject, missing, reason, how, finding }: Question): Row {
  const known: Row = finding
    ? { name: finding.name, basis: finding.basis, mark: finding.mark, contested: String(finding.contested) }
    : {};
  return {
    ...known,
    id,
    rule,
    title,
    pack,
    outcome: 'unknown',
    severity,
    subject_type: subject.type,
    subject: subject.id,
    label: subject.label,
    missing: missing.join(' '),
    reason,
    how: how.replaceAll('\n', ' '),
  };
}

/** A spreadsheet runs what starts like a formula: an apostrophe in front makes it text. Wide forms count as well. */
export function quote(field: string): string {
  const text = visible(field);
  const harmless = /^\s*(?:[=+\-@|%\uff1d\uff0b\uff0d\uff20]|\\[trn])/.test(text) ? `'${text}` : text;
  return `"${harmless.replaceAll('"', '""')}"`;
}
