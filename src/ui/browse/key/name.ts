import type { Key } from 'ink';

/** A key as the state knows it: its character, or its name in angle brackets. */
export function keysOf(input: string, key: Key): readonly string[] {
  const named = nameOf(key);
  if (named !== null) return [named];
  if (key.ctrl) return input === '' ? [] : [`<ctrl-${input.toLowerCase()}>`];
  if (key.meta) return [];
  return [...new Intl.Segmenter().segment(input)].flatMap(({ segment }) => typed(segment));
}

function nameOf(key: Key): string | null {
  if (key.upArrow) return '<up>';
  if (key.downArrow) return '<down>';
  if (key.leftArrow) return '<left>';
  if (key.rightArrow) return '<right>';
  if (key.pageUp) return '<page-up>';
  if (key.pageDown) return '<page-down>';
  if (key.home) return '<home>';
  if (key.end) return '<end>';
  if (key.return) return '<enter>';
  if (key.escape) return '<escape>';
  if (key.tab) return key.shift ? '<back-tab>' : '<tab>';
  // Terminals send either for the key above Enter.
  return key.backspace || key.delete ? '<backspace>' : null;
}

/** A paste brings several characters at once, line breaks among them. */
function typed(character: string): readonly string[] {
  if (/^[\r\n]/.test(character)) return ['<enter>'];
  if (character === '\t') return ['<tab>'];
  if (character === '\u007f' || character === '\b') return ['<backspace>'];
  return /^[\p{Cc}\p{Cs}]/u.test(character) ? [] : [character];
}
