import { type CommandContext, languageOf } from './command/context.ts';
import { systemClock } from './io/clock.ts';
import { version } from './io/root.ts';

const { env, stdin, stdout, stderr, argv } = process;
const abort = new AbortController();
const color =
  stdout.isTTY && env['NO_COLOR'] === undefined && env['TERM'] !== 'dumb' && env['CI'] === undefined;

const context: CommandContext = {
  out: (text) => new Promise((resolve) => stdout.write(text, () => resolve())),
  err: (text) => void stderr.write(text),
  clock: systemClock,
  env,
  terminal: {
    color,
    width: stdout.isTTY ? (stdout.columns ?? null) : null,
    isInteractive: stdout.isTTY,
    hyperlinks: color,
  },
  signal: abort.signal,
  ...(stdin.isTTY && stdout.isTTY && env['CI'] === undefined
    ? { ask: () => import('./command/ask/open.ts').then(({ openAsk }) => openAsk(languageOf(argv, env))) }
    : {}),
};

// A reader that has seen enough, such as `head`, is no error.
stdout.on('error', (error: NodeJS.ErrnoException) =>
  process.exit(error.code === 'EPIPE' ? (process.exitCode ?? 0) : 2),
);
process.once('SIGINT', () => {
  abort.abort();
  process.once('SIGINT', () => process.exit(130));
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

/** Every error ends as exit 2 with what was wrong; only --debug shows where in Bercail it happened. */
async function report(error: unknown): Promise<number> {
  const { CommanderError } = await import('commander');
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  const { showError } = await import('./command/error/show.ts');
  const language = languageOf(argv, env);
  const isPlain = env['NO_COLOR'] !== undefined || env['TERM'] === 'dumb' || env['CI'] !== undefined;
  context.err(
    showError(error, { language, env, color: stderr.isTTY && !isPlain, isDebug: argv.includes('--debug') }),
  );
  return 2;
}
