import { execFile } from 'node:child_process';
import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { cli } from './pty.ts';

const run = promisify(execFile);

/** A shell at a terminal, as a user has one. */
export interface Session {
  /** Keys by tmux's names, or texts to type. */
  readonly press: (...keys: readonly string[]) => Promise<void>;
  readonly type: (text: string) => Promise<void>;
  readonly resize: (columns: number, rows: number) => Promise<void>;
  /** The screen, once it shows the text; an error with the screen when it never does. */
  readonly until: (shown: string | RegExp) => Promise<string>;
  /** Whether a screen of its own covers the shell's, and whether the cursor shows. */
  readonly modes: () => Promise<{ readonly isAlternate: boolean; readonly hasCursor: boolean }>;
  readonly end: () => Promise<void>;
}

const PATIENCE = 60_000;

/** A tmux server of its own with one shell in it, in which `bercail` is this checkout. */
export async function openSession(folder: string, tools: string): Promise<Session> {
  const socket = join(tools, 'tmux.sock');
  const tmux = async (...words: readonly string[]): Promise<string> =>
    (await run('tmux', ['-S', socket, '-f', '/dev/null', ...words])).stdout;
  await writeFile(join(tools, 'bercail'), `#!/bin/sh\nexec ${process.execPath} --no-warnings ${cli} "$@"\n`);
  await chmod(join(tools, 'bercail'), 0o755);
  const shell = [
    'env -u CI -u NO_COLOR -u FORCE_COLOR -u AWS_PROFILE -u AWS_ACCESS_KEY_ID',
    `PATH=${tools}:${process.env['PATH'] ?? ''} LANG=C.UTF-8 HOME=${tools} BERCAIL_CACHE=${tools}/cache PS1='$ '`,
    'sh',
  ].join(' ');
  await tmux('-u', 'new-session', '-d', '-s', 's', '-x', '80', '-y', '24', '-c', folder, shell);
  const screen = (): Promise<string> => tmux('capture-pane', '-p', '-t', 's');
  return {
    press: async (...keys) => void (await tmux('send-keys', '-t', 's', ...keys)),
    type: async (text) => void (await tmux('send-keys', '-t', 's', '-l', text)),
    resize: async (columns, rows) =>
      void (await tmux('resize-window', '-t', 's', '-x', String(columns), '-y', String(rows))),
    async until(shown) {
      const isThere = (text: string): boolean =>
        typeof shown === 'string' ? text.includes(shown) : shown.test(text);
      for (const start = Date.now(); ; ) {
        const now = await screen();
        if (isThere(now)) return now;
        if (Date.now() - start > PATIENCE) throw new Error(`never showed ${String(shown)}:\n${now}`);
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    },
    async modes() {
      const [alternate, cursor] = (
        await tmux('display-message', '-p', '-t', 's', '#{alternate_on} #{cursor_flag}')
      )
        .trim()
        .split(' ');
      return { isAlternate: alternate === '1', hasCursor: cursor === '1' };
    },
    end: async () => void (await tmux('kill-server').catch(() => undefined)),
  };
}
