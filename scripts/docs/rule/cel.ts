const width = 92;
const closing: { readonly [open: string]: string } = { '(': ')', '[': ']', '{': '}' };

/** An expression over several lines, broken at its weakest operators. Nothing but white space changes. */
export function layOut(source: string): string {
  // A comment runs to the end of its line: what has one stays as its author broke it.
  if (/\/\//.test(source.replace(strings, ''))) return source.trim();
  const plain = source
    .replace(new RegExp(`(${strings.source})|\\s+`, 'g'), (_, text?: string) => text ?? ' ')
    .trim();
  return render(plain, '', 0).join('\n');
}

const strings = /r?(?:"""[\s\S]*?"""|'''[\s\S]*?'''|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')/g;

function render(expression: string, prefix: string, indent: number): string[] {
  const pad = ' '.repeat(indent);
  const whole = `${pad}${prefix}${expression}`;
  if (whole.length <= width) return [whole];
  const inner = indent + (prefix === '' ? 0 : 2);
  for (const operators of [['?', ':'], ['||'], ['&&']]) {
    const [first, ...others] = splitAt(expression, operators);
    if (first !== undefined && others.length > 0) {
      return [
        ...render(first.text, prefix, indent),
        ...others.flatMap(({ text, operator }) => render(text, `${operator} `, inner)),
      ];
    }
  }
  const group = widestGroup(expression);
  if (!group) return [whole];
  const body = expression.slice(group.start + 1, group.end).trim();
  // The variable of a macro stays with it: `countries.all(c,`.
  const variable = /^\w+, /.exec(body)?.[0] ?? '';
  const open = `${pad}${prefix}${expression.slice(0, group.start + 1)}${variable.trimEnd()}`;
  return [
    open,
    ...render(body.slice(variable.length), '', indent + 2),
    ...render(expression.slice(group.end), '', indent),
  ];
}

interface Part {
  readonly operator: string;
  readonly text: string;
}

/** The parts of an expression between operators that stand in no bracket. */
function splitAt(expression: string, operators: readonly string[]): readonly Part[] {
  const parts: Part[] = [];
  let start = 0;
  let operator = '';
  for (const { index, depth } of places(expression)) {
    const found =
      depth === 0 ? operators.find((one) => expression.startsWith(` ${one} `, index - 1)) : undefined;
    if (found === undefined || index < start) continue;
    parts.push({ operator, text: expression.slice(start, index).trim() });
    operator = found;
    start = index + found.length;
  }
  return [...parts, { operator, text: expression.slice(start).trim() }];
}

function widestGroup(expression: string): { readonly start: number; readonly end: number } | null {
  let best: { start: number; end: number } | null = null;
  let start = -1;
  for (const { index, depth, character } of places(expression)) {
    if (depth === 1 && character in closing) start = index;
    if (depth === 0 && Object.values(closing).includes(character) && start >= 0) {
      if (index - start > 24 && (best === null || index - start > best.end - best.start))
        best = { start, end: index };
      start = -1;
    }
  }
  return best;
}

/** Every character outside strings, with the number of brackets that are open once it was read. */
function* places(expression: string): Generator<{ index: number; depth: number; character: string }> {
  const texts = [...expression.matchAll(strings)].map(
    (match) => [match.index, match.index + match[0].length] as const,
  );
  let depth = 0;
  let text = 0;
  for (let index = 0; index < expression.length; index++) {
    const within = texts[text];
    if (within && index >= within[0]) {
      index = within[1] - 1;
      text += 1;
      continue;
    }
    const character = expression[index] ?? '';
    if (character in closing) depth += 1;
    else if (Object.values(closing).includes(character)) depth -= 1;
    yield { index, depth, character };
  }
}
