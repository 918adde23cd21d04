import type { Argument, Command, Option } from 'commander';
import type { CommandContext } from '../../src/command/context.ts';
import { createProgram } from '../../src/command/program.ts';
import { leaves, pathOf as wordsOf } from '../../src/command/tree/command.ts';
import { blocks, code, codes, fence, link, list, page, prose, table } from './markdown.ts';

/** The reference of the command line, from the tree of commands itself. */
export function cliPage(): string {
  const written: string[] = [];
  const program = createProgram(silent(written), () => {});
  const commands = leaves(program).filter((command) => command !== program);
  const codesText =
    commands.map((command) => after(command, written)).find((text) => text.exit !== '')?.exit ?? '';
  return page(
    'the commands',
    '# The command line',
    prose(program.description()),
    fence('text', program.createHelp().commandUsage(program)),
    table(
      ['Command', ''],
      commands.map((command) => [
        link(code(pathOf(command)), `#${pathOf(command).replaceAll(' ', '-')}`),
        prose(command.description()),
      ]),
    ),
    after(program, written).examples,
    '## Exit codes',
    exitTable(codesText),
    '## Everywhere',
    optionTable(program.createHelp().visibleOptions(program)),
    list([
      '`NO_COLOR`, `CI`: no colour, no progress',
      '`LC_ALL`, `LC_MESSAGES`, `LANG`: the language, when `--lang` does not say',
    ]),
    ...commands.map((command) => section(command, written)),
  );
}

function section(command: Command, written: string[]): string {
  const help = command.createHelp();
  const { examples, others } = after(command, written);
  return blocks(
    `## ${pathOf(command)}`,
    prose(sentence(command.description())),
    fence('text', help.commandUsage(command)),
    argumentTable(command.registeredArguments),
    optionTable(help.visibleOptions(command).filter(({ long }) => long !== '--help')),
    examples,
    ...others,
  );
}

function pathOf(command: Command): string {
  return ['bercail', ...wordsOf(command)].join(' ');
}

function argumentTable(args: readonly Argument[]): string {
  return table(
    ['Argument', 'Meaning', 'Default'],
    args.map((argument) => {
      const [whole, told] = defaultIn(argument.description);
      return [
        code(argument.variadic ? `${argument.name()}...` : argument.name()),
        [prose(sentence(argument.description.replace(whole, ''))), choices(argument.argChoices)]
          .filter(Boolean)
          .join(' '),
        argument.required ? '*required*' : prose(told ?? ''),
      ];
    }),
  );
}

function optionTable(options: readonly Option[]): string {
  return table(
    ['Option', 'Meaning', 'Default'],
    options.map((option) => {
      const [whole, told] = defaultIn(option.description);
      const meaning = [
        prose(sentence(option.description.replace(whole, ''))),
        choices(option.argChoices),
        option.mandatory ? 'Required.' : '',
      ];
      const value =
        option.defaultValue === undefined || option.negate ? '' : code(String(option.defaultValue));
      return [
        code(option.flags),
        meaning.filter(Boolean).join(' '),
        told === undefined ? value : prose(told),
      ];
    }),
  );
}

/** « (default: …) » in a description, whole and what it says. */
function defaultIn(description: string): readonly [whole: string, told?: string] {
  const [whole, told] = /\s*\(default: ([^)]*)\)/.exec(description) ?? [];
  return whole === undefined || told === undefined ? [''] : [whole, told];
}

function choices(words: readonly string[] | undefined): string {
  return words ? `One of ${codes(words)}.` : '';
}

function sentence(text: string): string {
  return text === ''
    ? ''
    : `${text[0]?.toUpperCase() ?? ''}${text.slice(1)}${/[.!?)]$/.test(text) ? '' : '.'}`;
}

interface After {
  readonly examples: string;
  readonly exit: string;
  readonly others: readonly string[];
}

const isExit = (part: string): boolean => part.startsWith('Exit codes:');
const isExamples = (part: string): boolean => part.startsWith('Examples:');

/** What a command says after its options: examples, exit codes, other notes. */
function after(command: Command, written: string[]): After {
  written.length = 0;
  command.outputHelp();
  const text = written.join('').slice(command.helpInformation().length);
  const parts = text
    .split(/\n{2,}/)
    .map((part) => part.trim())
    .filter(Boolean);
  const examples = parts
    .filter(isExamples)
    .map((part) => fence('sh', part.replace(/^Examples:\n/, '').replace(/^ *\$ /gm, '')));
  return {
    examples: examples.join('\n\n'),
    exit: parts.find(isExit) ?? '',
    others: parts.filter((part) => !isExit(part) && !isExamples(part) && !part.startsWith('(')).map(prose),
  };
}

/** « Exit codes: 0 the gate passes; 1 it fails; … » as a table. */
function exitTable(text: string): string {
  const entries = text
    .replace(/^Exit codes:/, '')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/\.$/, '')
    .split(/; (?=\d)/);
  return table(
    ['Code', ''],
    entries.map((entry) => {
      const [, number = '', meaning = ''] = /^(\d+) (.*)$/.exec(entry.trim()) ?? [];
      return [code(number), prose(meaning)];
    }),
  );
}

/** Help is text: no colour, no terminal, no clock. */
export function silent(written: string[]): CommandContext {
  return {
    out: (text) => {
      written.push(String(text));
      return Promise.resolve();
    },
    err: () => {},
    clock: () => '',
    env: {},
    terminal: { color: false, width: 80, isInteractive: false, hyperlinks: false },
    signal: new AbortController().signal,
  };
}
