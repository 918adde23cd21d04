import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { writeJson, writeJsonPieces } from '../../src/report/visible.ts';

const many = {
  list: Array.from({ length: 300 }, (_, i) => ({ i, text: 'a\nb', none: undefined })),
  deep: [{ more: Array.from({ length: 101 }, (_, i) => i), empty: [], nothing: {} }],
};

test('JSON in pieces is the JSON that the whole would be', () => {
  expect([...writeJsonPieces(many)].join('')).toBe(writeJson(many));
  expect([...writeJsonPieces(many)].length).toBeGreaterThan(400);
});

test('whatever the value', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 4 }), fc.integer({ min: 0, max: 150 }), (value, count) => {
      const repeated = { value, list: Array.from({ length: count }, () => value) };
      return [...writeJsonPieces(repeated)].join('') === writeJson(repeated);
    }),
    { numRuns: 100 },
  );
});
