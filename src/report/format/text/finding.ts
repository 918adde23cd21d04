import {
  type Finding,
  type FindingPlace,
  type Result,
  type Severity,
  severities,
} from '../../../result/result.ts';
import {
  basisText,
  evidenceTexts,
  lawTexts,
  pathText,
  placeText,
  shorten,
  titleOf,
  waiverText,
} from '../../describe.ts';
import { visible } from '../../visible.ts';
import { fold, type Page } from './page.ts';
import type { Span } from './span.ts';
import { isSummary, writeBriefRule, writeSummaryNote } from './summary.ts';

/** Subjects of one rule told in full, then by one line each; beyond that they are counted. */
const FULL = 5;
const BRIEF = 10;
const EVIDENCE = 4;

type Places = ReadonlyMap<string, FindingPlace>;

/** Failures by severity, then by rule: what is said once of a rule is not repeated for each of its subjects. */
export function writeFailures(page: Page, result: Result, places: Places): void {
  const { findings } = result;
  const isShort = isSummary(result);
  if (isShort) writeSummaryNote(page, result);
  for (const severity of severities) {
    const group = findings.filter((finding) => finding.outcome === 'fail' && finding.severity === severity);
    if (group.length === 0) continue;
    page.heading(
      page.messages('section.severity', { severity: page.messages(`severity.${severity}`) }),
      countText(page, group),
      severity,
    );
    for (const rule of byRule(group))
      if (isShort) writeBriefRule(page, rule, severity);
      else writeRule(page, rule, severity, places);
    if (isShort) page.blank();
  }
}

/** Rules that broke: neither passed nor failed, and somebody must look. */
export function writeErrors(page: Page, { findings }: Result): void {
  const broken = findings.filter(({ outcome }) => outcome === 'error');
  if (broken.length === 0) return;
  page.heading(
    page.messages('section.errors'),
    page.messages('count.subjects', { count: broken.length }),
    'bad',
  );
  for (const group of byRule(broken)) {
    const [first] = group as [Finding];
    page.item(
      [{ text: '! ', style: 'bad' }, { text: page.name(first.rule), style: 'bold' }, '  '],
      [page.say(first.title)],
    );
    page.blank();
    for (const { subject, message } of group.slice(0, FULL)) {
      page.line([{ text: page.name(subject.id), style: 'bold' }], 2);
      page.line([page.say(message)], 4);
      page.blank();
    }
    writeRest(page, group.slice(FULL));
  }
}

function countText({ messages }: Page, group: readonly Finding[]): string {
  const waived = group.filter(({ waiver }) => waiver !== null).length;
  const counts = [
    messages('count.findings', { count: group.length - waived }),
    ...(waived > 0 ? [messages('count.waived', { count: waived })] : []),
  ];
  return counts.join(', ');
}

export function byRule(findings: readonly Finding[]): readonly Finding[][] {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const group = groups.get(finding.rule);
    if (group) group.push(finding);
    else groups.set(finding.rule, [finding]);
  }
  return [...groups.values()];
}

function writeRule(page: Page, group: readonly Finding[], severity: Severity, places: Places): void {
  const { messages } = page;
  const [first] = group as [Finding];
  const isWaived = group.every(({ waiver }) => waiver !== null);
  const glyph: Span = isWaived ? { text: '~ ', style: 'dim' } : { text: '✗ ', style: severity };
  page.item(
    [glyph, { text: page.name(first.rule), style: 'bold' }, '  '],
    [page.say(first.title)],
    [{ text: basisText(first, messages), style: 'dim' }],
  );
  page.blank();
  // What was accepted comes after what was not.
  const sorted = [
    ...group.filter(({ waiver }) => waiver === null),
    ...group.filter(({ waiver }) => waiver !== null),
  ];
  for (const [index, finding] of sorted.slice(0, FULL).entries())
    writeSubject(page, finding, places, sorted[index - 1]?.message === finding.message);
  writeRest(page, sorted.slice(FULL));
  const laws = lawTexts(first, messages).flatMap(({ label, note, url }, index): (Span | string)[] => [
    ...(index > 0 ? [{ text: ' · ', style: 'dim' as const }] : []),
    { text: page.name(label), href: url },
    { text: ` (${note})`, style: 'dim' },
  ]);
  if (laws.length > 0) page.field(messages('label.basis'), laws, 2);
  writeFixes(page, sorted);
  page.blank();
}

