import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface Action {
  /** What has to be shown first, since the action before. */
  readonly after: string;
  readonly send?: string;
  readonly signal?: string;
  readonly resize?: readonly [columns: number, rows: number];
}

export interface Shown {
  /** Negative for the number of the signal that ended it. */
  readonly code: number;
  readonly shown: string;
  /** Actions that never came to be. */
  readonly left: readonly Action[];
}

export const cli = join(import.meta.dirname, '../../src/cli.ts');

/** Types `bercail WORDS` at a terminal of 80 × 24, and does what the actions say. */
export async function atTerminal(
  words: readonly string[],
  actions: readonly Action[],
  env: { readonly [name: string]: string },
  cwd: string,
): Promise<Shown> {
  const { CI: _ci, NO_COLOR: _noColor, FORCE_COLOR: _force, ...own } = process.env;
  const { stdout } = await run(
    'python3',
    [
      join(import.meta.dirname, 'at_terminal.py'),
      '80',
      '24',
      JSON.stringify(actions),
      process.execPath,
      '--no-warnings',
      cli,
      ...words,
    ],
    { cwd, env: { ...own, TERM: 'xterm-256color', LANG: 'en', ...env }, maxBuffer: 1 << 26 },
  );
  return JSON.parse(stdout) as Shown;
}
