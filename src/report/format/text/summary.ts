import type { Finding, Result, Severity } from '../../../result/result.ts';
import { basisText, cityText } from '../../describe.ts';
import { columns } from './layout.ts';
import type { Page } from './page.ts';
import type { Span } from './span.ts';

/** Failures that are told each; more of them are summarised. */
const MANY = 40;
/** Subjects of a rule that are named. */
const NAMED = 3;

/** Nobody reads hundreds of findings in a row. Who asks for every judgement gets them in full. */
export function isSummary({ findings }: Pick<Result, 'findings'>): boolean {
  return (
    findings.filter(({ outcome }) => outcome === 'fail').length > MANY &&
    findings.every(({ outcome }) => outcome === 'fail' || outcome === 'error')
  );
}

/** What is said before a summary: how much there is, and where it is told in full. */
export function writeSummaryNote(page: Page, { findings }: Result): void {
  const failing = findings.filter(({ outcome }) => outcome === 'fail');
  const rules = new Set(failing.map(({ rule }) => rule)).size;
  page.blank();
  page.line([{ text: page.messages('summary.note', { count: failing.length, rules }), style: 'bold' }]);
}

/** A rule in two or three lines: what it asks, of whom it is not so, and for the gravest what to do. */
export function writeBriefRule(page: Page, group: readonly Finding[], severity: Severity): void {
  const { messages } = page;
  const open = group.filter(({ waiver }) => waiver === null);
  const [first] = (open.length > 0 ? open : group) as readonly [Finding];
  const glyph: Span = open.length === 0 ? { text: '~ ', style: 'dim' } : { text: '✗ ', style: severity };
  const counts = [
    messages('count.subjects', { count: group.length }),
    ...(open.length < group.length ? [messages('count.waived', { count: group.length - open.length })] : []),
    basisText(first, messages),
  ];
  page.item(
    [glyph, { text: page.name(first.rule), style: 'bold' }, '  '],
    [page.say(first.title)],
    [{ text: counts.join(' · '), style: 'dim' }],
  );
  const subjects = [...open, ...group.filter(({ waiver }) => waiver !== null)].map(
    ({ subject, place, waiver }) => {
      const where = place === null ? '' : ` (${page.name(cityText(place, messages))})`;
      return `${waiver === null ? '' : '~ '}${page.name(subject.id)}${where}`;
    },
  );
  page.short([{ text: named(subjects, page) }], 4);
  if (first.fix !== null && (severity === 'critical' || severity === 'high'))
    page.short([{ text: `${messages('label.fix')} — ${page.say(first.fix)}`, style: 'dim' }], 4);
}

/** As many of the subjects as a line holds, and how many more there are. */
function named(subjects: readonly string[], page: Page): string {
  const folded = (count: number): string => {
    const rest = subjects.length - count;
    const more = rest === 0 ? '' : ` ${page.messages('more.count', { count: rest })}`;
    return `${subjects.slice(0, count).join(', ')}${more}`;
  };
  for (let count = Math.min(NAMED, subjects.length); count > 1; count -= 1)
    if (columns(folded(count)) <= page.width - 4) return folded(count);
  return folded(1);
}
