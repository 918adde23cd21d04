import { describe, expect, test } from '@jest/globals';
import type { Command } from 'commander';
import { createProgram } from '../../../src/command/program.ts';
import { leaves, notesOf, pathOf } from '../../../src/command/tree/command.ts';
import { nameOf } from '../../../src/command/tree/localise.ts';
import { commandMessages } from '../../../src/command/tree/text.ts';
import type { Language } from '../../../src/result/result.ts';
import { testContext } from '../../setup/command.ts';
import { type } from '../../setup/command-line.ts';

const tree = (language: Language): Command => createProgram(testContext().context, () => {}, language);
const all = (command: Command): readonly Command[] => [command, ...command.commands.flatMap(all)];
const commands = all(tree('en')).map((command) => [pathOf(command).join(' ') || 'bercail', command] as const);

describe.each(['en', 'fr'] as const)('the message file of %s', (language) => {
  const table = commandMessages(language);
  const used = new Set<string>();
  const find = (...keys: readonly string[]): boolean => {
    const key = keys.find((one) => Object.hasOwn(table, one));
    if (key !== undefined) used.add(key);
    return key !== undefined;
  };

  test('has words for every command, argument, option and value', () => {
    const missing: string[] = [];
    const want = (...keys: readonly string[]): void => {
      if (!find(...keys)) missing.push(keys.join(' or '));
    };
    for (const [, command] of commands) {
      const path = pathOf(command).join('.') || 'bercail';
      want(`help.${path}`);
      for (const argument of command.registeredArguments) {
        want(`help.${path}.argument.${argument.name()}`, `help.argument.${argument.name()}`);
        want(`help.value.${argument.name()}`);
      }
      for (const option of command.options) {
        want(`help.${path}.option.${nameOf(option)}`, `help.option.${nameOf(option)}`);
        for (const [, value] of option.flags.matchAll(/[<[]([\w-]+)/g)) want(`help.value.${value ?? ''}`);
      }
      for (const key of notesOf(command).notes) want(`help.note.${key}`);
    }
    expect(missing).toEqual([]);
  });

  test('says nothing of an option or a command that is not there', () => {
    const stray = Object.keys(table).filter(
      (key) =>
        /^help\.(?!title|examples|choices|default|option\.help|command\.help|value\.command)/.test(key) &&
        !used.has(key),
    );
    expect(stray).toEqual([]);
  });
});

test.each(commands)('%s shows examples, and each of them is a command that there is', (_, command) => {
  const { examples } = notesOf(command);
  expect(examples.length).toBeGreaterThan(0);
  for (const example of examples) {
    for (const typed of example.split(/; |\| /).filter((part) => part.startsWith('bercail'))) {
      const words = (typed.match(/"[^"]*"|'[^']*'|[^\s>]+/g) ?? []).slice(1);
      const found = words.reduce<Command>(
        (at, word) => at.commands.find((one) => one.name() === word) ?? at,
        tree('en'),
      );
      expect([typed, leaves(found)]).toEqual([typed, [found]]);
      const known = [...found.options, ...(found.parent?.options ?? [])].flatMap(({ long, short }) => [
        long,
        short,
      ]);
      for (const word of words.filter((one) => /^--?[a-z]/.test(one)))
        expect([typed, known]).toEqual([typed, expect.arrayContaining([word.split('=')[0]])]);
    }
  }
});

test.each([
  ['--lang before the command', ['--lang', 'fr', 'audit', '--help'], 'Options :'],
  ['--lang after it', ['rules', 'show', '--lang=fr', '--help'], 'une règle : droit'],
  ['no word of it', ['audit', '--help'], 'Options:'],
])('help speaks the language that is asked for: %s', async (_, words, expected) => {
  const { out } = await type(words);
  expect(out.replaceAll('\u00a0', ' ')).toContain(expected);
});

test('--lang before a command is as good as after it', async () => {
  expect(await type(['--lang', 'fr', 'rules', 'list', '--pack', 'gdpr'])).toEqual(
    await type(['rules', 'list', '--pack', 'gdpr', '--lang', 'fr']),
  );
});

test('no line of help is wider than eighty columns, but those to copy', () => {
  const wide: string[] = [];
  for (const language of ['en', 'fr'] as const) {
    for (const command of all(tree(language))) {
      let said = '';
      command.configureOutput({ writeOut: (text) => void (said += text), getOutHelpWidth: () => 80 });
      command.outputHelp();
      wide.push(...said.split('\n').filter((line) => line.length > 80 && !line.startsWith('  $ ')));
    }
  }
  expect(wide).toEqual([]);
});
