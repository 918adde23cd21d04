import { spawn } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Folder, scratchFolder } from '../setup/command-line.ts';
import { describeWithProgram } from '../setup/tool.ts';
import { atTerminal, cli } from './pty.ts';

const example = new URL('../../examples/evaluations-2018', import.meta.url).pathname;
const ESCAPE = '\u001b';

let folder: Folder;
let server: Server;
let aws: { readonly [name: string]: string };

beforeAll(async () => {
  folder = await scratchFolder();
  // An account that takes the question and never answers.
  server = createServer(() => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  aws = {
    AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
    AWS_ACCESS_KEY_ID: 'nobody',
    AWS_SECRET_ACCESS_KEY: 'nothing',
    AWS_REGION: 'eu-west-3',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    BERCAIL_CACHE: folder.path('cache'),
  };
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await folder.remove();
});

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs `sh -c` in a folder of its own: pipes are the shell's. */
function shell(line: string, env: { readonly [name: string]: string } = {}): Promise<Ended> {
  const { CI: _ci, NO_COLOR: _noColor, FORCE_COLOR: _force, ...own } = process.env;
  return new Promise((resolve) => {
    const child = spawn('bash', ['-o', 'pipefail', '-c', line], {
      cwd: folder.path(),
      env: {
        ...own,
        LANG: 'en',
        BERCAIL_CACHE: folder.path('cache'),
        bercail: `${process.execPath} --no-warnings ${cli}`,
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let [out, err] = ['', ''];
    child.stdout.on('data', (chunk) => void (out += String(chunk)));
    child.stderr.on('data', (chunk) => void (err += String(chunk)));
    child.on('close', (code) => resolve({ code, out, err }));
  });
}

describe('in a pipe', () => {
  test.each([
    ['| cat', {}],
    ['', { CI: 'true' }],
    ['', { TERM: 'dumb' }],
    ['', { NO_COLOR: '1' }],
  ])('audit %s with %j is plain, and its exit code is that of the gate', async (pipe, env) => {
    const { code, out, err } = await shell(`$bercail audit ${example} ${pipe}`, env);
    expect(code).toBe(1);
    expect(out).toContain('The gate fails (exit code 1)');
    expect(out + err).not.toContain(ESCAPE);
  });

  test('FORCE_COLOR writes colours into a pipe, --no-color does not', async () => {
    const forced = { FORCE_COLOR: '1' };
    expect((await shell(`$bercail audit ${example} | cat`, forced)).out).toContain(`${ESCAPE}[1;31m`);
    expect((await shell(`$bercail audit --no-color ${example} | cat`, forced)).out).not.toContain(ESCAPE);
  });

  test('a reader that has seen enough is no error, and changes no exit code', async () => {
    const { code, out, err } = await shell(`($bercail audit ${example}; echo "code $?" >&2) | head -n 1`);
    expect(out).toMatch(/^Bercail [^\n]+\n$/);
    expect(err).toMatch(/^bercail: \d+ findings [^\n]+\ncode 1\n$/m);
    expect(code).toBe(0);
  });

  test('messages and progress are one JSON object a line when programs read them', async () => {
    const { err } = await shell(`$bercail audit ${example} --log-format json`);
    const events = err
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { readonly event: string });
    const kinds = events.map(({ event }) => event);
    expect([kinds[0], kinds.at(-1)]).toEqual(['phase', 'message']);
    expect(new Set(kinds)).toEqual(new Set(['phase', 'planning', 'planned', 'started', 'done', 'message']));
    const wrong = await shell('$bercail audit nowhere --log-format json');
    expect(wrong.code).toBe(2);
    const told = wrong.err
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as object);
    expect(told).toContainEqual(
      expect.objectContaining({ event: 'message', text: expect.stringContaining('nowhere') }),
    );
  });

  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)(
    '%s in a collection ends with code %i, and leaves nothing half-written',
    async (signal, expected) => {
      const { code, err } = await signalled(['--out', 'reports', '--write-baseline', 'known.json'], [signal]);
      expect(code).toBe(expected);
      expect(err.includes('interrupted: ending with what was read')).toBe(signal === 'SIGINT');
      const left = await readdir(folder.path());
      expect(left.filter((name) => name !== 'cache')).toEqual([]);
    },
  );

  test('a second Ctrl-C ends at once', async () => {
    expect((await signalled([], ['SIGINT', 'SIGINT'])).code).toBe(130);
  });
});

/** An audit of an account that never answers, with signals once its journal is there. */
function signalled(words: readonly string[], signals: readonly NodeJS.Signals[]): Promise<Ended> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['--no-warnings', cli, 'audit', '--aws', ...words], {
      cwd: folder.path(),
      env: { ...process.env, LANG: 'en', ...aws },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let err = '';
    child.stderr.on('data', (chunk) => {
      const isFirst = err === '';
      err += String(chunk);
      if (isFirst) for (const signal of signals) child.kill(signal);
    });
    child.on('close', (code) => resolve({ code, out: '', err }));
  });
}

describeWithProgram('at a terminal', ['python3'], () => {
  test('Ctrl-C leaves the terminal whole: the region gone, the cursor shown, code 130', async () => {
    const { code, shown, left } = await atTerminal(
      ['audit', '--aws'],
      [{ after: 'Collecting', send: '\u0003' }],
      aws,
      folder.path(),
    );
    expect(left).toEqual([]);
    expect(code).toBe(130);
    expect(shown).toContain('interrupted: ending with what was read');
    expect(shown).not.toContain(`${ESCAPE}[?25l`);
    expect(shown.trimEnd()).toMatch(/bercail: nothing fails[^]+$/);
  });

  test('a terminal that is resized meanwhile is written to at its new width', async () => {
    const { code, shown, left } = await atTerminal(
      ['audit', '--aws'],
      [
        { after: 'Collecting', resize: [40, 20] },
        { after: 'Collecting', send: '\u0003' },
      ],
      aws,
      folder.path(),
    );
    expect([code, left]).toEqual([130, []]);
    expect(shown).toContain('Collecting');
  });
});
