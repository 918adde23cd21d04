/** `(Europe) France Central`, `France Central` and `francecentral` are one place; the code is what the catalog lists. */
export function locationCode(text: string | null): string | null {
  const code = (text ?? '')
    .replace(/^\s*\([^()]*\)\s*/, '')
    .replaceAll(/\s+/g, '')
    .toLowerCase();
  return code === '' ? null : code;
}
