import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { cacheFolder, codeFolder } from '../../src/io/cache.ts';

const folder = mkdtempSync(join(tmpdir(), 'bercail-cache-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each([
  ['what BERCAIL_CACHE names', { BERCAIL_CACHE: '/a', XDG_CACHE_HOME: '/b' }, '/a'],
  ['below what XDG_CACHE_HOME names', { XDG_CACHE_HOME: '/b' }, '/b/bercail'],
  ['below the home of the user', {}, join(homedir(), '.cache/bercail')],
])('the cache is %s', (_, environment, expected) => {
  expect(cacheFolder(environment)).toBe(expected);
});

test('compiled code, which Node runs as it finds it, is kept where no other user can write', () => {
  const code = codeFolder({ XDG_CACHE_HOME: folder });
  expect(code).toBe(join(folder, 'bercail/code'));
  expect(statSync(join(folder, 'bercail')).mode & 0o777).toBe(0o700);
  expect(statSync(join(folder, 'bercail/code')).mode & 0o777).toBe(0o700);
});

test('where nothing can be written, no compiled code is kept, and that is all', () => {
  expect(codeFolder({ BERCAIL_CACHE: '/dev/null/none' })).toBeNull();
});
