import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type Folder, type Ran, scratchFolder, type } from '../setup/command-line.ts';

const head = 'bercail: manifest/v1\nid: m\n';
const organisations = `organisations:
  men: {name: Ministère, role: controller, kind: public_body, seat: FR}
  host: {name: Host, role: processor, engaged_by: men, seat: IE}
`;
const datasets = 'datasets:\n  results: {subjects: [pupil], categories: [education.results]}\n';
const store = (name: string): string =>
  `  ${name}: {kind: object_store, operator: host, place: {country: IE}, holds: [results]}\n`;
const manifest = `${head}${organisations}${datasets}assets:\n${store('one')}${store('two')}`;

let folder: Folder;
beforeEach(async () => {
  folder = await scratchFolder();
  await folder.write('manifest.yaml', manifest);
});
afterEach(() => folder.remove());

const check = (...words: string[]): Promise<Ran> =>
  type(['check', folder.path('manifest.yaml'), '--rule', 'LOC-01,LOC-02', ...words]);
const known = (): string => folder.path('known.json');

async function failing(...words: string[]): Promise<readonly string[]> {
  const { out } = await check('--format', 'json', ...words);
  return (JSON.parse(out) as { findings: { rule: string; subject: { id: string } }[] }).findings.map(
    ({ rule, subject }) => `${rule} ${subject.id}`,
  );
}

test('what is in the baseline is not reported, and does not fail', async () => {
  expect((await check('--write-baseline', known())).code).toBe(1);
  const { code, out } = await check('--baseline', known(), '--format', 'json');
  expect(code).toBe(0);
  expect((JSON.parse(out) as { findings: unknown[] }).findings).toEqual([]);
});

test('what is new is', async () => {
  await check('--write-baseline', known());
  await folder.write('manifest.yaml', manifest + store('three'));
  expect(await failing('--baseline', known())).toEqual(['LOC-01 results@three', 'LOC-02 results@three']);
  expect((await check('--baseline', known())).code).toBe(1);
});

test('moving lines, comments and order change nothing', async () => {
  await check('--write-baseline', known());
  const before = await folder.read('known.json');
  await folder.write(
    'manifest.yaml',
    `# moved\n\n${head}assets:\n${store('two')}\n\n${store('one')}${datasets}# and this\n${organisations}`,
  );
  expect(await failing('--baseline', known())).toEqual([]);
  await check('--write-baseline', known());
  expect(await folder.read('known.json')).toBe(before);
});

test('renaming the manifest’s file changes nothing; its id does', async () => {
  await check('--write-baseline', known());
  await folder.write('other.yaml', manifest);
  const renamed = await type(['check', folder.path('other.yaml'), '--rule', 'LOC-01', '--baseline', known()]);
  expect(renamed.code).toBe(0);
  await folder.write('manifest.yaml', manifest.replace('id: m', 'id: n'));
  expect((await check('--baseline', known())).code).toBe(1);
});

test('what is waived is not baselined: it comes back when the waiver ends', async () => {
  await folder.write(
    'waivers.yaml',
    '- {rule: LOC-01, subject: results@one, reason: x, approved_by: x, expires: 2026-12-31}\n',
  );
  await check('--write-baseline', known(), '--waivers', folder.path('waivers.yaml'));
  expect(await failing('--baseline', known())).toEqual(['LOC-01 results@one']);
});

test('what is unknown is not hidden by a baseline', async () => {
  await check('--write-baseline', known());
  await folder.write('manifest.yaml', manifest.replace('{country: IE}', 'unknown'));
  const { code, out } = await check('--baseline', known(), '--format', 'json', '--unknown', 'all');
  expect(code).toBe(3);
  expect(
    (JSON.parse(out) as { unknowns: { rules: string[] }[] }).unknowns.flatMap(({ rules }) => rules),
  ).toContain('LOC-01');
});

test('the configuration may name it', async () => {
  await check('--write-baseline', known());
  await folder.write(
    'bercail.yaml',
    'bercail: config/v1\nmanifests: [manifest.yaml]\nbaseline: known.json\n',
  );
  const { code } = await type(['check', folder.path(), '--rule', 'LOC-01,LOC-02']);
  expect(code).toBe(0);
});

test.each([
  ['not there', null, 'does not exist'],
  ['no baseline', '{"bercail": "waivers/v1"}', 'not a baseline'],
  ['broken', '{"bercail": ', 'known.json:1'],
  ['of other things', '{"bercail": "baseline/v1", "findings": [1]}', 'not a baseline'],
])('a file that is %s is an error, and nothing is judged', async (_what, text, message) => {
  if (text !== null) await folder.write('known.json', text);
  const { code, err, out } = await check('--baseline', known());
  expect([code, out]).toEqual([2, '']);
  expect(err).toContain(message);
});
