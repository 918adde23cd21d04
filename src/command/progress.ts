import type { RunEvent } from '../event.ts';
import { loadMessages } from '../io/content.ts';
import { createMessages } from '../report/message.ts';
import type { Language } from '../result/result.ts';
import type { Watch } from '../ui/progress/watch.ts';
import type { CommandContext } from './context.ts';

export interface ProgressOptions {
  readonly quiet?: boolean;
  readonly verbose?: boolean;
  readonly logFormat?: 'text' | 'json';
}

/** Milliseconds between two looks at what changed, and before anything is shown: a short run shows and loads nothing. */
const TICK = 100;
const QUIET = 400;

/**
 * Runs `work` with its progress on standard error, which is taken away before its result. `work` is handed a context
 * that takes events, and whose messages do not run into what is shown.
 */
export async function withProgress<T>(
  options: ProgressOptions,
  context: CommandContext,
  language: Language,
  work: (context: CommandContext) => Promise<T>,
): Promise<T> {
  const { progress: terminal, signal } = context;
  const isJson = options.logFormat === 'json';
  if (!terminal || options.quiet) return work(context);
  const early: RunEvent[] = [];
  const startedAt = terminal.now();
  let watch = null as Watch | null;
  let loading: Promise<void> | null = null;
  const load = async (): Promise<void> => {
    const { watchRun } = await import('../ui/progress/watch.ts');
    watch = watchRun({
      form: isJson ? 'json' : terminal.isRewritable ? 'region' : 'plain',
      ...terminal,
      startedAt,
      clock: context.clock,
      messages: createMessages(language, loadMessages(language)),
      isVerbose: options.verbose ?? false,
    });
    for (const event of early.splice(0)) watch.on(event);
  };
  if (isJson || options.verbose) loading = load();
  const err = (text: string): void => (watch && !isJson ? watch.note(text) : context.err(text));
  const timer = setInterval(() => {
    if (loading === null && terminal.now() - startedAt >= QUIET) loading = load();
    watch?.tick();
  }, TICK);
  timer.unref();
  const onAbort = (): void =>
    err(`bercail: ${createMessages(language, loadMessages(language))('progress.interrupted')}\n`);
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await work({
      ...context,
      err,
      onEvent: (event) => (watch ? watch.on(event) : void early.push(event)),
      out: (text) => {
        // The result is there: nothing is written between its lines.
        watch?.end();
        return context.out(text);
      },
    });
  } finally {
    clearInterval(timer);
    signal.removeEventListener('abort', onAbort);
    await loading;
    watch?.end();
  }
}
