import { type Argument, type Command, Help, Option } from 'commander';
import { reporterNames } from '../../report/names.ts';
import type { Language } from '../../result/result.ts';
import { notesOf, pathOf } from './command.ts';
import { type Text, textsOf } from './text.ts';

/** Gives every command, option and argument its words, by its name: the tree itself holds none. */
export function localise(program: Command, language: Language): void {
  const text = textsOf(language);
  visit(program, text);
  program.hook('preAction', (root, command) => {
    const { lang } = root.opts<{ readonly lang?: Language }>();
    // `bercail --lang fr audit` says the same as `bercail audit --lang fr`.
    if (lang !== undefined && command.getOptionValueSource('lang') === undefined)
      command.setOptionValueWithSource('lang', lang, 'cli');
  });
}

const known = { formats: reporterNames.join(' ') };

function visit(command: Command, text: Text): void {
  const path = pathOf(command).join('.') || 'bercail';
  const own = (key: string): string | undefined =>
    text(`help.${path}.${key}`, known) ?? text(`help.${key}`, known);
  // Every command speaks both languages, so every command may be told which.
  if (!command.options.some(({ long }) => long === '--lang'))
    command.addOption(new Option('--lang <language>').choices(['fr', 'en']));
  command.description(text(`help.${path}`) ?? command.description());
  command.helpOption('-h, --help', own('option.help') ?? '');
  if (command.commands.length > 0) command.helpCommand('help [command]', own('command.help') ?? '');
  for (const option of command.options)
    option.description = own(`option.${nameOf(option)}`) ?? option.description;
  for (const argument of command.registeredArguments)
    argument.description = own(`argument.${argument.name()}`) ?? argument.description;
  command.configureHelp(helpIn(text));
  const { examples, notes } = notesOf(command);
  if (examples.length > 0)
    command.addHelpText('after', () => `\n${text('help.examples') ?? ''}\n${lines(examples)}\n`);
  for (const key of notes)
    command.addHelpText('after', () => `\n${wrapped(text(`help.note.${key}`) ?? key, 80)}\n`);
  for (const one of command.commands) visit(one, text);
}

/** `--no-color` is `no-color`: what turns something off has words of its own. */
export function nameOf(option: Option): string {
  return option.long?.slice(2) ?? option.flags;
}

function lines(list: readonly string[]): string {
  return list.map((line) => `  $ ${line}`).join('\n');
}

type Wording = Partial<Help>;

/** The words that commander itself puts around them. */
function helpIn(text: Text): Wording {
  return {
    styleTitle: (title) => text(`help.title.${title.replace(/:$/, '').toLowerCase()}`) ?? title,
    styleUsage: (usage) => named(usage, text),
    styleOptionTerm: (term) => named(term, text),
    styleArgumentTerm: (term) => named(`<${term}>`, text).slice(1, -1),
    // That every command has options needs no telling.
    styleSubcommandTerm: (term) => named(term.replace(' [options]', ''), text),
    optionDescription: (option) => described(option, text),
    argumentDescription: (argument) => described(argument, text),
    boxWrap: wrapped,
    minWidthToWrap: 20,
  };
}

const wrapper = Object.assign(new Help(), { minWidthToWrap: 1 });

/** Spaces that hold words together, which French sets before its signs, do not break a line. */
function wrapped(text: string, width: number): string {
  const held = text.replaceAll('\u00a0', '\ue000').replaceAll('\u202f', '\ue001');
  return wrapper.boxWrap(held, width).replaceAll('\ue000', '\u00a0').replaceAll('\ue001', '\u202f');
}

/** What stands for a value, such as `<file>`, in the reader's language. */
export function named(term: string, text: Text): string {
  return term.replace(/([<[])([\w-]+)/g, (_, open: string, word: string) => {
    return `${open}${text(`help.value.${word}`) ?? word}`;
  });
}

function described(one: Argument | Option, text: Text): string {
  const { argChoices, defaultValue, description } = one;
  const about: string[] = [];
  if (argChoices) about.push(text('help.choices', { list: argChoices.join(', ') }) ?? '');
  const isFlag = 'flags' in one && one.isBoolean();
  if (defaultValue !== undefined && !isFlag)
    about.push(text('help.default', { value: String(defaultValue) }) ?? '');
  return [description, about.length > 0 ? `(${about.join('; ')})` : ''].filter(Boolean).join(' ');
}
