import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { CommandContext } from '../../src/command/context.ts';
import { testRules } from '../../src/command/rules.ts';
import { newRule } from '../../src/command/rules-new.ts';
import { BercailError } from '../../src/error.ts';
import { fixedClock } from '../../src/io/clock.ts';
import { root } from '../../src/io/root.ts';
import { targets } from '../../src/rule/model.ts';
import { readYaml } from '../../src/yaml/read.ts';

let base = '';
let said = '';
const context: CommandContext = {
  out: (text) => {
    said += String(text);
    return Promise.resolve();
  },
  err: () => {},
  clock: fixedClock('2026-11-22T10:00:00Z'),
  env: {},
  terminal: { color: false, width: 80, isInteractive: false, hyperlinks: false },
  signal: new AbortController().signal,
};

beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'bercail-new-'));
  said = '';
});
afterEach(() => rm(base, { recursive: true }));

const write = (id: string, name: string, folder = 'our-rules', target = 'holding'): Promise<number> =>
  newRule(id, { name, pack: join(base, folder), target }, context);

async function problemOf(work: Promise<unknown>): Promise<BercailError> {
  const error: unknown = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof BercailError)) throw new Error('expected to be refused');
  return error;
}

test.each(Object.keys(targets))(
  'a new rule about %s passes its own examples as it stands',
  async (target) => {
    expect(await write('ORG-01', 'a-first-rule', 'our-rules', target)).toBe(0);
    said = '';
    expect(await testRules([join(base, 'our-rules')], {}, context)).toBe(0);
    expect(said).toMatch(/^1 rule, [34] examples: [34] passed, 0 failed\n$/);
  },
);

test('rules about every target live in one pack', async () => {
  for (const [index, target] of Object.keys(targets).entries())
    await write(`ORG-0${index}`, 'a-rule', 'our-rules', target);
  said = '';
  expect(await testRules([join(base, 'our-rules')], {}, context)).toBe(0);
});

test('it says what it wrote and the next command to type', async () => {
  await write('ORG-01', 'a-first-rule', 'our rules');
  const folder = join(base, 'our rules');
  expect(said).toContain(`${join(folder, 'pack.yaml')}\n${join(folder, 'org-01-a-first-rule.yaml')}\n`);
  expect(said).toContain(`bercail rules test '${folder}' --rule ORG-01`);
});

test('the day of the clock is the day the rule was checked', async () => {
  await write('ORG-01', 'a-first-rule');
  expect(await readFile(join(base, 'our-rules/org-01-a-first-rule.yaml'), 'utf8')).toContain(
    'checked_on: 2026-11-22',
  );
});

test('a pack that is there keeps its file', async () => {
  await mkdir(join(base, 'our-rules'));
  await writeFile(join(base, 'our-rules/pack.yaml'), '# ours\n');
  await write('ORG-01', 'a-first-rule');
  expect(await readFile(join(base, 'our-rules/pack.yaml'), 'utf8')).toBe('# ours\n');
});

test.each([
  ['Nos Règles', 'nos-regles'],
  ['gdpr', 'own-gdpr'],
  ['2026', '2026'],
  ['true', 'true'],
  ['___', 'own'],
])('the pack of a folder %s is named %s', async (folder, name) => {
  await write('ORG-01', 'a-first-rule', folder);
  const pack = join(base, folder, 'pack.yaml');
  expect(readYaml(await readFile(pack, 'utf8'), pack).value).toMatchObject({ name });
  expect(await testRules([join(base, folder)], {}, context)).toBe(0);
});

test.each(['null', '2024-01-15', '1e3', 'no'])(
  'a name that YAML would read as something else stays a name: %s',
  async (name) => {
    await write('ORG-01', name);
    expect(await testRules([join(base, 'our-rules')], {}, context)).toBe(0);
  },
);

describe('refuses, and writes nothing', () => {
  test.each([
    ['an id that cannot be', 'org-1', 'a-rule', 'org-1 cannot be the id'],
    ['a name that cannot be', 'ORG-01', 'A rule', 'A rule cannot be the name'],
    ['a name that leaves the folder', 'ORG-01', '../a-rule', 'cannot be the name'],
    ['the id of a built-in rule', 'LOC-01', 'a-rule', 'already has the id LOC-01'],
  ])('%s', async (_, id, name, message) => {
    const error = await problemOf(write(id, name));
    expect(error.code).toBe('usage');
    expect(error.message).toContain(message);
    expect(await readdir(base)).toEqual([]);
  });

  test('a target that is none', async () => {
    expect((await problemOf(write('ORG-01', 'a-rule', 'our-rules', 'holdings'))).message).toContain(
      'nearest: holding',
    );
  });

  test('everything wrong is told at once', async () => {
    expect((await problemOf(write('x', 'Y', 'our-rules', 'z'))).problems).toHaveLength(3);
  });

  test('an id that a rule of the folder has', async () => {
    await write('ORG-01', 'a-first-rule');
    expect((await problemOf(write('ORG-01', 'another-rule'))).message).toContain(
      'org-01-a-first-rule.yaml already has the id ORG-01',
    );
    expect(await readdir(join(base, 'our-rules'))).toEqual(['org-01-a-first-rule.yaml', 'pack.yaml']);
  });

  test('a file that is there, whatever it holds', async () => {
    await mkdir(join(base, 'our-rules'));
    const file = join(base, 'our-rules/org-01-a-first-rule.yaml');
    await writeFile(file, 'mine: [');
    expect((await problemOf(write('ORG-01', 'a-first-rule'))).code).toBe('input');
    expect(await readFile(file, 'utf8')).toBe('mine: [');
    expect(await readdir(join(base, 'our-rules'))).toEqual(['org-01-a-first-rule.yaml']);
  });

  test('a pack that is a file', async () => {
    await writeFile(join(base, 'our-rules'), 'mine');
    await problemOf(write('ORG-01', 'a-first-rule'));
    expect(await readFile(join(base, 'our-rules'), 'utf8')).toBe('mine');
  });
});

test('of two runs at once, one writes and the other leaves its file alone', async () => {
  await mkdir(join(base, 'our-rules'));
  await write('ORG-02', 'makes-the-pack');
  const runs = await Promise.allSettled([write('ORG-01', 'a-first-rule'), write('ORG-01', 'a-first-rule')]);
  expect(runs.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect((await readdir(join(base, 'our-rules'))).filter((name) => name.endsWith('.tmp'))).toEqual([]);
});

test('from the command line, a refusal is exit 2 and success is exit 0', () => {
  const run = (...words: readonly string[]) =>
    spawnSync(process.execPath, ['--no-warnings', join(root, 'src/cli.ts'), 'rules', 'new', ...words], {
      cwd: base,
      encoding: 'utf8',
    });
  const first = run('ORG-01', '--name', 'a-first-rule', '--target', 'activity');
  expect([first.status, first.stderr]).toEqual([0, '']);
  expect(first.stdout).toContain('bercail rules test our-rules --rule ORG-01');
  expect(run('ORG-01', '--name', 'a-first-rule').status).toBe(2);
  expect(run('ORG-02').status).toBe(2);
  expect(run('ORG-02', '--name', 'a-rule', '--target', 'nothing').status).toBe(2);
});
