import type { Catalog } from '../catalog/catalog.ts';
import type { Inventory } from '../inventory/inventory.ts';
import type { Attestation } from '../inventory/noun.ts';
import { compare } from '../inventory/order.ts';
import type { Policy } from '../policy/resolve.ts';
import {
  type Coverage,
  type Finding,
  type Language,
  outcomes,
  type Result,
  type Subject,
  severities,
  type UnknownGroup,
} from '../result/result.ts';
import { assetOf, coverageOf } from './coverage.ts';
import type { OnRule } from './deadline.ts';
import { createDescriber, placeOf } from './finding.ts';
import { decideGate, type GateReason, type GateSetting } from './gate.ts';
import { bySubject } from './order.ts';
import { subjectNamer } from './subject.ts';
import { createUnknowns, type How, type Unknowns, type Whose } from './unknown.ts';
import {
  byTarget,
  type Counts,
  createJudge,
  nothing,
  type Ready,
  type RuleVerdict,
  scopeFor,
  withParams,
} from './verdict.ts';
import { createContext, passing } from './view/context.ts';
import { type Judged, subjectsOf } from './view/scope.ts';
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
  readonly fingerprints: () => readonly string[];
}

/** Judges an inventory by a policy. Pure: reads neither clock nor network, and gives the same bytes each time. */
export function evaluate(input: EvaluateInput): Evaluation {
  const { inventory, catalog, policy, asOf, language, all = false } = input;
  const context = createContext(inventory, catalog, policy, asOf);
  const seen = lastSeen((judged: Judged) => scopeFor(passing(context), judged, input.waivers));
  const name = subjectNamer(inventory);
  const describe = createDescriber({
    inventory,
    catalog,
    language,
    asOf,
    name,
    scope: (judged, ready) => {
      input.onRule?.(ready.rule);
      return withParams(seen(judged), ready);
    },
  });
  const counts = { ...nothing };
  const leftAside = new Set(
    policy.rules.filter(({ rule }) => input.rules?.(rule) === false).map(({ rule }) => rule.id),
  );
  const heard = new Set<Attestation>();
  const evaluated = new Set<string>();
  const findings: Finding[] = [];
  // Most findings of a large estate are unknown: they are counted and grouped, not each put in words.
  const unknowns = createUnknowns(input.words.how, input.words.whose ?? wholeName, (judged) =>
    placeOf(judged, inventory),
  );
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
      const said = judgeAll(judged);
      const asset = assetOf(judged);
      if (said.applies && asset !== null) evaluated.add(asset);
      for (const outcome of outcomes) counts[outcome] += said.counts[outcome];
      const tell = all ? said.verdicts.keys() : said.told;
      if (!all && said.undecided.length + said.told.length === 0) continue;
      const { subject } = name(judged);
      const { verdicts, undecided, rename } = said;
      if (undecided.length > 0) unknowns.add({ undecided, subject, judged, rename });
      for (const index of tell) {
        const said = verdicts[index] as RuleVerdict;
        findings.push(describe({ said, ready: rules[index] as Ready, judged, subject, rename }));
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

/** By severity, rule, subject. Subjects come in order, or nearly: each rule by itself is soon sorted. */
function sortFindings(findings: readonly Finding[]): Finding[] {
  const byRule = Map.groupBy(findings, ({ severity, rule }) => `${severities.indexOf(severity)} ${rule}`);
  return [...byRule]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, group]) => group.sort((a, b) => bySubject(a.subject, b.subject) || compare(a.id, b.id)));
}

/** Picks what was made of the last one: what reads a finding reads its fields one after the other. */
function lastSeen<K, V>(make: (key: K) => V): (key: K) => V {
  let last: { readonly key: K; readonly value: V } | null = null;
  return (key) => {
    if (last?.key !== key) last = { key, value: make(key) };
    return last.value;
  };
}

function summarise(
  input: EvaluateInput,
  waived: Waived,
  unknowns: Unknowns,
  counts: Counts,
  coverage: Coverage,
): Omit<Evaluation, 'unheard'> {
  const { baseline, words, policy, inventory } = input;
  const findings = baseline
    ? waived.findings.filter(({ outcome, id }) => outcome !== 'fail' || !baseline.has(id))
    : waived.findings;
  const fails = findings.filter(({ outcome }) => outcome === 'fail');
  const errors = findings.filter(({ outcome }) => outcome === 'error');
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
  const bySeverity = { critical: 0, high: 0, medium: 0, low: 0, info: 0 };
  let accepted = 0;
  for (const { severity, waiver } of fails)
    if (waiver === null) bySeverity[severity] += 1;
    else accepted += 1;
  return {
    summary: {
      outcomes: counts,
      waived: accepted,
      fail_by_severity: bySeverity,
      gate,
    },
    coverage,
    findings,
    unknowns: unknowns.groups(),
    waived,
    fingerprints: () =>
      waived.findings
        .filter(({ outcome, waiver }) => outcome === 'fail' && waiver === null)
        .map(({ id }) => id)
        .sort(),
  };
}
