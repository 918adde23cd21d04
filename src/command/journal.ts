import type { Collected } from '../collect/collect.ts';
import type { JournalPlace } from '../collect/journal/journal.ts';
import { journalFolder } from '../io/last.ts';
import type { Language } from '../result/result.ts';
import type { CommandContext } from './context.ts';
import { sayIn } from './say.ts';

interface JournalOptions {
  readonly resume?: string;
  readonly quiet?: boolean;
  readonly lang?: Language;
}

/** `audit` writes no folder of the user's: its journals are a convenience. */
export function auditJournal(options: JournalOptions, context: CommandContext): JournalPlace {
  return { ...journalPlace(journalFolder(context.env), options, context), isOptional: true };
}

/** The journal of this run in `folder`. Its id is told at the start: a run that is killed cannot tell it. */
export function journalPlace(
  folder: string,
  { resume, quiet = false, lang }: JournalOptions,
  context: CommandContext,
): JournalPlace {
  const onStart = (run: string): void =>
    context.err(`bercail: ${sayIn(lang, context)('journal.start', { run })}\n`);
  return { folder, resume: resume ?? null, ...(quiet ? {} : { onStart }) };
}

/** An interrupted run keeps its journal: what it did not ask can still be asked. */
export async function endJournal(
  journal: Collected['journal'],
  { lang }: JournalOptions,
  context: CommandContext,
): Promise<void> {
  if (journal === null) return;
  if (context.signal.aborted)
    context.err(`bercail: ${sayIn(lang, context)('journal.interrupted', { run: journal.run })}\n`);
  else await journal.remove();
}
