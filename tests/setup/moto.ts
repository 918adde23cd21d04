import { execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);
const requirements = join(import.meta.dirname, 'requirements.txt');
/** Beside the packages, so that a fresh install starts afresh and nothing lands in the repository. */
const venv = join(import.meta.dirname, '../../node_modules/.cache/bercail-moto');

export type MotoInstall = { readonly python: string; readonly server: string } | { readonly missing: string };

/**
 * Installs the pinned moto server once, into a Python virtual environment of its own. `server` is what
 * BERCAIL_TEST_MOTO should hold; `missing` says in one line why there is none.
 */
export async function ensureMoto(): Promise<MotoInstall> {
  const installed = { python: join(venv, 'bin/python'), server: join(venv, 'bin/moto_server') };
  const stamp = join(venv, 'requirements.sha256');
  const wanted = createHash('sha256')
    .update(await readFile(requirements))
    .digest('hex');
  if (existsSync(stamp) && existsSync(installed.server) && (await readFile(stamp, 'utf8')) === wanted)
    return installed;
  const python = await findPython();
  if (python === null) return { missing: 'Python 3.10 or newer is not installed' };
  try {
    await rm(venv, { recursive: true, force: true });
    await mkdir(join(venv, '..'), { recursive: true });
    await run(python, ['-m', 'venv', venv]);
    const pip = [
      '-m',
      'pip',
      'install',
      '--quiet',
      '--disable-pip-version-check',
      '--requirement',
      requirements,
    ];
    await run(installed.python, pip, { maxBuffer: 1 << 24 });
    await writeFile(stamp, wanted);
    return installed;
  } catch (error) {
    await rm(venv, { recursive: true, force: true });
    const reason = error instanceof Error ? (error.message.trim().split('\n').at(-1) ?? '') : String(error);
    return { missing: `moto could not be installed: ${reason.slice(0, 200)}` };
  }
}

async function findPython(): Promise<string | null> {
  for (const name of ['python3', 'python']) {
    try {
      await run(name, ['-c', 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))']);
      return name;
    } catch {
      // The next name may do.
    }
  }
  return null;
}

export interface Moto {
  readonly endpoint: string;
  readonly stop: () => Promise<void>;
}

/**
 * Starts a moto server of one's own on a free port of the loopback, and waits until it answers.
 * @param log a file that is open for writing: it is told each request, on a line of its own
 */
export async function startMoto(server: string, log?: number): Promise<Moto> {
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  const child = spawn(server, ['-H', '127.0.0.1', '-p', String(port)], {
    stdio: ['ignore', 'ignore', log ?? 'ignore'],
  });
  let isOver = false;
  const over = new Promise<void>((resolve) => {
    const end = (): void => {
      isOver = true;
      resolve();
    };
    child.once('exit', end).once('error', end);
  });
  for (let attempt = 0; attempt < 300; attempt += 1) {
    if (isOver) throw new Error(`${server} ended before it answered`);
    const answer = await fetch(`${endpoint}/moto-api/`).catch(() => null);
    if (answer?.ok === true) {
      return {
        endpoint,
        stop: async () => {
          child.kill();
          await over;
        },
      };
    }
    await sleep(100);
  }
  child.kill();
  throw new Error(`${server} did not answer within 30 s`);
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}
