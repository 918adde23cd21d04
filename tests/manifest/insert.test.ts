import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parse } from 'yaml';
import { root } from '../../src/io/root.ts';
import { addToManifest } from '../../src/manifest/insert.ts';

const server = { section: 'assets', key: 'new', value: { kind: 'server', operator: 'unknown' } } as const;
const flow = { section: 'flows', key: null, value: { from: 'schools', to: 'a', datasets: ['d'] } } as const;
const head = 'bercail: manifest/v1\nid: x\n';

describe('an entry goes at the end of its section, and all else keeps every byte', () => {
  test.each([
    ['there is no section', '', '\nassets:\n  new:\n    kind: server\n    operator: unknown\n'],
    [
      'a section with things and comments',
      'assets: # ours\n    a:   {kind: server,operator: unknown}   # first\n    # last words\nflows: []\n',
      'assets: # ours\n    a:   {kind: server,operator: unknown}   # first\n    new:\n      kind: server\n      operator: unknown\n    # last words\nflows: []\n',
    ],
    [
      'an empty one',
      'assets: {} # none yet\nflows: []\n',
      'assets: # none yet\n  new:\n    kind: server\n    operator: unknown\nflows: []\n',
    ],
    [
      'one without a value',
      'assets:\nflows: []\n',
      'assets:\n  new:\n    kind: server\n    operator: unknown\nflows: []\n',
    ],
    [
      'one that is unknown',
      'assets: unknown\n',
      'assets:\n  new:\n    kind: server\n    operator: unknown\n',
    ],
    [
      'no line end at the end',
      'assets:\n  a: {kind: server, operator: unknown}',
      'assets:\n  a: {kind: server, operator: unknown}\n  new:\n    kind: server\n    operator: unknown\n',
    ],
    [
      'a text of several lines at its end',
      'assets:\n  a:\n    kind: server\n    title: |\n      one\n      two\n\nflows: []\n',
      'assets:\n  a:\n    kind: server\n    title: |\n      one\n      two\n  new:\n    kind: server\n    operator: unknown\n\nflows: []\n',
    ],
  ])('%s', (_, before, after) => {
    expect(addToManifest(head + before, 'm.yaml', [server])).toBe(head + after);
  });

  test('a list between brackets is written anew', () => {
    const text = addToManifest(`${head}flows: [{from: schools, to: b, datasets: [d]}]\n`, 'm.yaml', [flow]);
    expect(parse(text)).toEqual({
      bercail: 'manifest/v1',
      id: 'x',
      flows: [{ from: 'schools', to: 'b', datasets: ['d'] }, flow.value],
    });
  });

  test('Windows line ends stay', () => {
    expect(addToManifest('id: x\r\n', 'm.yaml', [server])).toBe(
      'id: x\r\n\r\nassets:\r\n  new:\r\n    kind: server\r\n    operator: unknown\r\n',
    );
  });
});

test('into a real manifest, only lines are added', () => {
  const text = readFileSync(join(root, 'examples/evaluations-2018/manifest.yaml'), 'utf8');
  const more = addToManifest(text, 'm.yaml', [server, flow]);
  const lines = more.split('\n');
  const kept = text.split('\n').every((line) => {
    const at = lines.indexOf(line);
    lines.splice(0, at + 1);
    return at >= 0;
  });
  expect(kept).toBe(true);
  const before = parse(text) as { assets: object; flows: object[] };
  expect(parse(more)).toEqual({
    ...before,
    assets: { ...before.assets, new: server.value },
    flows: [...before.flows, flow.value],
  });
});

test('whatever a value holds, it is read back', () => {
  const word = fc.oneof(
    fc.string(),
    fc.constantFrom('yes', 'no', '1e3', '# x', '- y', 'a: b', "'", '"', '*', '\u00a0', 'null', '2018-09-26'),
  );
  fc.assert(
    fc.property(
      fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), fc.oneof(word, fc.array(word)), { minKeys: 1 }),
      (value) => {
        const text = addToManifest(`${head}assets:\n  a: {kind: server}\n`, 'm.yaml', [
          { section: 'assets', key: 'k', value },
        ]);
        expect((parse(text) as { assets: { k: unknown } }).assets.k).toEqual({ ...value });
      },
    ),
    { numRuns: 200 },
  );
});

test.each(['- a list\n', 'just text\n', 'assets: [1\n', 'id: x\nassets: 12\n'])('%j is refused', (text) => {
  expect(() => addToManifest(text, 'm.yaml', [server])).toThrow(/m\.yaml/);
});
