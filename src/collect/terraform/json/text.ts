const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** Bytes that mean nothing inside a text. */
export const PLAIN = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte >= 0x20 && byte !== QUOTE && byte !== BACKSLASH ? 1 : 0,
);

const NAMED = new Set(Array.from('"\\/bfnrt', (char) => char.charCodeAt(0)));

/**
 * Where a byte leads in a text: 0 outside escapes, 1 after a backslash, then 5 to 2 with the hexadecimal digits that
 * are still to come after `\u`. A text is what is wrong with the byte.
 */
export function nextEscape(state: number, byte: number): number | string {
  if (state === 0) return byte === BACKSLASH ? 1 : byte < 0x20 ? 'a control character in a text' : 0;
  if (state === 1) return byte === 0x75 ? 5 : NAMED.has(byte) ? 0 : 'no such escape';
  if (!/[0-9a-fA-F]/.test(String.fromCharCode(byte))) return 'expected four hexadecimal digits';
  return state === 2 ? 0 : state - 1;
}
