import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { collect } from '../../src/collect/collect.ts';
import type { Options } from '../../src/collect/collector.ts';
import { foldObservations, type Observed } from '../../src/inventory/build/observed.ts';
import type { Observation } from '../../src/inventory/observation.ts';
import { testContext } from './collect-context.ts';
import { catalog } from './run.ts';

export interface Read {
  readonly observations: readonly Observation[];
  readonly observed: Observed;
  /** A known value, the state of what is not known, or undefined for what nobody said. */
  readonly fact: (id: string, name: string) => unknown;
  readonly note: (id: string, name: string) => string;
  readonly relations: (id: string) => readonly string[];
}

/** Collects sources as a run does. */
export async function readSources(kind: string, ...options: readonly Options[]): Promise<Read> {
  const context = testContext({
    providerOfHost: catalog.providerOfHost,
    pairedRegion: (provider, region) => catalog.region(provider, region)?.paired_region ?? null,
  });
  const { observations } = await collect(
    options.map((one) => ({ kind, options: one })),
    context,
  );
  const observed = foldObservations(observations);
  const find = (id: string, name: string) => observed.assets.get(id)?.facts.get(name);
  return {
    observations,
    observed,
    fact: (id, name) => {
      const fact = find(id, name);
      return fact?.state === 'known' ? fact.value : fact?.state;
    },
    note: (id, name) => {
      const fact = find(id, name);
      return fact && 'note' in fact ? (fact.note ?? '') : '';
    },
    relations: (id) =>
      (observed.assets.get(id)?.relations ?? []).map(({ kind: relation, to }) => `${relation} ${to}`),
  };
}

/** A folder with these files, for as long as `use` takes. */
export async function withFiles<T>(
  files: { readonly [name: string]: string },
  use: (path: (name: string) => string) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'bercail-template-'));
  try {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    return await use((name) => join(folder, name));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Changes a text in one of the ways that break templates: cut, doubled, a piece replaced. */
export function mutate(
  text: string,
  [from, length, how]: readonly [number, number, number],
  pieces: readonly string[],
): string {
  const start = from % Math.max(1, text.length);
  const end = Math.min(text.length, start + (length % 60));
  const piece =
    how % 3 === 0
      ? ''
      : how % 3 === 1
        ? text.slice(start, end).repeat(2)
        : (pieces[how % pieces.length] ?? '');
  return text.slice(0, start) + piece + text.slice(end);
}
