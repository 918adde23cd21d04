import { join } from 'node:path';
import { nearest } from './catalog/nearest.ts';
import { type Collected, collect, networked } from './collect/collect.ts';
import type { SourceConfig } from './collect/collector.ts';
import type { JournalPlace } from './collect/journal/journal.ts';
import { readBaseline } from './config/baseline.ts';
import { readWaivers } from './config/read.ts';
import { BercailError, type Problem } from './error.ts';
import type { Evaluation } from './evaluate/evaluate.ts';
import type { GateSetting } from './evaluate/gate.ts';
import type { RunEvent } from './event.ts';
import { gatherInputs, type InputFile, type Inputs } from './input/gather.ts';
import type { Inventory } from './inventory/inventory.ts';
import type { Observation } from './inventory/observation.ts';
import type { Clock } from './io/clock.ts';
import { type LoadedCatalog, loadCatalog } from './io/content.ts';
import { startDeadline } from './io/deadline.ts';
import { readText } from './io/file.ts';
import { type Case, isAsked, judge } from './judge.ts';
import { type LoadedPolicy, loadPolicy, type PackReference } from './load.ts';
import type { Language, Result } from './result/result.ts';

export interface AuditRequest {
  readonly paths: readonly string[];
  /** False for `check`: sources on the network are left out, and named. */
  readonly network: boolean;
  readonly sources?: readonly SourceConfig[];
  readonly policy?: string;
  readonly asOf?: string;
  readonly language: Language;
  readonly packs?: readonly PackReference[];
  readonly gate?: Partial<GateSetting>;
  readonly baseline?: string;
  readonly waivers?: string;
  readonly strictWaivers?: boolean;
  readonly rules?: readonly string[];
  readonly onlyPacks?: readonly string[];
  readonly all?: boolean;
  readonly includeInventory?: boolean;
  readonly concurrency?: number;
  /** Seconds that judging may take; where it is left out, only packs from outside have a deadline. */
  readonly deadline?: number;
  readonly clock: Clock;
  /** What the user set for the tools of a cloud: which one, and where it is asked. */
  readonly env?: { readonly [name: string]: string | undefined };
  readonly signal?: AbortSignal;
  readonly onCall?: (operation: string) => void;
  /** For who watches the run; nothing that it does changes the result. */
  readonly onEvent?: (event: RunEvent) => void;
  /** Where collecting keeps its journal; left out, a run that is cut short starts anew. */
  readonly journal?: JournalPlace;
}

export interface Audit {
  readonly result: Result;
  readonly evaluation: Evaluation;
  readonly inventory: Inventory;
  readonly observations: readonly Observation[];
  readonly calls: { readonly [operation: string]: number };
  readonly leftOut: readonly string[];
  readonly inputs: Inputs;
  readonly policy: LoadedPolicy;
  readonly journal: Collected['journal'];
  /** What the run read, for its evidence to be kept. */
  readonly read: {
    readonly case: Case;
    readonly files: readonly InputFile[];
    readonly collected: Pick<Collected, 'sources'>;
  };
}

/** The whole way: inputs → facts → inventory → verdicts → result. */
export async function audit(request: AuditRequest): Promise<Audit> {
  const { onEvent } = request;
  const startedAt = request.clock();
  onEvent?.({ kind: 'phase', phase: 'read' });
  const loaded = await loadCatalog();
  const inputs = await gatherInputs(request.paths, loaded.catalog);
  const asOf = request.asOf ?? inputs.config?.content.as_of ?? startedAt.slice(0, 10);
  const policy = await policyFor(request, inputs, loaded, asOf);
  const sources = [...inputs.sources, ...(request.sources ?? [])];
  const leftOut = request.network
    ? []
    : sources.filter(({ kind }) => networked.has(kind)).map(({ kind }) => kind);
  onEvent?.({ kind: 'phase', phase: 'collect' });
  const collected = await collect(
    sources.filter(({ kind }) => request.network || !networked.has(kind)),
    {
      // A snapshot is replayed whole; only calls to make depend on what the rules read.
      wanted: sources.some(({ kind }) => kind !== 'snapshot') ? factsWanted(policy, request) : new Set(),
      clock: request.clock,
      ...(request.env ? { env: request.env } : {}),
      concurrency: request.concurrency ?? 8,
      signal: request.signal ?? new AbortController().signal,
      providerOfHost: loaded.catalog.providerOfHost,
      providerNamed: loaded.catalog.providerNamed,
      pairedRegion: (provider, region) => loaded.catalog.region(provider, region)?.paired_region ?? null,
      ...tagsThatMatter(policy, inputs),
      ...(request.onCall ? { onCall: request.onCall } : {}),
      ...(onEvent ? { onEvent } : {}),
    },
    request.journal,
  );
  const { observations, calls, journal } = collected;
  const waivers = await named(request.waivers, inputs, 'waivers');
  const baseline = await named(request.baseline, inputs, 'baseline');
  const judged = {
    loaded,
    inputs,
    policy,
    observations,
    sources,
    leftOut,
    asOf,
    startedAt,
    clock: request.clock,
    language: request.language,
    waivers: waivers ? readWaivers(waivers.text, waivers.path) : [],
    ...(baseline ? { baseline: readBaseline(baseline.text, baseline.path) } : {}),
    gate: request.gate,
    rules: request.rules,
    onlyPacks: request.onlyPacks,
    all: request.all ?? false,
    strictWaivers: request.strictWaivers ?? false,
    includeInventory: request.includeInventory ?? false,
    ...(policy.read.folders.length > 0 || request.deadline !== undefined
      ? { deadline: startDeadline(request.deadline) }
      : {}),
  };
  onEvent?.({ kind: 'phase', phase: 'judge' });
  const { result, evaluation, inventory } = await judge(judged);
  const files = [...inputs.files, ...[waivers, baseline].filter((file) => file !== null)];
  return {
    result,
    evaluation,
    inventory,
    observations,
    calls,
    leftOut,
    inputs,
    policy,
    journal,
    read: { case: judged, files, collected },
  };
}

