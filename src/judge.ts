import { createHash } from 'node:crypto';
import type { SourceConfig } from './collect/collector.ts';
import type { Waiver } from './config/read.ts';
import { reportContext } from './evaluate/context-section.ts';
import type { Deadline } from './evaluate/deadline.ts';
import { type Evaluation, evaluate } from './evaluate/evaluate.ts';
import type { GateSetting } from './evaluate/gate.ts';
import type { Inputs } from './input/gather.ts';
import { buildInventory } from './inventory/build/build.ts';
import type { Inventory } from './inventory/inventory.ts';
import type { Observation } from './inventory/observation.ts';
import type { Clock } from './io/clock.ts';
import { type LoadedCatalog, loadMessages } from './io/content.ts';
import { version } from './io/root.ts';
import { warningsIn } from './io/translate.ts';
import type { LoadedPolicy } from './load.ts';
import { createMessages, type Messages } from './report/message.ts';
import { gateReason, howText, whoseKeys } from './report/words.ts';
import { plain } from './result/plain.ts';
import type { Language, Result } from './result/result.ts';

/** Everything that a verdict rests on, read and collected. The same case gives the same verdicts. */
export interface Case {
  readonly loaded: LoadedCatalog;
  readonly inputs: Pick<Inputs, 'manifests' | 'attestations' | 'warnings'>;
  readonly policy: LoadedPolicy;
  readonly observations: readonly Observation[];
  /** Sources that were read or left out, for the result to name. */
  readonly sources: readonly SourceConfig[];
  /** Kinds of sources that this run did not read. */
  readonly leftOut: readonly string[];
  readonly asOf: string;
  readonly startedAt: string;
  readonly clock: Clock;
  readonly language: Language;
  readonly waivers: readonly Waiver[];
  readonly baseline?: ReadonlySet<string> | undefined;
  readonly gate?: Partial<GateSetting> | undefined;
  /** Codes of the only rules that run. */
  readonly rules?: readonly string[] | undefined;
  readonly onlyPacks?: readonly string[] | undefined;
  readonly all: boolean;
  /** A waiver that has expired or matches nothing fails the gate. */
  readonly strictWaivers: boolean;
  readonly includeInventory: boolean;
  /** Ends the judging, where packs from outside take too long. */
  readonly deadline?: Deadline | undefined;
}

/** Whether a rule runs, where only some were asked for. */
export function isAsked(
  { id, pack }: { readonly id: string; readonly pack: string },
  { rules, onlyPacks }: Pick<Case, 'rules' | 'onlyPacks'>,
): boolean {
  return (rules?.includes(id) ?? true) && (onlyPacks?.includes(pack) ?? true);
}

export interface Judgement {
  readonly result: Result;
  readonly evaluation: Evaluation;
  readonly inventory: Inventory;
}

/** Facts → inventory → verdicts → result. Opens no file but the table of messages. */
export async function judge(one: Case): Promise<Judgement> {
  const { loaded, inputs, policy, observations, sources, leftOut, asOf, startedAt, language } = one;
  const { waivers, baseline, gate, rules, onlyPacks, all, includeInventory } = one;
  const within: Deadline['within'] = one.deadline?.within ?? ((work) => work());
  const inventory = within(() =>
    buildInventory({
      manifests: inputs.manifests.map(({ manifest, sha256 }) => ({ ...manifest, sha256 })),
      observations,
      classification: policy.policy.classification,
      catalog: loaded.catalog,
      attestations: inputs.attestations.flatMap(({ answers }) => answers),
    }),
  );
  const messages = createMessages(language, loadMessages(language));
  const evaluation = within(() => {
    const evaluated = evaluate({
      inventory,
      catalog: loaded.catalog,
      policy: policy.policy,
      asOf,
      language: language,
      waivers,
      ...(baseline ? { baseline } : {}),
      ...(gate ? { gate } : {}),
      all,
      onRule: one.deadline?.onRule,
      rules: (rule) => isAsked(rule, { rules, onlyPacks }),
      words: { how: howText(messages), whose: whoseKeys, gate: gateReason(messages) },
    });
    // Messages of a pack from outside run conditions too: they are said before the deadline, not while a report is read.
    return one.deadline ? { ...evaluated, findings: evaluated.findings.map(plain) } : evaluated;
  });
  const { summary, coverage, findings, unknowns, waived } = evaluation;
  const judged: Result = {
    schema: 'bercail/result/v1',
    tool: { name: 'bercail', version: version() },
    run: {
      id: runId(policy, loaded, inputs, observations, asOf, startedAt),
      started_at: startedAt,
      finished_at: one.clock(),
      as_of: asOf,
      language: language,
      policy: { name: policy.policy.name, sha256: policy.policy.sha256 },
      packs: policy.packs.map(({ name, sha256, rules }) => ({ name, sha256, rules: rules.length })),
      catalog: { sha256: loaded.sha256, checked_on: loaded.checkedOn },
      sources: sourcesRead(inputs, observations, sources),
    },
    summary,
    coverage,
    findings,
    unknowns,
    warnings: [
      ...warningsIn(language, [...inputs.warnings, ...policy.policy.warnings, ...inventory.warnings]),
      ...plainHosts(observations).map((host) => messages('warning.plain_http', { host })),
      ...strangers(observations, inventory).map((name) => messages('warning.operator_unknown', { name })),
      ...leftOut.map((kind) => messages('warning.source_left_out', { source: kind })),
      ...staleWarnings(loaded, inventory, asOf).map((entry) => messages('warning.catalog_stale', { entry })),
      ...waived.expired.map(({ rule, subject, expires }) =>
        messages('warning.waiver_expired', { rule, subject, expires }),
      ),
      ...waived.unused.map(({ rule, subject }) => messages('warning.waiver_unused', { rule, subject })),
      ...evaluation.unheard.map(({ rule, subject }) =>
        messages('warning.attestation_unused', { rule, subject }),
      ),
    ],
    context: reportContext(inventory, loaded.catalog, asOf, policy.policy.rules),
    ...(includeInventory
      ? { inventory: (await import('./report/inventory.ts')).inventoryJson(inventory) }
      : {}),
  };
  const result = one.strictWaivers ? strict(judged, evaluation, messages) : judged;
  return { result, evaluation, inventory };
}

