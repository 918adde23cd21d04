/**
 * What the compiler's own fonts can show, by trial: Latin, Greek, Cyrillic, the punctuation and signs of French and
 * English. PDF/UA refuses a character without a glyph, and fonts of the machine would change the bytes.
 */
const known =
  /[^\u0020-\u007e\u00a0-\u00ac\u00ae-\u017f\u018f\u0192\u01a0\u01a1\u01af\u01b0\u01cd-\u01dc\u01e6\u01e7\u01fa-\u01ff\u0218-\u021b\u0259\u02c6\u02c7\u02d8-\u02dd\u0386-\u038a\u038c\u038e-\u03a1\u03a3-\u03ce\u0400-\u045f\u0490\u0491\u1e80-\u1e85\u1e9e\u1ea0-\u1ef9\u2009\u200a\u2010-\u2015\u2018-\u201e\u2020-\u2022\u2026\u202f\u2030\u2032\u2033\u2039\u203a\u2044\u2070\u2074-\u2079\u2080-\u2089\u20ac\u2116\u2122\u2190-\u2195\u21d2\u2205\u2208\u2209\u2212\u221e\u2248\u2260\u2264\u2265\u25a0\u25a1\u25b2\u25b3\u25c6\u25c7\u25cb\u25cf\u25cc\u2713\u2717]/gu;

/** The same text, with a visible escape for what no font of the report has. */
export function showable(text: string): string {
  return text.normalize('NFC').replace(known, (found) => `\\u{${found.codePointAt(0)?.toString(16) ?? ''}}`);
}

/** Every string of a value made showable, keys untouched. Functions and what is undefined stay away. */
export function showableValue(value: unknown): unknown {
  if (typeof value === 'string') return showable(value);
  if (Array.isArray(value)) return value.map(showableValue);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, one]) => typeof one !== 'function')
      .map(([key, one]) => [key, showableValue(one)]),
  );
}
