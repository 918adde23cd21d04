import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { collect } from './collect/collect.ts';
import type { SourceConfig } from './collect/collector.ts';
import { readBaseline } from './config/baseline.ts';
import { readWaivers } from './config/read.ts';
import { reportContext } from './evaluate/context-section.ts';
import { type Evaluation, evaluate } from './evaluate/evaluate.ts';
import type { GateSetting } from './evaluate/gate.ts';
import { gatherInputs, type Inputs } from './input/gather.ts';
import { buildInventory } from './inventory/build/build.ts';
import type { Inventory } from './inventory/inventory.ts';
import type { Observation } from './inventory/observation.ts';
import type { Clock } from './io/clock.ts';
import { type LoadedCatalog, loadCatalog, loadMessages } from './io/content.ts';
import { readText } from './io/file.ts';
import { version } from './io/root.ts';
import { type LoadedPolicy, loadPolicy, type PackReference } from './load.ts';
import { createMessages } from './report/message.ts';
import { gateReason, howText } from './report/words.ts';
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
  readonly rules?: readonly string[];
  readonly onlyPacks?: readonly string[];
  readonly all?: boolean;
  readonly includeInventory?: boolean;
  readonly concurrency?: number;
  readonly clock: Clock;
  readonly signal?: AbortSignal;
  readonly onCall?: (operation: string) => void;
}

export interface Audit {
  readonly result: Result;
  readonly evaluation: Evaluation;
  readonly inventory: Inventory;
  readonly observations: readonly Observation[];
  readonly calls: { readonly [operation: string]: number };
  readonly leftOut: readonly string[];
}

const networked = new Set(['aws', 'azure', 's3']);

/** The whole way: inputs → facts → inventory → verdicts → result. */
export async function audit(request: AuditRequest): Promise<Audit> {
  const startedAt = request.clock();
  const loaded = await loadCatalog();
  const inputs = await gatherInputs(request.paths, loaded.catalog);
  const asOf = request.asOf ?? inputs.config?.content.as_of ?? startedAt.slice(0, 10);
  const policy = await policyFor(request, inputs, loaded, asOf);
  const sources = [...inputs.sources, ...(request.sources ?? [])];
  const leftOut = request.network
    ? []
    : sources.filter(({ kind }) => networked.has(kind)).map(({ kind }) => kind);
  const { observations, calls } = await collect(
    sources.filter(({ kind }) => request.network || !networked.has(kind)),
    {
      // A snapshot is replayed whole; only calls to make depend on what the rules read.
      wanted: sources.some(({ kind }) => kind !== 'snapshot') ? factsWanted(policy) : new Set(),
      clock: request.clock,
      concurrency: request.concurrency ?? 8,
      signal: request.signal ?? new AbortController().signal,
      providerOfHost: loaded.catalog.providerOfHost,
      ...(request.onCall ? { onCall: request.onCall } : {}),
    },
  );
  const inventory = buildInventory({
    manifests: inputs.manifests.map(({ manifest, sha256 }) => ({ ...manifest, sha256 })),
    observations,
    classification: policy.policy.classification,
    catalog: loaded.catalog,
    attestations: inputs.attestations,
  });
  const messages = createMessages(request.language, loadMessages(request.language));
  const evaluation = evaluate({
    inventory,
    catalog: loaded.catalog,
    policy: policy.policy,
    asOf,
    language: request.language,
    waivers: await waiversFor(request, inputs),
    ...(await baselineFor(request, inputs)),
    ...(request.gate ? { gate: request.gate } : {}),
    all: request.all ?? false,
    rules: ({ id, pack }) =>
      (request.rules?.includes(id) ?? true) && (request.onlyPacks?.includes(pack) ?? true),
    words: { how: howText(messages), gate: gateReason(messages) },
  });
  const { summary, coverage, findings, unknowns, waived } = evaluation;
  const result: Result = {
    schema: 'bercail/result/v1',
    tool: { name: 'bercail', version: version() },
    run: {
      id: runId(policy, loaded, inputs, observations, asOf, startedAt),
      started_at: startedAt,
      finished_at: request.clock(),
      as_of: asOf,
      language: request.language,
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
      ...inputs.warnings,
      ...policy.policy.warnings,
      ...inventory.warnings,
      ...leftOut.map((kind) => messages('warning.source_left_out', { source: kind })),
      ...staleWarnings(loaded, inventory, asOf).map((entry) => messages('warning.catalog_stale', { entry })),
      ...waived.expired.map(({ rule, subject, expires }) =>
        messages('warning.waiver_expired', { rule, subject, expires }),
      ),
      ...waived.unused.map(({ rule, subject }) => messages('warning.waiver_unused', { rule, subject })),
    ],
    context: reportContext(inventory, loaded.catalog, asOf, policy.policy.rules),
    ...(request.includeInventory
      ? { inventory: (await import('./report/inventory.ts')).inventoryJson(inventory) }
      : {}),
  };
  return { result, evaluation, inventory, observations, calls, leftOut };
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
  return loadPolicy({ name: named, base: from, catalog, asOf, packs: [...own, ...(request.packs ?? [])] });
}

/** What the loaded rules read, as collectors name it: the fact without the variable in front. */
export function factsWanted({ policy }: LoadedPolicy): ReadonlySet<string> {
  const wanted = new Set(['tags', 'place.region', 'relations']);
  for (const { rule } of policy.rules) {
    for (const fact of rule.facts) {
      const path = fact.replaceAll('[]', '').split('.');
      const at = path.lastIndexOf('asset');
      wanted.add(path.slice(at + 1).join('.'));
    }
  }
  return wanted;
}

async function waiversFor({ waivers }: AuditRequest, { config, base }: Inputs) {
  const named = config?.content.waivers;
  const path = waivers ?? (named === undefined ? undefined : join(base, named));
  return path === undefined ? [] : readWaivers((await readText(path)).text, path);
}

async function baselineFor({ baseline }: AuditRequest, { config, base }: Inputs) {
  const named = config?.content.baseline;
  const path = baseline ?? (named === undefined ? undefined : join(base, named));
  return path === undefined ? {} : { baseline: readBaseline((await readText(path)).text, path) };
}

function sourcesRead(inputs: Inputs, observations: readonly Observation[], sources: readonly SourceConfig[]) {
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
  return [
    ...manifests,
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
  inputs: Inputs,
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
