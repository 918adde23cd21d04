import type { Catalog } from '../catalog/catalog.ts';
import { nearest } from '../catalog/nearest.ts';
import type { Position } from '../error.ts';
import { isTree, type Json, jsonText } from '../inventory/fact.ts';
import { judge, severityOf } from './judge.ts';
import { type Target, targets } from './model.ts';
import type { Judgement, Rule, RuleTest } from './rule.ts';
import { say } from './say.ts';
import { givenScope, type Scope } from './view/given.ts';
import { lift } from './view/lift.ts';

/** `noisy`: it fails where the example says it must not; `missing`: it stays silent where it must fail; else `wrong`. */
export interface TestFailure {
  readonly rule: string;
  readonly test: string;
  readonly kind: 'noisy' | 'missing' | 'wrong';
  readonly message: string;
  readonly where: Position;
}

export const defaultDay = '2026-11-22';

/** Runs every example inside a rule file. */
export function runTests(rule: Rule, catalog: Catalog): readonly TestFailure[] {
  return rule.source.tests.flatMap((test, index) => {
    const where = rule.positionOf(['tests', index, 'name']);
    const failures = runTest(rule, test, catalog);
    return failures.map(({ kind, message }) => ({ rule: rule.id, test: test.name, kind, message, where }));
  });
}

type Failure = Pick<TestFailure, 'kind' | 'message'>;

function runTest(rule: Rule, test: RuleTest, catalog: Catalog): readonly Failure[] {
  const judgement = judgementFor(rule, test.target);
  if (!judgement)
    return [{ kind: 'wrong', message: `say which target: ${[...rule.judgements.keys()].join(', ')}` }];
  const { params, as_of: asOf, ...given } = test.given;
  const names = Object.keys(targets[judgement.target]);
  const stray = Object.keys(given).find((name) => !names.includes(name));
  if (stray)
    return [
      {
        kind: 'wrong',
        message: `given ${stray}: a ${judgement.target} rule does not see it (nearest: ${nearest(stray, names).join(', ')})`,
      },
    ];
  const day = typeof asOf === 'string' ? asOf : defaultDay;
  const scope: Scope = {
    ...givenScope(judgement.target, given, catalog, day),
    params: paramValues(rule, isTree(params) ? params : {}),
  };
  const verdict = inForce(rule, day)
    ? judge(judgement, scope)
    : { outcome: 'not_applicable' as const, missing: [], error: null };
  const expected = expectation(test.expect);
  if (verdict.outcome !== expected.outcome) {
    const missing = verdict.missing.map(({ fact }) => fact).join(', ');
    const got = `${verdict.outcome}${missing ? ` [${missing}]` : ''}${verdict.error ? `: ${verdict.error}` : ''}`;
    const kind = verdict.outcome === 'fail' ? 'noisy' : expected.outcome === 'fail' ? 'missing' : 'wrong';
    return [{ kind, message: `expected ${expected.outcome}, got ${got}` }];
  }
  return [
    ...missingFailures(
      expected.missing,
      verdict.missing.map(({ fact }) => fact),
    ),
    ...failFailures(rule, judgement, scope, expected.fail),
  ];
}

function judgementFor(rule: Rule, target: Target | undefined): Judgement | undefined {
  if (target !== undefined) return rule.judgements.get(target);
  return rule.judgements.size === 1 ? [...rule.judgements.values()][0] : undefined;
}

/** Outside its dates a rule applies to nothing. */
export function inForce(rule: Rule, day: string): boolean {
  const { from, to } = rule.source.in_force ?? {};
  return (from === undefined || from <= day) && (to === undefined || day <= to);
}

/** A rule's parameters: its defaults, and what a policy or a test sets. */
export function paramValues(
  rule: Rule,
  given: { readonly [name: string]: Json },
): { readonly [name: string]: unknown } {
  return Object.fromEntries(
    Object.entries(rule.source.params ?? {}).map(([name, { type, default: fallback }]) => [
      name,
      lift(type === 'countries' ? 'list<string>' : type, given[name] ?? fallback),
    ]),
  );
}

interface Expectation {
  readonly outcome: string;
  readonly missing: readonly string[] | null;
  readonly fail: { readonly [key: string]: Json } | null;
}

function expectation(expect: Json): Expectation {
  if (!isTree(expect)) return { outcome: jsonText(expect), missing: null, fail: null };
  const [outcome = 'pass', more] = Object.entries(expect)[0] ?? [];
  return {
    outcome,
    missing: Array.isArray(more) ? more.map(String) : null,
    fail: isTree(more) ? more : null,
  };
}

function missingFailures(expected: readonly string[] | null, got: readonly string[]): readonly Failure[] {
  if (expected === null || [...expected].sort().join() === [...got].sort().join()) return [];
  return [
    { kind: 'wrong', message: `expected to miss [${expected.join(', ')}], misses [${got.join(', ')}]` },
  ];
}

function failFailures(
  rule: Rule,
  judgement: Judgement,
  scope: Scope,
  expected: Expectation['fail'],
): readonly Failure[] {
  if (!expected) return [];
  const failures: Failure[] = [];
  const severity = severityOf(judgement, scope);
  if (expected['severity'] !== undefined && expected['severity'] !== severity) {
    failures.push({
      kind: 'wrong',
      message: `expected severity ${jsonText(expected['severity'])}, got ${severity}`,
    });
  }
  const messages = isTree(expected['message']) ? expected['message'] : {};
  for (const language of ['fr', 'en'] as const) {
    const pattern = messages[language];
    const said = say(judgement.message(language), judgement.worded(scope), language, rule.source.labels);
    if (typeof pattern === 'string' && !fitsPattern(pattern, said)) {
      failures.push({ kind: 'wrong', message: `expected message “${pattern}”, got “${said}”` });
    }
  }
  return failures;
}

/** `…` matches anything. */
function fitsPattern(pattern: string, text: string): boolean {
  const parts = pattern.split('…');
  const [first = '', ...rest] = parts;
  if (rest.length === 0) return text === first;
  if (!text.startsWith(first)) return false;
  let at = first.length;
  const last = rest.pop() ?? '';
  for (const part of rest) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return text.length - last.length >= at && text.endsWith(last);
}
