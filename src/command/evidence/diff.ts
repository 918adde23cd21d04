import { diffResults, newFailures } from '../../diff/diff.ts';
import { diffFormats } from '../../diff/render.ts';
import { BercailError } from '../../error.ts';
import { loadMessages } from '../../io/content.ts';
import { readResult } from '../../io/result.ts';
import { createMessages } from '../../report/message.ts';
import type { Language } from '../../result/result.ts';
import { type CommandContext, localeLanguage } from '../context.ts';

export interface DiffOptions {
  readonly format?: string;
  readonly lang?: Language;
  readonly failOnNew?: boolean;
}

/** What appeared, went and changed between two saved results. Returns 1 for new failures when asked to. */
export async function runDiff(
  before: string,
  after: string,
  { format = 'text', lang, failOnNew = false }: DiffOptions,
  context: CommandContext,
): Promise<number> {
  const render = Object.hasOwn(diffFormats, format) ? diffFormats[format] : undefined;
  if (!render)
    throw new BercailError('usage', {
      message: `no format ${format}`,
      hint: `there are: ${Object.keys(diffFormats).join(', ')}`,
    });
  const language = lang ?? localeLanguage(context.env);
  const diff = diffResults(await readResult(before), await readResult(after));
  const messages = createMessages(language, loadMessages(language));
  await context.out(render(diff, messages, language));
  const count = newFailures(diff).length;
  if (!failOnNew) return 0;
  context.err(`bercail: ${messages('diff.new_failures', { count })}\n`);
  return count > 0 ? 1 : 0;
}
