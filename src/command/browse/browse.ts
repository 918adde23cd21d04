import { BercailError } from '../../error.ts';
import { loadMessages } from '../../io/content.ts';
import { readLastOr } from '../../io/result.ts';
import { placesOf } from '../../report/describe.ts';
import { createMessages } from '../../report/message.ts';
import type { Language, Result } from '../../result/result.ts';
import { entriesOf } from '../../ui/browse/entry.ts';
import { startBrowse } from '../../ui/browse/state.ts';
import type { CommandContext } from '../context.ts';
import { sayIn } from '../say.ts';
import { createPerform } from './perform.ts';
import { waiverPlace } from './waiver.ts';

export interface BrowseOptions {
  readonly all?: boolean;
  readonly waivers?: string;
  readonly lang?: Language;
  readonly color?: boolean;
}

/** Shows a result on the whole screen, until it is left. */
export async function runBrowseCommand(
  path: string | undefined,
  options: BrowseOptions,
  context: CommandContext,
): Promise<number> {
  const { terminal, env, clock } = context;
  if (!terminal.isInteractive || env['TERM'] === 'dumb')
    throw new BercailError('usage', {
      message: 'browsing needs a terminal that shows a whole screen',
      hint: 'elsewhere, `bercail report RESULT` tells the same',
    });
  const last = await readLastOr(path, env);
  if (!last)
    throw new BercailError('not_found', {
      message: 'there is no last result',
      hint: 'run `bercail audit` first, or name a result that --format json wrote',
    });
  const { result, left_out: leftOut } = last;
  context.onInterrupt?.('end');
  const language = options.lang ?? result.run.language;
  const messages = createMessages(language, loadMessages(language));
  const place = await waiverPlace(result, options.waivers);
  const { runBrowse } = await import('../../ui/browse/app.ts');
  await runBrowse({
    start: startBrowse({
      entries: entriesOf(result, messages),
      all: options.all ?? false,
      today: clock().slice(0, 10),
      waiverFile: place.file,
      size: { columns: terminal.width ?? 80, rows: 24 },
    }),
    look: lookOf(result, language, messages),
    color: terminal.color && (options.color ?? true),
    perform: createPerform({ result, place, messages, context }),
  });
  if (leftOut.findings + leftOut.unknowns > 0)
    context.err(`bercail: ${sayIn(language, context)('browse.left_out', leftOut)}\n`);
  return 0;
}

function lookOf(result: Result, language: Language, messages: ReturnType<typeof createMessages>) {
  return { messages, language, run: result.run, gate: result.summary.gate, places: placesOf(result) };
}
