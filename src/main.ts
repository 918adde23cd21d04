import { type CommandContext, languageOf } from './command/context.ts';
import { systemClock } from './io/clock.ts';
import { createInterrupts } from './io/interrupt.ts';
import { version } from './io/root.ts';
import { hasColor, isRewritable } from './io/terminal.ts';

const { env, stdin, stdout, stderr, argv } = process;
const interrupts = createInterrupts();
const color = hasColor(env, stdout.isTTY);
const isJsonLog = argv.some(
  (word, at) => word === '--log-format=json' || (word === 'json' && argv[at - 1] === '--log-format'),
);
const writeError = (text: string): void => void stderr.write(text);

const context: CommandContext = {
  out: (text) => new Promise((resolve) => stdout.write(text, () => resolve())),
  err: isJsonLog ? (text) => writeError(messageLines(text)) : writeError,
  clock: systemClock,
  env,
  terminal: {
    color,
    width: stdout.isTTY ? (stdout.columns ?? null) : null,
    isInteractive: stdout.isTTY && process.stdin.isTTY,
    hyperlinks: color && (stdout.isTTY || env['FORCE_HYPERLINK'] !== undefined) && (await hasHyperlinks()),
  },
  signal: interrupts.signal,
  onInterrupt: interrupts.set,
  progress: {
    isRewritable: isRewritable(env, stderr.isTTY),
    color: hasColor(env, stderr.isTTY),
    write: writeError,
    width: () => stderr.columns ?? 80,
    now: () => performance.now(),
  },
  ...(stdin.isTTY && stdout.isTTY && env['CI'] === undefined
    ? { ask: () => import('./command/ask/open.ts').then(({ openAsk }) => openAsk(languageOf(argv, env))) }
    : {}),
};

// A reader that has seen enough, such as `head`, is no error: the run goes on to its own exit code.
for (const stream of [stdout, stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') return;
    void endUnwritable(error);
  });

try {
  const done = (code: number): void => {
    process.exitCode = code;
  };
  // The version needs no command tree.
  if (argv.length === 3 && /^(?:-V|--version)$/.test(argv[2] ?? '')) await context.out(`${version()}\n`);
  else {
    const { createProgram } = await import('./command/program.ts');
    await createProgram(context, done, languageOf(argv, env)).parseAsync(argv);
  }
} catch (error) {
  process.exitCode = await report(error);
}
if (interrupts.signal.aborted) process.exitCode = 130;

async function hasHyperlinks(): Promise<boolean> {
  const { createSupportsHyperlinks } = await import('supports-hyperlinks');
  return createSupportsHyperlinks(stdout);
}

/** For programs, what people would read is an object a line too. */
function messageLines(text: string): string {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const time = systemClock();
  return lines.map((line) => `${JSON.stringify({ time, event: 'message', text: line })}\n`).join('');
}

/** Standard output that cannot be written, as on a full disk. */
async function endUnwritable(error: Error): Promise<void> {
  const { explain } = await import('./io/file.ts');
  process.exit(await report(explain('standard output', error)));
}

/** Every error ends as exit 2 with what was wrong; only --debug shows where in Bercail it happened. */
async function report(error: unknown): Promise<number> {
  const { CommanderError } = await import('commander');
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  const { showError } = await import('./command/error/show.ts');
  const language = languageOf(argv, env);
  const color = hasColor(env, stderr.isTTY) && !isJsonLog;
  context.err(showError(error, { language, env, color, isDebug: argv.includes('--debug') }));
  return 2;
}
