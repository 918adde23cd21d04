import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { factsWanted } from '../../src/audit.ts';
import { collect } from '../../src/collect/collect.ts';
import type { CollectContext } from '../../src/collect/collector.ts';
import type { Fact, Json } from '../../src/inventory/fact.ts';
import type { Observation } from '../../src/inventory/observation.ts';
import { root } from '../../src/io/root.ts';
import { loadPolicy } from '../../src/load.ts';
import { testContext } from './collect-context.ts';
import type { FakeArm, FakeArmOptions } from './fake-arm.ts';
import { fakeSource, startFakeArm, useFakeAzure } from './fake-arm.ts';
import { catalog } from './run.ts';

/** What the rules of every pack ask. */
export const azureFacts = factsWanted(await loadPolicy({ name: 'complet', catalog, asOf: '2026-11-22' }));

export const pairedRegion = (provider: string, region: string): string | null =>
  catalog.region(provider, region)?.paired_region ?? null;

/** The body of one of Microsoft's examples. */
export function example(path: string): Json {
  const text = readFileSync(join(root, 'tests/fixtures/azure/examples', `${path}.json`), 'utf8');
  return (JSON.parse(text) as { responses: { 200: { body: Json } } }).responses[200].body;
}

export interface Read {
  readonly observations: readonly Observation[];
  readonly calls: { readonly [operation: string]: number };
  readonly fake: FakeArm;
}

/** Reads a fake tenant from start to end, with the real clients. */
export async function readFake(
  options: FakeArmOptions,
  more: { readonly [name: string]: Json } = {},
  context: Partial<CollectContext> = {},
): Promise<Read> {
  useFakeAzure();
  const fake = await startFakeArm(options);
  try {
    const { observations, calls } = await collect(
      [fakeSource(fake, more)],
      testContext({ wanted: azureFacts, pairedRegion, ...context }),
    );
    return { observations, calls, fake };
  } finally {
    await fake.stop();
  }
}

/** Facts of one asset, the first that says something winning, as the inventory folds them. */
export function factsOf(
  observations: readonly Observation[],
  subject: string,
): { readonly [name: string]: Fact } {
  const facts = new Map<string, Fact>();
  for (const one of observations.filter((seen) => seen.subject === subject.toLowerCase()))
    for (const [name, fact] of Object.entries(one.facts ?? {})) {
      const before = facts.get(name);
      if (before === undefined || (before.state !== 'known' && before.state !== 'absent'))
        facts.set(name, fact);
    }
  return Object.fromEntries(facts);
}

/** `KIND → ID` of what leaves an asset. */
export function relationsOf(observations: readonly Observation[], subject: string): readonly string[] {
  const own = observations.filter((seen) => seen.subject === subject.toLowerCase());
  return [
    ...new Set(own.flatMap(({ relations = [] }) => relations.map(({ kind, to }) => `${kind} → ${to}`))),
  ].toSorted();
}

export function gapsOf(observations: readonly Observation[]): readonly string[] {
  return observations
    .filter(({ outcome }) => outcome !== 'ok')
    .map(({ operation, outcome, code }) => `${outcome} ${operation} ${code}`);
}
