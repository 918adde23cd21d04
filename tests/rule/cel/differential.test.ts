import { isCelError, isCelList, run } from '@bufbuild/cel';
import { strings } from '@bufbuild/cel/ext';
import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { createEngine } from '../../../src/rule/cel/engine.ts';
import { CelError } from '../../../src/rule/cel/value.ts';
import { condition, environment, types, variables } from './knowledge.ts';

const engine = createEngine({ types, limits: { comprehensions: 9, depth: 200 } });

/** Records are maps to the other evaluator, and an absent fact, which is ours alone, takes a plain value. */
function toMaps(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toMaps);
  if (value instanceof Map || typeof value !== 'object' || value === null) return value;
  return new Map(Object.entries(value).map(([key, item]) => [key, toMaps(item)]));
}

const absentAs: { readonly [field: string]: unknown } = {
  p: false,
  s: '',
  n: 0n,
  flag: true,
  name: 'b',
  count: 2n,
  tags: ['c'],
  inner: { flag: false, tags: [] },
  thing: { key: 't', flag: true, name: 'a', count: 1n, tags: [], inner: { flag: true, tags: ['a'] } },
};

function fill(value: unknown, field: string): unknown {
  if (value === null) return absentAs[field] ?? true;
  if (Array.isArray(value)) return value.map((item) => fill(item, field));
  if (value instanceof Map) return new Map([...value].map(([key, item]) => [key, fill(item, 'flag')]));
  if (typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fill(item, key)]));
}

test('over known facts it answers as another implementation of CEL does', () => {
  let compared = 0;
  fc.assert(
    fc.property(condition, environment, (source, facts) => {
      // Of an empty list of a record `has` is false, of one in a map it is true; text has no null to compare with.
      if (source.includes('has(thing')) return;
      const scope = fill(facts, '') as Record<string, unknown>;
      const ours = engine.compile(source, { variables, expect: 'bool' }).evaluate(scope);
      const bindings = Object.fromEntries(
        Object.entries(scope).map(([name, value]) => [name, toMaps(value)]),
      );
      const theirs = run(source, bindings as Parameters<typeof run>[1], { funcs: strings });
      compared += 1;
      expect({ source, value: ours instanceof CelError ? 'error' : ours }).toEqual({
        source,
        value: isCelError(theirs) ? 'error' : isCelList(theirs) ? [...theirs] : theirs,
      });
    }),
    { numRuns: 3000 },
  );
  expect(compared).toBeGreaterThan(1500);
});