/** Endpoints that requests, signed with somebody's keys, went to without TLS. */
function plainHosts(observations: readonly Observation[]): readonly string[] {
  const plain = observations.filter(
    ({ operation, about }) => operation === 'bercail:OpenEndpoint' && about?.['plain_http'] === true,
  );
  return [...new Set(plain.map(({ subject }) => subject))].toSorted();
}

/** Operators that a configuration names and that no manifest declares, or that two organisations are called. */
function strangers(observations: readonly Observation[], { organisations }: Inventory): readonly string[] {
  const named = new Set(observations.flatMap(({ asset }) => asset?.operator ?? []));
  const declared = [...organisations.values()].filter(({ isDeclared }) => isDeclared);
  return [...named]
    .filter((name) => declared.filter((one) => [one.key, one.name].includes(name)).length !== 1)
    .toSorted();
}

function strict(result: Result, { waived }: Evaluation, messages: Messages): Result {
  const count = waived.expired.length + waived.unused.length;
  if (count === 0 || result.summary.gate.exit_code === 1) return result;
  const reason = messages('gate.strict_waivers', { count });
  return { ...result, summary: { ...result.summary, gate: { verdict: 'fail', exit_code: 1, reason } } };
}

function sourcesRead(
  inputs: Case['inputs'],
  observations: readonly Observation[],
  sources: readonly SourceConfig[],
) {
  const manifests = inputs.manifests.map(({ manifest, sha256 }) => ({
    kind: 'manifest',
    id: manifest.file,
    sha256,
  }));
  const others = sources.map(({ kind, options }) => {
    const id = ['path', 'plan', 'state', 'template', 'root', 'endpoint', 'profile']
      .map((name) => options[name])
      .find((value) => typeof value === 'string');
    return { kind, id: typeof id === 'string' ? id : kind, sha256: null };
  });
  const scopes = new Set(observations.map(({ source, scope }) => `${source} ${scope}`));
  const answers = inputs.attestations.map(({ file, sha256 }) => ({ kind: 'attestations', id: file, sha256 }));
  return [
    ...manifests,
    ...answers,
    ...others.map((one) =>
      one.kind === 'aws'
        ? { ...one, id: [...scopes].filter((scope) => scope.startsWith('aws')).join(', ') || one.id }
        : one,
    ),
  ];
}

/** The same inputs at the same instant are the same run. */
function runId(
  policy: LoadedPolicy,
  loaded: LoadedCatalog,
  inputs: Case['inputs'],
  observations: readonly Observation[],
  asOf: string,
  startedAt: string,
): string {
  const hash = createHash('sha256');
  for (const part of [
    policy.policy.sha256,
    loaded.sha256,
    asOf,
    startedAt,
    ...inputs.manifests.map(({ sha256 }) => sha256),
    ...inputs.attestations.map(({ sha256 }) => sha256),
  ])
    hash.update(`${part}\n`);
  for (const { subject, operation, sha256 } of observations)
    hash.update(`${subject}\0${operation}\0${sha256}\n`);
  return hash.digest('hex').slice(0, 32);
}

/** Catalog entries that this inventory rests on and that nobody has looked at for 90 days. */
function staleWarnings({ catalog }: LoadedCatalog, inventory: Inventory, asOf: string): readonly string[] {
  const used = new Set<string>();
  for (const { place, provider } of inventory.assets.values()) {
    if (place.provider && place.region) used.add(`${place.provider} ${place.region}`);
    if (provider) used.add(provider);
  }
  return catalog
    .stale(asOf)
    .filter(({ id }) => used.has(id))
    .map(({ id }) => id);
}
