import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { collect, sortObservations } from '../../../src/collect/collect.ts';
import { isSnapshot } from '../../../src/collect/snapshot/detect.ts';
import { readSnapshot } from '../../../src/collect/snapshot/read.ts';
import { writeSnapshot } from '../../../src/collect/snapshot/write.ts';
import type { Observation } from '../../../src/inventory/observation.ts';
import { testContext } from '../../setup/collect-context.ts';

const at = '2018-10-01T08:00:00Z';
const info = { version: '0.1.0', created: at, source: { kind: 'aws', options: { profile: 'audit' } } };
const observation = (i: number): Observation => ({
  source: 'aws',
  scope: '1/eu-west-3',
  operation: 's3:GetBucketTagging',
  subject: `arn:aws:s3:::b-${i}`,
  at,
  sha256: 'a'.repeat(64),
  outcome: 'ok',
  facts: { tags: { state: 'known', value: { app: `é « ${i} »` } } },
});
const observations = Array.from({ length: 3000 }, (_, i) => observation(i));

let folder = '';
let good = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bercail-snapshot-'));
  good = join(folder, 'good.inventory.ndjson.gz');
  await writeSnapshot(good, info, observations);
});
afterAll(() => rm(folder, { recursive: true }));

async function put(name: string, bytes: Uint8Array | string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, bytes);
  return path;
}

async function linesOf(path: string): Promise<string[]> {
  return gunzipSync(await readFile(path))
    .toString('utf8')
    .split('\n')
    .slice(0, -1);
}

describe('a snapshot', () => {
  test('gives back what was written', async () => {
    const snapshot = await readSnapshot(good);
    expect(snapshot.observations).toEqual(observations);
    expect(snapshot.header).toMatchObject({ bercail: 'snapshot/v1', created: at, source: info.source });
  });

  test('has the same bytes each time, and leaves no draft behind', async () => {
    const again = join(folder, 'again.inventory.ndjson.gz');
    await writeSnapshot(again, info, observations);
    expect((await readFile(again)).equals(await readFile(good))).toBe(true);
    expect((await readFile(good)).subarray(0, 10).toString('hex')).toBe('1f8b08000000000000ff');
    expect((await readdir(folder)).filter((name) => name.includes('tmp'))).toEqual([]);
  });

  test('is read plain as well', async () => {
    const path = await put('plain.inventory.ndjson', gunzipSync(await readFile(good)));
    expect((await readSnapshot(path)).observations).toHaveLength(3000);
  });

  test('replays as a source like any other', async () => {
    const { observations: seen } = await collect(
      [{ kind: 'snapshot', options: { path: good } }],
      testContext(),
    );
    expect(seen).toEqual(sortObservations(observations));
  });

  test('is known by its first bytes, gzipped or plain', async () => {
    const bytes = await readFile(good);
    expect(isSnapshot(bytes.subarray(0, 300))).toBe(true);
    expect(isSnapshot(gunzipSync(bytes).subarray(0, 300))).toBe(true);
    expect(isSnapshot(gzipSync('{"bercail":"manifest/v1"}'))).toBe(false);
    expect(isSnapshot(Buffer.from('bercail: manifest/v1\n'))).toBe(false);
    expect(isSnapshot(Buffer.from([0x1f, 0x8b, 8, 0]))).toBe(false);
    expect(isSnapshot(Buffer.alloc(0))).toBe(false);
  });

  test('keeps no secret of the configuration', async () => {
    const path = join(folder, 'secret.inventory.ndjson.gz');
    const options = {
      endpoint: 'https://user:hunter2@s3.example/?k=hunter2',
      external_id: 'hunter2',
      secret_key: 'hunter2',
      region: 'gra',
    };
    await writeSnapshot(path, { ...info, source: { kind: 's3', options } }, []);
    const { header } = await readSnapshot(path);
    expect(header.source.options).toEqual({ endpoint: 'https://s3.example/', region: 'gra' });
    expect(JSON.stringify(header)).not.toContain('hunter2');
  });

  test('of nothing is a snapshot too', async () => {
    const path = join(folder, 'empty.inventory.ndjson.gz');
    await writeSnapshot(path, info, []);
    expect((await readSnapshot(path)).observations).toEqual([]);
  });
});

