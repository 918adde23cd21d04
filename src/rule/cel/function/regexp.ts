import { createRequire } from 'node:module';
import { spend } from '../cost.ts';
import type { Context, Expr, Run } from '../expression.ts';
import type { Node } from '../parse.ts';
import { CelError, describe, undecided } from '../value.ts';

interface Test {
  readonly test: (text: string) => boolean;
  readonly size: number;
}

const require = createRequire(import.meta.url);
/** Patterns made at run time that are kept compiled, per expression. */
const KEPT = 64;
/** Steps that compiling a pattern counts for. */
const COMPILED = 1000;

/**
 * `text.matches(pattern)`: whether any part of the text matches, in time linear in the text.
 * The expression library is only loaded by the first rule that uses it.
 */
export function compileMatches([text, pattern]: readonly Expr[], node: Node, context: Context): Run {
  if (text === undefined || pattern === undefined) return () => null;
  const kept = new Map<string, Test | CelError>();
  const testFor = (source: string): Test | CelError => {
    const known = kept.get(source);
    if (known) return known;
    const test = compilePattern(source, node.start, context.limits.pattern);
    if (kept.size >= KEPT) kept.clear();
    kept.set(source, test);
    return test;
  };
  const isWritten = pattern.node.op === 'value' && typeof pattern.node.args === 'string';
  if (isWritten && !context.isChecked) {
    const test = testFor(pattern.node.args);
    if (test instanceof CelError) context.report(pattern.node, test.message);
  }
  return (frame) => {
    const value = text.run(frame);
    const source = pattern.run(frame);
    if (typeof value !== 'string' || typeof source !== 'string') {
      const got = `${describe(value)}, ${describe(source)}`;
      return undecided([value, source]) ?? new CelError(`matches does not take (${got})`, node.start);
    }
    // A pattern made at run time is compiled there and then.
    if (!isWritten && !kept.has(source)) spend(COMPILED);
    const found = testFor(source);
    if (found instanceof CelError) return found;
    spend((value.length * found.size) / 256);
    return found.test(value);
  };
}

function compilePattern(source: string, offset: number, limit: number): Test | CelError {
  const tooLarge = new CelError('a pattern that repeats too much', offset);
  // Before it is compiled, for that is what would take long.
  if (source.length > limit * 5) return tooLarge;
  const most = Math.max(
    1,
    ...[...source.matchAll(/\{(\d*)(?:,(\d*))?\}/g)].flatMap(([, ...n]) => n.map((one) => Number(one ?? 1))),
  );
  if (source.length * most > limit * 5) return tooLarge;
  const { RE2JS } = require('re2js') as typeof import('re2js');
  try {
    const pattern = RE2JS.compile(source);
    const size = pattern.programSize();
    return size > limit ? tooLarge : { test: (text) => pattern.test(text), size };
  } catch (error) {
    return new CelError(
      `not a regular expression: ${error instanceof Error ? error.message : source}`,
      offset,
    );
  }
}
