import { spawnSync } from 'node:child_process';
import { cp, mkdir, readdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { type Ask, Cancelled } from '../../../src/command/ask/ask.ts';
import { runInit } from '../../../src/command/init/init.ts';
import { BercailError } from '../../../src/error.ts';
import { root } from '../../../src/io/root.ts';
import { testContext } from '../../setup/command.ts';
import { type Folder, type as run, scratchFolder } from '../../setup/command-line.ts';

let folder: Folder;
beforeEach(async () => {
  folder = await scratchFolder();
});
afterEach(() => folder.remove());

const tenant = '0f3b1c52-7a6d-4c4b-9d7e-2f1f0c9f8a11';

interface Config {
  readonly policy: string;
  readonly manifests: readonly string[];
  readonly sources?: readonly object[];
}

async function init(
  options: Parameters<typeof runInit>[1],
  { env = {}, ask }: { env?: { [name: string]: string }; ask?: Ask } = {},
): Promise<{ code: number; out: string; err: string }> {
  const { context, out, err } = testContext();
  const own = {
    ...context,
    env: { ...context.env, HOME: folder.path('home'), PATH: process.env['PATH'], ...env },
  };
  const code = await runInit(folder.path('work'), options, ask ? { ...own, ask: async () => ask } : own);
  return { code, out: out(), err: err() };
}

const put = async (name: string, text: string): Promise<void> => {
  await mkdir(dirname(folder.path(name)), { recursive: true });
  await writeFile(folder.path(name), text);
};
const config = async (): Promise<Config> => parse(await folder.read('work/bercail.yaml')) as Config;

describe.each(['en', 'fr'] as const)('what it writes in %s', (lang) => {
  test.each([
    ['in an empty folder', null],
    ['beside plans and templates', 'examples/infra'],
    ['beside manifests and snapshots', 'examples/evaluations-2018'],
  ])('%s is valid input right away', async (_, from) => {
    await mkdir(folder.path('work'));
    if (from !== null) {
      await cp(join(root, from), folder.path('work'), { recursive: true });
      await cp(folder.path('work/bercail.yaml'), folder.path('aside'));
      spawnSync('rm', [folder.path('work/bercail.yaml')]);
    }
    const { code } = await init({ yes: true, lang, ci: 'github' });
    expect(code).toBe(0);
    for (const name of await readdir(folder.path('work'), { recursive: true }))
      if (/\.ya?ml$/.test(name) && !/cloudformation/.test(name))
        expect(() =>
          parse(spawnSync('cat', [folder.path(`work/${name}`)], { encoding: 'utf8' }).stdout),
        ).not.toThrow();
    for (const name of ['bercail.yaml', 'waivers.yaml'])
      expect(await folder.read(`work/${name}`)).toMatch(
        /^# yaml-language-server: \$schema=\S+-v1\.schema\.json\n/,
      );
    const checked = await run(['check', folder.path('work'), '--fail-on', 'never', '--unknown', 'none']);
    expect([checked.code, checked.err]).toEqual([0, expect.any(String)]);
  });
});

test('it never overwrites, and says what it left', async () => {
  await put('work/bercail.yaml', 'mine');
  await put('work/.gitlab-ci.yml', 'stages: [test]\n');
  const { out } = await init({ yes: true });
  expect(await folder.read('work/bercail.yaml')).toBe('mine');
  expect(await folder.read('work/.gitlab-ci.yml')).toBe('stages: [test]\n');
  expect(out).toMatch(/left +\S+\/bercail\.yaml \(already there\)/);
  expect(out).toContain('include: [{local: .gitlab/bercail.gitlab-ci.yml}]');
  const again = await init({ yes: true });
  expect(again.out).not.toContain('written');
});

test('where one file cannot be written, none is', async () => {
  await put('work/.github/keep', '');
  await put('work/.github/workflows', 'a file where a folder has to be');
  await expect(init({ yes: true, ci: 'github' })).rejects.toThrow(BercailError);
  expect((await readdir(folder.path('work'))).sort()).toEqual(['.github']);
});

describe('what it finds', () => {
  test('profiles are offered, and only those that somebody names are read; nothing of them is written', async () => {
    await put(
      'home/.aws/config',
      '[default]\nregion = eu-west-3\n[profile audit]\nsso_start_url = https://x\n',
    );
    await put(
      'home/.aws/credentials',
      '[old]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = hunter22hunter22\n',
    );
    await put('work/x', '');
    await init({ yes: true, awsProfile: ['audit', 'old'] });
    expect((await config()).sources).toEqual([{ aws: { profile: 'audit' } }, { aws: { profile: 'old' } }]);
    for (const name of await readdir(folder.path('work')))
      expect(await folder.read(`work/${name}`)).not.toMatch(/AKIA|hunter22/);
    expect(await folder.read('work/manifest.yaml')).toMatch(
      /# {3}aws:\n# {5}provider: aws\n# {5}role: unknown/,
    );
    await expect(init({ yes: true, awsProfile: ['adit'] })).rejects.toThrow(/no AWS profile adit.*"audit"/);
  });

  test('a provider that was seen is declared by nobody, until somebody takes the marks off', async () => {
    await mkdir(folder.path('work'));
    await cp(
      join(root, 'examples/evaluations-2018/aws-2018-10.inventory.ndjson.gz'),
      folder.path('work/aws.inventory.ndjson.gz'),
    );
    await init({ yes: true, name: 'Us' });
    const text = (await folder.read('work/manifest.yaml'))
      .replace('datasets: {}', 'datasets:\n  results: {subjects: [pupil], categories: [education.results]}')
      .replaceAll('holds: unknown', 'holds: [results]');
    const outcomes = async (manifest: string): Promise<readonly string[]> => {
      await put('work/manifest.yaml', manifest);
      const { out } = await run(['check', folder.path('work'), '--format', 'json', '--all']);
      const { findings } = JSON.parse(out) as { findings: readonly { rule: string; outcome: string }[] };
      return findings.filter(({ rule }) => rule === 'CHN-02').map(({ outcome }) => outcome);
    };
    const seen = await outcomes(text);
    expect(seen.length).toBeGreaterThan(0);
    expect(new Set(seen)).toEqual(new Set(['fail']));
    expect(
      new Set(
        await outcomes(text.replace(/^# {3}(?=aws:| {2}(?:provider|role|engaged_by|authorised):)/gm, '  ')),
      ),
    ).toEqual(new Set(['pass']));
  });

  test('tenants of Azure: those logged in to, and those that are named', async () => {
    await put(
      'home/.azure/azureProfile.json',
      JSON.stringify({ subscriptions: [{ id: 's', tenantId: tenant }] }),
    );
    await put('work/x', '');
    const other = 'academie.example.org';
    await init({ yes: true, azureTenant: [tenant, other] });
    expect((await config()).sources).toEqual(
      [tenant, other].map((one) => ({ azure: { tenant: one, subscriptions: 'all' } })),
    );
    await expect(init({ yes: true, azureTenant: ['ours'] })).rejects.toThrow(/no tenant of Azure: ours/);
  });

  test('no profile that nobody named', async () => {
    await put('home/.aws/config', '[profile production]\n');
    await put('work/x', '');
    await init({ yes: true });
    expect((await config()).sources).toBeUndefined();
  });

  test('code of modules is no root of its own, and what is broken is told', async () => {
    await put('work/infra/main.tf', 'module "a" {\n  source = "./modules/a"\n}\n');
    await put('work/infra/modules/a/main.tf', 'resource "aws_s3_bucket" "b" {\n  bucket = "b"\n}\n');
    await put('work/node_modules/x/main.tf', 'resource "aws_s3_bucket" "n" {}\n');
    await put('work/data/broken.yaml', 'bercail: manifest/v1\nid: [\n');
    const { err } = await init({ yes: true });
    expect((await config()).sources).toEqual([{ terraform: { root: 'infra' } }]);
    expect(err).toContain('data/broken.yaml');
  });

  test('existing manifests are named, and none is written beside them', async () => {
    await put('work/flows/a.yaml', 'bercail: manifest/v1\nid: a\n');
    await init({ yes: true });
    expect((await config()).manifests).toEqual(['flows/a.yaml']);
    expect(await readdir(folder.path('work'))).not.toContain('manifest.yaml');
  });

  test.each([
    ['git@github.com:x/y.git', '.github/workflows/bercail.yaml'],
    ['https://gitlab.example.org/x/y.git', '.gitlab-ci.yml'],
    ['ssh://git@forge.apps.education.fr:22/x/y', '.gitlab-ci.yml'],
  ])('a repository pushed to %s gets %s', async (remote, file) => {
    await mkdir(folder.path('work'));
    spawnSync('git', ['init', '-q', folder.path('work')]);
    spawnSync('git', ['-C', folder.path('work'), 'remote', 'add', 'origin', remote]);
    await init({ yes: true });
    const written = await folder.read(`work/${file}`);
    expect(JSON.stringify(parse(written))).toContain('npx --yes --package');
    // A name that nobody holds in a registry could be anybody's tomorrow.
    expect(written).not.toMatch(/bercail@/);
    expect(written).toContain('# The variable BERCAIL_PACKAGE');
  });
});

describe('asking', () => {
  const answers = (more: Partial<Ask> = {}): Ask => ({
    select: async (_, choices, initial) =>
      choices.some(({ value }) => value === 'ministere') ? 'ministere' : (initial ?? ''),
    several: async (_, __, initial) => initial,
    text: async (message) => (message.startsWith('A short') ? 'Évaluations 2026' : 'Ministère : « DEPP »'),
    confirm: async () => false,
    ...more,
  });

  test('what is answered is written', async () => {
    await put('work/x', '');
    await init({}, { ask: answers() });
    expect((await config()).policy).toBe('ministere');
    expect(parse(await folder.read('work/manifest.yaml'))).toMatchObject({
      id: 'Evaluations-2026',
      organisations: { controller: { name: 'Ministère : « DEPP »', role: 'controller' } },
    });
  });

  test('what an option says is not asked', async () => {
    await put('work/x', '');
    const never = (): never => {
      throw new Error('asked');
    };
    await init(
      { policy: 'socle', name: 'X', id: 'x', ci: 'none' },
      { ask: { select: never, several: never, text: never, confirm: never } },
    );
    expect((await config()).policy).toBe('socle');
  });

  test('whoever leaves in the middle leaves nothing behind', async () => {
    await put('work/x', '');
    const { code, err } = await init({}, { ask: answers({ text: () => Promise.reject(new Cancelled()) }) });
    expect([code, err]).toEqual([130, expect.stringContaining('nothing was written')]);
    expect(await readdir(folder.path('work'))).toEqual(['x']);
  });

  test('without a terminal, it says how to answer', async () => {
    await put('work/x', '');
    await expect(init({})).rejects.toThrow(/no terminal to ask on.*--yes/);
  });
});

test('a file in place of a folder is refused', async () => {
  await put('work', 'a file');
  await expect(init({ yes: true })).rejects.toThrow(/is no folder/);
});
