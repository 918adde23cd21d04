import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { createEngine } from '../../../src/rule/cel/engine.ts';
import { CelProblems } from '../../../src/rule/cel/problem.ts';
import { CelError, Unknown } from '../../../src/rule/cel/value.ts';
import { condition, environment, forget, holes, types, variables } from './knowledge.ts';

const engine = createEngine({ types, limits: { comprehensions: 9 } });
const RUNS = 4000;

/** Compiles what the generator made; what is nested too deep for the limits is of no interest here. */
function compile(source: string) {
  try {
    return engine.compile(source, { variables, expect: 'bool' });
  } catch (error) {
    if (error instanceof CelProblems && error.message.includes('exceeds')) return null;
    throw error;
  }
}

describe('knowing more never contradicts', () => {
  test('a verdict reached without some facts is the verdict with them', () => {
    let decided = 0;
    let open = 0;
    fc.assert(
      fc.property(condition, environment, holes, (source, scope, choices) => {
        const program = compile(source);
        if (!program) return;
        const full = program.evaluate(scope);
        const before = program.evaluate(forget(scope, choices).partial);
        if (before instanceof Unknown) open += 1;
        else decided += 1;
        if (before instanceof Unknown) return;
        // An expression that breaks on the facts themselves has no verdict to contradict.
        if (full instanceof CelError) return;
        expect(before).toEqual(full);
      }),
      { numRuns: RUNS },
    );
    expect(Math.min(decided, open)).toBeGreaterThan(RUNS / 20);
  });

  test('with every fact known nothing is unknown', () => {
    fc.assert(
      fc.property(condition, environment, (source, scope) => {
        expect(compile(source)?.evaluate(scope)).not.toBeInstanceOf(Unknown);
      }),
      { numRuns: RUNS },
    );
  });

  test('an unknown names only facts that are missing, each once', () => {
    fc.assert(
      fc.property(condition, environment, holes, (source, scope, choices) => {
        const { partial, gone } = forget(scope, choices);
        const verdict = compile(source)?.evaluate(partial);
        if (!(verdict instanceof Unknown)) return;
        const facts = verdict.missing.map(({ fact }) => fact);
        expect(new Set(facts).size).toBe(facts.length);
        expect(facts.length).toBeGreaterThan(0);
        const isNamed = (fact: string): boolean =>
          gone.some((path) => fact === path || fact.startsWith(`${path}.`) || fact.startsWith(`${path}[`));
        // What no plain path leads to, `(tags + thing.tags)[0]`, is named by its text.
        const plain = facts
          .filter((fact) => /^[\w.[\]]+$/.test(fact))
          .map((fact) => fact.replace(/\.([kl])$/, '[$1]'));
        expect(plain.filter((fact) => !isNamed(fact))).toEqual([]);
      }),
      { numRuns: RUNS },
    );
  });
});
