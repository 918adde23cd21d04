import { createHash } from 'node:crypto';
import type { Finding, Result, UnknownGroup } from '../result/result.ts';
import { actionsOf } from './action.ts';

/** What is not known, for one rule: outputs that list one line a judgement need the groups taken apart. */
export interface Question extends Pick<UnknownGroup, 'subject' | 'missing' | 'reason' | 'how' | 'severity'> {
  /** The finding's fingerprint where the result lists it, else one of rule and subject. */
  readonly id: string;
  readonly rule: string;
  /** What the rule asks and the pack it comes from, where the result says. */
  readonly title: string | null;
  readonly pack: string | null;
  /** Set when the result lists every judgement. */
  readonly finding: Finding | null;
}

/** Each when it is asked for, and again at every turn: of a large result there are very many. */
export function questionsOf(result: Result): Iterable<Question> {
  return { [Symbol.iterator]: () => questions(result) };
}

/** How many there are. */
export function countQuestions({ unknowns }: Result): number {
  return unknowns.reduce((sum, { rules }) => sum + rules.length, 0);
}

function* questions({ findings, unknowns, context, run }: Result): Generator<Question> {
  const about = new Map<string, { readonly title: string | null; readonly pack: string }>();
  for (const { id, title, pack } of context?.rules ?? [])
    about.set(id, { title: title[run.language] ?? null, pack });
  for (const { rule, title, pack } of findings) about.set(rule, { title, pack });
  const listed = new Map(
    findings
      .filter(({ outcome }) => outcome === 'unknown')
      .map((finding) => [keyOf(finding.rule, finding), finding]),
  );
  for (const group of unknowns) {
    const { subject, missing, reason, severity } = group;
    const how = actionsOf(group.how).join('\n');
    for (const rule of group.rules) {
      const key = keyOf(rule, group);
      const finding = listed.get(key) ?? null;
      const title = about.get(rule)?.title ?? null;
      const pack = about.get(rule)?.pack ?? null;
      yield {
        subject,
        missing,
        reason,
        severity,
        how,
        rule,
        title,
        pack,
        finding,
        // Worked out by whoever needs it.
        get id() {
          return finding?.id ?? createHash('sha256').update(`unknown\0${key}`).digest('hex').slice(0, 32);
        },
      };
    }
  }
}

function keyOf(rule: string, { subject }: Pick<Finding, 'subject'>): string {
  return `${rule}\0${subject.type}\0${subject.id}`;
}
