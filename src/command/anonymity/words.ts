import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Change } from '../../anonymity/column/effect.ts';
import type { Identifier } from '../../anonymity/identifier/detect.ts';
import type { EmptyMode } from '../../anonymity/types.ts';
import type { ClaimResult } from '../../anonymity/verdict.ts';
import { root } from '../../io/root.ts';
import type { Language } from '../../result/result.ts';

interface Words {
  readonly entropy: string;
  readonly title: string;
  readonly rows: readonly [one: string, other: string];
  readonly of: string;
  readonly quasi: string;
  readonly sensitive: string;
  readonly numbers: string;
  readonly categories: string;
  readonly none: string;
  readonly empties: string;
  readonly worst: string;
  readonly asked: string;
  readonly notComputed: string;
  readonly measures: string;
  readonly classes: readonly [one: string, other: string];
  readonly unique: readonly [one: string, other: string];
  readonly below: readonly [one: string, other: string];
  readonly risk: string;
  readonly picture: string;
  readonly size: string;
  readonly breaks: string;
  readonly breaksNothing: string;
  readonly bounded: string;
  readonly effects: string;
  readonly enough: string;
  readonly suppress: readonly [one: string, other: string];
  readonly identifiers: string;
  readonly noIdentifier: string;
  readonly some: string;
  readonly pseudonyms: string;
  readonly verdict: string;
  readonly claim: string;
  readonly changes: { readonly [to in Change['to']]: string };
  readonly modes: { readonly [mode in EmptyMode]: string };
  readonly confidence: { readonly [word in Identifier['confidence']]: string };
  readonly kinds: { readonly [kind in Identifier['kind']]: string };
  readonly questions: {
    readonly singling_out: string;
    readonly linkability: string;
    readonly inference: string;
    readonly conclusion: string;
  };
  readonly holds: (claim: ClaimResult) => string;
}

type Table = { readonly [key: string]: string };
type Read = (key: string) => string;

const tables = new Map<Language, Words>();

/** The words of a measure, from the message files. */
export function wordsIn(language: Language): Words {
  const known = tables.get(language);
  if (known) return known;
  const file = join(root, 'messages', 'anonymity', `${language}.json`);
  const words = wordsOf(JSON.parse(readFileSync(file, 'utf8')) as Table);
  tables.set(language, words);
  return words;
}

function wordsOf(table: Table): Words {
  const read: Read = (key) => table[key] ?? key;
  const both = (key: string): readonly [one: string, other: string] => [
    read(`${key}.one`),
    read(`${key}.other`),
  ];
  const below = (prefix: string): { readonly [key: string]: string } =>
    Object.fromEntries(
      Object.entries(table).flatMap(([key, text]) =>
        key.startsWith(`${prefix}.`) ? [[key.slice(prefix.length + 1), text]] : [],
      ),
    );
  return {
    entropy: read('entropy'),
    title: read('title'),
    rows: both('rows'),
    of: read('of'),
    quasi: read('quasi'),
    sensitive: read('sensitive'),
    numbers: read('numbers'),
    categories: read('categories'),
    none: read('none'),
    empties: read('empties'),
    worst: read('worst'),
    asked: read('asked'),
    notComputed: read('notComputed'),
    measures: read('measures'),
    classes: both('classes'),
    unique: both('unique'),
    below: both('below'),
    risk: read('risk'),
    picture: read('picture'),
    size: read('size'),
    breaks: read('breaks'),
    breaksNothing: read('breaksNothing'),
    bounded: read('bounded'),
    effects: read('effects'),
    enough: read('enough'),
    suppress: both('suppress'),
    identifiers: read('identifiers'),
    noIdentifier: read('noIdentifier'),
    some: read('some'),
    pseudonyms: read('pseudonyms'),
    verdict: read('verdict'),
    claim: read('claim'),
    changes: below('changes') as Words['changes'],
    modes: below('modes') as Words['modes'],
    confidence: below('confidence') as Words['confidence'],
    kinds: below('kinds') as Words['kinds'],
    questions: below('questions') as Words['questions'],
    holds: ({ claim, holds }) =>
      read(holds === true ? 'holds.yes' : holds === false ? 'holds.no' : 'holds.open').replace(
        '{claim}',
        () => read(`claims.${claim}`),
      ),
  };
}

/** French sets a narrow space before high punctuation, and one that does not break before a colon. */
export function typeset(text: string, language: Language): string {
  return language === 'fr'
    ? text
        .replace(/ ([;!?»])/g, '\u202f$1')
        .replace(/« /g, '«\u00a0')
        .replace(/\u202f»/g, '\u00a0»')
        .replace(/ :/g, '\u00a0:')
    : text;
}

/** A name out of a file, harmless on a terminal. */
export function shown(name: string): string {
  return name.replace(/\p{C}/gu, '\ufffd');
}
