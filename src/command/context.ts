import type { RunEvent } from '../event.ts';
import type { Clock } from '../io/clock.ts';
import type { InterruptMode } from '../io/interrupt.ts';
import type { Language } from '../result/result.ts';
import type { Ask } from './ask/ask.ts';

/** What a command may touch of the outside world; the CLI gives the real one, tests give their own. */
export interface CommandContext {
  readonly out: (text: string | Uint8Array) => Promise<void>;
  /** Progress, warnings and the reason of the exit code. */
  readonly err: (text: string) => void;
  readonly clock: Clock;
  readonly env: { readonly [name: string]: string | undefined };
  readonly terminal: {
    readonly color: boolean;
    readonly width: number | null;
    readonly isInteractive: boolean;
    readonly hyperlinks: boolean;
  };
  readonly signal: AbortSignal;
  /** Somebody at a terminal to ask; left out where there is none. */
  readonly ask?: () => Promise<Ask>;
  /** Says what Ctrl-C does from now on; left out where nobody can press it. */
  readonly onInterrupt?: (mode: InterruptMode) => void;
  /** For who watches a long run. */
  readonly onEvent?: (event: RunEvent) => void;
  /** Standard error as progress is shown on it; left out where nobody watches. */
  readonly progress?: ProgressTerminal;
}

export interface ProgressTerminal {
  /** Lines may be written anew. */
  readonly isRewritable: boolean;
  readonly color: boolean;
  /** As it is: `err` may dress what it is given. */
  readonly write: (text: string) => void;
  readonly width: () => number;
  /** Milliseconds, of a clock that never goes back. */
  readonly now: () => number;
}

/** From the locale variables, in the order that the C library reads them. */
export function localeLanguage({ LC_ALL, LC_MESSAGES, LANG }: CommandContext['env']): Language {
  return (LC_ALL || LC_MESSAGES || LANG || '').toLowerCase().startsWith('fr') ? 'fr' : 'en';
}

/** What the command line asks for, wherever the word is, else the locale: errors of usage are told in it too. */
export function languageOf(words: readonly string[], env: CommandContext['env']): Language {
  const asked = words.findLast((word, index) => /^(fr|en)$/.test(word) && words[index - 1] === '--lang');
  const joined = words.findLast((word) => /^--lang=(fr|en)$/.test(word));
  const said = asked ?? joined?.slice('--lang='.length);
  return said === 'fr' || said === 'en' ? said : localeLanguage(env);
}
