import { constants } from 'node:os';

/**
 * What Ctrl-C does at the moment. `ask`: the signal is told, what is under way ends by itself, and a second Ctrl-C ends
 * at once. `end`: it ends at once, and drafts are removed. `system`: the system ends the process, which a long
 * computation could not do itself.
 */
export type InterruptMode = 'ask' | 'end' | 'system';

export interface Interrupts {
  readonly signal: AbortSignal;
  readonly set: (mode: InterruptMode) => void;
}

const endings = ['SIGTERM', 'SIGHUP'] as const;

/** Listens to the signals that end a process. Exit codes are those of the shell: 128 and the signal's number. */
export function createInterrupts(): Interrupts {
  const abort = new AbortController();
  let mode: InterruptMode = 'ask';
  const end = (signal: NodeJS.Signals): void => process.exit(128 + constants.signals[signal]);
  const interrupt = (): void => {
    if (mode === 'end' || abort.signal.aborted) end('SIGINT');
    abort.abort();
  };
  const listen = (): void => {
    process.on('SIGINT', interrupt);
    for (const signal of endings) process.on(signal, end);
  };
  listen();
  return {
    signal: abort.signal,
    set: (next) => {
      if (next === 'system') {
        process.off('SIGINT', interrupt);
        for (const signal of endings) process.off(signal, end);
      } else if (mode === 'system') listen();
      mode = next;
    },
  };
}
