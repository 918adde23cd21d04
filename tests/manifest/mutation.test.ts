import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { BercailError } from '../../src/error.ts';
import { readManifest } from '../../src/manifest/read.ts';
import { readYaml } from '../../src/yaml/read.ts';
import { catalog } from '../fixtures/manifest/catalog.ts';

const url = new URL('../fixtures/manifest/example.yaml', import.meta.url);
const bytes = readFileSync(url);
const tree = structuredClone(readYaml(bytes, 'm.yaml').value);

/** Reads it, or is refused in the one way that is allowed: with positions, and nothing of a stack. */
function readOrRefused(content: string | Uint8Array): void {
  try {
    readManifest(content, 'm.yaml', catalog);
  } catch (error) {
    if (!(error instanceof BercailError)) throw error;
    expect(error.code).toBe('input');
    for (const { message, where } of error.problems) {
      expect(message).not.toMatch(/\bat \S+:\d+|undefined|\[object/);
      if (where) expect(where.line * where.column).toBeGreaterThan(0);
    }
  }
}

function paths(value: unknown, path: readonly string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [[...path, key], ...paths(inner, [...path, key])]);
}

const everyPath = paths(tree);

function mutated(
  path: readonly string[],
  mutate: (holder: { [key: string]: unknown }, key: string) => void,
): string {
  const copy = structuredClone(tree);
  const holder = path
    .slice(0, -1)
    .reduce((at: unknown, step) => (at as { [key: string]: unknown })[step], copy);
  mutate(holder as { [key: string]: unknown }, path.at(-1) ?? '');
  return JSON.stringify(copy);
}

const aPath = fc.constantFrom(...everyPath);

function lines(line: (index: number) => string): string {
  return Array.from({ length: 20_000 }, (_, index) => line(index)).join('');
}

describe('whatever is done to a good manifest, it is read or refused properly', () => {
  test('each key taken away', () => {
    for (const path of everyPath) {
      readOrRefused(
        mutated(path, (holder, key) => {
          if (Array.isArray(holder)) holder.splice(Number(key), 1);
          else delete holder[key];
        }),
      );
    }
  });

  test('any value put anywhere', () => {
    fc.assert(
      fc.property(aPath, fc.jsonValue({ maxDepth: 4 }), (path, value) => {
        readOrRefused(
          mutated(path, (holder, key) => {
            holder[key] = value;
          }),
        );
      }),
      { numRuns: 300 },
    );
  });

  test('any key added anywhere', () => {
    fc.assert(
      fc.property(
        aPath,
        fc.string({ unit: 'binary' }),
        fc.jsonValue({ maxDepth: 2 }),
        (path, name, value) => {
          readOrRefused(
            mutated(path, (holder) => {
              if (Array.isArray(holder)) holder.push(value);
              else if (name !== '__proto__') holder[name] = value;
            }),
          );
        },
      ),
      { numRuns: 300 },
    );
  });

  test('any bytes put anywhere', () => {
    fc.assert(
      fc.property(
        fc.nat(bytes.length),
        fc.nat(20),
        fc.uint8Array({ maxLength: 12 }),
        (at, removed, added) => {
          readOrRefused(Buffer.concat([bytes.subarray(0, at), added, bytes.subarray(at + removed)]));
        },
      ),
      { numRuns: 300 },
    );
  });

  test('any pieces of YAML put anywhere', () => {
    const piece = fc.constantFrom(
      '\n',
      '  ',
      '- ',
      ': ',
      '[',
      ']',
      '{',
      '}',
      '"',
      "'",
      '#',
      '&a ',
      '*a',
      '!x ',
      '|',
      '>',
      '?',
      '%',
      '\t',
      '---\n',
      '...\n',
      '<<: *a',
      'unknown',
      'none',
    );
    fc.assert(
      fc.property(fc.nat(bytes.length), fc.array(piece, { minLength: 1, maxLength: 6 }), (at, pieces) => {
        readOrRefused(
          Buffer.concat([bytes.subarray(0, at), Buffer.from(pieces.join('')), bytes.subarray(at)]),
        );
      }),
      { numRuns: 300 },
    );
  });

  test('a hundred thousand things wrong', () => {
    readOrRefused(`bercail: manifest/v1\nid: x\nflows:\n${lines(() => '- {id: a, b: 1}\n')}`);
    readOrRefused(
      `bercail: manifest/v1\nid: x\norganisations:\n${lines((index) => `  k${index}: {a: b}\n`)}`,
    );
    readOrRefused(
      `bercail: manifest/v1\nid: x\nassets:\n${lines((index) => `  k${index}: {kind: server, operator: p${index}}\n`)}`,
    );
  });

  test('anything at all', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.json(), fc.uint8Array()), readOrRefused),
      { numRuns: 500 },
    );
  });
});
