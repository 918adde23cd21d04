import { parseCatalog } from '../catalog/parse.ts';
import { sortObservations } from '../collect/collect.ts';
import { readSnapshot } from '../collect/snapshot/read.ts';
import { readAttestations } from '../config/attestation.ts';
import { readBaseline } from '../config/baseline.ts';
import { readWaivers } from '../config/read.ts';
import { BercailError } from '../error.ts';
import type { Deadline } from '../evaluate/deadline.ts';
import { manifestWarnings } from '../input/gather.ts';
import type { Observation } from '../inventory/observation.ts';
import { catalogOf, hashOf } from '../io/content.ts';
import { checkInflated, type Entries } from '../io/zip.ts';
import { judge } from '../judge.ts';
import { loadPolicy, type RuleContent } from '../load.ts';
import { readManifest } from '../manifest/read.ts';
import type { Result } from '../result/result.ts';
import { readPack } from '../rule/load.ts';
import type { PackFiles } from '../rule/rule.ts';
import { sha256 } from './manifest.ts';
import { type KeptFolder, type RunFile, readRun, runName } from './run.ts';

/** Observations are read into memory: beyond this, no bundle of ours. */
const maxInflated = 2 * 1024 * 1024 * 1024;

/**
 * Evaluates once more what a bundle holds: its manifests, snapshots, policy, packs and catalog, and nothing that is
 * installed but the engine and its table of messages. `folder` is private: snapshots are read from files.
 * @throws BercailError when what it holds cannot be read
 */
export async function replay(
  entries: Entries,
  folder: { readonly write: (name: string, bytes: Uint8Array) => Promise<string> },
  deadline?: Deadline,
): Promise<{ readonly result: Result; readonly run: RunFile }> {
  const text = (entry: string): string => {
    try {
      return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytesOf(entries, entry));
    } catch (cause) {
      if (cause instanceof BercailError) throw cause;
      throw new BercailError('input', { message: `${entry} is not UTF-8 text` }, { cause });
    }
  };
  const run = readRun(text(runName));
  const catalogFiles = run.catalog.map(({ name, entry }) => ({ name, text: text(entry) }));
  const loaded = catalogOf({ sha256: hashOf(catalogFiles), data: parseCatalog(catalogFiles) });
  const { catalog } = loaded;
  const content = contentOf(run, text);
  const { name, base, packs } = run.policy;
  const asOf = run.case.as_of;
  const policy = await loadPolicy({ name, base, catalog, asOf, packs, content });
  const of = (role: RunFile['inputs'][number]['role']) =>
    run.inputs
      .filter((one) => one.role === role)
      .map(({ path, entry }) => ({ path, text: text(entry), sha256: sha256(bytesOf(entries, entry)) }));
  const manifests = of('manifest').map((one) => ({
    manifest: readManifest(one.text, one.path, catalog),
    sha256: one.sha256,
  }));
  const attestations = of('attestations').map((one) => ({
    file: one.path,
    sha256: one.sha256,
    answers: readAttestations(one.text, one.path, one.sha256),
  }));
  const [waivers] = of('waivers');
  const [baseline] = of('baseline');
  const { result } = await judge({
    loaded,
    inputs: {
      manifests,
      attestations,
      warnings: manifests.flatMap(({ manifest }) => manifestWarnings(manifest)),
    },
    policy,
    observations: await observationsOf(run, entries, folder),
    sources: run.sources,
    leftOut: run.case.left_out,
    asOf,
    startedAt: run.case.started_at,
    clock: () => run.case.finished_at,
    language: run.case.language,
    waivers: waivers ? readWaivers(waivers.text, waivers.path) : [],
    baseline: baseline && readBaseline(baseline.text, baseline.path),
    gate: run.case.gate ?? undefined,
    rules: run.case.rules ?? undefined,
    onlyPacks: run.case.only_packs ?? undefined,
    all: run.case.all,
    strictWaivers: run.case.strict_waivers,
    includeInventory: run.case.include_inventory,
    deadline,
  });
  return { result, run };
}

function contentOf({ built_in: builtIn, policy }: RunFile, text: (entry: string) => string): RuleContent {
  const filesOf = ({ folder, files }: KeptFolder): PackFiles => ({
    folder,
    files: files.map(({ name, entry }) => ({ name, text: text(entry) })),
  });
  return {
    builtInPacks: async () => builtIn.map((kept) => readPack(filesOf(kept))),
    packFolder: (path) => {
      const found = policy.folders.find((one) => one.path === path);
      if (!found) throw new BercailError('input', { message: `the bundle does not hold the pack ${path}` });
      return filesOf(found);
    },
    policyText: async (name, base) => {
      const found = policy.policies.find((one) => one.name === name && one.base === base);
      if (!found) throw new BercailError('input', { message: `the bundle does not hold the policy ${name}` });
      return { file: found.file, text: text(found.entry) };
    },
  };
}

async function observationsOf(
  run: RunFile,
  entries: Entries,
  folder: { readonly write: (name: string, bytes: Uint8Array) => Promise<string> },
): Promise<readonly Observation[]> {
  const all: Observation[] = [];
  for (const [index, { entry }] of run.sources.entries()) {
    if (entry === null) continue;
    const bytes = bytesOf(entries, entry);
    if (bytes[0] === 0x1f && bytes[1] === 0x8b) await checkInflated(bytes, entry, maxInflated);
    const { observations } = await readSnapshot(await folder.write(`${index}.ndjson`, bytes));
    // Spread would overflow the stack where there are many.
    for (const observation of observations) all.push(observation);
  }
  return sortObservations(all);
}

function bytesOf(entries: Entries, entry: string): Uint8Array {
  const bytes = entries.get(entry);
  if (!bytes) throw new BercailError('input', { message: `the bundle does not hold ${entry}` });
  return bytes;
}
