import { dirname, join, normalize } from 'node:path';
import type { Catalog } from '../catalog/catalog.ts';
import type { SourceConfig } from '../collect/collector.ts';
import { declareSamples } from '../collect/sample/declare.ts';
import { isSnapshot } from '../collect/snapshot/detect.ts';
import { detectTerraform, isTerraformCode } from '../collect/terraform/detect.ts';
import { attestationsOf } from '../config/attestation.ts';
import { type Config, readConfig } from '../config/read.ts';
import { BercailError, type Problem } from '../error.ts';
import type { Attestation } from '../inventory/noun.ts';
import { readHead, readText } from '../io/file.ts';
import { exists, expandPattern, followed, listFiles } from '../io/find.ts';
import { isFolder } from '../io/folder.ts';
import { type Manifest, manifestOf } from '../manifest/read.ts';
import { readYaml } from '../yaml/read.ts';
import { detectText, detectValue, type InputKind, looksLikeOurs } from './detect.ts';
import { distinctSources } from './distinct.ts';
import { bicepRefusal, notAnInput, optionsOfFile, sourceConfig, uncompiled, within } from './source.ts';

/** Everything that a run reads, found from its paths. */
export interface Inputs {
  readonly manifests: readonly { readonly manifest: Manifest; readonly sha256: string }[];
  readonly sources: readonly SourceConfig[];
  /** Answers kept apart from the manifests. */
  readonly attestations: readonly AttestationFile[];
  readonly config: Config | null;
  /** Where relative paths of the configuration start. */
  readonly base: string;
  readonly warnings: readonly string[];
  /** The configuration, manifests and attestations, as they were read. */
  readonly files: readonly InputFile[];
}

/** A file that was read, as it was. */
export interface InputFile {
  readonly role: 'manifest' | 'config' | 'attestations' | 'waivers' | 'baseline';
  readonly path: string;
  readonly text: string;
}

interface AttestationFile {
  readonly file: string;
  readonly sha256: string;
  readonly answers: readonly Attestation[];
}

interface Draft {
  readonly manifests: { manifest: Manifest; sha256: string }[];
  readonly sources: SourceConfig[];
  readonly attestations: AttestationFile[];
  readonly problems: Problem[];
  readonly warnings: string[];
  readonly files: InputFile[];
  readonly catalog: Catalog;
  config: Config | null;
  base: string;
}

/**
 * Finds and reads the inputs that the paths name: a folder with a `bercail.yaml` is read as that file says, other
 * folders give the files in them that are ours, a file is what its content says.
 * @throws BercailError with every problem of every file
 */
export async function gatherInputs(paths: readonly string[], catalog: Catalog): Promise<Inputs> {
  const draft: Draft = {
    manifests: [],
    sources: [],
    attestations: [],
    problems: [],
    warnings: [],
    files: [],
    catalog,
    config: null,
    base: '.',
  };
  for (const path of paths.map((one) => (one === '' ? one : normalize(one))))
    await guard(draft, () => (isFolder(path) ? addFolder(draft, path) : addFile(draft, path, true)));
  const ids = new Map<string, string>();
  for (const { manifest } of draft.manifests) {
    const first = ids.get(manifest.id);
    if (first !== undefined && first !== manifest.file) {
      draft.problems.push({
        message: `two manifests have the id ${manifest.id}`,
        hint: `the other is ${first}`,
        where: manifest.positionOf(['id']),
      });
    }
    ids.set(manifest.id, manifest.file);
    draft.warnings.push(...manifestWarnings(manifest));
  }
  if (draft.problems.length > 0) throw new BercailError('input', draft.problems);
  if (paths.length > 0 && draft.manifests.length + draft.sources.length === 0) {
    throw new BercailError('input', {
      message: `nothing to audit in ${paths.join(', ')}`,
      hint: 'give a manifest, a snapshot, a plan, or a folder with a bercail.yaml; `bercail init` writes one',
    });
  }
  const { manifests, attestations, config, base, warnings, files } = draft;
  const sources = declareSamples(
    distinctSources(draft.sources),
    manifests.map(({ manifest }) => manifest),
  );
  return { manifests, sources, attestations, config, base, warnings, files };
}

/** What is odd in a manifest, with its place. */
export function manifestWarnings({ warnings }: Manifest): readonly string[] {
  return warnings.map(({ message, where }) =>
    where ? `${where.file}:${where.line}:${where.column}: ${message}` : message,
  );
}

async function guard(draft: Draft, read: () => Promise<void>): Promise<void> {
  try {
    await read();
  } catch (error) {
    if (!(error instanceof BercailError)) throw error;
    draft.problems.push(...error.problems);
  }
}

