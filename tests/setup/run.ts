import { createHash } from 'node:crypto';
import { type EvaluateInput, type Evaluation, evaluate } from '../../src/evaluate/evaluate.ts';
import { buildInventory } from '../../src/inventory/build/build.ts';
import type { ManifestInput } from '../../src/inventory/build/input.ts';
import type { Fact } from '../../src/inventory/fact.ts';
import type { Inventory } from '../../src/inventory/inventory.ts';
import type { Observation, SeenAsset, SeenRelation } from '../../src/inventory/observation.ts';
import { loadCatalog } from '../../src/io/content.ts';
import { loadPolicy } from '../../src/load.ts';
import { readManifest } from '../../src/manifest/read.ts';

export const { catalog } = await loadCatalog();

export function manifestInput(text: string, file = 'manifest.yaml'): ManifestInput {
  const manifest = readManifest(text, file, catalog);
  return { ...manifest, sha256: createHash('sha256').update(text).digest('hex') };
}

export interface Run {
  readonly manifests?: readonly string[];
  readonly observations?: readonly Observation[];
  readonly policy?: string;
  readonly asOf?: string;
  readonly more?: Partial<EvaluateInput>;
}

const policies = new Map<string, ReturnType<typeof loadPolicy>>();

/** Each policy is compiled once a day of law. */
function policyOn(name: string, asOf: string): ReturnType<typeof loadPolicy> {
  const key = `${name} ${asOf}`;
  const found = policies.get(key) ?? loadPolicy({ name, catalog, asOf });
  policies.set(key, found);
  return found;
}

/** Builds and judges, as the pipeline does between reading and reporting. */
export async function run({
  manifests = [],
  observations = [],
  policy = 'complet',
  asOf = '2026-11-22',
  more = {},
}: Run): Promise<Evaluation & { inventory: Inventory }> {
  const loaded = await policyOn(policy, asOf);
  const inventory = buildInventory({
    manifests: manifests.map((text, index) => manifestInput(text, `manifest-${index + 1}.yaml`)),
    observations,
    classification: loaded.policy.classification,
    catalog,
  });
  const words = {
    how: (missing: { fact: string }) => `say ${missing.fact}`,
    whose: () => '',
    gate: (verdict: string) => verdict,
  };
  return {
    inventory,
    ...evaluate({
      inventory,
      catalog,
      policy: loaded.policy,
      asOf,
      language: 'en',
      waivers: [],
      all: true,
      words,
      ...more,
    }),
  };
}

/** The outcomes of one rule: subject → outcome. */
export function outcomesOf({ findings }: Evaluation, rule: string): { readonly [subject: string]: string } {
  return Object.fromEntries(
    findings.filter((finding) => finding.rule === rule).map(({ subject, outcome }) => [subject.id, outcome]),
  );
}

export function known(value: Extract<Fact, { state: 'known' }>['value']): Fact {
  return { state: 'known', value };
}

/** What a collector says of one bucket. */
export function bucket(
  name: string,
  facts: { readonly [fact: string]: Fact },
  more: { relations?: readonly SeenRelation[]; asset?: Partial<SeenAsset>; subject?: string } = {},
): Observation {
  return {
    source: 'aws',
    scope: '123456789012',
    operation: 's3:ListBuckets',
    subject: more.subject ?? `bucket:${name}`,
    at: '2026-11-22T08:00:00Z',
    sha256: null,
    outcome: 'ok',
    asset: { kind: 'object_store', name, provider: 'aws', account: '123456789012', ...more.asset },
    facts,
    ...(more.relations ? { relations: more.relations } : {}),
  };
}
