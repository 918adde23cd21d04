import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { makeFolder } from '../../src/io/folder.ts';

let base: string;

beforeAll(() => {
  base = mkdtempSync(join(tmpdir(), 'bercail-folder-'));
});

afterAll(() => rmSync(base, { recursive: true }));

test('folders above are made too, closed to others, and one that is there stays', () => {
  const folder = join(base, 'a/b/c');
  makeFolder(folder, 0o700);
  makeFolder(folder, 0o755);
  for (const one of ['a', 'a/b', 'a/b/c']) expect(statSync(join(base, one)).mode & 0o777).toBe(0o700);
});

test.each([
  ['where the system takes no folder', '/proc/nowhere/a/b', 'ENOENT'],
  ['below a file', 'file/a', 'ENOTDIR'],
  ['instead of a file', 'file', 'EEXIST'],
])('a folder that cannot be made, %s, is an error and ends', (_, path, code) => {
  writeFileSync(join(base, 'file'), '');
  expect(() => makeFolder(path.startsWith('/') ? path : join(base, path))).toThrow(
    expect.objectContaining({ code }),
  );
});
