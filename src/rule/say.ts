import type { Text } from '../inventory/noun.ts';
import type { Program } from './cel/program.ts';
import type { Template } from './cel/template.ts';
import { CelError, MissingValue, PartialList, Unknown } from './cel/value.ts';
import type { Scope } from './view/given.ts';

type Language = 'fr' | 'en';

const words = {
  fr: { unknown: 'inconnu', none: 'aucun', yes: 'oui', no: 'non' },
  en: { unknown: 'unknown', none: 'none', yes: 'yes', no: 'no' },
} as const;

/** A message in words: text as written, values in the reader's language, what is not known said so. */
export function say(
  template: Template,
  scope: Scope,
  language: Language,
  labels: { readonly [word: string]: Text } = {},
): string {
  return template
    .map((part) => (typeof part === 'string' ? part : sayPart(part, scope, language, labels)))
    .join('');
}

/** `{condition ? words : []}` adds words that hold only sometimes: where the condition is not known or not met, none. */
function sayPart(
  part: Program,
  scope: Scope,
  language: Language,
  labels: { readonly [word: string]: Text },
): string {
  const value = part.evaluate(scope);
  const nothing = value instanceof Unknown || (Array.isArray(value) && value.length === 0);
  return nothing && part.source.includes(' ? ') ? '' : sayValue(value, language, labels);
}

/** `word (what it is of)` is said with the label of the word: a source tells which, and the rule how that is put. */
function sayWord(value: string, language: Language, labels: { readonly [word: string]: Text }): string {
  const whole = textIn(labels[value], language);
  const [, word = '', what] = whole === null ? (/^(\w+) (\(.+\))$/s.exec(value) ?? []) : [];
  const label = textIn(labels[word], language);
  return whole ?? (label === null ? value : `${label} ${what}`);
}

function sayValue(
  value: unknown,
  language: Language,
  labels: { readonly [word: string]: Text },
  said: Map<readonly unknown[], string> = new Map(),
): string {
  const { unknown, none, yes, no } = words[language];
  if (value instanceof Unknown || value instanceof MissingValue || value instanceof CelError) return unknown;
  if (value === null || value === undefined) return none;
  if (value === true) return yes;
  if (value === false) return no;
  if (value instanceof PartialList) {
    return value.items.length === 0 ? unknown : `${sayEach(value.items, language, labels, said)}, …`;
  }
  if (Array.isArray(value)) return value.length === 0 ? none : sayEach(value, language, labels, said);
  if (typeof value === 'string') return sayWord(value, language, labels);
  if (
    (typeof value === 'number' || typeof value === 'bigint') &&
    value < 1000 &&
    value > -1000 &&
    Number.isInteger(Number(value))
  )
    return String(value);
  if (typeof value === 'number' || typeof value === 'bigint') return numberFormat(language).format(value);
  return textIn(value, language) ?? unknown;
}

/** Longer than any list that a person reads: a pack from outside may ask for more. */
const longest = 20_000;

/**
 * Each member once: three replicas with the same key manager are one thing to read. A list that is in another many times
 * over is said once too: `said` keeps what it came to.
 */
function sayEach(
  items: readonly unknown[],
  language: Language,
  labels: { readonly [word: string]: Text },
  said: Map<readonly unknown[], string>,
): string {
  const known = said.get(items);
  if (known !== undefined) return known;
  const each = new Set<string>();
  let length = -2;
  for (const item of items) {
    const one = sayValue(item, language, labels, said);
    if (!each.has(one)) length += one.length + 2;
    each.add(one);
    if (length > longest) break;
  }
  const text = length > longest ? `${[...each].join(', ').slice(0, longest)}…` : [...each].join(', ');
  said.set(items, text);
  return text;
}

const numberFormats = new Map<Language, Intl.NumberFormat>();

function numberFormat(language: Language): Intl.NumberFormat {
  const found = numberFormats.get(language) ?? new Intl.NumberFormat(language);
  numberFormats.set(language, found);
  return found;
}

/** A text in the language asked for, else in the other one. */
export function textIn(text: Text | string | undefined, language: Language): string | null {
  if (text === undefined || typeof text === 'string') return text ?? null;
  return text[language] ?? text.en ?? text.fr ?? null;
}
