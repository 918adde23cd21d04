import type { Catalog } from '../catalog/catalog.ts';
import type { Inventory } from '../inventory/inventory.ts';
import type { Attestation } from '../inventory/noun.ts';
import type { Policy } from '../policy/resolve.ts';
import {
  type Coverage,
  type Finding,
  type Language,
  type Outcome,
  type Result,
  type Subject,
  severities,
  type UnknownGroup,
} from '../result/result.ts';
import { assetOf, coverageOf } from './coverage.ts';
import type { OnRule } from './deadline.ts';
import { createDescriber, placeOf } from './finding.ts';
import { decideGate, type GateReason, type GateSetting } from './gate.ts';
import { subjectNamer } from './subject.ts';
import { createUnknowns, type How, type Unknowns, type Whose } from './unknown.ts';
import { byTarget, createJudge, type Ready } from './verdict.ts';
import { createContext } from './view/context.ts';
import { subjectsOf } from './view/scope.ts';
import { type Waived, type Waiver, waive } from './waive.ts';

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
  readonly onRule?: OnRule | undefined;
  readonly words: { readonly how: How; readonly whose?: Whose; readonly gate: GateReason };
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
  const describe = createDescriber({ inventory, catalog, language, asOf, name });
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
  const unknowns = createUnknowns(input.words.how, input.words.whose ?? wholeName);
  for (const [target, rules] of byTarget(
    policy.rules.filter(({ rule }) => !leftAside.has(rule.id)),
    asOf,
  )) {
    const judgeAll = createJudge({
      context,
      rules,
      name,
      waivers: input.waivers,
      heard,
      onRule: input.onRule,
    });
    for (const judged of subjectsOf(inventory, target)) {
      const { verdicts, undecided, applies, scope } = judgeAll(judged);
      const asset = assetOf(judged);
      if (applies && asset !== null) evaluated.add(asset);
      if (undecided.length > 0) unknowns.add(undecided, name(judged).subject, placeOf(judged, inventory));
      for (const [index, one] of verdicts.entries()) {
        const { outcome } = one.verdict;
        counts[outcome] += 1;
        if (!all && outcome !== 'fail' && outcome !== 'error') continue;
        const ready = rules[index] as Ready;
        input.onRule?.(ready.rule);
        findings.push(describe({ ...one, ready, judged, scope: scope(ready) }));
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
      unknowns,
      counts,
      coverageOf(inventory, evaluated),
    ),
    unheard: inventory.attestations.filter((answer) => asked(answer.rule) && !heard.has(answer)),
  };
}

function wholeName({ type, id }: Subject): string {
  return `${type} ${id}`;
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
  unknowns: Unknowns,
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
  const gate = decideGate(
    fails,
    unknowns.tally,
    errors,
    unread,
    { ...policy.gate, ...input.gate },
    words.gate,
  );
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
    unknowns: unknowns.groups(),
    waived,
    fingerprints: waived.findings
      .filter(({ outcome, waiver }) => outcome === 'fail' && waiver === null)
      .map(({ id }) => id)
      .sort(),
  };
}
