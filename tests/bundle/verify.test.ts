import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { strToU8, zipSync } from 'fflate';
import { checkManifest, writeManifest } from '../../src/bundle/manifest.ts';
import { newKeyPair } from '../../src/io/key.ts';
import { type Entries, readZip, writeZip } from '../../src/io/zip.ts';
import { bundleOf, folder, key, publicKey, verify, write } from './bundle.ts';

const example = 'tests/fixtures/everything-wrong';
let signed: Uint8Array;
let unsigned: Uint8Array;

beforeAll(async () => {
  signed = await bundleOf('signed.zip', [example], { key, format: ['json', 'csv'], out: folder });
  unsigned = await bundleOf('unsigned.zip', [example]);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a bundle that nobody touched', () => {
  test('holds: hashes, signature, and the same findings when evaluated again', async () => {
    const found = await verify(signed, { publicKey });
    expect(found).toMatchObject({ code: 0, verdict: 'verified', problems: [], otherVersion: null });
    expect(found.signature).toMatchObject({ state: 'valid', isExpected: true });
    expect(found.replay).toMatchObject({ state: 'same' });
  });

  test('may be unsigned, and says so', async () => {
    expect(await verify(unsigned)).toMatchObject({ code: 0, signature: { state: 'none' } });
    expect(await verify(unsigned, { publicKey })).toMatchObject({
      code: 1,
      problems: ['the bundle is not signed'],
    });
  });

  test('has the same bytes when it is made again from the same at the same time', async () => {
    expect(
      Buffer.compare(
        await bundleOf('again.zip', [example], { key, format: ['json', 'csv'], out: folder }),
        signed,
      ),
    ).toBe(0);
  });

  test('is not taken for another signer’s', async () => {
    const other = write('other.pub', newKeyPair().publicPem);
    expect(await verify(signed, { publicKey: other })).toMatchObject({
      code: 1,
      problems: ['manifest.jws: it was not made with the key given'],
    });
  });
});

function flip(bytes: Uint8Array, at: number, bit = 0): Uint8Array {
  const copy = Uint8Array.from(bytes);
  copy[at] = (copy[at] ?? 0) ^ (1 << bit);
  return copy;
}

describe('a bundle that was altered', () => {
  test('names the file, whichever it is', async () => {
    const { entries } = readZip(signed);
    for (const [name, bytes] of entries) {
      const altered = new Map(entries).set(name, flip(bytes, bytes.length - 1, bytes.length % 8));
      const { code, problems, replay } = await verify(writeZip(altered));
      expect([name, code, replay.state]).toEqual([name, 1, 'not_done']);
      expect(problems.map((problem) => problem.split(/[ :]/)[0])).toContain(name);
    }
  });

  test('names the file, wherever one bit of it changed', () => {
    const { entries } = readZip(unsigned);
    for (const [name, bytes] of entries) {
      const places = name === 'manifest.json' ? bytes.keys() : [0, Math.floor(bytes.length / 2)];
      for (const at of [...places].filter((place) => place % 97 === 0 || place < 2000)) {
        const altered = new Map(entries).set(name, flip(bytes, at, at % 8));
        expect(checkManifest(altered)).toEqual([`${name} was altered`]);
      }
    }
  });

  test('does not hold with any bit of the ZIP itself changed', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(signed.length - 1), fc.nat(7), async (at, bit) => {
        const { code } = await verify(flip(signed, at, bit));
        return code === 1;
      }),
      { numRuns: 40, seed: 8 },
    );
  });

  test('does not hold with any bit of its directory changed, where names, sizes and offsets are', async () => {
    const start = directoryOf(signed);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: start, max: signed.length - 1 }), fc.nat(7), async (at, bit) => {
        const { code } = await verify(flip(signed, at, bit));
        return code === 1;
      }),
      { numRuns: 50, seed: 8 },
    );
  });

  test.each([
    ['cut short', (bytes: Uint8Array) => bytes.subarray(0, bytes.length - 5)],
    ['longer', (bytes: Uint8Array) => Buffer.concat([bytes, Buffer.from('x')])],
    ['preceded by something', (bytes: Uint8Array) => Buffer.concat([Buffer.from('#!/bin/sh\n'), bytes])],
    ['empty', () => new Uint8Array()],
  ])('does not hold when it is %s', async (_, change) => {
    expect((await verify(change(signed))).code).toBe(1);
  });

  test('says which files are missing and which were added', async () => {
    const entries = new Map(readZip(signed).entries);
    entries.delete('result.json');
    entries.set('more.txt', strToU8('x'));
    expect((await verify(writeZip(entries))).problems.toSorted()).toEqual([
      'more.txt is not in the manifest',
      'result.json is missing',
    ]);
  });
});

