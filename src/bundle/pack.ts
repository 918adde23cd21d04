import { basename, extname } from 'node:path';
import type { CatalogFile } from '../catalog/parse.ts';
import { withoutSecrets } from '../collect/secret.ts';
import type { InputFile } from '../input/gather.ts';
import type { Entries } from '../io/zip.ts';
import type { Case } from '../judge.ts';
import type { Result } from '../result/result.ts';
import type { PackFiles } from '../rule/rule.ts';
import { manifestName, writeManifest } from './manifest.ts';
import { type KeptFolder, type RunFile, runName, writeRun } from './run.ts';

/** Everything that a bundle keeps, as bytes and texts: gathered by whoever may open files. */
export interface Evidence {
  readonly case: Case;
  readonly result: Result;
  readonly resultJson: string | Uint8Array;
  readonly inputs: readonly InputFile[];
  /** What each source that was read gave, in the order of the run's sources; null for one left out. */
  readonly snapshots: readonly (Uint8Array | null)[];
  readonly builtInPacks: readonly PackFiles[];
  readonly catalog: readonly CatalogFile[];
  readonly reports: readonly {
    readonly name: string;
    readonly file: string;
    readonly bytes: string | Uint8Array;
  }[];
  readonly readme: string;
}

/** The files of a bundle without its signature. Pure: the same evidence gives the same files. */
export function packEntries(evidence: Evidence): Entries {
  const entries = new Map<string, Uint8Array>();
  const keep = (entry: string, content: string | Uint8Array): string => {
    entries.set(entry, typeof content === 'string' ? Buffer.from(content) : content);
    return entry;
  };
  const keepFolder = (at: string, { folder, files }: PackFiles): KeptFolder => ({
    folder,
    files: files.map(({ name, text }, index) => ({
      name,
      entry: keep(`${at}/${numbered(index, name)}`, text),
    })),
  });
  const { case: one, result } = evidence;
  const { read } = one.policy;
  keep('README.txt', evidence.readme);
  keep('result.json', evidence.resultJson);
  const run: RunFile = {
    bercail: 'bundle/v1',
    tool: { version: result.tool.version },
    case: {
      as_of: one.asOf,
      started_at: one.startedAt,
      finished_at: result.run.finished_at,
      language: one.language,
      gate: one.gate ?? null,
      rules: one.rules ?? null,
      only_packs: one.onlyPacks ?? null,
      all: one.all,
      strict_waivers: one.strictWaivers,
      include_inventory: one.includeInventory,
      left_out: one.leftOut,
    },
    inputs: evidence.inputs.map(({ role, path, text }, index) => ({
      role,
      path,
      entry: keep(`inputs/${numbered(index, `${role}${extension(path)}`)}`, text),
    })),
    sources: one.sources.map(({ kind, options }, index) => {
      const bytes = evidence.snapshots[index] ?? null;
      const entry = bytes && keep(`snapshots/${numbered(index, `${kind}.inventory.ndjson.gz`)}`, bytes);
      return { kind, options: withoutSecrets(options), entry };
    }),
    policy: {
      name: read.name,
      base: read.base,
      packs: read.packs,
      policies: read.policies.map(({ name, base, file, text }, index) => ({
        name,
        base,
        file,
        entry: keep(`policies/${numbered(index, basename(file))}`, text),
      })),
      folders: read.folders.map(({ path, pack }, index) => ({
        path,
        ...keepFolder(`packs/own-${index + 1}`, pack),
      })),
    },
    built_in: evidence.builtInPacks.map((pack) => keepFolder(`packs/${plain(basename(pack.folder))}`, pack)),
    catalog: evidence.catalog.map(({ name, text }) => ({ name, entry: keep(plainPath(name), text) })),
    reports: evidence.reports.map(({ name, file, bytes }) => ({
      name,
      entry: keep(`reports/${file}`, bytes),
    })),
  };
  keep(runName, writeRun(run));
  keep(manifestName, writeManifest(entries));
  return entries;
}

function numbered(index: number, name: string): string {
  return `${String(index + 1).padStart(3, '0')}-${plain(name)}`;
}

/** Names go into an archive that any system unpacks: what they may not hold becomes `_`; run.json keeps the real ones. */
function plain(name: string): string {
  return name.replaceAll(/[^A-Za-z0-9._-]/g, '_').slice(-80);
}

function plainPath(name: string): string {
  return name.split('/').map(plain).join('/');
}

function extension(path: string): string {
  return /^\.[a-z]{1,5}$/i.test(extname(path)) ? extname(path) : '';
}
