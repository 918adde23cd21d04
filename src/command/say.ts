import { createMessages, type Messages } from '../report/message.ts';
import type { Language } from '../result/result.ts';
import { type CommandContext, localeLanguage } from './context.ts';
import { commandMessages } from './tree/text.ts';

/** What a command says, in the language that is asked for, else that of the locale. */
export function sayIn(lang: Language | undefined, { env }: Pick<CommandContext, 'env'>): Messages {
  const language = lang ?? localeLanguage(env);
  return createMessages(language, commandMessages(language));
}
