import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { page } from '../../scripts/docs/markdown.ts';
import { compareDocs, writeDocs } from '../../scripts/docs.ts';

let root = '';
const pages = new Map([
  ['docs/a.md', page('a', 'A')],
  ['docs/rules/B.md', page('b', 'B')],
]);

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'bercail-docs-'));
  await mkdir(join(root, 'docs/rules'), { recursive: true });
});
afterEach(() => rm(root, { recursive: true }));

test('pages that are missing, stale and left over are told apart', async () => {
  await writeFile(join(root, 'docs/a.md'), page('a', 'old'));
  await writeFile(join(root, 'docs/rules/GONE-01.md'), page('gone', 'C'));
  await writeFile(join(root, 'docs/by-hand.md'), '# By hand\n');
  expect(await compareDocs(root, pages)).toEqual({
    missing: ['docs/rules/B.md'],
    stale: ['docs/a.md'],
    leftOver: ['docs/rules/GONE-01.md'],
  });
});

test('writing mends all three and leaves alone what people wrote', async () => {
  await writeFile(join(root, 'docs/a.md'), page('a', 'old'));
  await writeFile(join(root, 'docs/rules/GONE-01.md'), page('gone', 'C'));
  await writeFile(join(root, 'docs/by-hand.md'), '# By hand\n');
  await writeDocs(root, pages);
  expect(await compareDocs(root, pages)).toEqual({ missing: [], stale: [], leftOver: [] });
  expect(await readFile(join(root, 'docs/by-hand.md'), 'utf8')).toBe('# By hand\n');
});

test('a repository without pages lacks them all', async () => {
  await rm(join(root, 'docs'), { recursive: true });
  expect((await compareDocs(root, pages)).missing).toEqual([...pages.keys()]);
});
