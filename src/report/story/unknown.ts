import { type Severity, severities, type UnknownGroup } from '../../result/result.ts';
import { actionsOf, collapse } from '../action.ts';
import { manifestField } from '../field.ts';
import { whoCanSay } from '../words.ts';
import type { Teller } from './teller.ts';
import type { Limits } from './told.ts';

const subjectsShown = 20;

/** An action that would supply a fact; `fields` are where in the manifest it is written. */
export interface Action {
  readonly fields: string | null;
  readonly text: string;
}

/** What is missing, about which subjects, and which rules wait for it. */
export interface Question {
  readonly subjects: readonly string[];
  readonly severity: Severity;
  readonly severityLabel: string;
  readonly rules: readonly { readonly id: string; readonly title: string | null }[];
  readonly missing: readonly string[];
  readonly how: readonly Action[];
}

/** Everything that one person, permission or measure could settle. */
export interface Answerer {
  readonly who: string;
  readonly count: number;
  readonly countLabel: string;
  readonly questions: readonly Question[];
  readonly left: string | null;
}

/** What is not known, by who can supply it: the report's list of questions to ask. */
export function tellUnknowns(teller: Teller, limits: Limits) {
  const { say, result } = teller;
  const groups = new Map<string, UnknownGroup[]>();
  for (const group of result.unknowns) {
    const who = answererOf(group);
    const known = groups.get(who);
    if (known) known.push(group);
    else groups.set(who, [group]);
  }
  const answerers = [...groups].map(([who, list]): Answerer => {
    const questions = merge(list);
    const shown = questions.slice(0, limits.rows);
    return {
      who: capital(say(who)),
      count: questions.length,
      countLabel: say('story.unknowns.count', { count: questions.length }),
      questions: shown.map((groups) => questionOf(teller, groups)),
      left:
        questions.length > shown.length
          ? say('story.left.rows', { count: questions.length - shown.length })
          : null,
    };
  });
  return { intro: say('story.unknowns.intro'), count: result.unknowns.length, answerers };
}

/** Of a group whose facts several could supply, the first decides: the actions name them all. */
function answererOf({ missing, reason, subject }: UnknownGroup): string {
  const [fact = ''] = missing;
  if (fact === 'attestation') return 'story.who.attestation';
  if (/(^|\.)measured(\.|$)/.test(fact)) return 'story.who.measure';
  if (reason === 'denied') return 'story.who.permission';
  if (reason === 'error') return 'story.who.source';
  const field = manifestField(fact, subject);
  return field === null ? 'story.who.source' : whoCanSay(field);
}

type Groups = readonly [UnknownGroup, ...UnknownGroup[]];

/** What one answer settles is one question, whatever the number of rules and subjects that wait for it. */
function merge(groups: readonly UnknownGroup[]): readonly Groups[] {
  const merged = new Map<string, [UnknownGroup, ...UnknownGroup[]]>();
  for (const group of groups) {
    const known = merged.get(group.how);
    if (known) known.push(group);
    else merged.set(group.how, [group]);
  }
  return [...merged.values()].sort((a, b) => rank(a[0]) - rank(b[0]));
}

/** Groups come by severity: the first of a question is the gravest. */
function rank({ severity }: UnknownGroup): number {
  return severities.indexOf(severity);
}

function questionOf({ say, code, prose, rule }: Teller, groups: Groups): Question {
  const [{ severity, how }] = groups;
  const subjects = [...new Set(groups.map(({ subject }) => code(subject.label)))];
  const more = subjects.length - subjectsShown;
  const missing = [...new Set(groups.flatMap((group) => group.missing))];
  return {
    subjects: more > 0 ? [...subjects.slice(0, subjectsShown), say('more.count', { count: more })] : subjects,
    severity,
    severityLabel: say(`severity.${severity}`),
    rules: [...new Set(groups.flatMap(({ rules }) => rules))].map((id) => ({
      id: code(id),
      title: rule(id),
    })),
    missing: collapse(missing, (members) => `{${members.join(', ')}}`).map(code),
    how: actionsOf(how).map((line) => actionOf(prose, line)),
  };
}

/** `organisations.contractor.owner, … — what to do`. */
function actionOf(prose: (text: string) => string, line: string): Action {
  const [, fields = null, text = line] = /^(\S+(?:, \S+)*) — (.+)$/s.exec(line) ?? [];
  return { fields, text: capital(prose(text)) };
}

function capital(text: string): string {
  return `${text.slice(0, 1).toLocaleUpperCase()}${text.slice(1)}`;
}
