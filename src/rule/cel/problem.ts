/** One thing wrong with an expression. Offsets count characters from its start; line and column are 1-based. */
export interface CelProblem {
  readonly message: string;
  readonly hint?: string;
  readonly offset: number;
  readonly end: number;
  readonly line: number;
  readonly column: number;
}

/** Thrown by `compile`, with every problem of the expression. */
export class CelProblems extends Error {
  override readonly name = 'CelProblems';
  readonly problems: readonly CelProblem[];

  constructor(problems: readonly CelProblem[]) {
    super(problems.map(({ line, column, message }) => `${line}:${column}: ${message}`).join('\n'));
    this.problems = problems;
  }
}

export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Places a problem in the source. */
export function problemAt(source: string, { start, end }: Span, message: string, hint?: string): CelProblem {
  const before = source.slice(0, start).split('\n');
  const column = (before.at(-1)?.length ?? 0) + 1;
  const place = { offset: start, end, line: before.length, column };
  return hint === undefined ? { message, ...place } : { message, hint, ...place };
}

/** « did you mean `x`? », or the names there are when none is near. */
export function suggest(name: string, names: readonly string[]): string {
  const near = names
    .map((other) => ({ other, distance: editDistance(name, other) }))
    .filter(
      ({ other, distance }) => distance <= Math.max(1, Math.round(Math.max(name.length, other.length) * 0.4)),
    )
    .sort((a, b) => a.distance - b.distance)[0];
  if (near) return `did you mean \`${near.other}\`?`;
  return names.length === 0 ? 'there are none' : `there are: ${[...names].sort().join(', ')}`;
}

/** Levenshtein's distance, case aside. */
function editDistance(from: string, to: string): number {
  const [a, b] = [from.toLowerCase(), to.toLowerCase()];
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const swap = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, swap));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
