import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { createEngine } from '../../../src/rule/cel/engine.ts';
import { defaultLimits } from '../../../src/rule/cel/limit.ts';
import { parse } from '../../../src/rule/cel/parse.ts';
import { type ParsedExpressions, readTree, type Tree, writeTree } from '../../../src/rule/cel/parsed.ts';
import { condition, environment, types, variables } from './knowledge.ts';

const throughJson = (tree: Tree): Tree => JSON.parse(JSON.stringify(tree)) as Tree;

test.each([
  'true',
  'null',
  '1',
  '-9223372036854775808',
  '9007199254740993 + 1',
  '2.5e3',
  '"\\u00e9 \\"quoted\\" \\n"',
  "r'^[a-z]\\d+$'",
  '[]',
  '[1]',
  '[[1], [], ["a", null]]',
  '{}',
  '{"a": 1, "b": [true], "c": {"d": 1.5}}',
  'a.b[0].c["d"]',
  '!a && !(b || c)',
  '-a.b',
  'a ? b : c ? d : e',
  'size(a) == f()',
  'a.exists(x, x.all(y, y in [1, 2]))',
  'a.map(x, x > 1, x * 2)',
  '"text".matches("a+")',
])('the tree of %s comes back from JSON as the parser made it', (source) => {
  const node = parse(source, defaultLimits);
  const kept = throughJson(writeTree(node));
  expect(throughJson(writeTree(readTree(kept)))).toEqual(kept);
  expect(readTree(kept)).toEqual(plain(node));
});

test('a literal outside of the subset is refused, not lost', () => {
  expect(() => writeTree(parse('[b"bytes"]', defaultLimits))).toThrow('JSON');
});

test('an expression made from its kept tree says what it says when parsed', () => {
  fc.assert(
    fc.property(condition, environment, (source, scope) => {
      const parsed: ParsedExpressions = new Map();
      const settings = { variables, expect: 'bool' };
      const limits = { comprehensions: 9, depth: 200 };
      const fresh = createEngine({ types, limits, parsed }).compile(source, settings);
      const kept: ParsedExpressions = new Map(
        [...parsed].map(([text, { node, facts }]) => [
          text,
          { facts, node: readTree(throughJson(writeTree(node))) },
        ]),
      );
      const again = createEngine({ types, limits, parsed: kept }).compile(source, settings);
      expect(again.facts).toEqual(fresh.facts);
      expect(kept.get(source)?.facts).toEqual(fresh.facts);
      expect(again.evaluate(scope)).toEqual(fresh.evaluate(scope));
    }),
    { numRuns: 1000 },
  );
});

/** The parser's node without what only the parser uses. */
function plain(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(plain);
  if (typeof part !== 'object' || part === null) return part;
  const { op, start, end, args } = part as { op: string; start: number; end: number; args: unknown };
  return { op, start, end, args: plain(args) };
}
