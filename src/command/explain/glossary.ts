import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { root } from '../../io/root.ts';
import type { Messages } from '../../report/message.ts';
import type { Language } from '../../result/result.ts';
import { table } from './field-text.ts';

interface Said {
  readonly term: string;
  readonly text: string;
}
export interface Word {
  readonly key: string;
  readonly en: Said;
  readonly fr: Said;
  readonly see: readonly string[];
}

/** The words that Bercail uses, as `messages/glossary.yaml` explains them. */
export function glossary(): readonly Word[] {
  const file = join(root, 'messages', 'glossary.yaml');
  const words = parse(readFileSync(file, 'utf8')) as {
    readonly [key: string]: Omit<Word, 'key' | 'see'> & { readonly see?: readonly string[] };
  };
  return Object.entries(words).map(([key, { en, fr, see = [] }]) => ({ key, en, fr, see }));
}

/** A word in either language, whatever its case and accents. */
export function findWord(asked: string, words: readonly Word[]): Word | undefined {
  return words.find((word) => namesOf(word).some((name) => plain(name) === plain(asked)));
}

export function namesOf({ key, en, fr }: Word): readonly string[] {
  return [key, en.term, fr.term];
}

export function wordText(word: Word, words: readonly Word[], language: Language, say: Messages): string {
  const other = language === 'fr' ? word.en : word.fr;
  const see = word.see.flatMap((key) => words.find((one) => one.key === key)?.[language].term ?? []);
  return [
    `${word[language].term}  (${other.term})`,
    '',
    word[language].text.trim(),
    ...(see.length > 0 ? ['', say('explain.see', { list: see.join(', ') })] : []),
    '',
  ].join('\n');
}

export function glossaryText(words: readonly Word[], language: Language, say: Messages): string {
  const rows = words.map(
    (word) => [word[language].term, word[language].text.trim().split(/(?<=\.)\s/)[0] ?? ''] as const,
  );
  return [...table(say('explain.glossary'), rows).slice(1), ''].join('\n');
}

function plain(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[’']/g, ' ')
    .replace(/[\s_-]+/g, ' ')
    .trim()
    .toLowerCase();
}
