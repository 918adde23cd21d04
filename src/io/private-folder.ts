import { mkdtempSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';

const present = new Set<string>();
const signals = ['SIGTERM', 'SIGHUP'] as const;

/**
 * Hands `work` a new folder that only this user can enter, and removes it with all it holds: when the work ends,
 * fails, or the process is told to stop. Only a kill that no process can catch leaves it behind.
 */
export async function withPrivateFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  if (present.size === 0) {
    process.on('exit', removeAll);
    for (const signal of signals) process.on(signal, stop);
  }
  // Made and noted in one go, once somebody listens: a signal in between would leave it behind.
  const folder = mkdtempSync(join(tmpdir(), 'bercail-'));
  present.add(folder);
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
    present.delete(folder);
    if (present.size === 0) {
      process.off('exit', removeAll);
      for (const signal of signals) process.off(signal, stop);
    }
  }
}

function removeAll(): void {
  for (const folder of present) rmSync(folder, { recursive: true, force: true });
}

function stop(signal: NodeJS.Signals): void {
  // `exit` then removes the folders; the code is what a shell expects of a process that a signal ended.
  process.exit(128 + constants.signals[signal]);
}
