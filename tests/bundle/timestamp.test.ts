import { execFileSync } from 'node:child_process';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { ContentInfo, SignedData } from 'pkijs';
import { checkTimestamp } from '../../src/bundle/timestamp.ts';
import { runAudit } from '../../src/command/audit.ts';
import { readZip, writeZip } from '../../src/io/zip.ts';
import { type Authority, startAuthority } from '../setup/authority.ts';
import { testContext } from '../setup/command.ts';
import { describeWithProgram } from '../setup/tool.ts';
import { bundleOf, folder, key, verify, write } from './bundle.ts';

const example = 'tests/fixtures/in-order';

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describeWithProgram('a bundle that an authority dated', ['openssl'], (openssl) => {
  let authority: Authority;
  let ca: string;
  let dated: Uint8Array;
  beforeAll(async () => {
    authority = await startAuthority(openssl);
    ca = write('ca.pem', authority.ca);
    dated = await bundleOf('dated.zip', [example], { key, timestamp: authority.url }, undefined, true);
  }, 60_000);
  afterAll(() => authority.close());

  test('holds, and says when and by whom', async () => {
    const { code, timestamp } = await verify(dated, { timestampCa: ca });
    expect([code, timestamp]).toEqual([
      0,
      {
        state: 'valid',
        at: expect.stringMatching(/^\d{4}-\d{2}-\d{2}T/),
        authority: 'CN=Test authority',
        certificate: expect.stringMatching(/^[0-9a-f]{64}$/),
        isTrusted: true,
      },
    ]);
    expect((await verify(dated)).timestamp).toMatchObject({ state: 'valid', isTrusted: false });
  });

  test('is dated for openssl too, over the signature', () => {
    const { entries } = readZip(dated);
    const token = write('token', entries.get('manifest.tst') ?? new Uint8Array());
    const data = write('data', entries.get('manifest.jws') ?? new Uint8Array());
    const said = execFileSync(
      openssl,
      ['ts', '-verify', '-token_in', '-in', token, '-data', data, '-CAfile', ca],
      { encoding: 'utf8', stdio: 'pipe' },
    );
    expect(said).toContain('OK');
  });

  test('told the authority a hash, and nothing else of itself', () => {
    expect(authority.asked).toHaveLength(1);
    expect(authority.asked[0]?.length).toBeLessThan(120);
  });

  test('names the token or its hash file, wherever a bit of them changed', async () => {
    const { entries } = readZip(dated);
    for (const name of ['manifest.tst', 'manifest.tst.sha256']) {
      const bytes = entries.get(name) ?? new Uint8Array();
      await fc.assert(
        fc.asyncProperty(fc.nat(bytes.length - 1), fc.nat(7), async (at, bit) => {
          const copy = Uint8Array.from(bytes);
          copy[at] = (copy[at] ?? 0) ^ (1 << bit);
          const found = await verify(writeZip(new Map(entries).set(name, copy)));
          return (
            found.code === 1 &&
            found.replay.state === 'not_done' &&
            JSON.stringify(found.problems).includes(name)
          );
        }),
        { numRuns: 25, seed: 3161 },
      );
    }
  });

  test('does not hold with the token of another bundle, nor of another authority', async () => {
    const other = readZip(
      await bundleOf('other.zip', [example], { timestamp: authority.url }, '2026-01-01T00:00:00Z', true),
    ).entries;
    const { entries } = readZip(dated);
    const swapped = new Map(entries);
    for (const name of ['manifest.tst', 'manifest.tst.sha256'])
      swapped.set(name, other.get(name) ?? new Uint8Array());
    expect(await verify(writeZip(swapped))).toMatchObject({
      code: 1,
      problems: ['manifest.tst: it is over something else'],
    });
    const stranger = await startAuthority(openssl);
    try {
      const found = await verify(dated, { timestampCa: write('stranger.pem', stranger.ca) });
      expect(found).toMatchObject({
        code: 1,
        problems: ['manifest.tst: its certificate does not lead to an authority that was given'],
      });
    } finally {
      await stranger.close();
    }
  }, 60_000);

  test('is not taken from a certificate that is made for something else', async () => {
    const web = await startAuthority(openssl, 'v3_web');
    try {
      const { entries } = readZip(dated);
      const stamped = entries.get('manifest.jws') ?? new Uint8Array();
      const content = ContentInfo.fromBER(Uint8Array.from(entries.get('manifest.tst') ?? []).buffer);
      const info = new SignedData({ schema: content.content }).encapContentInfo.eContent?.getValue();
      writeFileSync(join(web.folder, 'info'), Buffer.from(info ?? new ArrayBuffer(0)));
      const sign = ['cms', '-sign', '-cades', '-binary', '-nodetach', '-outform', 'DER', '-md', 'sha256'];
      const forged = execFileSync(
        openssl,
        [
          ...sign,
          '-econtent_type',
          '1.2.840.113549.1.9.16.1.4',
          '-signer',
          'tsa.pem',
          '-inkey',
          'tsa.key',
          '-in',
          'info',
        ],
        { cwd: web.folder, stdio: 'pipe' },
      );
      expect(await checkTimestamp(forged, stamped, null)).toEqual({
        state: 'invalid',
        why: 'its certificate is not for time-stamping alone',
      });
    } finally {
      await web.close();
    }
  }, 60_000);

  test('that has none is told so where one is asked for', async () => {
    const plain = await bundleOf('plain.zip', [example]);
    expect(await verify(plain, { timestampCa: ca })).toMatchObject({
      code: 1,
      problems: ['the bundle has no timestamp'],
    });
  });

  describe('an authority that fails leaves no bundle', () => {
    test.each([
      ['answers nonsense', async () => Buffer.from('nonsense'), /no time-stamp response/],
      ['breaks', async () => Promise.reject(new Error('no')), /answered 500/],
      ['answers without end', async () => Buffer.alloc(2 * 1024 * 1024), /longer than/],
    ] as const)('%s', async (_, answer, message) => {
      authority.answer = answer;
      try {
        await expect(
          bundleOf('failed.zip', [example], { timestamp: authority.url }, undefined, true),
        ).rejects.toThrow(message);
      } finally {
        authority.answer = null;
      }
      expect(existsSync(join(folder, 'failed.zip'))).toBe(false);
    });

    test('gives an old answer to a new question', async () => {
      const [query = Buffer.alloc(0)] = authority.asked;
      const old = await authority.stamp(query);
      const at = '2026-11-22T09:00:00Z';
      authority.answer = async () => old;
      try {
        // The same bytes as before: only the nonce tells that the answer is another question's.
        await expect(
          bundleOf('failed.zip', [example], { key, timestamp: authority.url }, at, true),
        ).rejects.toThrow('it answered another request');
      } finally {
        authority.answer = null;
      }
    });
  });
});

describe('without being asked for, and rightly', () => {
  test.each([
    [
      'check opens no network',
      false,
      { bundle: join(folder, 'x.zip'), timestamp: 'http://127.0.0.1:9/' },
      /opens no network/,
    ],
    ['there is no bundle to date', true, { timestamp: 'http://127.0.0.1:9/' }, /dates a bundle/],
    [
      'the address is a file’s',
      true,
      { bundle: join(folder, 'x.zip'), timestamp: 'file:///etc/passwd' },
      /no address/,
    ],
    [
      'the address holds a password',
      true,
      { bundle: join(folder, 'x.zip'), timestamp: 'http://a:b@127.0.0.1:9/' },
      /no address/,
    ],
  ])('no authority is asked: %s', async (_, network, options, message) => {
    await expect(
      runAudit([example], { quiet: true, ...options }, testContext().context, network),
    ).rejects.toThrow(message);
  });
});
