import type { Catalog } from '../catalog/catalog.ts';
import type { Evidence } from '../inventory/fact.ts';
import type { Inventory } from '../inventory/inventory.ts';
import type { Attestation } from '../inventory/noun.ts';
import type { ActiveRule, Policy } from '../policy/resolve.ts';
import {
  type Coverage,
  type Finding,
  type Language,
  type Outcome,
  type Result,
  severities,
  type UnknownFinding,
  type UnknownGroup,
} from '../result/result.ts';
import { inForce, paramValues } from '../rule/inline-test.ts';
import { judge, severityOf, type Verdict } from '../rule/judge.ts';
import type { Target } from '../rule/model.ts';
import type { Judgement } from '../rule/rule.ts';
import { missing } from '../rule/view/lift.ts';
import { answersTo, standing } from './attestation.ts';
import { assetOf, coverageOf } from './coverage.ts';
import { describeFinding, incomingEvidence, placeOf } from './finding.ts';
import { decideGate, type GateReason, type GateSetting } from './gate.ts';
import { subjectNamer } from './subject.ts';
import { groupUnknowns, type How } from './unknown.ts';
import { createContext, type View } from './view/context.ts';
import { type Judged, scopeOf, subjectsOf } from './view/scope.ts';
import { isExpired, type Waived, type Waiver, waive } from './waive.ts';

export interface EvaluateInput {
  readonly inventory: Inventory;
  readonly catalog: Catalog;
  readonly policy: Policy;
  /** YYYY-MM-DD: the day whose law judges. */
  readonly asOf: string;
  readonly language: Language;
  readonly waivers: readonly Waiver[];
  /** Fingerprints of failures known before: only what is new is reported. */
  readonly baseline?: ReadonlySet<string>;
  readonly gate?: Partial<GateSetting>;
  /** Keep findings of every outcome. */
  readonly all?: boolean;
  readonly rules?: (rule: { readonly id: string; readonly pack: string }) => boolean;
  readonly words: { readonly how: How; readonly gate: GateReason };
}

export interface Evaluation {
  readonly summary: Result['summary'];
  readonly coverage: Coverage;
  readonly findings: readonly Finding[];
  readonly unknowns: readonly UnknownGroup[];
  readonly waived: Waived;
  /** Answers to no question: no rule asks, or there is no such subject. */
  readonly unheard: readonly Attestation[];
  /** Failures of this run by fingerprint, waived ones aside: what a baseline keeps. */
  readonly fingerprints: readonly string[];
}

/** Judges an inventory by a policy. Pure: reads neither clock nor network, and gives the same bytes each time. */
export function evaluate(input: EvaluateInput): Evaluation {
  const { inventory, catalog, policy, asOf, language, all = false } = input;
  const context = createContext(inventory, catalog, policy, asOf);
  const name = subjectNamer(inventory);
  const setting = { inventory, catalog, language, asOf, name, incoming: incomingEvidence(inventory) };
  const counts: { [outcome in Outcome]: number } = {
    pass: 0,
    fail: 0,
    unknown: 0,
    not_applicable: 0,
    error: 0,
  };
  const leftAside = new Set(
    policy.rules.filter(({ rule }) => input.rules?.(rule) === false).map(({ rule }) => rule.id),
  );
  const heard = new Set<Attestation>();
  const evaluated = new Set<string>();
  const findings: Finding[] = [];
  // Most findings of a large estate are unknown: they are counted and grouped, not each put in words.
  const unknowns: UnknownFinding[] = [];
  for (const [target, rules] of byTarget(
    policy.rules.filter(({ rule }) => !leftAside.has(rule.id)),
    asOf,
  )) {
    for (const judged of subjectsOf(inventory, target)) {
      const scope = scopeOf(context, judged);
      if (target === 'audit') scope['waivers'] = input.waivers.map((waiver) => waiverView(waiver, asOf));
      for (const active of rules) {
        const { rule, judgement } = active;
        const { verdict, evidence } = verdictOf(active, judged, scope, inventory, name, asOf, heard);
        counts[verdict.outcome] += 1;
        const asset = assetOf(judged);
        if (verdict.outcome !== 'not_applicable' && asset !== null) evaluated.add(asset);
        if (!all && (verdict.outcome === 'pass' || verdict.outcome === 'not_applicable')) continue;
        const severity = active.severity ?? severityOf(judgement, scope);
        if (!all && verdict.outcome === 'unknown') {
          const { subject } = name(judged);
          unknowns.push({
            rule: rule.id,
            severity,
            subject,
            place: placeOf(judged, inventory),
            missing: verdict.missing,
          });
          continue;
        }
        findings.push(
          describeFinding({ rule, judgement, judged, scope, verdict, severity, evidence }, setting),
        );
      }
    }
  }
  const waived = waive(sortFindings(findings), input.waivers, asOf);
  // Of what a run leaves aside, nothing can be said to be of no use.
  const asked = (rule: string): boolean => !leftAside.has(rule);
  return {
    ...summarise(
      input,
      { ...waived, unused: waived.unused.filter((waiver) => asked(waiver.rule)) },
      all ? findings.filter(({ outcome }) => outcome === 'unknown') : unknowns,
      counts,
      coverageOf(inventory, evaluated),
    ),
    unheard: inventory.attestations.filter((answer) => asked(answer.rule) && !heard.has(answer)),
  };
}

