import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';

const cli = resolve('src/cli.ts');
const folder = mkdtempSync(join(tmpdir(), 'bercail-since-'));
const home = mkdtempSync(join(tmpdir(), 'bercail-home-'));
const bucket = (name: string): string => `  ${name}: {Type: "AWS::S3::Bucket"}\n`;

function git(...words: readonly string[]): string {
  const { stdout, status, stderr } = spawnSync(
    'git',
    ['-c', 'user.name=t', '-c', 'user.email=t@example.org', ...words],
    { cwd: folder, encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(stderr);
  return stdout;
}

const check = (...words: readonly string[]) => checkPath('.', ...words);

function checkPath(path: string, ...words: readonly string[]) {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [cli, 'check', path, '--format', 'json', '--rule', 'CLS-01', ...words],
    {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, XDG_STATE_HOME: home, HOME: home },
    },
  );
  const findings =
    status === 2
      ? []
      : (JSON.parse(stdout) as { findings: { subject: { id: string }; outcome: string }[] }).findings;
  return {
    status,
    stderr,
    failed: findings.filter(({ outcome }) => outcome === 'fail').map(({ subject }) => subject.id),
  };
}

beforeAll(() => {
  git('init', '--quiet');
  writeFileSync(join(folder, 'template.yaml'), `Resources:\n${bucket('Old')}`);
  git('add', 'template.yaml');
  git('commit', '--quiet', '-m', 'first');
  writeFileSync(join(folder, 'template.yaml'), `Resources:\n${bucket('New')}${bucket('Old')}`);
});

afterAll(() => [folder, home].forEach((one) => rmSync(one, { recursive: true })));

test('only what the change brings is reported, and the repository stays as it is', () => {
  const before = git('status', '--porcelain');
  expect(check().failed).toEqual(['template.yaml#New', 'template.yaml#Old']);
  expect(check('--since', 'HEAD').failed).toEqual(['template.yaml#New']);
  expect(git('status', '--porcelain')).toBe(before);
  expect(readdirSync(join(folder, '.git'))).not.toContain('worktrees');
});

test('what git does not have counts as new, and is said to', () => {
  writeFileSync(join(folder, 'plan.yaml'), `Resources:\n${bucket('Planned')}`);
  const { failed, stderr } = checkPath('plan.yaml', '--since', 'HEAD');
  rmSync(join(folder, 'plan.yaml'));
  expect(failed).toEqual(['plan.yaml#Planned']);
  expect(stderr).toContain('plan.yaml is not in git at HEAD');
});

test('a partial clone is not completed over the network', () => {
  const clone = mkdtempSync(join(tmpdir(), 'bercail-partial-'));
  git('config', 'uploadpack.allowFilter', 'true');
  git('commit', '--quiet', '--all', '-m', 'second');
  git('clone', '--quiet', '--filter=blob:none', `file://${folder}`, clone);
  git('reset', '--quiet', 'HEAD~1');
  const { status, stderr } = spawnSync(process.execPath, [cli, 'check', '.', '--since', 'HEAD~1'], {
    cwd: clone,
    encoding: 'utf8',
    env: { ...process.env, XDG_STATE_HOME: home, HOME: home },
  });
  rmSync(clone, { recursive: true });
  expect(stderr).toMatch(/the files of HEAD~1 are not all here/);
  expect(status).toBe(2);
});

test.each([
  [['--since', 'nowhere'], /there is no revision nowhere/],
  [['--since', '--help'], /there is no revision --help/],
  [['--since', 'HEAD', '--baseline', 'x.json'], /both say what is known/],
])('%j is refused', (words, message) => {
  const { status, stderr } = check(...words);
  expect(stderr).toMatch(message);
  expect(status).toBe(2);
});
