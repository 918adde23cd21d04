import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Choice, Found, Path } from '../../../src/collect/terraform/json/found.ts';
import { createScanner } from '../../../src/collect/terraform/json/scan.ts';
import { BercailError } from '../../../src/error.ts';

function scan(text: string, choose: (path: Path) => Choice, size = 7): readonly Found[] {
  const scanner = createScanner('plan.json', choose);
  const bytes = Buffer.from(text);
  const found: Found[] = [];
  for (let at = 0; at < bytes.length; at += size) found.push(...scanner.write(bytes.subarray(at, at + size)));
  return [...found, ...scanner.end()];
}

const leaves = (path: Path): Choice => (path.length < 2 ? 'enter' : 'take');

function walk(value: unknown, path: Path = []): { path: Path; value: unknown }[] {
  if (leaves(path) === 'take') return [{ path, value }];
  if (Array.isArray(value)) return value.flatMap((item, i) => walk(item, [...path, i]));
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).flatMap(([key, item]) => walk(item, [...path, key]));
  return [];
}

describe('reading JSON in chunks', () => {
  test('finds what JSON.parse finds, however the file is cut', () => {
    fc.assert(
      fc.property(
        fc.json({ maxDepth: 6 }),
        fc.integer({ min: 1, max: 40 }),
        fc.boolean(),
        (json, size, pretty) => {
          const text = pretty ? JSON.stringify(JSON.parse(json), null, 2) : json;
          const found = scan(text, leaves, size).map(({ path, value }) => ({ path, value }));
          expect(found).toEqual(walk(JSON.parse(text)));
        },
      ),
      { numRuns: 300 },
    );
  });

  test('refuses what JSON.parse refuses', () => {
    const character = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"',
      'a',
      '1',
      '-',
      '.',
      'e',
      't',
      'true',
      'null',
      ' ',
      '\n',
      '\\',
      '\\u00e9',
      'é',
    );
    fc.assert(
      fc.property(
        fc.array(character, { maxLength: 12 }).map((parts) => parts.join('')),
        fc.integer({ min: 1, max: 5 }),
        (text, size) => {
          let good = true;
          try {
            JSON.parse(text);
          } catch {
            good = false;
          }
          if (good) expect(() => scan(text, () => 'take', size)).not.toThrow();
          else expect(() => scan(text, () => 'enter', size)).toThrow(BercailError);
        },
      ),
      { numRuns: 2000 },
    );
  });

  test('tells where a value begins', () => {
    const [found] = scan('{\n  "é": [1,\n    {"x": 2}]\n}', (path) =>
      path.length < 2 ? 'enter' : path[1] === 1 ? 'take' : 'skip',
    );
    expect(found).toMatchObject({ path: ['é', 1], value: { x: 2 }, line: 3, column: 5 });
  });

  test.each([
    ['{"a": 01}', 1, 7],
    ['{"a": [1 2]}', 1, 10],
    ['{\n"a": tru\n}', 2, 6],
    ['{"a": "x', 1, 9],
    ['{"a": "\\q"}', 1, 9],
    ['{}{}', 1, 3],
    ['', 1, 1],
    ['{"a"}', 1, 5],
    ['[1,]', 1, 4],
  ])('%j is refused at its line and column', (text, line, column) => {
    expect(() => scan(text, () => 'enter', 3)).toThrow(
      expect.objectContaining({
        problems: [expect.objectContaining({ where: { file: 'plan.json', line, column } })],
      }),
    );
  });

  test('repeats nothing that a terminal would obey', () => {
    expect(() => scan('{"a": \u009b2J}', () => 'enter')).toThrow('“Â\\u{9b}2J” is no JSON value');
  });

  test('refuses what is nested without end', () => {
    expect(() => scan('['.repeat(100_000), () => 'enter', 4096)).toThrow(/nested/);
  });
});
