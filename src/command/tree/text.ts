import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../io/root.ts';
import { fill, type MessageValues } from '../../report/fill.ts';
import type { MessageTable } from '../../report/message.ts';
import type { Language } from '../../result/result.ts';

/** A text without plurals or the like, by key; `undefined` where there is none. */
export type Text = (key: string, values?: MessageValues) => string | undefined;

/** Words of the command line: its help, its questions, what it says of itself. */
export function commandMessages(language: Language): MessageTable {
  return JSON.parse(
    readFileSync(join(root, 'messages', 'command', `${language}.json`), 'utf8'),
  ) as MessageTable;
}

/** The same for a start that has to be fast: no parser of messages is loaded. */
export function textsOf(language: Language): Text {
  const table = commandMessages(language);
  return (key, values = {}) => {
    const text = Object.hasOwn(table, key) ? table[key] : undefined;
    return text === undefined ? undefined : (fill(text, values) ?? text);
  };
}
