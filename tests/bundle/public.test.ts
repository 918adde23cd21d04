import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { writeManifest } from '../../src/bundle/manifest.ts';
import { runAudit } from '../../src/command/audit.ts';
import { runReport } from '../../src/command/evidence/report.ts';
import { type Entries, readZip, writeZip } from '../../src/io/zip.ts';
import type { Result } from '../../src/result/result.ts';
import { plantProject, secrets } from '../redact/planted.ts';
import { testContext } from '../setup/command.ts';
import { bundleOf, folder, key, publicKey, verify, write } from './bundle.ts';

let saved: string;
let audienceKey: string;
let bundle: Uint8Array;
let entries: Entries;

beforeAll(async () => {
  const project = await plantProject(folder);
  audienceKey = write('audience.key', 'thirty-two bytes that nobody has');
  await runAudit(
    [project],
    { format: ['json'], out: join(folder, 'out'), failOn: 'high', quiet: true },
    testContext().context,
    false,
  );
  saved = join(folder, 'out/bercail.json.json');
  const path = join(folder, 'public.zip');
  await runReport(
    saved,
    {
      format: ['csv', 'html'],
      out: join(folder, 'public'),
      audience: 'public',
      audienceKey,
      bundle: path,
      key,
    },
    testContext().context,
  );
  bundle = readFileSync(path);
  entries = readZip(bundle).entries;
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A bundle whose hashes fit again after a change: only what it says can give it away. */
function forged(change: (result: { -readonly [K in keyof Result]: Result[K] }) => void): Uint8Array {
  const result = JSON.parse(Buffer.from(entries.get('result.json') ?? []).toString('utf8')) as Result;
  change(result);
  const changed = new Map(entries).set('result.json', Buffer.from(JSON.stringify(result)));
  for (const name of ['manifest.json', 'manifest.jws']) changed.delete(name);
  return writeZip(changed.set('manifest.json', writeManifest(changed)));
}

describe('a bundle for the public', () => {
  test('holds on its own: hashes, signature, sums, rules, catalog and reports', async () => {
    expect(await verify(bundle, { publicKey })).toMatchObject({
      code: 0,
      problems: [],
      signature: { state: 'valid', isExpected: true },
      replay: { state: 'consistent' },
    });
  });

  test('holds none of the secrets of what was read, and no input', () => {
    const text = [...entries]
      .map(([name, bytes]) => `${name}\n${Buffer.from(bytes).toString('utf8')}`)
      .join('\n')
      .toLowerCase();
    expect(secrets.filter((secret) => text.includes(secret.toLowerCase()))).toEqual([]);
    expect([...entries.keys()].filter((name) => /^(inputs|snapshots|policies)\//.test(name))).toEqual([]);
  });

  test('is matched with the result that it was made from, and with no other', async () => {
    expect(await verify(bundle, { original: saved, audienceKey })).toMatchObject({ code: 0 });
    const other = write('other.json', readFileSync(saved, 'utf8').replace('"high"', '"low"'));
    const problems = ['it was not made from the result and with the key given'];
    expect(await verify(bundle, { original: other, audienceKey })).toMatchObject({ code: 1, problems });
    const strange = write('strange.key', 'another key of thirty-two bytes.');
    expect(await verify(bundle, { original: saved, audienceKey: strange })).toMatchObject({
      code: 1,
      problems,
    });
  });

  test.each([
    ['a finding is taken out', (result) => void (result.findings = result.findings.slice(1))],
    [
      'a failure is said to be accepted',
      (result) => void (result.summary = { ...result.summary, waived: 7 }),
    ],
    [
      'the verdict is another',
      (result) =>
        void (result.summary = {
          ...result.summary,
          gate: { ...result.summary.gate, verdict: 'pass', exit_code: 0 },
        }),
    ],
    [
      'an asset vanishes',
      (result) => void (result.coverage = { ...result.coverage, assets: result.coverage.assets + 1 }),
    ],
    [
      'a duty becomes a demand',
      (result) =>
        void (result.findings = result.findings.map((one) => ({
          ...one,
          basis: one.basis === 'demand' ? 'law' : 'demand',
        }))),
    ],
    [
      'a message is softened',
      (result) => void (result.findings = result.findings.map((one) => ({ ...one, message: 'all is well' }))),
    ],
    [
      'other rules are said to have judged',
      (result) =>
        void (result.run = {
          ...result.run,
          packs: result.run.packs.map((pack) => ({ ...pack, sha256: '0'.repeat(64) })),
        }),
    ],
  ] as readonly (readonly [string, (result: { -readonly [K in keyof Result]: Result[K] }) => void])[])(
    'does not hold when %s, with every hash made to fit',
    async (_, change) => {
      const { code, problems } = await verify(forged(change));
      expect([code, problems.length > 0]).toEqual([1, true]);
    },
  );

  test('comes of an audit too, with the same option', async () => {
    const made = await bundleOf('audited.zip', ['tests/fixtures/in-order'], {
      audience: 'public',
      audienceKey,
    });
    expect(await verify(made)).toMatchObject({ code: 0, replay: { state: 'consistent' } });
  });

  test('is not made for insiders of a saved result, which holds no evidence', async () => {
    await expect(runReport(saved, { bundle: join(folder, 'x.zip') }, testContext().context)).rejects.toThrow(
      /does not hold what was read/,
    );
  });
});
