import { chmod, lstat, symlink } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openAddress } from '../../src/command/browse/open.ts';
import { createPerform } from '../../src/command/browse/perform.ts';
import { waiverPlace } from '../../src/command/browse/waiver.ts';
import { readWaivers } from '../../src/config/waiver.ts';
import { matchesGlob } from '../../src/inventory/glob.ts';
import type { BrowseEvent, Effect } from '../../src/ui/browse/event.ts';
import { result2018 } from '../fixtures/report/result-2018.ts';
import { messagesOf } from '../report/rendering.ts';
import { testContext } from '../setup/command.ts';
import { type Folder, scratchFolder, type } from '../setup/command-line.ts';
import { browse } from '../ui/browse/browse.ts';

let folder: Folder;
beforeAll(async () => {
  folder = await scratchFolder();
});
afterAll(() => folder.remove());

const result = result2018('en');
const waiver = {
  reason: 'Until the move',
  approved_by: 'DPO',
  approved_on: '2026-11-22',
  expires: '2027-06-30',
  link: null,
};

async function perform(effect: Effect, file = 'waivers.yaml', unnamedIn: string | null = null) {
  const { context, out } = testContext();
  const place = { file: folder.path(file), unnamedIn };
  const done = createPerform({ result, place, messages: messagesOf('en'), context });
  return { event: await done(effect, browse(result)), out: out() };
}

function noteOf(event: BrowseEvent | null): string {
  return event !== null && 'note' in event ? `${event.note.tone}: ${event.note.text}` : '';
}

describe('waiving', () => {
  test('adds to the file only what fails and was not accepted yet', async () => {
    const all = browse(result).entries.map((_, index) => index);
    const { event } = await perform({ kind: 'waive', targets: all, waiver });
    const failing = browse(result).entries.filter(({ status }) => status === 'fail');
    expect(noteOf(event)).toContain(`good: ${failing.length} waivers added to`);
    const written = readWaivers(await folder.read('waivers.yaml'), 'waivers.yaml');
    expect(written.map(({ rule, subject }) => [rule, subject])).toEqual(
      failing.map(({ rule, subject }) => [rule, subject.id]),
    );
    for (const [index, { subject }] of written.entries())
      expect(matchesGlob(subject, failing[index]?.subject.id ?? '')).toBe(true);
  });

  test('what cannot be waived, or where, is told and changes nothing', async () => {
    const unknown = browse(result).entries.findIndex(({ status }) => status === 'unknown');
    expect(noteOf((await perform({ kind: 'waive', targets: [unknown], waiver })).event)).toMatch(
      /^bad: nothing/,
    );
    await folder.write('other.yaml', 'bercail: config/v1\n');
    const { event } = await perform({ kind: 'waive', targets: [0], waiver }, 'other.yaml');
    expect(noteOf(event)).toMatch(/^bad: .*other\.yaml/);
    expect(await folder.read('other.yaml')).toBe('bercail: config/v1\n');
  });

  test('a link stays a link, and a configuration that does not name the file is told', async () => {
    await folder.write('shared.yaml', 'waivers: []\n');
    await symlink(folder.path('shared.yaml'), folder.path('link.yaml'));
    const { event } = await perform({ kind: 'waive', targets: [0], waiver }, 'link.yaml', 'bercail.yaml');
    expect(noteOf(event)).toContain('bercail.yaml does not name this file');
    expect((await lstat(folder.path('link.yaml'))).isSymbolicLink()).toBe(true);
    expect(readWaivers(await folder.read('shared.yaml'), 'shared.yaml')).toHaveLength(1);
  });

  test.each([
    ['bercail: config/v1\nwaivers: accepted/w.yaml\n', 'a/accepted/w.yaml', null],
    ['bercail: config/v1\n', 'a/waivers.yaml', 'a/bercail.yaml'],
    [null, 'waivers.yaml', null],
  ])('goes where the configuration of what was audited says: %j', async (config, file, unnamedIn) => {
    const own = await scratchFolder();
    const before = process.cwd();
    try {
      if (config !== null) await own.write('a/bercail.yaml', config);
      process.chdir(own.path());
      const sources = [{ kind: 'manifest', id: 'a/data/manifest.yaml', sha256: null }];
      expect(await waiverPlace({ ...result, run: { ...result.run, sources } }, undefined)).toEqual({
        file,
        unnamedIn,
      });
    } finally {
      process.chdir(before);
      await own.remove();
    }
  });
});

