import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { root } from '../../src/io/root.ts';
import { type FakeOptions, startFakeS3 } from '../../tests/setup/fake-s3.ts';

export interface Ran {
  readonly code: number | null;
  readonly signal: string | null;
  readonly out: string;
  readonly err: string;
}

/** A private folder with a configuration of an account that a small server on the loopback plays. */
export interface Stage {
  readonly path: (name?: string) => string;
  readonly write: (name: string, content: string | Uint8Array) => string;
  /** The built command, through a shell where `shell` says how: `$CMD` is the command. */
  readonly run: (
    words: readonly string[],
    how?: {
      readonly shell?: string;
      readonly kill?: { readonly after: number; readonly signal: NodeJS.Signals };
      readonly node?: readonly string[];
    },
  ) => Promise<Ran>;
  /** Names of what lies in the folder, but the configuration. */
  readonly left: () => readonly string[];
  /** What a snapshot says, but for its times: equal for equal answers. */
  readonly content: (name?: string) => string;
}

export const snapshot = 'out/aws.inventory.ndjson.gz';

export async function onStage<T>(
  options: Partial<FakeOptions>,
  work: (stage: Stage) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'bercail-fault-'));
  const buckets = Array.from({ length: 6 }, (_, at) => ({ name: `eleves-${at}`, region: 'eu-west-3' }));
  const server = await startFakeS3({ buckets, latency: 10, ...options });
  const path = (name = ''): string => join(folder, name);
  const write = (name: string, content: string | Uint8Array): string => {
    writeFileSync(path(name), content);
    return path(name);
  };
  write(
    'bercail.yaml',
    `bercail: config/v1\nsources:\n  - aws: {endpoint: '${server.endpoint}', region: eu-west-3, services: [s3]}\n`,
  );
  const stage: Stage = {
    path,
    write,
    run: (words, { shell, kill, node = [] } = {}) => runCommand(folder, words, shell, kill, node),
    left: () =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((name) => !/^(?:bercail\.yaml|tmp|cache.*|out)$/.test(name))
        .toSorted(),
    content: (name = snapshot) =>
      createHash('sha256')
        .update(
          gunzipSync(readFileSync(path(name)))
            .toString('utf8')
            .split('\n')
            .filter((line) => !line.startsWith('{"digest"'))
            .map((line) => line.replaceAll(/"(?:at|created)":"[^"]*"/g, '').replaceAll(server.endpoint, ''))
            .join('\n'),
        )
        .digest('hex'),
  };
  try {
    return await work(stage);
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

function runCommand(
  cwd: string,
  words: readonly string[],
  shell: string | undefined,
  kill: { readonly after: number; readonly signal: NodeJS.Signals } | undefined,
  node: readonly string[],
): Promise<Ran> {
  const command = [process.execPath, '--no-warnings', ...node, join(root, 'dist/cli.js'), ...words];
  const env = {
    PATH: process.env['PATH'],
    HOME: cwd,
    BERCAIL_CACHE: join(cwd, 'cache'),
    LANG: 'en',
    NODE_DISABLE_COMPILE_CACHE: '1',
    AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
    AWS_EC2_METADATA_DISABLED: 'true',
  };
  const quoted = command.map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(' ');
  const child =
    shell === undefined
      ? spawn(command[0] ?? '', command.slice(1), { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
      : spawn('bash', ['-c', shell.replaceAll('$CMD', quoted)], {
          cwd,
          env,
          stdio: ['ignore', 'pipe', 'pipe'],
        });
  let [out, err] = ['', ''];
  child.stdout.on('data', (text: Buffer) => (out += text.toString('utf8')));
  child.stderr.on('data', (text: Buffer) => {
    err += text.toString('utf8');
    // Time runs from when collecting began, not from when the process did.
    if (kill && err.includes('bercail: run ') && !isCounting) {
      isCounting = true;
      setTimeout(() => child.kill(kill.signal), kill.after);
    }
  });
  let isCounting = false;
  return new Promise((resolve) => child.on('close', (code, signal) => resolve({ code, signal, out, err })));
}
