import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../../../src/io/root.ts';
import { attempt, installWithPip, isInstalled, peerCache } from '../gate/install.ts';
import type { Reported } from './peer/account.ts';

const VERSIONS = { c7n: '0.9.53', prowler: '5.46.0' };
const LIKE = { place: 'LOC-01', encryption: 'SEC-05', public: 'SEC-03', class: 'CLS-01' };
/** Of Prowler’s own; it has none for regions and classes. */
const CHECKS = {
  encryption: ['s3_bucket_default_encryption', 's3_bucket_secure_transport_policy'],
  public: ['s3_bucket_public_access'],
};

export interface Tool {
  readonly name: string;
  /** Whose work the bench compares; rows beyond that are measured only. */
  readonly isAlike: boolean;
  readonly command: string;
  /** `out`: an empty folder for what it writes. */
  readonly args: (out: string) => readonly string[];
  /** Exit codes of a run that judged. */
  readonly codes: readonly number[];
  readonly reported: (out: string) => Promise<Reported>;
}

/** The built command, on the services of a `bercail.yaml` that is written to `folder`. */
export async function bercail(
  folder: string,
  name: string,
  services: readonly string[],
  regions: string,
  isAlike: boolean,
): Promise<Tool> {
  const home = join(folder, isAlike ? 'alike' : 'every');
  await mkdir(home, { recursive: true });
  await writeFile(
    join(home, 'bercail.yaml'),
    `bercail: config/v1\npolicy: ministere\nsources:\n  - aws: {region: eu-west-3, services: [${services.join(', ')}], regions: ${regions}}\n`,
  );
  const rules = isAlike ? Object.values(LIKE).flatMap((rule) => ['--rule', rule]) : [];
  return {
    name,
    isAlike,
    command: process.execPath,
    args: (out) => [
      join(root, 'dist/cli.js'),
      'audit',
      home,
      '--as-of',
      '2026-11-01',
      '--format',
      'json',
      '--out',
      out,
      ...rules,
    ],
    // There is something to find: no other code would be of a run that judged.
    codes: [1],
    reported: readBercail,
  };
}

/** The peers that are there, and those that are not; `--install` fetches them first. */
export async function findPeers(
  isInstalling: boolean,
): Promise<{ peers: readonly Tool[]; missing: readonly string[]; versions: readonly string[] }> {
  const all = [
    { name: 'c7n', label: 'Cloud Custodian', tools: [custodian] },
    { name: 'prowler', label: 'Prowler', tools: [prowlerAlike, prowlerEvery] },
  ] as const;
  if (isInstalling)
    for (const { name } of all) await attempt(name, () => installWithPip(name, VERSIONS[name]));
  const there = all.filter(({ name }) => isInstalled(name, VERSIONS[name]));
  return {
    peers: there.flatMap(({ tools }) => tools),
    missing: all
      .filter((peer) => !there.includes(peer))
      .map(
        ({ label, name }) => `${label}: ${name} ${VERSIONS[name]} is not installed (--install fetches it)`,
      ),
    versions: there.map(({ label, name }) => `${label} ${VERSIONS[name]}`),
  };
}

const custodian: Tool = {
  name: 'Cloud Custodian, policies alike',
  isAlike: true,
  command: join(peerCache, 'c7n/bin/custodian'),
  // What one policy read the next ones need not read again, and nothing is left of an earlier run.
  args: (out) => [
    'run',
    '--output-dir',
    out,
    '--cache',
    'memory',
    '--region',
    'eu-west-3',
    join(import.meta.dirname, 'peer/custodian.yaml'),
  ],
  codes: [0],
  reported: async (out) => ({
    place: await readPolicy(out, 'place'),
    encryption: await readPolicy(out, 'encryption'),
    public: await readPolicy(out, 'public'),
    class: await readPolicy(out, 'class'),
  }),
};

const prowlerAlike = prowler('Prowler, checks alike', true, ['--checks', ...Object.values(CHECKS).flat()]);
const prowlerEvery = prowler('Prowler, every check of S3', false, ['--service', 's3']);

function prowler(name: string, isAlike: boolean, chosen: readonly string[]): Tool {
  return {
    name,
    isAlike,
    command: join(peerCache, 'prowler/bin/prowler'),
    args: (out) => [
      'aws',
      ...chosen,
      '--output-modes',
      'json-ocsf',
      '--output-directory',
      out,
      '--output-filename',
      'found',
      '--no-banner',
      '--no-color',
    ],
    // 3: some check failed.
    codes: [0, 3],
    reported: readProwler,
  };
}

async function readBercail(out: string): Promise<Reported> {
  const { findings } = (await readJson(join(out, 'bercail.json.json'))) as {
    readonly findings: readonly { readonly rule: string; readonly subject: { readonly id: string } }[];
  };
  const of = (rule: string): ReadonlySet<string> =>
    bucketNames(findings.filter((one) => one.rule === rule).map(({ subject }) => subject.id));
  return {
    place: of(LIKE.place),
    encryption: of(LIKE.encryption),
    public: of(LIKE.public),
    class: of(LIKE.class),
  };
}

async function readPolicy(out: string, policy: string): Promise<ReadonlySet<string>> {
  const found = (await readJson(join(out, policy, 'resources.json'))) as readonly { readonly Name: string }[];
  return new Set(found.map(({ Name }) => Name));
}

async function readProwler(out: string): Promise<Reported> {
  const found = (await readJson(join(out, 'found.ocsf.json'))) as readonly {
    readonly status_code: string;
    readonly metadata: { readonly event_code: string };
    readonly resources: readonly { readonly uid: string }[];
  }[];
  const of = (checks: readonly string[]): ReadonlySet<string> =>
    bucketNames(
      found
        .filter(({ status_code, metadata }) => status_code === 'FAIL' && checks.includes(metadata.event_code))
        .flatMap(({ resources }) => resources.map(({ uid }) => uid)),
    );
  return { encryption: of(CHECKS.encryption), public: of(CHECKS.public) };
}

/** From an ARN of S3, alone or after what is held there. */
function bucketNames(ids: readonly string[]): ReadonlySet<string> {
  return new Set(ids.flatMap((id) => /arn:aws:s3:::([^/]+)$/.exec(id)?.[1] ?? []));
}

async function readJson(file: string): Promise<unknown> {
  return JSON.parse(await readFile(file, 'utf8'));
}
