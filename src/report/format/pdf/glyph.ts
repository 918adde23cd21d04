/**
 * What the compiler's own fonts can show, by trial: Latin, Greek, Cyrillic, the punctuation and signs of French and
 * English. PDF/UA refuses a character without a glyph, and fonts of the machine would change the bytes.
 */
const unknown =
  /[^\u0020-\u007e\u00a0-\u00ac\u00ae-\u017f\u018f\u0192\u01a0\u01a1\u01af\u01b0\u01cd-\u01dc\u01e6\u01e7\u01fa-\u01ff\u0218-\u021b\u0259\u02c6\u02c7\u02d8-\u02dd\u0386-\u038a\u038c\u038e-\u03a1\u03a3-\u03ce\u0400-\u045f\u0490\u0491\u1e80-\u1e85\u1e9e\u1ea0-\u1ef9\u2009\u200a\u2010-\u2015\u2018-\u201e\u2020-\u2022\u2026\u202f\u2030\u2032\u2033\u2039\u203a\u2044\u2070\u2074-\u2079\u2080-\u2089\u20ac\u2116\u2122\u2190-\u2195\u21d2\u2205\u2208\u2209\u2212\u221e\u2248\u2260\u2264\u2265\u25a0\u25a1\u25b2\u25b3\u25c6\u25c7\u25cb\u25cf\u25cc\u2713\u2717]/gu;

/** What one text may take of a page. Beyond it, a reader of paper is told how much is in the other formats. */
const longest = 1500;

/** The same text, with a visible escape for what no font of the report has. */
export function showable(text: string): string {
  return text
    .normalize('NFC')
    .replace(unknown, (found) => `\\u{${found.codePointAt(0)?.toString(16) ?? ''}}`);
}

/** Shortened to what a page can hold. `more` puts in words how many characters were left out. */
export function fitting(text: string, more: (count: number) => string): string {
  const whole = text.length > longest * 20 ? text.slice(0, longest * 20) : text;
  if (showable(whole).length <= longest && whole === text) return showable(text);
  let kept = '';
  let points = 0;
  for (const point of text) {
    const next = showable(point);
    if (kept.length + next.length > longest) break;
    kept += next;
    points += 1;
  }
  return `${kept}… ${showable(more(Array.from(text).length - points))}`;
}

/** Every string of a value made to fit and showable, keys untouched. Functions and what is undefined stay away. */
export function fittingValue(value: unknown, more: (count: number) => string): unknown {
  if (typeof value === 'string') return fitting(value, more);
  if (Array.isArray(value)) return value.map((one) => fittingValue(one, more));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, one]) => typeof one !== 'function')
      .map(([key, one]) => [key, fittingValue(one, more)]),
  );
}
