import { Command } from 'commander';
import type { CommandContext } from '../context.ts';

/** What every part of the tree is given: a context to run in, and where exit codes go. */
export interface Branch {
  readonly context: CommandContext;
  readonly finish: (work: Promise<number>) => Promise<void>;
}

type Refuse = (message: string) => string;
interface Notes {
  readonly examples: string[];
  readonly notes: string[];
}

const notes = new WeakMap<Command, Notes>();

/** A command whose refusals can be said in the reader's language. Its sub-commands are of the same kind. */
export class SpokenCommand extends Command {
  readonly refuse: Refuse;

  constructor(name: string | undefined, refuse: Refuse) {
    super(name);
    this.refuse = refuse;
  }

  override createCommand(name?: string): SpokenCommand {
    return new SpokenCommand(name, this.refuse);
  }

  override error(message: string, options?: { readonly code?: string; readonly exitCode?: number }): never {
    super.error(this.refuse(message), { ...options });
  }
}

/** Lines to type, shown below the help of a command, in its manual page and in the documentation. */
export function examples<C extends Command>(command: C, ...lines: readonly string[]): C {
  notesOf(command).examples.push(...lines);
  return command;
}

/** A text of the message files below the help: `help.note.KEY`. */
export function note<C extends Command>(command: C, key: string): C {
  notesOf(command).notes.push(key);
  return command;
}

export function notesOf(command: Command): Notes {
  const found = notes.get(command) ?? { examples: [], notes: [] };
  notes.set(command, found);
  return found;
}

/** Every command that does something, in the order of the help. */
export function leaves(command: Command): readonly Command[] {
  const own = command.commands.filter((one) => one.name() !== 'help');
  return own.length === 0 ? [command] : own.flatMap(leaves);
}

/** The words to type after `bercail`: `rules show`. */
export function pathOf(command: Command): readonly string[] {
  return command.parent ? [...pathOf(command.parent), command.name()] : [];
}