function writeSubject(page: Page, finding: Finding, places: Places, isRepeated: boolean): void {
  const { messages } = page;
  const { subject, place, waiver, id } = finding;
  const mark: Span = waiver ? { text: '~ ', style: 'dim' } : { text: '• ' };
  const about = place ? placeText(place, messages) : titleOf(subject);
  page.item(
    [mark, { text: page.name(subject.id), style: 'bold' }, '   '],
    [page.name(about)],
    [{ text: page.name(id.slice(0, 8)), style: 'dim' }],
    2,
  );
  page.line([isRepeated ? { text: messages('text.same'), style: 'dim' } : page.say(finding.message)], 4);
  if (isTold(finding))
    page.field(messages('label.path'), [page.say(visible(pathText(finding, places, messages)))]);
  writeEvidence(page, finding);
  if (waiver)
    page.field(messages('label.waived'), [
      page.say(waiverText(waiver, messages)),
      ...(waiver.link === null ? [] : [{ text: ` ${page.name(waiver.link)}`, style: 'dim' as const }]),
    ]);
  page.blank();
}

/** What it rests on; a place in a file is a link to it. */
function writeEvidence(page: Page, finding: Finding): void {
  const refs = shorten(evidenceTexts(finding));
  const shown = refs.length <= EVIDENCE + 1 ? refs : refs.slice(0, EVIDENCE);
  const rest = refs.length - shown.length;
  const spans = shown.flatMap(({ text, ref }, index): Span[] => [
    ...(index === 0 ? [] : [{ text: ', ', style: 'dim' as const }]),
    { text: page.name(text), style: 'dim', file: page.addressOf(ref) },
  ]);
  const more: Span[] =
    rest === 0 ? [] : [{ text: ` ${page.messages('more.count', { count: rest })}`, style: 'dim' }];
  if (refs.length > 0) page.field(page.messages('label.evidence'), [...spans, ...more]);
}

/** That a dataset is where it is declared to be, its id says already. */
function isTold({ path }: Finding): boolean {
  return path.length > 1 || (path.length === 1 && path[0]?.kind !== 'declared');
}

function writeRest(page: Page, rest: readonly Finding[]): void {
  if (rest.length === 0) return;
  const brief = rest.slice(0, BRIEF);
  for (const { subject, place, waiver, id } of brief) {
    const where = place ? page.name(placeText(place, page.messages)) : '';
    page.item(
      [waiver ? '~ ' : '• ', page.name(subject.id), '   '],
      [{ text: where, style: 'dim' }],
      [{ text: page.name(id.slice(0, 8)), style: 'dim' }],
      2,
    );
  }
  if (rest.length > BRIEF)
    page.line([{ text: page.messages('more.subjects', { count: rest.length - BRIEF }), style: 'dim' }], 4);
  page.blank();
}

/** What to do, once for all subjects; where providers differ, once for each way with whom it is for. */
function writeFixes(page: Page, group: readonly Finding[]): void {
  const ways = new Map<string, string[]>();
  for (const { fix, subject, waiver } of group) {
    if (fix === null || (waiver !== null && ways.size > 0)) continue;
    const subjects = ways.get(fix);
    if (subjects) subjects.push(page.name(subject.id));
    else ways.set(fix, [page.name(subject.id)]);
  }
  for (const [fix, subjects] of ways) {
    const whose = ways.size > 1 ? [{ text: `${fold(subjects, 2, page)} — `, style: 'dim' as const }] : [];
    page.field(page.messages('label.fix'), [...whose, page.say(fix)], 2);
  }
}
