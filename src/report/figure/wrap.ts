const longest = 110;

/** Lines of at most so many characters, broken at spaces where there are any. What a figure cannot hold is in its table. */
export function wrap(text: string, width: number): readonly string[] {
  const whole = text.length > longest ? `${Array.from(text).slice(0, longest).join('')}…` : text;
  const lines: string[] = [];
  let line = '';
  for (const word of whole.split(/[ ]+/).flatMap((part) => cut(part, width))) {
    if (line === '') line = word;
    else if (line.length + 1 + word.length <= width) line = `${line} ${word}`;
    else {
      lines.push(line);
      line = word;
    }
  }
  return line === '' ? lines : [...lines, line];
}

function cut(word: string, width: number): readonly string[] {
  if (word.length <= width) return [word];
  const points = Array.from(word);
  return Array.from({ length: Math.ceil(points.length / width) }, (_, index) =>
    points.slice(index * width, (index + 1) * width).join(''),
  );
}
