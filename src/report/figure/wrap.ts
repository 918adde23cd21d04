import stringWidth from 'string-width';

const longest = 110;

/**
 * Lines of at most so many columns (a wide character takes two), broken at spaces where there are any. What a figure
 * cannot hold is in its table.
 */
export function wrap(text: string, width: number): readonly string[] {
  const whole = text.length > longest ? `${Array.from(text).slice(0, longest).join('')}…` : text;
  const lines: string[] = [];
  let line = '';
  for (const word of whole.split(/ +/).flatMap((part) => cut(part, width))) {
    if (line === '') line = word;
    else if (stringWidth(`${line} ${word}`) <= width) line = `${line} ${word}`;
    else {
      lines.push(line);
      line = word;
    }
  }
  return line === '' ? lines : [...lines, line];
}

function cut(word: string, width: number): readonly string[] {
  if (stringWidth(word) <= width) return [word];
  const parts = [''];
  for (const point of word) {
    const last = parts.at(-1) ?? '';
    if (stringWidth(last + point) <= width) parts[parts.length - 1] = last + point;
    else {
      // Behind a separator, where one is near the end: names of machines have no spaces.
      const [, kept = last, moved = ''] = /^(.*[^\p{L}\p{N}])([\p{L}\p{N}]+)$/su.exec(last) ?? [];
      const isNear = stringWidth(kept) >= width / 2;
      if (isNear) parts[parts.length - 1] = kept;
      parts.push(isNear ? moved + point : point);
    }
  }
  return parts;
}
