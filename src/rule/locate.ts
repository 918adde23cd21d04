import type { Position } from '../error.ts';
import type { CelProblem } from './cel/problem.ts';

/**
 * Where in a YAML file a problem of an expression stands. The scalar may be plain, quoted, literal or folded, so the
 * text at fault is looked for from where the scalar begins.
 */
export function locate(text: string, start: Position, written: string, problem: CelProblem): Position {
  const lines = text.split('\n');
  const wholeLine = written.split('\n')[problem.line - 1] ?? '';
  const found = find(lines, start, wholeLine);
  if (found) return { ...found, column: found.column + problem.column - 1 };
  return find(lines, start, written.slice(problem.offset, problem.end)) ?? start;
}

function find(lines: readonly string[], start: Position, wanted: string): Position | null {
  if (wanted.trim() === '') return null;
  for (let line = start.line - 1; line < lines.length; line++) {
    const from = line === start.line - 1 ? start.column - 1 : 0;
    const column = lines[line]?.indexOf(wanted, from) ?? -1;
    if (column >= 0) return { file: start.file, line: line + 1, column: column + 1 };
  }
  return null;
}
