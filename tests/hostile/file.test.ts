import { spawnSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { type FileHandle, lstat, open, readFile, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { readPackFolder } from '../../src/io/content.ts';
import { writeAtomic, writeText } from '../../src/io/file.ts';
import { listFiles } from '../../src/io/find.ts';
import { root } from '../../src/io/root.ts';
import { type Folder, scratchFolder, type } from '../setup/command-line.ts';

let folder: Folder;
let writer: FileHandle;
const home = process.cwd();

beforeAll(async () => {
  folder = await scratchFolder();
  process.chdir(folder.path());
  await folder.write('m.yaml', await readFile(join(root, 'tests/fixtures/in-order/manifest.yaml'), 'utf8'));
  const arm = 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#';
  await folder.write('t.json', `{"$schema": "${arm}", "contentVersion": "1.0.0.0", "resources": []}`);
  spawnSync('mkfifo', ['pipe.yaml']);
  // Whoever reads the pipe after all comes back once this is closed.
  writer = await open('pipe.yaml', 'r+');
  mkdirSync('folder.yaml');
  symlinkSync('/dev/zero', 'device.yaml');
  symlinkSync('nowhere', 'dangling.yaml');
  symlinkSync('circle.yaml', 'circle.yaml');
  writeFileSync('huge.yaml', '');
  await truncate('huge.yaml', 20 * 2 ** 30);
});
afterAll(async () => {
  await writer.close();
  process.chdir(home);
  await folder.remove();
});

const kinds: readonly (readonly [file: string, said: RegExp])[] = [
  ['pipe.yaml', /is a pipe or a device|no such pack/],
  ['device.yaml', /is a pipe or a device|no such pack/],
  ['folder.yaml', /is a folder|no such pack|nothing|pack\.yaml|resources|does not hold/i],
  ['dangling.yaml', /does not exist|no such pack|no policy/],
  ['circle.yaml', /leads back to itself|does not exist|no such pack|no policy/],
  [
    'huge.yaml',
    /holds \d+ bytes|larger than|too (?:large|long)|not (?:JSON|a snapshot|UTF-8|a Terraform)|is a file|no such pack|control characters/i,
  ],
];

/** Every way to name a file; `FILE` is it. A text with lines is a configuration. */
const roles = [
  'check FILE',
  'check m.yaml --policy ./FILE',
  'check m.yaml --waivers FILE',
  'check m.yaml --baseline FILE',
  'check m.yaml --pack ./FILE',
  'check m.yaml --out o --bundle b.zip --key FILE',
  'report FILE',
  'diff FILE FILE',
  'verify FILE',
  'collect --verify FILE',
  'anonymity FILE --quasi a',
  'manifest draft --from FILE',
  'sources: [{snapshot: FILE}]',
  'sources: [{terraform: {plan: FILE}}]',
  'sources: [{terraform: {state: FILE}}]',
  'sources: [{cloudformation: {template: FILE}}]',
  'sources: [{cloudformation: {template: t.json, parameters: FILE}}]',
  'sources: [{arm: {template: FILE}}]',
  'sources: [{arm: {template: t.json, parameters: FILE}}]',
  'sources: [{kubernetes: {path: FILE}}]',
  'sources: [{sample: {path: FILE, dataset: work}}]',
  'attestations: FILE',
  'waivers: FILE',
  'baseline: FILE',
  'policy: ./FILE',
  'packs: {own: ./FILE}',
] as const;
/** One for each way in which files are opened: the pipe alone is tried in every role. */
const readers = new Set<string>([
  'check FILE',
  'check m.yaml --waivers FILE',
  'check m.yaml --pack ./FILE',
  'report FILE',
  'collect --verify FILE',
  'sources: [{terraform: {plan: FILE}}]',
  'sources: [{sample: {path: FILE, dataset: work}}]',
  'policy: ./FILE',
]);
/** A folder is what these take, or may be; samples may be of any length. */
const takes: { readonly [file: string]: readonly string[] } = {
  'folder.yaml': ['check FILE', 'sources: [{kubernetes: {path: FILE}}]'],
  'huge.yaml': ['anonymity FILE --quasi a', 'sources: [{sample: {path: FILE, dataset: work}}]'],
};

const cases = kinds.flatMap(([file, said]) =>
  roles
    .filter((role) => file === 'pipe.yaml' || (readers.has(role) && !takes[file]?.includes(role)))
    .map((role) => ({ file, said, role })),
);

test.each(cases)('$role, FILE being $file: refused in words', async ({ file, said, role }) => {
  const written = role.replaceAll('FILE', file);
  const isConfig = role.includes(': ');
  if (isConfig) await folder.write('c.yaml', `bercail: config/v1\nmanifests: [m.yaml]\n${written}\n`);
  const { code, err } = await type(isConfig ? ['check', 'c.yaml'] : written.split(' '));
  expect([code, err]).toEqual([code === 1 && role.startsWith('verify') ? 1 : 2, expect.stringMatching(said)]);
});

test('a pack reads its own files, and no link leads it elsewhere or around', async () => {
  await folder.write('pack/pack.yaml', 'name: own\n');
  await folder.write('pack/deep/rule.yaml', 'id: A\n');
  symlinkSync('deep/rule.yaml', folder.path('pack/same.yaml'));
  for (const name of ['here', 'there']) symlinkSync('.', folder.path(`pack/${name}`));
  expect(readPackFolder('pack').files.map(({ name }) => name)).toEqual([
    'deep/rule.yaml',
    'pack.yaml',
    'same.yaml',
  ]);
  symlinkSync('../m.yaml', folder.path('pack/stolen.yaml'));
  expect(() => readPackFolder('pack')).toThrow('pack/stolen.yaml is a link that leads out of the folder');
});

test('a text of a pack that is not UTF-8 is refused, not repaired', () => {
  mkdirSync('latin');
  writeFileSync('latin/pack.yaml', Buffer.from([0x6e, 0xe9]));
  expect(() => readPackFolder('latin')).toThrow('latin/pack.yaml is not UTF-8 text');
});

test('a link to a file is an input of its folder, as a mounted configuration has them', async () => {
  await folder.write('mounted/..data/m.yaml', 'bercail: manifest/v1\n');
  symlinkSync('..data/m.yaml', folder.path('mounted/m.yaml'));
  symlinkSync('gone', folder.path('mounted/lost.yaml'));
  symlinkSync('..data', folder.path('mounted/data.yaml'));
  expect(listFiles('mounted')).toEqual(['mounted/lost.yaml', 'mounted/m.yaml']);
});

test('what a run writes takes the place of a link, private, and leaves alone what that leads to', async () => {
  await folder.write('victim', 'theirs');
  symlinkSync('victim', folder.path('result.json'));
  await writeAtomic('result.json', (file) => file.writeFile('ours'));
  const stats = await lstat('result.json');
  expect([stats.isFile(), (stats.mode & 0o777).toString(8)]).toEqual([true, '600']);
  expect(await folder.read('victim')).toBe('theirs');
});

test('what people write and share is written where their link leads', async () => {
  await folder.write('shared/waivers.yaml', 'old');
  symlinkSync('shared/waivers.yaml', folder.path('waivers.yaml'));
  await writeText('waivers.yaml', 'new');
  expect((await lstat('waivers.yaml')).isSymbolicLink()).toBe(true);
  expect(await folder.read('shared/waivers.yaml')).toBe('new');
});

test.each(['/dev/null', 'pipe.yaml', 'device.yaml'])('%s is no place for a file', async (path) => {
  const before = await lstat(path);
  await expect(writeAtomic(path, (file) => file.writeFile('x'))).rejects.toThrow('is a pipe or a device');
  expect((await lstat(path)).ino).toBe(before.ino);
});

test('a pipe that the shell hands over is read, up to the limit', () => {
  const script = `import { readText } from '${join(root, 'src/io/file.ts')}';
    console.log((await readText('/dev/stdin', 10).catch((error) => error)).text ?? 'refused');`;
  const command = [process.execPath, '--no-warnings', '--input-type=module-typescript', '-e', script];
  const quoted = command.map((word) => `'${word.replaceAll("'", String.raw`'\''`)}'`).join(' ');
  const read = (input: string): string =>
    spawnSync('sh', ['-c', `printf '%s' '${input}' | ${quoted}`], { encoding: 'utf8' }).stdout.trim();
  expect([read('a: 1'), read('a'.repeat(1000))]).toEqual(['a: 1', 'refused']);
});
