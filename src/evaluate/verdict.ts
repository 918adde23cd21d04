import type { Evidence } from '../inventory/fact.ts';
import type { Attestation } from '../inventory/noun.ts';
import type { ActiveRule } from '../policy/resolve.ts';
import type { Outcome, Severity } from '../result/result.ts';
import { inForce, paramValues } from '../rule/inline-test.ts';
import { judge, severityOf, type Verdict } from '../rule/judge.ts';
import type { Target } from '../rule/model.ts';
import type { Judgement } from '../rule/rule.ts';
import { missing } from '../rule/view/lift.ts';
import { answersTo, standing } from './attestation.ts';
import type { OnRule } from './deadline.ts';
import type { subjectNamer } from './subject.ts';
import { type Rename, renamed, type Undecided } from './unknown.ts';
import { likeness, readsIdentity, renaming } from './view/alike.ts';
import { get, passing, type View, type ViewContext } from './view/context.ts';
import { type Judged, scopeOf } from './view/scope.ts';
import { isExpired, type Waiver } from './waive.ts';

/** A rule with its parameters, for one target. */
export interface Ready extends ActiveRule {
  readonly judgement: Judgement;
  readonly values: { readonly [param: string]: unknown };
}

/** The rules of each target, with their parameters; outside its dates a rule applies to nothing. */
export function byTarget(rules: readonly ActiveRule[], asOf: string): ReadonlyMap<Target, readonly Ready[]> {
  const targets = new Map<Target, Ready[]>();
  for (const active of rules) {
    const values = paramValues(active.rule, active.params);
    for (const [target, judgement] of active.rule.judgements) {
      const dated = inForce(active.rule, asOf) ? judgement : { ...judgement, when: never };
      targets.set(target, [...(targets.get(target) ?? []), { ...active, judgement: dated, values }]);
    }
  }
  return targets;
}

const notAttested = missing('not_asked');
const never = { source: 'false', type: 'bool', facts: [], evaluate: () => false } as const;

/** What one rule says of one subject. */
export interface RuleVerdict {
  readonly verdict: Verdict;
  readonly severity: Severity;
  readonly evidence: readonly Evidence[];
}

/** What the rules say of one subject; the same objects for subjects that are alike. */
export interface Said {
  /** One for each rule, in order. */
  readonly verdicts: readonly RuleVerdict[];
  readonly undecided: readonly Undecided[];
  /** Places, in `verdicts`, of failures and of rules that broke. */
  readonly told: readonly number[];
  readonly counts: Counts;
  /** Whether any rule applies, or may. */
  readonly applies: boolean;
  /** Set where what is missing stands in the names of another subject. */
  readonly rename: Rename | null;
}

export type Counts = { readonly [outcome in Outcome]: number };

export const nothing: Counts = { pass: 0, fail: 0, unknown: 0, not_applicable: 0, error: 0 };

interface JudgeInput {
  readonly context: ViewContext;
  readonly rules: readonly Ready[];
  readonly name: ReturnType<typeof subjectNamer>;
  readonly waivers: readonly Waiver[];
  /** Takes up the answers that some rule asks for. */
  readonly heard: Set<Attestation>;
  readonly onRule?: OnRule | undefined;
}

/**
 * Judges subjects of one target. In a large estate most assets are like others in everything that rules read: the first
 * is judged, and the others have its verdicts. A rule that reads what only one subject has, or that a person answers
 * for each, is judged each time.
 */
