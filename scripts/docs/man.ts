import type { Argument, Command, Option } from 'commander';
import { createProgram } from '../../src/command/program.ts';
import { leaves, notesOf, pathOf } from '../../src/command/tree/command.ts';
import { named } from '../../src/command/tree/localise.ts';
import { type Text, textsOf } from '../../src/command/tree/text.ts';
import { version } from '../../src/io/root.ts';
import type { Language } from '../../src/result/result.ts';
import { silent } from './cli.ts';

/** The manual page, from the tree of commands itself. `day` is the day that its content was looked at. */
export function manPage(language: Language, day: string): string {
  const program = createProgram(silent([]), () => {}, language);
  const text = textsOf(language);
  const say = (key: string): string => text(key) ?? key;
  const commands = leaves(program);
  return [
    `.\\" ${say('man.generated')}`,
    `.TH BERCAIL 1 ${day} "bercail ${version()}"`,
    section(say('man.name')),
    `bercail \\- ${roff(program.description())}`,
    section(say('man.synopsis')),
    `.B bercail`,
    roff(`<${say('help.value.command')}> [options]`),
    section(say('man.commands')),
    ...commands.flatMap((command) => commandText(command, say, text)),
    section(say('man.options')),
    ...program.options.flatMap((option) => item(named(option.flags, text), option.description)),
    section(say('man.exit')),
    roff(say('help.note.exit')),
    section(say('man.environment')),
    ...['NO_COLOR', 'CI', 'LC_ALL', 'LC_MESSAGES', 'LANG', 'BERCAIL_CACHE'].flatMap((name) =>
      item(name, say(`man.environment.${name}`)),
    ),
    section(say('man.examples')),
    ...exampleText(notesOf(program).examples).slice(1),
    '',
  ].join('\n');
}

function commandText(command: Command, say: (key: string) => string, text: Text): readonly string[] {
  const usage = named(
    `bercail ${pathOf(command).join(' ')} ${command.usage().replace(/\[options\] ?/, '')}`,
    text,
  );
  return [
    `.SS "${roff(usage.trim(), true)}"`,
    roff(command.description()),
    ...command.registeredArguments.flatMap((one) =>
      item(say(`help.value.${one.name()}`), described(one, say)),
    ),
    ...command.options
      .filter(({ long }) => long !== '--lang')
      .flatMap((one) => item(named(one.flags, text), described(one, say))),
    ...notesOf(command).notes.flatMap((key) => ['.PP', roff(say(`help.note.${key}`))]),
    ...(notesOf(command).examples.length > 0
      ? ['.PP', roff(say('help.examples')), ...exampleText(notesOf(command).examples)]
      : []),
  ];
}

function described({ description, argChoices }: Argument | Option, say: (key: string) => string): string {
  const choices =
    argChoices === undefined ? '' : say('help.choices').replace('{list}', argChoices.join(', '));
  return [description, choices === '' ? '' : `(${choices})`].filter(Boolean).join(' ');
}

function section(name: string): string {
  return `.SH ${roff(name.toUpperCase())}`;
}

function item(term: string, text: string): readonly string[] {
  return ['.TP', `.B "${roff(term, true)}"`, roff(text)];
}

function exampleText(lines: readonly string[]): readonly string[] {
  return ['.PP', '.EX', ...lines.map((line) => roff(line)), '.EE'];
}

/** A line of text as roff reads it: no escape, no request by accident; a dash is the dash that one types. */
function roff(text: string, isQuoted = false): string {
  const escaped = text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replaceAll('\u00a0', '\\ ')
    .replaceAll('\u202f', '\\ ');
  const guarded = /^[.']/.test(escaped) ? `\\&${escaped}` : escaped;
  return isQuoted ? guarded.replaceAll('"', '\\(dq') : guarded;
}
