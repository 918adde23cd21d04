import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root } from '../../../src/io/root.ts';

const run = promisify(execFile);
/** Beside the packages: nothing lands in the repository. */
export const peerCache = join(root, 'node_modules/.cache/bercail-peers');

/** A pinned package in a virtual environment of its own, `peerCache/NAME`; once. */
export async function installWithPip(name: string, version: string): Promise<void> {
  if (isInstalled(name, version)) return;
  const venv = join(peerCache, name);
  await rm(venv, { recursive: true, force: true });
  await mkdir(peerCache, { recursive: true });
  await run('python3', ['-m', 'venv', venv]);
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', `${name}==${version}`];
  await run(join(venv, 'bin/python'), pip, { maxBuffer: 1 << 24 });
  await writeFile(stamp(name, version), '');
}

/** Whether that very version was installed to the end. */
export function isInstalled(name: string, version: string): boolean {
  return existsSync(stamp(name, version));
}

function stamp(name: string, version: string): string {
  return join(peerCache, name, `${version}.installed`);
}

/** Says why where it fails, and goes on: the others can be measured. */
export async function attempt(what: string, work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const reason = error instanceof Error ? error.message.trim().split('\n') : [];
    console.error(`bench: ${what} could not be installed: ${reason.at(-1) ?? ''}`);
  }
}