interface Ready extends ActiveRule {
  readonly judgement: Judgement;
  readonly values: { readonly [param: string]: unknown };
}

/** The rules of each target, with their parameters; outside its dates a rule applies to nothing. */
function byTarget(rules: readonly ActiveRule[], asOf: string): Map<Target, Ready[]> {
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

function verdictOf(
  { rule, judgement, values }: Ready,
  judged: Judged,
  scope: View,
  inventory: Inventory,
  name: ReturnType<typeof subjectNamer>,
  asOf: string,
  heard: Set<Attestation>,
): { verdict: Verdict; evidence: readonly Evidence[] } {
  scope['params'] = values;
  const byHand = rule.source.from.includes('attestation') && inventory.attestations.length > 0;
  const { subject, canonical } = byHand ? name(judged) : { subject: null, canonical: '' };
  const answers = subject ? answersTo(inventory.attestations, rule.id, subject, canonical) : [];
  for (const one of answers) heard.add(one);
  const answer = standing(answers, asOf);
  scope['attestation'] = answer ? answer.answer === 'yes' : notAttested;
  const verdict = judge(judgement, scope);
  if (verdict.outcome !== 'unknown' || !answer) return { verdict, evidence: answer ? [answer.evidence] : [] };
  // An attestation answers what is missing; what facts decide, it does not change.
  return {
    verdict: { outcome: answer.answer === 'yes' ? 'pass' : 'fail', missing: [], error: null },
    evidence: [answer.evidence],
  };
}

function waiverView(waiver: Waiver, asOf: string): View {
  const { rule, subject, reason, last_day: expires } = waiver;
  // A date that is none is no end: that is what has to show.
  return { rule, subject, reason, expires, expired: isExpired(waiver, asOf) };
}

/** By severity, rule, subject. */
export function sortFindings(findings: readonly Finding[]): Finding[] {
  const key = ({ severity, rule, subject, id }: Finding): string =>
    `${severities.indexOf(severity)}\0${rule}\0${subject.type}\0${subject.id}\0${id}`;
  return findings
    .map((finding) => [key(finding), finding] as const)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([, finding]) => finding);
}

function summarise(
  input: EvaluateInput,
  waived: Waived,
  unknowns: readonly UnknownFinding[],
  outcomes: { [outcome in Outcome]: number },
  coverage: Coverage,
): Omit<Evaluation, 'unheard'> {
  const { baseline, words, policy, all = false, inventory } = input;
  const isNew = (finding: Finding): boolean => finding.outcome !== 'fail' || !baseline?.has(finding.id);
  const findings = waived.findings.filter(isNew);
  const of = (outcome: Outcome): Finding[] => findings.filter((finding) => finding.outcome === outcome);
  const [fails, errors] = [of('fail'), of('error')];
  // A call that was refused or failed would have told something that a rule needs, or it would not have been made. What an
  // endpoint does not implement is not_collected, and left to the rules that would read it. See docs/adr/0006.
  const unread = inventory.gaps.filter(
    ({ source, subject, reason }) =>
      reason !== 'not_collected' || (inventory.incomplete.has(source) && !inventory.assets.has(subject)),
  );
  const gate = decideGate(fails, unknowns, errors, unread, { ...policy.gate, ...input.gate }, words.gate);
  const unwaived = fails.filter(({ waiver }) => waiver === null);
  const bySeverity = Object.fromEntries(
    severities.map((one) => [one, unwaived.filter(({ severity }) => severity === one).length]),
  );
  return {
    summary: {
      outcomes,
      waived: fails.length - unwaived.length,
      fail_by_severity: bySeverity as Result['summary']['fail_by_severity'],
      gate,
    },
    coverage,
    findings: all ? findings : findings.filter(({ outcome }) => outcome === 'fail' || outcome === 'error'),
    unknowns: groupUnknowns(unknowns, words.how),
    waived,
    fingerprints: waived.findings
      .filter(({ outcome, waiver }) => outcome === 'fail' && waiver === null)
      .map(({ id }) => id)
      .sort(),
  };
}
