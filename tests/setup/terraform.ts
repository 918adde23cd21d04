import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sortObservations } from '../../src/collect/collect.ts';
import type { CollectContext, Options } from '../../src/collect/collector.ts';
import { terraformCollector } from '../../src/collect/terraform/collector.ts';
import { foldObservations, type ObservedAsset } from '../../src/inventory/build/observed.ts';
import { type Json, jsonText } from '../../src/inventory/fact.ts';
import type { Observation } from '../../src/inventory/observation.ts';
import { everyFact, testContext } from './collect-context.ts';

export const fixtures = new URL('../fixtures/terraform/', import.meta.url).pathname;

const wanted = new Set([...everyFact, 'key_facts', 'entry_point', 'replication_type']);

const hosts: readonly (readonly [suffix: string, provider: string])[] = [
  ['.scw.cloud', 'scaleway'],
  ['.cloud.ovh.net', 'ovhcloud'],
  ['.outscale.com', 'outscale'],
  ['.amazonaws.com', 'aws'],
];

export function terraformContext(changes: Partial<CollectContext> = {}): CollectContext {
  return testContext({
    wanted,
    providerOfHost: (host) => hosts.find(([suffix]) => host.endsWith(suffix))?.[1] ?? null,
    pairedRegion: (_, region) =>
      ({ francecentral: 'francesouth', northeurope: 'westeurope' })[
        region.toLowerCase().replaceAll(' ', '')
      ] ?? null,
    ...changes,
  });
}

export async function collectTerraform(
  options: Options,
  context = terraformContext(),
): Promise<Observation[]> {
  const { jobs, observations } = await terraformCollector.plan(options, context);
  const seen = [...observations];
  for (const job of jobs)
    for await (const observation of terraformCollector.run(job, context)) seen.push(observation);
  return sortObservations(seen);
}

export type Assets = ReadonlyMap<string, ObservedAsset>;

export async function assetsOf(options: Options, context?: CollectContext): Promise<Assets> {
  return foldObservations(await collectTerraform(options, context)).assets;
}

export interface PlannedResource {
  readonly address: string;
  readonly actions?: readonly string[];
  readonly after?: { readonly [name: string]: Json } | null;
  readonly before?: { readonly [name: string]: Json } | null;
  readonly unknown?: Json;
  readonly sensitive?: Json;
  readonly previous?: string;
  readonly deposed?: string;
  readonly mode?: 'data';
  /** `provider_config_key`. */
  readonly provider?: string;
  readonly expressions?: Json;
  readonly forEach?: Json;
}

export interface PlanParts {
  readonly version?: string;
  readonly providers?: { readonly [key: string]: Json };
  readonly variables?: { readonly [name: string]: Json };
  readonly resources: readonly PlannedResource[];
  /** `a.b` → what its call passes. */
  readonly calls?: {
    readonly [path: string]: {
      readonly expressions?: Json;
      readonly variables?: Json;
      readonly outputs?: Json;
      readonly forEach?: Json;
    };
  };
  readonly extra?: { readonly [member: string]: Json };
}

interface ModuleDraft {
  resources: Json[];
  module_calls: {
    [name: string]: { source: string; expressions?: Json; for_each_expression?: Json; module: ModuleDraft };
  };
  variables?: Json;
  outputs?: Json;
}

