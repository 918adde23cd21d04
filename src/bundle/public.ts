import { createHmac } from 'node:crypto';
import { parseCatalog } from '../catalog/parse.ts';
import { BercailError } from '../error.ts';
import { hashOf } from '../io/content.ts';
import type { Entries } from '../io/zip.ts';
import { type Result, severities } from '../result/result.ts';
import { readPack } from '../rule/load.ts';
import type { PackFiles } from '../rule/rule.ts';
import { lazyValidator } from '../yaml/ajv.ts';
import { manifestName, writeManifest } from './manifest.ts';
import { folderSchema, type KeptFolder, keptSchema, list, type RunFile, record, text } from './run.ts';

export const publicName = 'public.json';

/** What a bundle for readers outside holds: no input, so nothing to evaluate again. See docs/adr/0008. */
export interface PublicFile {
  readonly bercail: 'public-bundle/v1';
  readonly tool: { readonly version: string };
  readonly audience: string;
  /** HMAC-SHA-256 of the result that was redacted, under the key of the pseudonyms: whoever has both can match them. */
  readonly commitment: string;
  readonly built_in: readonly KeptFolder[];
  readonly catalog: RunFile['catalog'];
  readonly reports: RunFile['reports'];
}

const validator = lazyValidator(() =>
  record({
    bercail: { const: 'public-bundle/v1' },
    tool: record({ version: text }),
    audience: { enum: ['public', 'partner'] },
    commitment: { type: 'string', pattern: '^[0-9a-f]{64}$' },
    built_in: list(record(folderSchema)),
    catalog: list(record(keptSchema)),
    reports: list(record(keptSchema)),
  }),
);

export function commitmentOf(resultJson: Uint8Array, key: Uint8Array): string {
  return createHmac('sha256', key).update('result\0').update(resultJson).digest('hex');
}

export interface PublicEvidence {
  readonly audience: string;
  readonly commitment: string;
  readonly result: Result;
  readonly resultJson: Uint8Array;
  /** Those whose hash the result names: others would prove nothing. */
  readonly builtInPacks: readonly PackFiles[];
  readonly catalog: readonly { readonly name: string; readonly text: string }[];
  readonly reports: readonly { readonly name: string; readonly file: string; readonly bytes: Uint8Array }[];
  readonly readme: string;
}

/** The files of a bundle for readers outside, without its signature. Pure. */
export function packPublicEntries(evidence: PublicEvidence): Entries {
  const entries = new Map<string, Uint8Array>();
  const keep = (entry: string, content: string | Uint8Array): string => {
    entries.set(entry, typeof content === 'string' ? Buffer.from(content) : content);
    return entry;
  };
  keep('README.txt', evidence.readme);
  keep('result.json', evidence.resultJson);
  const file: PublicFile = {
    bercail: 'public-bundle/v1',
    tool: { version: evidence.result.tool.version },
    audience: evidence.audience,
    commitment: evidence.commitment,
    built_in: evidence.builtInPacks.map(({ folder, files }) => ({
      folder,
      files: files.map(({ name, text: content }) => ({
        name,
        entry: keep(`packs/${folder.split('/').at(-1) ?? ''}/${name}`, content),
      })),
    })),
    catalog: evidence.catalog.map(({ name, text: content }) => ({ name, entry: keep(name, content) })),
    reports: evidence.reports.map(({ name, file: to, bytes }) => ({
      name,
      entry: keep(`reports/${to}`, bytes),
    })),
  };
  keep(publicName, `${JSON.stringify(file, null, 2)}\n`);
  keep(manifestName, writeManifest(entries));
  return entries;
}

export function readPublic(entries: Entries): PublicFile {
  let value: unknown;
  try {
    value = JSON.parse(textOf(entries, publicName));
  } catch (cause) {
    throw new BercailError('input', { message: `${publicName} is not JSON` }, { cause });
  }
  const validate = validator();
  if (!validate(value)) throw new BercailError('input', { message: `${publicName} is nothing of ours` });
  return value as PublicFile;
}

function textOf(entries: Entries, entry: string): string {
  const bytes = entries.get(entry);
  if (!bytes) throw new BercailError('input', { message: `the bundle does not hold ${entry}` });
  return Buffer.from(bytes).toString('utf8');
}

/** Where a result contradicts itself, or the rules and catalog that the bundle holds. */
export function contradictions(entries: Entries, result: Result, file: PublicFile): readonly string[] {
  return [...sumsOf(result), ...contentOf(entries, result, file)];
}

function sumsOf({ findings, summary, coverage }: Result): readonly string[] {
  const fails = findings.filter(({ outcome }) => outcome === 'fail');
  const unwaived = fails.filter(({ waiver }) => waiver === null);
  const { fail_on: failOn, verdict } = summary.gate;
  const reached =
    failOn !== undefined &&
    failOn !== 'never' &&
    unwaived.some(({ severity }) => severities.indexOf(severity) <= severities.indexOf(failOn));
  return [
    ...severities
      .filter(
        (one) => unwaived.filter(({ severity }) => severity === one).length !== summary.fail_by_severity[one],
      )
      .map((one) => `result.json: the findings of severity ${one} are not as many as it says`),
    ...(fails.length - unwaived.length === summary.waived
      ? []
      : ['result.json: waived findings are not as many as it says']),
    ...(fails.length <= summary.outcomes.fail ? [] : ['result.json: it lists more failures than it counts']),
    ...(coverage.assets === coverage.evaluated + coverage.not_applicable
      ? []
      : ['result.json: its assets do not add up']),
    ...(failOn === undefined ||
    reached === (verdict === 'fail') ||
    (verdict === 'fail' && !reached && summary.waived > 0)
      ? []
      : ['result.json: its verdict is not what its findings give']),
  ];
}

function contentOf(entries: Entries, { findings, run }: Result, file: PublicFile): readonly string[] {
  const catalog = file.catalog.map(({ name, entry }) => ({ name, text: textOf(entries, entry) }));
  if (catalog.length > 0 && hashOf(catalog) !== run.catalog.sha256)
    return ['catalog/: it is not the one that judged'];
  if (catalog.length > 0) parseCatalog(catalog);
  const problems: string[] = [];
  for (const { folder, files } of file.built_in) {
    const pack = readPack({
      folder,
      files: files.map(({ name, entry }) => ({ name, text: textOf(entries, entry) })),
    });
    const judged = run.packs.find(({ name }) => name === pack.pack.name);
    if (judged?.sha256 !== pack.sha256) {
      problems.push(`packs/${pack.pack.name}: it is not the one that judged`);
      continue;
    }
    const rules = new Map(pack.rules.map(({ raw }) => [raw.id, raw]));
    for (const { rule, basis } of findings.filter((finding) => finding.pack === pack.pack.name))
      if (rules.get(rule)?.basis.type !== basis)
        problems.push(`result.json: ${rule} is not what its pack says`);
  }
  return problems;
}
