import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { IntlMessageFormat } from 'intl-messageformat';
import { root } from '../../src/io/root.ts';

export type Table = { readonly [key: string]: string };

/** Every pair of message files: one of each language beside the other. */
export const pairs: readonly (readonly [name: string, en: Table, fr: Table])[] = readdirSync(
  join(root, 'messages'),
  { recursive: true, encoding: 'utf8' },
)
  .filter((name) => /(^|\/)en\.json$/.test(name))
  .sort()
  .map((name) => [name, tableOf(name), tableOf(name.replace(/en\.json$/, 'fr.json'))]);

/** French texts that stand beside something else than an English message file. */
export const otherFrench: readonly (readonly [name: string, fr: Table])[] = readdirSync(
  join(root, 'messages'),
  { recursive: true, encoding: 'utf8' },
)
  .filter(
    (name) =>
      name.endsWith('fr.json') && !pairs.some(([pair]) => pair === name.replace('fr.json', 'en.json')),
  )
  .map((name) => [name, tableOf(name)]);

export function tableOf(name: string): Table {
  return JSON.parse(readFileSync(join(root, 'messages', name), 'utf8')) as Table;
}

interface Element {
  readonly type: number;
  readonly value?: unknown;
  readonly options?: { readonly [name: string]: { readonly value: readonly Element[] } };
}

/** The names of the values that a text takes, at any depth of its plurals. */
export function placeholders(text: string): readonly string[] {
  const found = new Set<string>();
  const visit = (elements: readonly Element[]): void => {
    for (const { type, value, options } of elements) {
      // 0 is text and 7 is the `#` of a plural.
      if (type !== 0 && type !== 7) found.add(String(value));
      for (const option of Object.values(options ?? {})) visit(option.value);
    }
  };
  visit(new IntlMessageFormat(text, 'en', undefined, { ignoreTag: true }).getAst());
  return [...found].sort();
}

const rules: readonly (readonly [why: string, wrong: RegExp])[] = [
  ['a colon has U+00A0 before it', /(?<!\u00a0):(?=\s|$)/u],
  ['« ; », « ! » and « ? » have U+202F before them', /(?<!\u202f)[;!?](?=\s|$)/u],
  ['guillemets hold U+00A0 inside', /«(?!\u00a0)|(?<!\u00a0)»/u],
  ['a percentage has U+202F or U+00A0 before its sign', /\d ?%/u],
  ['an apostrophe is ’', /\p{L}'\p{L}/u],
  ['quotes are guillemets', /[“”]/u],
];

/** What is wrong with the typography of a French text. Code between backquotes is code. */
export function faults(text: string): readonly string[] {
  const prose = text
    .replace(/`[^`]*`/g, '`')
    .replaceAll("''", '’')
    .replace(/https?:\/\/\S+/g, 'URL');
  return rules.filter(([, wrong]) => wrong.test(prose)).map(([why]) => why);
}
