import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { attempt, peerCache as cache, installWithPip } from './install.ts';

const run = promisify(execFile);
const VERSIONS = { checkov: '3.3.30', conftest: 'v0.71.1' };
const here = join(import.meta.dirname, 'peer');

export interface Peer {
  readonly name: string;
  readonly command: string;
  readonly version: string;
  readonly args: (plan: string) => readonly string[];
  readonly env: { readonly [name: string]: string };
  /** Exit codes of a run that judged. */
  readonly codes: readonly number[];
}

/** Checks of Checkov that ask what SEC-03 and SEC-05 ask, beside two of ours for LOC-01 and CLS-01. */
const LIKE = [
  'CKV2_BERCAIL_1',
  'CKV2_BERCAIL_2',
  'CKV_AWS_16',
  'CKV_AWS_27',
  'CKV_AWS_53',
  'CKV_AWS_54',
  'CKV_AWS_55',
  'CKV_AWS_56',
];

/** The peers that are there; `--install` fetches them first, with pip and Go. */
export async function findPeers(
  isInstalling: boolean,
): Promise<{ peers: readonly Peer[]; missing: readonly string[] }> {
  if (isInstalling) await install();
  const peers: Peer[] = [];
  const missing: string[] = [];
  const checkov = await found('checkov', 'checkov/bin/checkov');
  if (checkov === null) missing.push('checkov (pip)');
  else {
    const base = ['--framework', 'terraform_plan', '--skip-download', '--quiet', '--compact', '-o', 'json'];
    const external = ['--external-checks-dir', join(here, 'checkov')];
    const own = {
      ...checkov,
      env: { BC_SKIP_MAPPING: 'TRUE', CKV_SKIP_PACKAGE_UPDATE_CHECK: 'true' },
      codes: [0, 1],
    };
    peers.push(
      {
        ...own,
        name: 'Checkov, rules alike',
        args: (plan) => ['-f', plan, ...base, ...external, '--check', LIKE.join(',')],
      },
      { ...own, name: 'Checkov, every check', args: (plan) => ['-f', plan, ...base, ...external] },
    );
  }
  const conftest = await found('conftest', 'bin/conftest');
  if (conftest === null) missing.push('conftest (Go)');
  else
    peers.push({
      ...conftest,
      name: 'conftest, rules alike',
      args: (plan) => ['test', '--no-color', '--policy', join(here, 'policy.rego'), plan],
      env: {},
      codes: [0, 1],
    });
  return { peers, missing };
}

async function found(
  name: keyof typeof VERSIONS,
  cached: string,
): Promise<{ command: string; version: string } | null> {
  const places = [
    join(cache, cached),
    ...(process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, name)),
  ];
  const command = places.find((place) => existsSync(place));
  if (command === undefined) return null;
  // What is installed here is pinned; a conftest that Go built tells the version of its engine alone.
  if (command.startsWith(cache)) return { command, version: VERSIONS[name] };
  const { stdout } = await run(command, ['--version'], { timeout: 120_000 });
  return { command, version: /v?\d+\.\d+\.\d+/.exec(stdout)?.[0] ?? stdout.trim() };
}

async function install(): Promise<void> {
  await attempt('checkov', () => installWithPip('checkov', VERSIONS.checkov));
  if (!existsSync(join(cache, 'bin/conftest')))
    await attempt('conftest', () =>
      run('go', ['install', `github.com/open-policy-agent/conftest@${VERSIONS.conftest}`], {
        env: { ...process.env, GOBIN: join(cache, 'bin') },
        maxBuffer: 1 << 24,
      }),
    );
}
