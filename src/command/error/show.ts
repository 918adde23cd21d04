import { styleText } from 'node:util';
import { BercailError, type ErrorCode, type Problem } from '../../error.ts';
import { version } from '../../io/root.ts';
import { translator } from '../../io/translate.ts';
import { createMessages } from '../../report/message.ts';
import type { Language } from '../../result/result.ts';
import { commandMessages } from '../tree/text.ts';
import { excerpts } from './excerpt.ts';
import { withoutSecrets } from './secret.ts';

export interface Shown {
  readonly language: Language;
  readonly env: { readonly [name: string]: string | undefined };
  readonly color: boolean;
  readonly isDebug: boolean;
}

/** An error for people: what is wrong, where, and what to do; where it happened in Bercail only for `--debug`. */
export function showError(error: unknown, { language, env, color, isDebug }: Shown): string {
  const stack = isDebug && error instanceof Error ? `${error.stack ?? ''}\n${causeOf(error)}` : '';
  const told =
    error instanceof BercailError ? showProblems(error, language, color) : showDefect(error, language);
  return withoutSecrets(`${told}${stack}`, env);
}

function showProblems({ problems, code }: BercailError, language: Language, color: boolean): string {
  const say = createMessages(language, commandMessages(language));
  const translate = translator(language);
  const excerptAt = excerpts();
  const paint = painter(color);
  const told = problems.map((problem) => {
    const { where } = problem;
    const place = where ? `${where.file}:${where.line}:${where.column}: ` : '';
    const lines = [`${paint('red', 'bercail:')} ${paint('bold', place)}${translate(problem.message)}`];
    const shown = where && excerptAt(where);
    if (shown) {
      const number = String(where.line).padStart(5);
      lines.push(
        `${paint('dim', `${number} |`)} ${shown.line}`,
        `${paint('dim', `${' '.repeat(number.length)} |`)} ${paint('red', shown.mark)}`,
      );
    }
    return [...lines, `  ${paint('cyan', '→')} ${translate(hintOf(problem, code, say))}`].join('\n');
  });
  const count = problems.length > 1 ? `bercail: ${say('error.count', { count: problems.length })}\n` : '';
  return `${told.join('\n')}\n${count}`;
}

/** What to do, for what says nothing of it itself. */
function hintOf({ hint, where }: Problem, code: ErrorCode, say: (key: string) => string): string {
  return hint ?? say(where === undefined ? `error.hint.${code}` : 'error.hint.place');
}

function showDefect(error: unknown, language: Language): string {
  const say = createMessages(language, commandMessages(language));
  const what = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const system = `bercail ${version()}, Node ${process.versions.node}, ${process.platform} ${process.arch}`;
  return `bercail: ${say('error.defect', { what })}\n  → ${say('error.report', { system })}\n`;
}

function causeOf({ cause }: Error): string {
  return cause instanceof Error ? `caused by ${cause.stack ?? cause.message}\n` : '';
}

type Paint = (style: 'red' | 'bold' | 'dim' | 'cyan', text: string) => string;

function painter(color: boolean): Paint {
  return (style, text) => (color ? styleText(style, text, { validateStream: false }) : text);
}
