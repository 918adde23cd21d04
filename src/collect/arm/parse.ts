/** An expression of a template, between its brackets. https://learn.microsoft.com/azure/azure-resource-manager/templates/template-expressions */
export type Expression =
  | { readonly type: 'literal'; readonly value: string | number }
  | { readonly type: 'call'; readonly name: string; readonly arguments: readonly Expression[] }
  | { readonly type: 'member'; readonly of: Expression; readonly key: Expression };

const TOKEN =
  /\s*(?:('(?:[^']|'')*')|(-?\d+)|([A-Za-z_][\w.]*?)(?=\s*\()|(\.)\s*\??([A-Za-z_]\w*)|([()[\],])|(\?(?=[.[]))|([A-Za-z_]\w*))/uy;

interface Token {
  readonly kind: 'text' | 'number' | 'name' | 'member' | 'mark';
  readonly text: string;
}

function tokensOf(text: string): readonly Token[] | null {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  while (text.slice(TOKEN.lastIndex).trim() !== '') {
    const match = TOKEN.exec(text);
    if (match === null) return null;
    const [, quoted, number, name, dot, member, mark, safe, word] = match;
    if (quoted !== undefined) tokens.push({ kind: 'text', text: quoted.slice(1, -1).replaceAll("''", "'") });
    else if (number !== undefined) tokens.push({ kind: 'number', text: number });
    else if (name !== undefined) tokens.push({ kind: 'name', text: name });
    else if (dot !== undefined && member !== undefined) tokens.push({ kind: 'member', text: member });
    else if (mark !== undefined) tokens.push({ kind: 'mark', text: mark });
    else if (safe === undefined && word !== undefined) tokens.push({ kind: 'name', text: word });
  }
  return tokens;
}

/** Deeper than any template that a tool writes; below what makes a recursive reader run out of stack. */
const DEEPEST = 100;

/** Null for what is no expression. */
export function parseExpression(text: string): Expression | null {
  const tokens = tokensOf(text);
  if (tokens === null) return null;
  let next = 0;
  const take = (mark: string): boolean => {
    const found = tokens[next]?.kind === 'mark' && tokens[next]?.text === mark;
    if (found) next += 1;
    return found;
  };
  const one = (depth: number): Expression | null => {
    const token = tokens[next];
    if (token === undefined || depth > DEEPEST) return null;
    next += 1;
    if (token.kind === 'text') return rest({ type: 'literal', value: token.text }, depth);
    if (token.kind === 'number') return { type: 'literal', value: Number(token.text) };
    if (token.kind !== 'name') return null;
    if (!take('(')) return null;
    const list: Expression[] = [];
    while (!take(')')) {
      const argument = one(depth + 1);
      if (argument === null) return null;
      list.push(argument);
      if (!take(',') && tokens[next]?.text !== ')') return null;
    }
    return rest({ type: 'call', name: token.text.toLowerCase(), arguments: list }, depth);
  };
  const rest = (start: Expression, depth: number): Expression | null => {
    let of = start;
    for (;;) {
      const token = tokens[next];
      if (token?.kind === 'member') {
        next += 1;
        of = { type: 'member', of, key: { type: 'literal', value: token.text } };
      } else if (take('[')) {
        const key = one(depth + 1);
        if (key === null || !take(']')) return null;
        of = { type: 'member', of, key };
      } else return of;
    }
  };
  const expression = one(0);
  return next === tokens.length ? expression : null;
}
