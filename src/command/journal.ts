import type { Collected } from '../collect/collect.ts';
import type { JournalPlace } from '../collect/journal/journal.ts';
import { journalFolder } from '../io/last.ts';
import type { CommandContext } from './context.ts';

interface JournalOptions {
  readonly resume?: string;
  readonly quiet?: boolean;
}

/** `audit` writes no folder of the user's: its journals are a convenience. */
export function auditJournal(options: JournalOptions, context: CommandContext): JournalPlace {
  return { ...journalPlace(journalFolder(context.env), options, context), isOptional: true };
}

/** The journal of this run in `folder`. Its id is told at the start: a run that is killed cannot tell it. */
export function journalPlace(
  folder: string,
  { resume, quiet = false }: JournalOptions,
  { err }: CommandContext,
): JournalPlace {
  const onStart = (run: string): void =>
    err(`bercail: run ${run}; if it is cut short, --resume ${run} takes it up again\n`);
  return { folder, resume: resume ?? null, ...(quiet ? {} : { onStart }) };
}

/** An interrupted run keeps its journal: what it did not ask can still be asked. */
export async function endJournal(
  journal: Collected['journal'],
  { signal, err }: CommandContext,
): Promise<void> {
  if (journal === null) return;
  if (signal.aborted) err(`bercail: interrupted; --resume ${journal.run} asks for what is missing\n`);
  else await journal.remove();
}
