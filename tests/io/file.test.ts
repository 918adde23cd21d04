import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { readBytes, readText, writeAtomic, writeText } from '../../src/io/file.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bercail-file-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('a write that breaks off leaves the old file and no draft', async () => {
  const path = join(folder, 'a.txt');
  await writeText(path, 'old');
  const broken = writeAtomic(path, async (file) => {
    await file.writeFile('half');
    throw new Error('power cut');
  });
  await expect(broken).rejects.toThrow('power cut');
  expect(await readFile(path, 'utf8')).toBe('old');
  expect(await readdir(folder)).toEqual(['a.txt']);
});

test('a new file is its owner’s alone, a text that people share is not, and permissions that were given stay', async () => {
  const modeOf = async (path: string): Promise<string> => ((await stat(path)).mode & 0o777).toString(8);
  const path = join(folder, 'result.json');
  const write = (): Promise<void> => writeAtomic(path, (file) => file.writeFile('{}'));
  await write();
  expect(await modeOf(path)).toBe('600');
  await chmod(path, 0o644);
  await write();
  expect(await modeOf(path)).toBe('644');
  const manifest = join(folder, 'manifest.yaml');
  await writeText(manifest, 'a');
  expect(await modeOf(manifest)).toBe((0o666 & ~process.umask()).toString(8));
  await chmod(manifest, 0o640);
  await writeText(manifest, 'b');
  expect(await modeOf(manifest)).toBe('640');
});

test('a text comes with the digest of its bytes', async () => {
  const path = join(folder, 'a.txt');
  await writeText(path, 'élève');
  expect(await readText(path)).toEqual({
    text: 'élève',
    sha256: 'a9991c64d5fcc01960dc982eb8803e0222b9d4c73a10f3739995e63d1e946517',
  });
});

test('what cannot be read says why', async () => {
  const path = join(folder, 'a.txt');
  await expect(readBytes(path)).rejects.toMatchObject({
    code: 'not_found',
    message: expect.stringContaining('does not exist'),
  });
  await expect(readText(folder)).rejects.toMatchObject({
    code: 'input',
    message: expect.stringContaining('is a folder'),
  });
  await writeFile(path, Buffer.from([0xff, 0xfe, 0x41]));
  await expect(readText(path)).rejects.toMatchObject({
    code: 'input',
    message: expect.stringContaining('not UTF-8'),
  });
  await expect(readBytes(path, 2)).rejects.toMatchObject({
    code: 'input',
    message: expect.stringContaining('3 bytes'),
  });
});
