/** Where in an input something is: 1-based line and column, as editors count them. */
export interface Position {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** One thing wrong with an input. `hint` says what was expected or the nearest name. */
export interface Problem {
  readonly message: string;
  readonly hint?: string;
  readonly where?: Position;
}

/**
 * Codes are stable: programs may match on them.
 * `input`: a file's content; `usage`: the command line; `config`: bercail.yaml; `rule`: a pack;
 * `not_found`: a file, rule or catalog entry; `internal`: a defect of Bercail itself.
 */
export type ErrorCode = 'input' | 'usage' | 'config' | 'rule' | 'not_found' | 'internal';

/** The only error that Bercail throws on purpose. It may carry many problems, told all at once. */
export class BercailError extends Error {
  override readonly name = 'BercailError';
  readonly code: ErrorCode;
  readonly problems: readonly Problem[];

  constructor(code: ErrorCode, problems: Problem | readonly Problem[], options?: { cause?: unknown }) {
    const list: readonly Problem[] = Array.isArray(problems) ? problems : [problems as Problem];
    super(list.map(formatProblem).join('\n'), options);
    this.code = code;
    this.problems = list;
  }
}

/** `file:line:column: message (hint)`, the form that editors and terminals make clickable. */
export function formatProblem({ message, hint, where }: Problem): string {
  const place = where ? `${where.file}:${where.line}:${where.column}: ` : '';
  return `${place}${message}${hint ? ` (${hint})` : ''}`;
}
