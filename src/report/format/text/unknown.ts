import type { Result, Subject, UnknownGroup } from '../../../result/result.ts';
import { actionsOf, collapse } from '../../action.ts';
import { titleOf } from '../../describe.ts';
import { fold, type Page } from './page.ts';
import { isSummary } from './summary.ts';

/** Subjects told in full; then one line each; then counted. */
const FULL = 12;
const BRIEF = 24;
const FACTS = 6;
const ACTIONS = 4;
const RULES = 12;

/** What is not known: for each subject the facts, why they are missing, how to supply them, which rules wait. */
export function writeUnknowns(page: Page, result: Result): void {
  const { unknowns } = result;
  // Beside a summary of what fails, what is not known is one too.
  const [full, few] = isSummary(result) ? [3, 12] : [FULL, BRIEF];
  if (unknowns.length === 0) return;
  const { messages } = page;
  const subjects = bySubject(unknowns);
  const facts = subjects.reduce(
    (sum, groups) => sum + new Set(groups.flatMap(({ missing }) => missing)).size,
    0,
  );
  const counts = [
    messages('count.subjects', { count: subjects.length }),
    messages('count.facts', { count: facts }),
  ];
  page.heading(messages('section.unknown'), counts.join(', '), 'open');
  for (const groups of subjects.slice(0, full)) writeSubject(page, groups);
  const brief = subjects.slice(full, full + few);
  for (const groups of brief) {
    const [first] = groups as [UnknownGroup];
    const missing = [...new Set(groups.flatMap((group) => group.missing))];
    page.item(
      [{ text: '? ', style: 'open' }, { text: page.name(first.subject.id), style: 'bold' }, '   '],
      [{ text: fold(collapse(missing, listed).map(page.name), 2, page), style: 'dim' }],
    );
  }
  const rest = subjects.length - full - brief.length;
  if (rest > 0) page.line([{ text: messages('more.unknown', { count: rest }), style: 'dim' }], 2);
  page.blank();
}

function writeSubject(page: Page, groups: readonly UnknownGroup[]): void {
  const { messages } = page;
  const [{ subject, severity }] = groups as [UnknownGroup];
  const kind = `${messages(`subject.${subject.type}`)} · ${messages(`severity.${severity}`)}`;
  page.item(
    [{ text: '? ', style: 'open' }, { text: page.name(subject.id), style: 'bold' }, '   '],
    [page.name(titleOf(subject))],
    [{ text: kind, style: 'dim' }],
  );
  for (const [index, [reason, facts]] of [...byReason(groups)].entries()) {
    const names = fold(collapse(facts, listed).map(page.name), FACTS, page);
    page.field(
      index === 0 ? messages('label.missing') : '',
      [{ text: `${messages(`reason.${reason}`)} — `, style: 'dim' }, names],
      2,
    );
  }
  const actions = actionsOf(groups.map(({ how }) => how).join('\n'));
  const shown = actions.length <= ACTIONS + 1 ? actions : actions.slice(0, ACTIONS);
  for (const [index, action] of shown.entries())
    page.field(index === 0 ? messages('label.how') : '', [page.say(action)], 2);
  if (actions.length > shown.length)
    page.field(
      '',
      [{ text: messages('more.count', { count: actions.length - shown.length }), style: 'dim' }],
      2,
    );
  const rules = [...new Set(groups.flatMap((group) => group.rules))].sort();
  page.field(messages('label.rules'), [{ text: fold(rules.map(page.name), RULES, page), style: 'dim' }], 2);
  page.blank();
}

/** Groups of one subject, in order of its gravest; a subject is told once. */
function bySubject(unknowns: readonly UnknownGroup[]): readonly UnknownGroup[][] {
  const subjects = new Map<string, UnknownGroup[]>();
  // In a result that was just made, groups of one subject share it.
  const known = new Map<Subject, UnknownGroup[]>();
  for (const group of unknowns) {
    const { subject } = group;
    let groups = known.get(subject);
    if (groups === undefined) {
      const key = `${subject.type}\0${subject.id}`;
      groups = subjects.get(key) ?? [];
      known.set(subject, groups);
      subjects.set(key, groups);
    }
    groups.push(group);
  }
  return [...subjects.values()];
}

/** The missing facts of a subject, each once, by why they are missing. */
function byReason(groups: readonly UnknownGroup[]): ReadonlyMap<UnknownGroup['reason'], readonly string[]> {
  const seen = new Set<string>();
  const reasons = new Map<UnknownGroup['reason'], string[]>();
  for (const { missing, reason } of groups) {
    for (const fact of missing) {
      if (seen.has(fact)) continue;
      seen.add(fact);
      const facts = reasons.get(reason);
      if (facts) facts.push(fact);
      else reasons.set(reason, [fact]);
    }
  }
  return reasons;
}

/** Facts of a record: some by name, the others counted. */
function listed(members: readonly string[]): string {
  return members.length <= 4
    ? `{${members.join(', ')}}`
    : `{${members.slice(0, 3).join(', ')}, +${members.length - 3}}`;
}
