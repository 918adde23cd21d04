import { IntlMessageFormat } from 'intl-messageformat';
import type { Language } from '../result/result.ts';
import { fill, type MessageValues } from './fill.ts';

/** ICU MessageFormat texts of one language by flat dotted key, as `messages/LANGUAGE.json` holds them. */
export type MessageTable = { readonly [key: string]: string };

/** A text in the reader's language. A key that the table lacks is shown as it is: a report never fails for a word. */
export type Messages = (key: string, values?: MessageValues) => string;

const none: MessageValues = {};
const noWords: ReadonlyMap<string, string> = new Map();

/**
 * Formatters are parsed on first use and kept. Values are data: nothing in them is read as a pattern,
 * nor in `words`, which come from the result.
 */
export function createMessages(
  language: Language,
  table: MessageTable,
  words: ReadonlyMap<string, string> = noWords,
): Messages {
  const formatters = new Map<string, IntlMessageFormat>();
  return (key, values = none) => {
    const text = Object.hasOwn(table, key) ? table[key] : undefined;
    if (text === undefined) return words.get(key) ?? key;
    const simple = fill(text, values);
    if (simple !== null) return simple;
    let formatter = formatters.get(key);
    if (!formatter) {
      formatter = new IntlMessageFormat(text, language, undefined, { ignoreTag: true });
      formatters.set(key, formatter);
    }
    return String(formatter.format(values));
  };
}
