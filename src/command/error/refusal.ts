import { translator } from '../../io/translate.ts';
import type { Language } from '../../result/result.ts';
import { commandMessages } from '../tree/text.ts';

/** What the parser of the command line refuses, told as Bercail tells its own errors. */
export function refusal(message: string, language: Language): string {
  const [first = '', suggestion = ''] = message.replace(/^error: /, '').split('\n');
  const [, invalid, expected] =
    /^(.* is invalid(?: for argument '.*')?)\. (.*)$/.exec(first.slice(0, 500)) ?? [];
  const near = /^\(Did you mean (?:one of )?(.*)\?\)$/.exec(suggestion)?.[1];
  const translate = translator(language);
  const bare = (text: string): string => translate(text.replace(/\.$/, ''));
  const hint =
    near === undefined
      ? expected === undefined
        ? commandMessages(language)['error.hint.usage']
        : bare(expected)
      : translate(`did you mean ${near}?`);
  return `bercail: ${bare(invalid ?? first)}\n  → ${hint ?? ''}`;
}
