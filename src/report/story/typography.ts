import type { Language } from '../../result/result.ts';
import { prose } from '../visible.ts';

/** U+00A0 before a colon and inside guillemets, U+202F before tall signs: what French sets, and no library adds. */
const french: readonly (readonly [RegExp, string])[] = [
  [/ (?=[:»])/g, '\u00a0'],
  [/« /g, '«\u00a0'],
  [/ (?=[;!?%‰])/g, '\u202f'],
  [/\b(art|p|n|vol|al)\. (?=\d)/gi, '$1.\u00a0'],
  [
    /(?<=\d) (?=(?:janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre|jours?|ans?|mois)\b)/g,
    '\u00a0',
  ],
  // A straight apostrophe between letters is a keyboard's; codes and keys are not set through here.
  [/(?<=\p{L})'(?=\p{L})/gu, '’'],
];

const english: readonly (readonly [RegExp, string])[] = [
  [/\b(art|p|no|vol)\. (?=\d)/gi, '$1.\u00a0'],
  [/(?<=\p{L})'(?=\p{L})/gu, '’'],
];

/** Prose as the language sets it. What could mislead a reader (controls, bidirectional overrides) becomes visible. */
export function typeset(text: string, language: Language): string {
  return (language === 'fr' ? french : english).reduce(
    (set, [pattern, sign]) => set.replace(pattern, sign),
    prose(text),
  );
}

/** `2018`, `2018-09` or `2018-10-01` in words; anything else as it is. */
export function dayText(day: string, language: Language): string {
  const [, year, month, date] = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?(?:T|$)/.exec(day) ?? [];
  if (year === undefined || month === undefined) return day;
  const moment = Date.UTC(Number(year), Number(month) - 1, Number(date ?? 1));
  const options: Intl.DateTimeFormatOptions = {
    timeZone: 'UTC',
    year: 'numeric',
    month: 'long',
    ...(date === undefined ? {} : { day: 'numeric' }),
  };
  const text = new Intl.DateTimeFormat(language === 'fr' ? 'fr-FR' : 'en-GB', options).format(moment);
  const first = language === 'fr' && date === '01' ? text.replace(/^1 /, '1er ') : text;
  return first.replaceAll(' ', '\u00a0');
}

export function listText(items: readonly string[], language: Language): string {
  return new Intl.ListFormat(language, { type: 'conjunction' }).format(items);
}
