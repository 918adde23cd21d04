import names from 'gender-detection-from-name/names/fr.js';

/** Shorter ones are words as often as names. */
const SHORTEST = 3;
const WORDS = 4;
/** Not names of persons though the list has them: answers, months, countries, colours. */
const words: ReadonlySet<string> = new Set([
  'male',
  'female',
  'blue',
  'red',
  'avril',
  'janvier',
  'mai',
  'paris',
  'france',
  'italie',
]);

export function isFirstName(word: string): boolean {
  const name = word.toLowerCase();
  return name.length >= SHORTEST && names.has(name) && !words.has(name);
}

/** Whether a cell is a name as people write it: a few words of letters, one of them a first name. */
export function isPersonName(value: string): boolean {
  const parts = value.split(/[\s,]+/).filter(Boolean);
  return (
    parts.length > 0 &&
    parts.length <= WORDS &&
    parts.every((part) => /^\p{L}[\p{L}'’.-]*$/u.test(part)) &&
    parts.some(isFirstName)
  );
}

/** First names that a longer text names: with a capital, as names are. */
export function firstNamesIn(text: string): readonly string[] {
  return (text.match(/(?<![\p{L}\d'’-])\p{Lu}\p{Ll}+(?:-\p{Lu}\p{Ll}+)*(?![\p{L}\d])/gu) ?? []).filter(
    isFirstName,
  );
}
