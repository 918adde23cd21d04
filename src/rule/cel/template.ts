import { CelProblems, problemAt } from './problem.ts';
import type { Program, Setting } from './program.ts';

/** A message: plain text, and the expressions whose values go between. */
export type Template = readonly (string | Program)[];

/** An expression in braces: strings and inner braces are skipped over; the group is what lies within. */
const hole =
  /\{((?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|\{(?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|[^{}"'])*\}|[^{}"'])*)\}/y;

/**
 * Splits « kept in {place.label} » into text and programs. `{{` writes a brace.
 * @throws CelProblems with everything that is wrong, placed in the whole text
 */
export function compileTemplate(
  text: string,
  setting: Setting,
  compile: (source: string, setting: Setting) => Program,
): Template {
  const parts: (string | Program)[] = [];
  const problems = [];
  let plain = '';
  for (let index = 0; index < text.length; ) {
    if (text[index] !== '{' || text[index + 1] === '{') {
      plain += text[index];
      index += text[index] === '{' ? 2 : 1;
      continue;
    }
    hole.lastIndex = index;
    const source = hole.exec(text)?.[1];
    if (source === undefined) {
      problems.push(
        problemAt(
          text,
          { start: index, end: text.length },
          'this brace is not closed',
          'write {{ for a brace',
        ),
      );
      break;
    }
    if (plain !== '') parts.push(plain);
    plain = '';
    const start = index + 1;
    try {
      parts.push(compile(source, setting));
    } catch (error) {
      if (!(error instanceof CelProblems)) throw error;
      for (const { offset, end, message, hint } of error.problems) {
        problems.push(problemAt(text, { start: start + offset, end: start + end }, message, hint));
      }
    }
    index = start + source.length + 1;
  }
  if (plain !== '') parts.push(plain);
  if (problems.length > 0) throw new CelProblems(problems);
  return parts;
}
