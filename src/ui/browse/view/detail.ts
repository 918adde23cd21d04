import { actionsOf } from '../../../report/action.ts';
import { basisText, lawTexts, pathText, placeText, titleOf, waiverText } from '../../../report/describe.ts';
import { createPage, type Page } from '../../../report/format/text/page.ts';
import type { Span } from '../../../report/format/text/span.ts';
import { evidenceLabel } from '../../../report/location.ts';
import { visible } from '../../../report/visible.ts';
import type { Finding } from '../../../result/result.ts';
import type { Entry } from '../entry.ts';
import type { Look } from './look.ts';
import { glyphOf } from './row.ts';

/** Evidence of a finding that is listed; a report lists it all. */
const EVIDENCE = 40;

/** Everything that is known of one judgement, as lines of at most `width` columns. */
export function detailLines(entry: Entry, look: Look, width: number): readonly (readonly Span[])[] {
  const { messages, language } = look;
  const page = createPage({ messages, language, color: false, hyperlinks: false, width });
  const { finding, question, status, severity, subject, place } = entry;
  const kind = `${messages(`browse.status.${status}`)} · ${messages(`severity.${severity}`)}`;
  page.item(
    [{ ...glyphOf(entry) }, { text: page.name(entry.rule), style: 'bold' }, '  '],
    [{ text: page.say(entry.title), style: 'bold' }],
  );
  page.line([{ text: kind, style: status === 'fail' ? severity : 'dim' }], 2);
  page.blank();
  const title = titleOf(subject);
  page.field(messages('label.subject'), [page.name(subject.id)], 2);
  if (title !== '') page.field('', [page.name(title)], 2);
  if (place) page.field(messages('label.place'), [page.name(placeText(place, messages))], 2);
  if (entry.datasets.length > 0)
    page.field(messages('browse.dataset'), [entry.datasets.map(page.name).join(', ')], 2);
  if (entry.operator !== null) page.field(messages('browse.operator'), [page.name(entry.operator)], 2);
  page.blank();
  if (finding && finding.message !== '') paragraph(page, finding.message);
  if (finding) writeGrounds(page, finding, look);
  if (question) {
    page.field(messages('label.missing'), [question.missing.map(page.name).join(', ')], 2);
    page.field('', [{ text: messages(`reason.${question.reason}`), style: 'dim' }], 2);
    for (const [index, action] of actionsOf(question.how).entries())
      page.field(index === 0 ? messages('label.how') : '', [page.say(action)], 2);
    page.blank();
  }
  if (finding) writeLaw(page, finding, look);
  if (entry.waiver) page.field(messages('label.waived'), [page.say(waiverText(entry.waiver, messages))], 2);
  page.field(messages('browse.id'), [{ text: page.name(entry.id), style: 'dim' }], 2);
  return page.rows();
}

function paragraph(page: Page, text: string): void {
  page.line([page.say(text)], 2);
  page.blank();
}

function writeGrounds(page: Page, finding: Finding, { messages, places }: Look): void {
  const { path, evidence, why } = finding;
  if (path.length > 0) {
    page.field(messages('label.path'), [page.say(visible(pathText(finding, places, messages)))], 2);
    page.blank();
  }
  const refs = [
    ...evidence.map((one) => ({
      text: evidenceLabel(one),
      note: [one.source, one.at, one.sha256?.slice(0, 12)],
    })),
    ...path.map((step) => ({ text: step.evidence, note: [] })),
  ];
  const seen = new Set<string>();
  const listed = refs.filter(({ text }) => text !== '' && !seen.has(text) && seen.add(text));
  for (const [index, { text, note }] of listed.slice(0, EVIDENCE).entries())
    page.field(
      index === 0 ? messages('label.evidence') : '',
      [
        page.name(text),
        {
          text: `  ${note
            .filter(Boolean)
            .map((part) => page.name(part ?? ''))
            .join(' · ')}`,
          style: 'dim',
        },
      ],
      2,
    );
  if (listed.length > EVIDENCE)
    page.field('', [messages('more.count', { count: listed.length - EVIDENCE })], 2);
  if (listed.length > 0) page.blank();
  if (why !== null) {
    page.field(messages('browse.why'), [page.say(why)], 2);
    page.blank();
  }
}

function writeLaw(page: Page, finding: Finding, { messages }: Look): void {
  page.field(messages('browse.facet.basis'), [basisText(finding, messages)], 2);
  let number = 0;
  for (const [index, { label, note, url }] of lawTexts(finding, messages).entries()) {
    number += url === null ? 0 : 1;
    // The digit opens it.
    const key: Span[] = url !== null && number < 10 ? [{ text: `[${number}] `, style: 'low' }] : [];
    const texts: (Span | string)[] = [...key, page.name(label), { text: ` (${note})`, style: 'dim' }];
    page.field(index === 0 ? messages('label.basis') : '', texts, 2);
    if (url !== null) page.field('', [{ text: page.name(url), style: 'dim' }], 2);
  }
  page.blank();
  if (finding.fix !== null) {
    page.field(messages('label.fix'), [page.say(finding.fix)], 2);
    page.blank();
  }
}