describe('copying', () => {
  test('hands the ids to the clipboard of the terminal', async () => {
    const { out, event } = await perform({ kind: 'copy', ids: ['aaa', 'bbb'] });
    expect(out).toBe(`\u001b]52;c;${Buffer.from('aaa\nbbb').toString('base64')}\u0007`);
    expect(noteOf(event)).toMatch(/^good: 2 ids copied/);
  });

  test('does not drown the terminal', async () => {
    const ids = Array.from({ length: 5_000 }, () => 'a'.repeat(32));
    const { out, event } = await perform({ kind: 'copy', ids });
    expect([out, noteOf(event)]).toEqual(['', expect.stringMatching(/^bad: 5,000 ids are too much/)]);
  });
});

describe('exporting', () => {
  const targets = browse(result).entries.map((_, index) => index);

  test('JSON holds the findings and the unknowns that were chosen', async () => {
    await perform({ kind: 'export', targets: targets.slice(0, 2), file: folder.path('two.json') });
    const { findings, unknowns } = JSON.parse(await folder.read('two.json')) as {
      readonly findings: readonly object[];
      readonly unknowns: readonly object[];
    };
    expect([findings, unknowns]).toEqual([result.findings.slice(0, 2), []]);
    await perform({ kind: 'export', targets, file: folder.path('all.json') });
    expect(
      (JSON.parse(await folder.read('all.json')) as { unknowns: readonly object[] }).unknowns,
    ).toHaveLength(browse(result).entries.filter(({ status }) => status === 'unknown').length);
  });

  test('CSV and Markdown have one line, and one chapter, a judgement', async () => {
    await perform({ kind: 'export', targets, file: folder.path('all.csv') });
    await perform({ kind: 'export', targets, file: folder.path('all.md') });
    expect((await folder.read('all.csv')).trimEnd().split('\r\n')).toHaveLength(targets.length + 1);
    expect((await folder.read('all.md')).match(/^## /gm)).toHaveLength(targets.length);
  });

  test('never writes over a file', async () => {
    await folder.write('mine.csv', 'mine');
    const { event } = await perform({ kind: 'export', targets, file: folder.path('mine.csv') });
    expect(noteOf(event)).toMatch(/^bad: .*is already there/);
    expect(await folder.read('mine.csv')).toBe('mine');
  });
});

describe('opening the page of a law', () => {
  test('shows the address where there is no screen to open it on', async () => {
    const { event } = await perform({ kind: 'open', url: 'https://example.org/a' });
    expect(event).toEqual({ kind: 'said', text: 'https://example.org/a' });
  });

  test('hands the address to the opener as one word, without a shell', async () => {
    const log = folder.path('opened');
    await folder.write('bin/xdg-open', `#!/bin/sh\nprintf '%s|' "$@" > ${log}\n`);
    await chmod(folder.path('bin/xdg-open'), 0o755);
    const env = { PATH: `${folder.path('bin')}:/usr/bin:/bin`, DISPLAY: ':0' };
    const address = 'https://example.org/?a=$(touch x)&b=`id`;c';
    expect(await openAddress(address, env, 'linux')).toBe(true);
    let opened = '';
    while (opened === '') opened = await folder.read('opened').catch(() => '');
    expect(opened).toBe(`${new URL(address).href}|`);
  });

  test.each(['javascript:alert(1)', 'file:///etc/passwd', '--help', ''])('opens no %j', async (address) => {
    expect(await openAddress(address, { DISPLAY: ':0', PATH: '/nowhere' }, 'linux')).toBe(false);
  });
});

test('off a terminal it says what tells the same', async () => {
  const { code, err } = await type(['browse']);
  expect(code).toBe(2);
  expect(err).toMatch(/browsing needs a terminal[^]+bercail report/);
});
