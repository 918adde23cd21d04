import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { runDiff } from '../../src/command/evidence/diff.ts';
import { runKeygen } from '../../src/command/evidence/keygen.ts';
import { runReport } from '../../src/command/evidence/report.ts';
import { runVerify } from '../../src/command/evidence/verify.ts';
import { result2018 } from '../fixtures/report/result-2018.ts';
import { render } from '../report/rendering.ts';
import { testContext } from '../setup/command.ts';

const folder = mkdtempSync(join(tmpdir(), 'bercail-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

const saved = write('result.json', await render('json', result2018('fr')));

describe('report', () => {
  test.each(['text', 'markdown', 'csv', 'json'])(
    'gives the %s that the audit would have given',
    async (format) => {
      const { context, out } = testContext();
      expect(await runReport(saved, { format: [format] }, context)).toBe(0);
      expect(out()).toBe(await render(format, result2018('fr')));
    },
  );

  test('writes each format to its file, and every letter', async () => {
    const { context } = testContext();
    const out = join(folder, 'out');
    await runReport(saved, { format: ['csv', 'docx', 'xlsx'], out }, context);
    expect(readdirSync(out)).toEqual([
      'bercail.csv.csv',
      'bercail.docx-access.docx',
      'bercail.docx-minister.docx',
      'bercail.docx-parents.docx',
      'bercail.docx.docx',
      'bercail.xlsx.xlsx',
    ]);
  });

  test('says that a result stays in the language of its audit', async () => {
    const { context, err } = testContext();
    await runReport(saved, { lang: 'en' }, context);
    expect(err()).toContain('was written in “fr”');
  });

  test.each([
    ['an unknown format', saved, { format: ['paper'] }, /no format paper \(there are: text, /],
    ['two formats and nowhere to put them', saved, { format: ['csv', 'json'] }, /--out DIR/],
    ['a file that is not there', join(folder, 'none.json'), {}, /does not exist/],
    ['what is not JSON', write('a.json', '{'), {}, /not JSON/],
    ['what is not a result', write('b.json', '{"schema": "other"}'), {}, /is not a result/],
    ['half a result', write('c.json', '{"schema": "bercail/result/v1"}'), {}, /required/],
  ])('refuses %s', async (_, path, options, message) => {
    await expect(runReport(path, options, testContext().context)).rejects.toThrow(message);
  });
});

test('a report for the public needs a key, and hides names with it', async () => {
  await expect(runReport(saved, { audience: 'public' }, testContext().context)).rejects.toThrow(
    /--audience-key/,
  );
  await expect(
    runReport(saved, { audience: 'public', audienceKey: write('short', 'x') }, testContext().context),
  ).rejects.toThrow(/too short/);
  const { context, out } = testContext();
  await runReport(
    saved,
    { audience: 'public', audienceKey: write('long', 'x'.repeat(32)), format: ['json'] },
    context,
  );
  expect(out()).not.toContain('arn:aws:s3');
  expect(out()).toMatch(/resource-[0-9a-f]{10}/);
});

describe('diff', () => {
  test('ends with 1 for a new failure when asked to, and only then', async () => {
    const less = write(
      'less.json',
      await render('json', { ...result2018('fr'), findings: result2018('fr').findings.slice(1) }),
    );
    expect(await runDiff(less, saved, {}, testContext().context)).toBe(0);
    expect(await runDiff(less, saved, { failOnNew: true }, testContext().context)).toBe(1);
    expect(await runDiff(saved, less, { failOnNew: true }, testContext().context)).toBe(0);
  });

  test('refuses a format that it has not', async () => {
    await expect(runDiff(saved, saved, { format: 'pdf' }, testContext().context)).rejects.toThrow(
      /there are: text, json, markdown, html/,
    );
  });
});

test('a key is for its owner alone, and one that is there is never replaced', async () => {
  const out = join(folder, 'key.pem');
  await runKeygen({ out }, testContext().context);
  expect(statSync(out).mode & 0o777).toBe(0o600);
  expect(readFileSync(`${out}.pub`, 'utf8')).toMatch(/BEGIN PUBLIC KEY/);
  await expect(runKeygen({ out }, testContext().context)).rejects.toThrow(/already there/);
});

test.each(['en', 'fr'] as const)(
  'verify says in words (%s) what is wrong with something else',
  async (lang) => {
    const { context, out } = testContext();
    expect(await runVerify(write('x.zip', 'PK'), { lang }, context)).toBe(1);
    expect(out()).not.toMatch(/verify\./);
  },
);
