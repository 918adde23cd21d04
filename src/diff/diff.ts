import type { Finding, Outcome, Result, Severity, Subject, WaiverNote } from '../result/result.ts';
import { compareSettings, type Setting } from './setting.ts';

/** A judgement that a result lists: a failure, a rule that broke, or what is not known. */
export interface Judgement {
  /** The finding's fingerprint; null for an unknown that the result only groups. */
  readonly id: string | null;
  readonly rule: string;
  readonly subject: Subject;
  readonly outcome: Outcome;
  readonly severity: Severity;
  readonly message: string | null;
  readonly waiver: WaiverNote | null;
  readonly missing: readonly string[];
}

export interface Change {
  readonly old: Judgement;
  readonly new: Judgement;
  readonly fields: readonly ('outcome' | 'severity' | 'message' | 'waiver' | 'missing')[];
}

type Gate = Result['summary']['gate'];

/** What differs between two results of the same thing. */
export interface Diff {
  readonly schema: 'bercail/diff/v1';
  readonly old: RunNote;
  readonly new: RunNote;
  /** What the two were judged with and that is not the same: findings may differ for this alone. */
  readonly settings: readonly Setting[];
  readonly gate: { readonly old: Gate; readonly new: Gate };
  readonly appeared: readonly Judgement[];
  readonly gone: readonly Judgement[];
  readonly changed: readonly Change[];
  readonly unchanged: number;
}

export interface RunNote {
  readonly id: string;
  readonly finished_at: string;
  readonly as_of: string;
}

/** Compares by fingerprint; what was unknown and now fails, or the other way round, by rule and subject. Pure. */
export function diffResults(before: Result, after: Result): Diff {
  const olds = judgementsOf(before);
  const news = judgementsOf(after);
  const byId = new Map(news.flatMap((one) => (one.id === null ? [] : [[one.id, one] as const])));
  const byKey = uniqueByKey(news);
  const oldKeys = uniqueByKey(olds);
  const pairs: (readonly [Judgement, Judgement])[] = [];
  const taken = new Set<Judgement>();
  const gone: Judgement[] = [];
  for (const old of olds) {
    const key = keyOf(old);
    const found =
      (old.id === null ? undefined : byId.get(old.id)) ??
      (oldKeys.get(key) === old ? byKey.get(key) : undefined);
    if (found === undefined || taken.has(found)) gone.push(old);
    else {
      taken.add(found);
      pairs.push([old, found]);
    }
  }
  const sameLanguage = before.run.language === after.run.language;
  const changes = pairs.map(
    ([old, now]): Change => ({ old, new: now, fields: fieldsOf(old, now, sameLanguage) }),
  );
  return {
    schema: 'bercail/diff/v1',
    old: runOf(before),
    new: runOf(after),
    settings: compareSettings(before, after),
    gate: { old: before.summary.gate, new: after.summary.gate },
    appeared: news.filter((one) => !taken.has(one)),
    gone,
    changed: changes.filter(({ fields }) => fields.length > 0),
    unchanged: changes.filter(({ fields }) => fields.length === 0).length,
  };
}

/** True for what fails now, is not waived, and did not fail unwaived before. */
export function newFailures({ appeared, changed }: Diff): readonly Judgement[] {
  const fails = ({ outcome, waiver }: Judgement): boolean =>
    (outcome === 'fail' || outcome === 'error') && waiver === null;
  return [
    ...appeared.filter(fails),
    ...changed.filter(({ old, new: now }) => fails(now) && !fails(old)).map((one) => one.new),
  ];
}

function judgementsOf({ findings, unknowns }: Result): readonly Judgement[] {
  const listed = findings
    .filter(({ outcome }) => outcome !== 'pass' && outcome !== 'not_applicable')
    .map(judgementOf);
  const keys = new Set(listed.map(keyOf));
  const grouped = unknowns.flatMap(({ rules, subject, severity, missing }) =>
    rules.map(
      (rule): Judgement => ({
        id: null,
        rule,
        subject,
        outcome: 'unknown',
        severity,
        message: null,
        waiver: null,
        missing,
      }),
    ),
  );
  return [...listed, ...merge(grouped).filter((one) => !keys.has(keyOf(one)))];
}

function judgementOf({ id, rule, subject, outcome, severity, message, waiver, missing }: Finding): Judgement {
  const facts = missing.map(({ fact }) => fact).toSorted();
  return {
    id,
    rule,
    subject,
    outcome,
    severity,
    message: outcome === 'unknown' ? null : message,
    waiver,
    missing: facts,
  };
}

/** A rule that misses facts for two reasons is in two groups: one judgement all the same. */
function merge(grouped: readonly Judgement[]): readonly Judgement[] {
  const known = new Map<string, Judgement>();
  for (const one of grouped) {
    const before = known.get(keyOf(one));
    const missing = [...new Set([...(before?.missing ?? []), ...one.missing])].toSorted();
    known.set(keyOf(one), { ...one, missing });
  }
  return [...known.values()];
}

function keyOf({ rule, subject }: Judgement): string {
  return `${rule}\0${subject.type}\0${subject.id}`;
}

function uniqueByKey(judgements: readonly Judgement[]): ReadonlyMap<string, Judgement> {
  const counts = new Map<string, number>();
  for (const one of judgements) counts.set(keyOf(one), (counts.get(keyOf(one)) ?? 0) + 1);
  return new Map(judgements.filter((one) => counts.get(keyOf(one)) === 1).map((one) => [keyOf(one), one]));
}

function fieldsOf(old: Judgement, now: Judgement, sameLanguage: boolean): Change['fields'] {
  const fields = ['outcome', 'severity', 'message', 'waiver', 'missing'] as const;
  return fields.filter((field) => {
    // Texts in two languages differ without anything having changed.
    if (field === 'message' && (!sameLanguage || old.outcome !== now.outcome)) return false;
    return JSON.stringify(old[field]) !== JSON.stringify(now[field]);
  });
}

function runOf({ run }: Result): RunNote {
  return { id: run.id, finished_at: run.finished_at, as_of: run.as_of };
}
