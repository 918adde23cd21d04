import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Folder, type Ran, scratchFolder, type } from '../setup/command-line.ts';

/** Two stores in Dublin: LOC-01 fails twice, as high. */
const manifest = `
bercail: manifest/v1
id: m
organisations:
  men: {name: Ministère, role: controller, kind: public_body, seat: FR}
  host: {name: Host, role: processor, engaged_by: men, seat: IE}
datasets:
  results: {subjects: [pupil], categories: [education.results]}
assets:
  store: {kind: object_store, operator: host, place: {country: IE}, holds: [results]}
  store-two: {kind: object_store, operator: host, place: {country: IE}, holds: [results]}
`;

let folder: Folder;
beforeEach(async () => {
  folder = await scratchFolder();
  await folder.write('manifest.yaml', manifest);
  await folder.write(
    'bercail.yaml',
    'bercail: config/v1\nmanifests: [manifest.yaml]\nwaivers: waivers.yaml\n',
  );
});
afterEach(() => folder.remove());

function waiver(fields: { readonly [field: string]: string } = {}): string {
  const all = {
    rule: 'LOC-01',
    subject: '"results@*"',
    reason: Reason,
    approved_by: 'The DPO',
    approved_on: '2026-11-01',
    expires: '2026-12-31',
    ...fields,
  };
  return `- {${Object.entries(all)
    .map(([name, value]) => `${name}: ${value}`)
    .join(', ')}}\n`;
}

const Reason = 'Migration to Paris under way';

async function check(waivers: string, ...words: string[]): Promise<Ran> {
  await folder.write('waivers.yaml', waivers);
  return type(['check', folder.path(), '--rule', 'LOC-01', ...words]);
}

interface Told {
  readonly warnings: readonly string[];
  readonly findings: readonly {
    readonly subject: { readonly id: string };
    readonly waiver: { readonly [field: string]: unknown } | null;
  }[];
  readonly summary: { readonly waived: number };
}

const told = ({ out }: Ran): Told => JSON.parse(out) as Told;

describe('a waiver', () => {
  test.each([
    ['of an exact subject', { subject: 'results@store' }, ['results@store'], 1],
    ['of a pattern', { subject: '"results@store*"' }, ['results@store', 'results@store-two'], 0],
    ['of one character', { subject: '"results@stor?"' }, ['results@store'], 1],
    ['of a subject in another case', { subject: 'Results@store' }, [], 1],
    ['of another rule', { rule: 'LOC-02' }, [], 1],
    ['on its last day', { expires: '2026-11-22' }, ['results@store', 'results@store-two'], 0],
    ['the day after', { expires: '2026-11-21' }, [], 1],
    ['with a day that is none', { expires: '2026-02-30' }, [], 1],
    ['with no day at all', { expires: 'never' }, [], 1],
    ['with an empty day', { expires: 'null' }, [], 1],
    ['with a number', { expires: '20261231' }, [], 1],
  ])('%s', async (_what, fields, accepted, code) => {
    const done = await check(waiver(fields), '--format', 'json');
    const { findings, summary } = told(done);
    expect(findings.filter((finding) => finding.waiver !== null).map(({ subject }) => subject.id)).toEqual(
      accepted,
    );
    expect(summary.waived).toBe(accepted.length);
    expect(done.code).toBe(code);
  });

  test('is in every output with who accepted it and why', async () => {
    const { findings } = told(
      await check(waiver({ link: 'https://example.org/ticket' }), '--format', 'json'),
    );
    expect(findings[0]?.waiver).toEqual({
      reason: Reason,
      approved_by: 'The DPO',
      approved_on: '2026-11-01',
      expires: '2026-12-31',
      link: 'https://example.org/ticket',
    });
    for (const format of ['text', 'sarif', 'junit', 'gitlab', 'github', 'markdown', 'csv']) {
      const { out } = await check(waiver(), '--format', format);
      expect([format, out.includes(Reason), out.includes('The DPO')]).toEqual([format, true, true]);
    }
  });

  test('without a reason, an approver or an end is refused with its place', async () => {
    const { code, err } = await check('- {rule: LOC-01, subject: "*"}\n');
    expect(code).toBe(2);
    for (const key of ['reason', 'approved_by', 'expires']) expect(err).toContain(`"${key}"`);
    expect(err).toMatch(/waivers\.yaml:1:\d+/);
  });

  test('approved on a day that is none is refused', async () => {
    const { code, err } = await check(waiver({ approved_on: '2026-13-01' }));
    expect([code, err]).toEqual([2, expect.stringContaining('approved_on')]);
  });
});

describe('waivers that accept nothing', () => {
  const three =
    waiver({ subject: 'results@store' }) +
    waiver({ subject: 'results@gone' }) +
    waiver({ subject: 'results@store-two', expires: '2026-01-31' });

  test('are told, and fail nothing by themselves', async () => {
    const done = await check(three, '--format', 'json', '--fail-on', 'never');
    expect(done.code).toBe(0);
    expect(told(done).warnings).toEqual(
      expect.arrayContaining([
        'the waiver of LOC-01 for results@gone matches nothing',
        expect.stringContaining('the waiver of LOC-01 for results@store-two expired (2026-01-31)'),
      ]),
    );
  });

  test.each([
    ['an unused one', waiver() + waiver({ subject: 'results@gone' }), 1],
    ['an expired one', waiver() + waiver({ expires: '2026-01-31' }), 1],
    ['a malformed one', waiver() + waiver({ expires: 'soon' }), 1],
    ['none of them', waiver(), 0],
  ])('fail with --strict-waivers: %s', async (_what, waivers, code) => {
    const done = await check(waivers, '--strict-waivers');
    expect(done.code).toBe(code);
    if (code === 1) expect(done.err).toContain('waiver');
  });

  test('are not those of rules that the run leaves aside', async () => {
    const done = await check(waiver() + waiver({ rule: 'SEC-03' }), '--strict-waivers', '--format', 'json');
    expect([done.code, told(done).warnings.filter((warning) => warning.includes('SEC-03'))]).toEqual([0, []]);
  });

  test('make GOV-09 fail when they have no end', async () => {
    await folder.write('waivers.yaml', waiver({ expires: 'until further notice' }) + waiver());
    const judged = await type(['check', folder.path(), '--rule', 'GOV-09', '--format', 'json']);
    const [finding] = (JSON.parse(judged.out) as { findings: { rule: string; message: string }[] }).findings;
    expect(finding).toMatchObject({ rule: 'GOV-09', message: expect.stringContaining('waivers: LOC-01') });
    await folder.write('waivers.yaml', waiver());
    const mended = await type(['check', folder.path(), '--rule', 'GOV-09', '--format', 'json']);
    expect(told(mended).findings).toEqual([]);
  });
});