describe('a damaged snapshot says what is wrong with it, and where', () => {
  test.each<[string, (lines: string[]) => string[], RegExp]>([
    [
      'a line changed',
      (lines) => lines.with(5, (lines[5] ?? '').replace('b-4', 'b-x')),
      /:3002:1: the snapshot does not match its digest/,
    ],
    ['a line taken out', (lines) => lines.toSpliced(5, 1), /says 3000 lines and holds 2999/],
    [
      'two lines swapped',
      (lines) => lines.with(5, lines[6] ?? '').with(6, lines[5] ?? ''),
      /does not match its digest/,
    ],
    [
      'its header changed',
      (lines) => lines.with(0, (lines[0] ?? '').replace('2018', '2019')),
      /does not match its digest/,
    ],
    ['its digest cut off', (lines) => lines.slice(0, -1), /:3001:1: the snapshot ends before its digest/],
    [
      'a line after its digest',
      (lines) => [...lines, lines[1] ?? ''],
      /:3003:1: the snapshot goes on after its digest/,
    ],
    ['a line that is no JSON', (lines) => lines.with(3, '{"source":'), /:4:1: not JSON/],
    [
      'a line that is no observation',
      (lines) => lines.with(3, '{"source":"aws"}'),
      /:4:1: “scope” should be a text/,
    ],
    [
      'a state that nobody knows',
      (lines) => lines.with(3, JSON.stringify({ ...observation(1), facts: { tags: { state: 'fine' } } })),
      /fact “tags” has no state/,
    ],
    [
      'a known fact without its value',
      (lines) => lines.with(3, JSON.stringify({ ...observation(1), facts: { tags: { state: 'known' } } })),
      /fact “tags”/,
    ],
    [
      'a provider that is no text',
      (lines) =>
        lines.with(
          3,
          JSON.stringify({
            ...observation(1),
            asset: { kind: 'other', name: 'a', provider: 7, account: null },
          }),
        ),
      /“asset.provider” should be a text or null/,
    ],
    [
      'an asset of no account, not even null',
      (lines) =>
        lines.with(
          3,
          JSON.stringify({ ...observation(1), asset: { kind: 'other', name: 'a', provider: null } }),
        ),
      /“asset.account” should be a text or null/,
    ],
    ['another file altogether', () => ['{"a":1}'], /:1:1: not a snapshot/],
    ['nothing', () => [''], /not JSON|empty/],
  ])('%s', async (name, change, message) => {
    const path = await put(
      `${name}.inventory.ndjson.gz`,
      gzipSync(`${change(await linesOf(good)).join('\n')}\n`),
    );
    await expect(readSnapshot(path)).rejects.toMatchObject({
      name: 'BercailError',
      code: 'input',
      message: expect.stringMatching(message),
    });
  });

  test('its gzip stream cut short at any place', async () => {
    const bytes = await readFile(good);
    for (const length of [0, 1, 2, 9, 10, 11, 100, bytes.length - 9, bytes.length - 1]) {
      const path = await put('cut.inventory.ndjson.gz', bytes.subarray(0, length));
      await expect(readSnapshot(path)).rejects.toMatchObject({ name: 'BercailError', code: 'input' });
    }
  });

  test('a bit of its gzip stream flipped', async () => {
    const bytes = await readFile(good);
    for (const position of [12, 500, bytes.length - 6, bytes.length - 2]) {
      const broken = Buffer.from(bytes);
      broken.writeUInt8(broken.readUInt8(position) ^ 1, position);
      await expect(readSnapshot(await put('flip.inventory.ndjson.gz', broken))).rejects.toMatchObject({
        name: 'BercailError',
        code: 'input',
      });
    }
  });

  test('a file that is not there', async () => {
    await expect(readSnapshot(join(folder, 'none.gz'))).rejects.toMatchObject({ code: 'not_found' });
    await expect(readSnapshot(folder)).rejects.toMatchObject({ code: 'input' });
  });
});
