import type { CommandContext } from '../../src/command/context.ts';
import { fixedClock } from '../../src/io/clock.ts';

/** A context that keeps what a command says. The cache is nowhere, so that no run leaves one behind. */
export function testContext(at = '2026-11-22T09:00:00Z'): {
  readonly context: CommandContext;
  readonly out: () => string;
  readonly err: () => string;
} {
  const out: (string | Uint8Array)[] = [];
  const err: string[] = [];
  return {
    context: {
      out: async (text) => void out.push(text),
      err: (text) => void err.push(text),
      clock: fixedClock(at),
      env: { BERCAIL_CACHE: '/dev/null/none', LANG: 'en' },
      terminal: { color: false, width: null, isInteractive: false, hyperlinks: false },
      signal: new AbortController().signal,
    },
    out: () => out.map((part) => Buffer.from(part).toString('utf8')).join(''),
    err: () => err.join(''),
  };
}