export function createJudge({
  context,
  rules,
  name,
  waivers,
  heard,
  onRule,
}: JudgeInput): (judged: Judged) => Said {
  const { inventory, asOf } = context;
  const byHand = ({ rule }: Ready): boolean =>
    rule.source.from.includes('attestation') && inventory.attestations.length > 0;
  const isShared = rules.map((ready) => !readsIdentity(ready.judgement) && !byHand(ready));
  const keyOf = likeness(
    context,
    rules.filter((_, index) => isShared[index]).map(({ judgement }) => judgement),
  );
  const areAllShared = isShared.every(Boolean);
  const alike = new Map<string, { readonly first: Judged; readonly said: Said }>();
  /** Keys of subjects that no rule tells from others but by their account. */
  const byAccount = new Set<string>();

  return (judged) => {
    if (judged.target !== 'asset' && judged.target !== 'holding') return judgeAll(judged);
    const like = keyOf(judged);
    const known = alike.get(byAccount.has(like) ? `${like} ${accountOf(judged)}` : like);
    if (known !== undefined) return ofAnother(judged, known);
    let looked = false;
    const said = judgeAll(judged, () => {
      looked = true;
    });
    if (looked) byAccount.add(like);
    alike.set(looked ? `${like} ${accountOf(judged)}` : like, { first: judged, said });
    return said;
  };

  function judgeAll(judged: Judged, onAccount?: () => void): Said {
    const judgeOne = judgeOf(judged, onAccount);
    return told(rules.map(judgeOne), rules);
  }

  /** What was said of another subject that is alike. */
  function ofAnother(judged: Judged, { first, said }: { readonly first: Judged; readonly said: Said }): Said {
    const names = judged.target === 'asset' && first.target === 'asset' && said.undecided.some(isNamed);
    const rename = names ? renaming(context, first.thing, judged.thing) : null;
    if (areAllShared) return rename === null ? said : { ...said, rename };
    const judgeOne = judgeOf(judged);
    const own = said.verdicts.map((one, index) => {
      if (!isShared[index]) return judgeOne(rules[index] as Ready);
      return rename === null ? one : inNames(one, rename);
    });
    return told(own, rules);
  }

  function judgeOf(judged: Judged, onAccount?: () => void): (ready: Ready) => RuleVerdict {
    const own = { ...passing(context), ...(onAccount ? { onAccount } : {}) };
    const scope = scopeFor(own, judged, waivers);
    return (ready) => verdictOf(ready, judged, withParams(scope, ready));
  }

  function accountOf(judged: Judged): string | null {
    if (judged.target === 'asset') return judged.thing.account;
    return judged.target === 'holding' ? get(inventory.assets, judged.thing.asset).account : null;
  }

  function verdictOf(ready: Ready, judged: Judged, scope: View): RuleVerdict {
    const { rule, judgement, severity } = ready;
    onRule?.(rule);
    const { subject, canonical } = byHand(ready) ? name(judged) : { subject: null, canonical: '' };
    const answers = subject ? answersTo(inventory.attestations, rule.id, subject, canonical) : [];
    for (const one of answers) heard.add(one);
    const answer = standing(answers, asOf);
    scope['attestation'] = answer ? answer.answer === 'yes' : notAttested;
    const verdict = judge(judgement, scope);
    const base = {
      severity: severity ?? severityOf(judgement, scope),
      evidence: answer ? [answer.evidence] : [],
    };
    // An attestation answers what is missing; what facts decide, it does not change.
    return verdict.outcome !== 'unknown' || !answer
      ? { ...base, verdict }
      : {
          ...base,
          verdict: { outcome: answer.answer === 'yes' ? 'pass' : 'fail', missing: [], error: null },
        };
  }
}

/** The variables of a subject, for all rules in turn. */
export function scopeFor(context: ViewContext, judged: Judged, waivers: readonly Waiver[]): View {
  const scope = scopeOf(context, judged);
  if (judged.target === 'audit') scope['waivers'] = waivers.map((waiver) => waiverView(waiver, context.asOf));
  return scope;
}

export function withParams(scope: View, { values }: Ready): View {
  scope['params'] = values;
  return scope;
}

function told(verdicts: readonly RuleVerdict[], rules: readonly Ready[]): Said {
  const counts = { ...nothing };
  const undecided: Undecided[] = [];
  const told: number[] = [];
  for (const [index, { verdict, severity }] of verdicts.entries()) {
    const { outcome, missing } = verdict;
    counts[outcome] += 1;
    if (outcome === 'fail' || outcome === 'error') told.push(index);
    if (outcome === 'unknown') undecided.push({ rule: rules[index]?.rule.id ?? '', severity, missing });
  }
  return {
    verdicts,
    undecided,
    told,
    counts,
    applies: counts.not_applicable < verdicts.length,
    rename: null,
  };
}

/** Whether something in a list is missing: then its name stands in the fact. */
function isNamed({ missing: facts }: Undecided): boolean {
  return facts.some(({ fact }) => fact.includes('['));
}

function inNames(one: RuleVerdict, rename: Rename): RuleVerdict {
  const { verdict } = one;
  return { ...one, verdict: { ...verdict, missing: renamed(verdict.missing, rename) } };
}

function waiverView(waiver: Waiver, asOf: string): View {
  const { rule, subject, reason, last_day: expires } = waiver;
  // A date that is none is no end: that is what has to show.
  return { rule, subject, reason, expires, expired: isExpired(waiver, asOf) };
}
