import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Folder, type as run, scratchFolder } from '../../setup/command-line.ts';

let folder: Folder;
beforeAll(async () => {
  folder = await scratchFolder();
  await folder.write('plan.json', '{}');
  for (const shell of ['bash', 'zsh', 'fish'])
    await folder.write(`c.${shell}`, (await run(['completion', shell, '--lang', 'fr'])).out);
});
afterAll(() => folder.remove());

/** What a shell offers for the last word, with the script sourced as a user would. */
const shells: { readonly [shell: string]: (words: readonly string[]) => readonly string[] } = {
  bash: (words) =>
    spoken('bash', [
      '--norc',
      '-c',
      `source c.bash; COMP_WORDS=(bercail ${quoted(words)}); COMP_CWORD=${words.length}; _bercail; printf '%s\\n' "\${COMPREPLY[@]}"`,
    ]),
  zsh: (words) =>
    spoken('zsh', [
      '-f',
      '-c',
      // The functions of its completion system, without a terminal: each prints what it is given.
      `compdef() { print -r -- "for $2" >&2 }; compset() { true }; _files() { print -rl -- * }
       compadd() { shift; print -rl -- "$@" }; _describe() { print -rl -- "\${(@P)4}" | sed 's/:.*//' }
       source ./c.zsh; words=(bercail ${quoted(words)}); CURRENT=${words.length + 1}; _bercail`,
    ]).filter((word) => word.startsWith(words.at(-1)?.replace(/.*,/, '') ?? '')),
  fish: (words) =>
    spoken('fish', ['--no-config', '-c', `source c.fish; complete -C "bercail ${words.join(' ')}"`]).map(
      (line) => line.split('\t')[0] ?? '',
    ),
};

function quoted(words: readonly string[]): string {
  return words.map((word) => `'${word}'`).join(' ');
}

function spoken(shell: string, words: readonly string[]): readonly string[] {
  const { status, stdout, stderr, error } = spawnSync(shell, words, { cwd: folder.path(), encoding: 'utf8' });
  if (error) throw new Error(`${shell} has to be installed: ${error.message}`);
  if (status !== 0 && stderr !== '') throw new Error(stderr);
  return stdout.split('\n').filter(Boolean);
}

describe.each(Object.keys(shells))('in %s', (shell) => {
  const complete = (...words: readonly string[]): readonly string[] => shells[shell]?.(words) ?? [];

  test.each([
    ['commands', ['au'], ['audit']],
    ['commands of a command', ['rules', 's'], ['show']],
    ['commands of the third level', ['manifest', 'add', 'data'], ['dataset']],
    ['options', ['audit', '--pol'], ['--policy']],
    ['options after a path', ['check', 'plan.json', '--base'], ['--baseline']],
    ['choices of an option', ['audit', '--fail-on', 'cri'], ['critical']],
    ['rules', ['rules', 'show', 'LOC-01'], ['LOC-01']],
    ['rules of an option', ['check', '--rule', 'DRF-01'], ['DRF-01']],
    ['policies', ['audit', '--policy', 'minis'], ['ministere']],
    ['providers', ['catalog', 'provider', 'ovh'], ['ovhcloud']],
    ['formats', ['report', 'r.json', '--format', 'mark'], ['markdown']],
    ['shells', ['completion', 'fi'], ['fish']],
    ['words of the glossary', ['explain', 'hold'], ['holding']],
    ['files', ['check', 'pl'], ['plan.json']],
  ])('%s are completed', (_, words, expected) => {
    expect(complete(...words)).toEqual(expect.arrayContaining(expected));
  });

  test('a command offers its own options, not those of others', () => {
    expect(complete('keygen', '--')).toContain('--out');
    expect(complete('keygen', '--')).not.toContain('--policy');
  });

  test('an option with a value offers no commands', () => {
    expect(complete('audit', '--as-of', '')).toEqual([]);
  });
});

test('in bash, the next of a list joined by commas, and what follows an equals sign', () => {
  expect(shells['bash']?.(['check', '--format', 'json,sar'])).toEqual(['json,sarif']);
  expect(shells['bash']?.(['audit', '--lang', '=', 'f'])).toEqual(['fr']);
});

test('zsh is told which command it is for', () => {
  const { stderr } = spawnSync('zsh', ['-f', '-c', 'compdef() { print -r -- "$@" >&2 }; source ./c.zsh'], {
    cwd: folder.path(),
    encoding: 'utf8',
  });
  expect(stderr).toBe('_bercail bercail\n');
});

test('descriptions are in the reader’s language', async () => {
  expect(await folder.read('c.fish')).toContain('un fichier de politique');
});
