import type { Language } from '../../result/result.ts';
import { textsOf } from '../tree/text.ts';
import type { Ask } from './ask.ts';
import { terminalAsk } from './terminal.ts';

/** Questions at the terminal, in the reader's language. */
export function openAsk(language: Language): Ask {
  const text = textsOf(language);
  return terminalAsk({
    choose: text('ask.choose') ?? '',
    cancelled: text('ask.cancelled') ?? '',
    wrong: text('ask.wrong') ?? '',
    yes: text('ask.yes') ?? '',
    no: text('ask.no') ?? '',
  });
}
