import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Language } from '../result/result.ts';
import { root } from './root.ts';

/** Says in the reader's language what the library said in English. What nobody translated stays as it is. */
export type Translate = (english: string) => string;

interface Entry {
  readonly pattern: RegExp;
  readonly names: readonly string[];
  readonly text: string;
  readonly weight: number;
}

/**
 * The library throws English: a program that uses it has no locale. Its sentences are the keys of
 * `messages/error/LANGUAGE.json`, with `{name}` for what varies, and `{NAME}` for what is itself a sentence of the table.
 */
export function translator(language: Language): Translate {
  if (language === 'en') return (english) => english;
  const table = JSON.parse(readFileSync(join(root, 'messages', 'error', `${language}.json`), 'utf8')) as {
    readonly [english: string]: string;
  };
  const exact = new Map(Object.entries(table));
  // The more of a sentence is fixed, the surer it is the one.
  const entries = Object.entries(table)
    .filter(([english]) => english.includes('{'))
    .map(([english, text]) => entryOf(english, text))
    .sort((a, b) => b.weight - a.weight);
  const translate = (english: string, depth = 0): string => {
    const whole = exact.get(english);
    if (whole !== undefined) return whole;
    if (depth > 6 || english.length > 1500) return english;
    for (const { pattern, names, text } of entries) {
      const match = pattern.exec(english);
      if (!match) continue;
      const values = new Map(names.map((name, index) => [name, match[index + 1] ?? '']));
      return text.replace(/\{(\w+)\}/g, (_, name: string) => {
        const value = values.get(name) ?? '';
        return /^[A-Z]+$/.test(name) ? translate(value, depth + 1) : value;
      });
    }
    return listOf(english, exact) ?? english;
  };
  return (english) => translate(english);
}

/** Warnings of the readers, each behind the place that it is about, in the language of a run. */
export function warningsIn(language: Language, english: readonly string[]): readonly string[] {
  if (english.length === 0) return english;
  const translate = translator(language);
  return english.map((warning) => {
    const place = /^.+?:\d+:\d+: /.exec(warning)?.[0] ?? '';
    return place + translate(warning.slice(place.length));
  });
}

/** « a text, false or unknown »: parts of the table, or words to write, joined. `null` when it is no such list. */
function listOf(english: string, exact: ReadonlyMap<string, string>): string | null {
  const atom = (part: string): string | null => exact.get(part) ?? (/\s/.test(part) ? null : part);
  const whole = atom(english);
  if (whole !== null) return whole;
  for (const { 0: separator, index } of [...english.matchAll(/, | or | and /g)].reverse()) {
    const last = atom(english.slice(index + separator.length));
    const first = last === null ? null : listOf(english.slice(0, index), exact);
    if (first === null) continue;
    const word = separator.trim();
    return `${first}${word === ',' ? ', ' : ` ${exact.get(word) ?? word} `}${last ?? ''}`;
  }
  return null;
}

function entryOf(english: string, text: string): Entry {
  const parts = english.split(/\{(\w+)\}/);
  const fixed = parts.filter((_, index) => index % 2 === 0);
  const names = parts.filter((_, index) => index % 2 === 1);
  const source = fixed.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)).join('(.+?)');
  return { pattern: new RegExp(`^${source}$`, 's'), names, text, weight: fixed.join('').length };
}
