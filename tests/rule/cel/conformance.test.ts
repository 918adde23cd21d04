import { expect, test } from '@jest/globals';
import { createEngine } from '../../../src/rule/cel/engine.ts';
import { CelProblems } from '../../../src/rule/cel/problem.ts';
import { CelError } from '../../../src/rule/cel/value.ts';
import { type Case, readSuite } from './conformance-suite.ts';

/** Guards against a subset that shrinks unseen. */
const LEAST = 655;

const engine = createEngine({ types: {} });

/** Null when the answer is the expected one, else what we answered. */
function run({ source, variables, scope, expected, unchecked }: Case): string | null {
  let answer: unknown;
  try {
    answer = engine.compile(source, { variables }).evaluate(scope);
  } catch (error) {
    if (!(error instanceof CelProblems)) throw error;
    if (expected === 'error') return null;
    return unchecked ? 'refused' : error.message;
  }
  if (answer instanceof CelError) return expected === 'error' ? null : answer.message;
  if (expected === 'error') return `no error, but ${show(answer)}`;
  return show(answer) === show(expected.value) ? null : show(answer);
}

/** Exact: the type of a number shows, and zero is one, as in CEL. */
function show(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(show).join(', ')}]`;
  if (value instanceof Map)
    return `{${[...value]
      .map(([k, v]) => `${show(k)}: ${show(v)}`)
      .sort()
      .join(', ')}}`;
  if (typeof value === 'bigint') return `int ${value}`;
  return typeof value === 'string' ? JSON.stringify(value) : `${typeof value} ${String(value)}`;
}

test('every public conformance case in the supported subset of CEL passes', () => {
  const { cases, outside } = readSuite();
  const answers = cases.map((one) => ({ name: one.name, source: one.source, answer: run(one) }));
  const refused = answers.filter(({ answer }) => answer === 'refused').length;
  const failed = answers.filter(({ answer }) => answer !== null && answer !== 'refused');
  const passed = answers.length - refused - failed.length;
  const reasons = [...outside, ['expressions that only run without a static check', refused] as const];
  const lines = reasons
    .sort((a, b) => b[1] - a[1])
    .map(([reason, count]) => `  ${String(count).padStart(5)} ${reason}`);
  console.log(
    [
      `CEL conformance: ${passed} of ${passed + failed.length} cases in the subset pass; outside it:`,
      ...lines,
    ].join('\n'),
  );
  expect(failed).toEqual([]);
  expect(passed).toBeGreaterThanOrEqual(LEAST);
});