async function addFolder(draft: Draft, folder: string): Promise<void> {
  const configPath = ['bercail.yaml', 'bercail.yml'].map((name) => join(folder, name)).find(exists);
  if (configPath !== undefined) return addConfig(draft, configPath);
  const before = draft.sources.length;
  const files = listFiles(folder);
  for (const path of files.filter((one) => !isTerraformCode(one)))
    await guard(draft, () => addFile(draft, path, false));
  if (files.some(isTerraformCode)) addCode(draft, folder, before);
  draft.problems.push(...uncompiled(folder, draft.sources.slice(before)));
}

/** The code of a folder goes with the plans and states in it; where there are none, it is read by itself. */
function addCode(draft: Draft, folder: string, from: number): void {
  const isPlanned = draft.sources.slice(from).some(({ kind }) => kind === 'terraform');
  if (!isPlanned) draft.sources.push({ kind: 'terraform', options: { root: folder } });
  for (const [i, source] of draft.sources.entries()) {
    if (i >= from && source.kind === 'terraform')
      draft.sources[i] = { ...source, options: { ...source.options, root: folder } };
  }
}

/** One file; `named` when the user gave it: then it has to be something that Bercail reads. */
async function addFile(draft: Draft, path: string, named: boolean): Promise<void> {
  if (!exists(path))
    throw new BercailError('not_found', {
      message: `${path} does not exist`,
      hint: 'check the path, and the folder that you are in',
    });
  if (isTerraformCode(path)) {
    draft.sources.push({ kind: 'terraform', options: { root: path } });
    return;
  }
  // Before anything reads the file whole: plans may be larger than memory.
  const terraform = await detectTerraform(path);
  if (terraform !== null) {
    draft.sources.push({ kind: 'terraform', options: { [terraform]: path } });
    return;
  }
  if (/\.(ndjson|gz)$/i.test(path) || (named && isSnapshot(await readHead(path, 4096)))) {
    draft.sources.push({ kind: 'snapshot', options: { path } });
    return;
  }
  const { text, sha256 } = await readText(path);
  const template = detectText(text, path);
  if (template === 'bicep') throw bicepRefusal(path);
  if (template !== null) {
    draft.sources.push({ kind: template, options: optionsOfFile(template, path) });
    return;
  }
  if (!named && !looksLikeOurs(text) && detectQuietly(text, path) === null) return;
  const source = readYaml(text, path);
  const kind = detectValue(source.value);
  if (kind === 'manifest') {
    if (draft.manifests.some(({ manifest }) => followed(manifest.file) === followed(path))) return;
    draft.manifests.push({ manifest: manifestOf(source, draft.catalog), sha256 });
    draft.files.push({ role: 'manifest', path, text });
  } else if (kind === 'config') {
    await addConfig(draft, path);
  } else if (kind === 'attestations') {
    draft.attestations.push({ file: path, sha256, answers: attestationsOf(source, sha256) });
    draft.files.push({ role: 'attestations', path, text });
  } else if (
    kind === null ||
    kind === 'policy' ||
    kind === 'waivers' ||
    kind === 'baseline' ||
    kind === 'result'
  ) {
    if (named || (kind === null && looksLikeOurs(text)))
      throw new BercailError('input', {
        message: notAnInput(path, kind),
        hint: 'expected a manifest (bercail: manifest/v1), a snapshot, a plan or a template',
        where: source.positionOf([]),
      });
  } else {
    draft.sources.push({
      kind: kind === 'terraform_state' ? 'terraform' : kind,
      options: optionsOfFile(kind, path),
    });
  }
}

function detectQuietly(text: string, path: string): InputKind | null {
  if (!/resource_changes|planned_values|terraform_version|Resources|deploymentTemplate|bercail/.test(text))
    return null;
  try {
    return detectValue(readYaml(text, path).value);
  } catch {
    return null;
  }
}

async function addConfig(draft: Draft, path: string): Promise<void> {
  const { text } = await readText(path);
  const config = readConfig(text, path);
  if (draft.config !== null && draft.config.file !== path) {
    throw new BercailError('usage', {
      message: `two configurations: ${draft.config.file} and ${path}`,
      hint: 'run once for each',
    });
  }
  const base = dirname(path);
  if (draft.config === null) draft.files.push({ role: 'config', path, text });
  draft.config = config;
  draft.base = base;
  for (const [index, pattern] of (config.content.manifests ?? []).entries()) {
    await guard(draft, async () => {
      const found = within(config, ['manifests', index], () => expandPattern(join(base, pattern)));
      if (found.length === 0)
        throw new BercailError('config', {
          message: `no file matches ${pattern}`,
          where: config.positionOf(['manifests', index]),
        });
      for (const file of found) await guard(draft, () => addFile(draft, file, true));
    });
  }
  const { attestations } = config.content;
  if (attestations !== undefined) {
    await guard(draft, async () => {
      const [file = ''] = within(config, ['attestations'], () => expandPattern(join(base, attestations)));
      await addFile(draft, file, true);
    });
  }
  for (const source of config.sources)
    await guard(draft, async () => void draft.sources.push(sourceConfig(config, source, base)));
}