function directoryOf(bytes: Uint8Array): number {
  return Buffer.from(bytes).readUInt32LE(bytes.length - 6);
}

/** The bundle of somebody who makes every hash right again. */
function forged(change: (entries: Map<string, Uint8Array>) => void, from: Entries): Uint8Array {
  const entries = new Map(from);
  entries.delete('manifest.jws');
  change(entries);
  entries.set('manifest.json', writeManifest(entries));
  return writeZip(entries);
}

describe('a bundle whose hashes are right and that tells something else', () => {
  const edit = (name: string, pattern: RegExp | string, to: string) => (entries: Map<string, Uint8Array>) => {
    const text = Buffer.from(entries.get(name) ?? []).toString('utf8');
    expect(text).toMatch(pattern);
    entries.set(name, strToU8(text.replace(pattern, to)));
  };

  test('is told by the replay: a finding made milder', async () => {
    const found = await verify(
      forged(edit('result.json', '"severity": "critical"', '"severity": "low"'), readZip(unsigned).entries),
    );
    expect(found).toMatchObject({ code: 1, verdict: 'failed', replay: { state: 'different' } });
    expect(JSON.stringify(found.replay)).toContain('"fields":["severity"]');
  });

  test('is told by the replay: a finding taken out', async () => {
    const remove = (entries: Map<string, Uint8Array>): void => {
      const result = JSON.parse(Buffer.from(entries.get('result.json') ?? []).toString('utf8')) as {
        findings: unknown[];
      };
      result.findings.shift();
      entries.set('result.json', strToU8(JSON.stringify(result)));
    };
    const { replay, code } = await verify(forged(remove, readZip(unsigned).entries));
    expect([code, JSON.stringify(replay)]).toEqual([1, expect.stringContaining('"what":"extra"')]);
  });

  test('is told by the replay: a manifest that says something else', async () => {
    const found = await verify(
      forged(
        edit('inputs/002-manifest.yaml', /countries?: \[?\w+\]?|region: \S+/, 'region: eu-west-3'),
        readZip(unsigned).entries,
      ),
    );
    expect(found.code).toBe(1);
  });

  test('is told by rendering again: a report that does not say what the result says', async () => {
    const found = await verify(
      forged(edit('reports/bercail.csv.csv', '"critical"', '"low"'), readZip(signed).entries),
    );
    expect(found).toMatchObject({
      code: 1,
      problems: ['reports/bercail.csv.csv is not the report that result.json gives'],
    });
  });

  test.each(['run.json', 'result.json'])('is told in words when %s is nothing of ours', async (name) => {
    const found = await verify(
      forged((entries) => entries.set(name, strToU8('{"a":1}')), readZip(unsigned).entries),
    );
    expect(found).toMatchObject({ code: 1, replay: { state: 'failed' } });
  });

  test('needs nothing but itself: packs, policy and catalog are its own', async () => {
    const rename = edit('policies/001-complet.yaml', /^name: .*$/m, 'name: other');
    const found = await verify(forged(rename, readZip(unsigned).entries));
    expect(JSON.stringify(found.replay)).toContain('run.policy');
  });
});

describe('an archive made to harm', () => {
  const body = strToU8('x');
  test.each([
    ['a path that leads out', zipSync({ '../evil': body }, { level: 0 })],
    ['an absolute path', zipSync({ '/etc/evil': body }, { level: 0 })],
    ['a drive', zipSync({ 'C:evil': body }, { level: 0 })],
    ['a backslash', zipSync({ 'a\\..\\evil': body }, { level: 0 })],
    ['a dot segment', zipSync({ 'a/./b': body }, { level: 0 })],
    ['two names that one disk takes for one', zipSync({ 'a.txt': body, 'A.txt': body }, { level: 0 })],
    ['a bomb', zipSync({ 'run.json': new Uint8Array(50_000_000) }, { level: 9 })],
    [
      'more entries than any bundle has',
      zipSync(Object.fromEntries(Array.from({ length: 20_001 }, (_, i) => [`f${i}`, body])), { level: 0 }),
    ],
    [
      'a link to a file outside',
      zipSync({ link: [strToU8('/etc/passwd'), { level: 0, os: 3, attrs: 0o120777 * 2 ** 16 }] }),
    ],
    ['a name that is a prototype', zipSync(JSON.parse('{"__proto__":[120]}') as never, { level: 0 })],
  ])('is refused: %s', async (_, bytes) => {
    const { code, problems } = await verify(bytes);
    expect([code, problems.length > 0]).toEqual([1, true]);
  });
});