/** A plan as `terraform show -json` prints it, of as much as a test says. */
export function planOf({
  version = '1.11.4',
  providers = {},
  variables = {},
  resources,
  calls = {},
  extra = {},
}: PlanParts): { readonly [name: string]: unknown } {
  const root: ModuleDraft = { resources: [], module_calls: {} };
  const open = (path: readonly string[]): ModuleDraft =>
    path.reduce(
      (module, name) =>
        (module.module_calls[name] ??= { source: `./${name}`, module: { resources: [], module_calls: {} } })
          .module,
      root,
    );
  for (const [path, { expressions, variables: own, outputs, forEach }] of Object.entries(calls)) {
    const names = path.split('.');
    const module = open(names);
    if (own !== undefined) module.variables = own;
    if (outputs !== undefined) module.outputs = outputs;
    const call = open(names.slice(0, -1)).module_calls[names.at(-1) ?? ''];
    if (call && expressions !== undefined) call.expressions = expressions;
    if (call && forEach !== undefined) call.for_each_expression = forEach;
  }
  const declared = new Set<string>();
  for (const { address, mode, provider, expressions, forEach } of resources) {
    const { path, type, name } = openAddress(address);
    const id = `${path.join('.')}|${mode ?? ''}${type}.${name}`;
    if (declared.has(id)) continue;
    declared.add(id);
    open(path).resources.push({
      address: `${type}.${name}`,
      mode: mode ?? 'managed',
      type,
      name,
      provider_config_key: provider ?? type.split('_')[0] ?? type,
      expressions: expressions ?? {},
      ...(forEach === undefined ? {} : { for_each_expression: forEach }),
      schema_version: 0,
    });
  }
  return {
    format_version: '1.2',
    terraform_version: version,
    variables: Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, { value }])),
    resource_changes: resources.map(change),
    configuration: { provider_config: providers, root_module: root },
    ...extra,
  };
}

function change({
  address,
  actions = ['create'],
  after,
  before = null,
  unknown = {},
  sensitive = {},
  previous,
  deposed,
  mode,
}: PlannedResource): Json {
  const { type, name } = openAddress(address);
  return {
    address,
    mode: mode ?? 'managed',
    type,
    name,
    provider_name: `registry.terraform.io/hashicorp/${type.split('_')[0]}`,
    ...(previous === undefined ? {} : { previous_address: previous }),
    ...(deposed === undefined ? {} : { deposed }),
    change: {
      actions: [...actions],
      before,
      after: after === undefined ? {} : after,
      after_unknown: unknown,
      after_sensitive: sensitive,
    },
  };
}

function openAddress(address: string): {
  readonly path: readonly string[];
  readonly type: string;
  readonly name: string;
} {
  const bare = address.replaceAll(/\["(?:[^"\\]|\\.)*"\]|\[\d+\]/g, '').split('.');
  const path: string[] = [];
  while (bare[0] === 'module') path.push(bare.splice(0, 2)[1] ?? '');
  if (bare[0] === 'data') bare.shift();
  return { path, type: bare[0] ?? '', name: bare[1] ?? '' };
}

/** Writes a plan into a folder of its own; the tests' temporary folder is the system's to empty. */
export async function writePlan(plan: unknown): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'bercail-terraform-'));
  const path = join(folder, 'plan.json');
  await writeFile(path, typeof plan === 'string' ? plan : JSON.stringify(plan));
  return path;
}

export async function planAssets(parts: PlanParts, context?: CollectContext): Promise<Assets> {
  return assetsOf({ plan: await writePlan(planOf(parts)) }, context);
}

export function regionOf(assets: Assets, id: string): string | null {
  const fact = assets.get(id)?.facts.get('place.region');
  return fact?.state === 'known' ? jsonText(fact.value) : null;
}

/** Why a fact is not known; null where it is. */
export function noteOf(assets: Assets, id: string, fact = 'place.region'): string | null {
  const found = assets.get(id)?.facts.get(fact);
  return found !== undefined && 'note' in found ? (found.note ?? null) : null;
}

export function derivationOf(assets: Assets, id: string): readonly string[] {
  const fact = assets.get(id)?.facts.get('place.derivation');
  return fact?.state === 'known' && Array.isArray(fact.value) ? fact.value.map(String) : [];
}

export function factOf(assets: Assets, id: string, name: string): Json | undefined {
  const fact = assets.get(id)?.facts.get(name);
  return fact?.state === 'known' ? fact.value : fact?.state;
}

export function relationsOf(assets: Assets, id: string): readonly string[] {
  return (assets.get(id)?.relations ?? []).map(({ kind, to }) => `${kind} ${to}`).sort();
}

export const region = (code: string): Json => ({
  name: 'aws',
  full_name: 'registry.terraform.io/hashicorp/aws',
  expressions: { region: { constant_value: code } },
});