export async function policyFor(
  request: AuditRequest,
  { config, base }: Inputs,
  { catalog }: LoadedCatalog,
  asOf: string,
): Promise<LoadedPolicy> {
  const own = Object.entries(config?.content.packs ?? {}).map(([name, entry]): PackReference => {
    const { path, sha256 } = typeof entry === 'string' ? { path: entry, sha256: undefined } : entry;
    const where = config?.positionOf(['packs', name]);
    return {
      path: join(base, path),
      ...(sha256 === undefined ? {} : { sha256 }),
      ...(where ? { where } : {}),
    };
  });
  const named = request.policy ?? config?.content.policy ?? 'complet';
  const from = request.policy === undefined ? base : '.';
  const policy = await loadPolicy({
    name: named,
    base: from,
    catalog,
    asOf,
    packs: [...own, ...(request.packs ?? [])],
  });
  checkAsked(policy, request);
  return policy;
}

/** A rule or a pack that is asked for and does not run would judge nothing, and so let everything pass. */
function checkAsked(
  { policy }: LoadedPolicy,
  { rules, onlyPacks }: Pick<AuditRequest, 'rules' | 'onlyPacks'>,
): void {
  const run = policy.rules.map(({ rule }) => rule);
  const ids = run.map(({ id }) => id);
  const packs = [...new Set(run.map(({ pack }) => pack))];
  const problems: Problem[] = [
    ...(rules ?? [])
      .filter((id) => !ids.includes(id))
      .map((id) => ({
        message: `no rule ${id} runs with the policy ${policy.name}`,
        hint: `nearest: ${nearest(id, ids).join(', ')}`,
      })),
    ...(onlyPacks ?? [])
      .filter((name) => !packs.includes(name))
      .map((name) => ({
        message: `no pack ${name} runs with the policy ${policy.name}`,
        hint: `there are: ${packs.join(', ')}`,
      })),
  ];
  if (problems.length > 0) throw new BercailError('usage', problems);
}

/** What the rules that run read, as collectors name it: the fact without the variable in front. */
export function factsWanted(
  { policy }: LoadedPolicy,
  only: Pick<AuditRequest, 'rules' | 'onlyPacks'> = {},
): ReadonlySet<string> {
  const wanted = new Set(['tags', 'place.region', 'relations']);
  for (const { rule } of policy.rules) {
    if (!isAsked(rule, only)) continue;
    for (const fact of rule.facts) {
      const path = fact.replaceAll('[]', '').split('.');
      const at = path.lastIndexOf('asset');
      wanted.add(path.slice(at + 1).join('.'));
    }
  }
  return wanted;
}

/**
 * The keys of tags by which the policy classes data, or a manifest knows what is its. Where a rule reads tags by itself,
 * any may matter.
 */
function tagsThatMatter(
  { policy }: LoadedPolicy,
  { manifests }: Inputs,
): { readonly tagKeys?: ReadonlySet<string> } {
  const reads = policy.rules.some(({ rule }) => rule.facts.some((fact) => /(^|\.)asset\.tags\b/.test(fact)));
  if (reads) return {};
  const matched = manifests
    .flatMap(({ manifest }) => Object.values(manifest.content.assets ?? {}))
    .flatMap(({ match }) => (Array.isArray(match) ? match : []))
    .flatMap(({ tags }) => Object.keys(tags ?? {}));
  return {
    tagKeys: new Set([...policy.classification.tags.keys(), ...matched.map((key) => key.toLowerCase())]),
  };
}

/** A file that an option names, or else the configuration. */
async function named(
  option: string | undefined,
  { config, base }: Inputs,
  role: 'waivers' | 'baseline',
): Promise<InputFile | null> {
  const written = config?.content[role];
  const path = option ?? (written === undefined ? undefined : join(base, written));
  return path === undefined ? null : { role, path, text: (await readText(path)).text };
}
