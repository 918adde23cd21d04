import type { Argument, Command, Option } from 'commander';
import { pathOf } from '../tree/command.ts';

/** What may stand at a place of the command line. */
export interface Values {
  readonly words: readonly string[];
  readonly hasFiles: boolean;
  /** Several, joined by commas. */
  readonly isList: boolean;
}

export interface Flag {
  readonly names: readonly string[];
  readonly meaning: string;
  /** `null` for a flag without a value. */
  readonly values: Values | null;
}

export interface Place {
  /** `rules show`; empty for the program itself. */
  readonly path: string;
  readonly commands: readonly { readonly name: string; readonly meaning: string }[];
  readonly flags: readonly Flag[];
  readonly values: Values;
}

/** Words that Bercail knows, by what a value is called: `rule`, `provider`, `explain id`. */
export type Known = { readonly [name: string]: readonly string[] };

/** Every place of the command tree, with what may be typed there. */
export function placesOf(command: Command, known: Known): readonly Place[] {
  const path = pathOf(command).join(' ');
  const subcommands = command.commands.map((one) => ({ name: one.name(), meaning: one.description() }));
  const options = [...command.options, ...(command.parent === null ? [] : rootOptions(command))];
  const own: Place = {
    path,
    commands: subcommands.length > 0 ? [...subcommands, { name: 'help', meaning: '' }] : [],
    flags: [...options.map((option) => flagOf(option, path, known)), help],
    values: together(command.registeredArguments.map((argument) => valuesOf(argument, path, known))),
  };
  return [own, ...command.commands.flatMap((one) => placesOf(one, known))];
}

const help: Flag = { names: ['--help', '-h'], meaning: '', values: null };

function rootOptions(command: Command): readonly Option[] {
  let root = command;
  while (root.parent) root = root.parent;
  return root.options.filter(({ long }) => long === '--debug');
}

function flagOf(option: Option, path: string, known: Known): Flag {
  const names = [option.long, option.short].filter((name) => typeof name === 'string');
  const takes = option.required || option.optional;
  return { names, meaning: option.description, values: takes ? valuesOf(option, path, known) : null };
}

function valuesOf(one: Option | Argument, path: string, known: Known): Values {
  const isOption = 'flags' in one;
  const value = isOption ? (/[<[]([\w-]+)/.exec(one.flags)?.[1] ?? '') : one.name();
  const name = isOption ? (one.long ?? '').slice(2) : value;
  const words = one.argChoices ?? known[`${path} ${name}`] ?? known[name] ?? [];
  const hasFiles =
    /^(?:file|dir|path|folder|result|old|new|bundle|manifest)$/.test(value) || name === 'policy';
  return {
    words,
    hasFiles,
    isList: isOption && /^(?:list|id|name)$/.test(value) && one.parseArg !== undefined,
  };
}

/** Of several arguments, whichever may stand next: shells do not say which one it is. */
function together(all: readonly Values[]): Values {
  return {
    words: [...new Set(all.flatMap(({ words }) => words))],
    hasFiles: all.some(({ hasFiles }) => hasFiles),
    isList: false,
  };
}
