import { spawn } from 'node:child_process';
import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { FakeS3 } from '../../setup/fake-s3.ts';
import { startFakeS3 } from '../../setup/fake-s3.ts';

const script = join(import.meta.dirname, 'child.ts');
const bucketsOf = (prefix: string, count: number) =>
  Array.from({ length: count }, (_, i) => ({
    name: `${prefix}-${i}`,
    region: i % 2 === 0 ? 'eu-west-3' : 'eu-west-1',
  }));

interface Ended {
  readonly code: number | null;
  readonly signal: string | null;
  readonly output: string;
}

/** Seeded, so that a failure can be repeated: a linear congruential generator (Numerical Recipes' constants). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

describe('a run that is killed', () => {
  let fake: FakeS3;
  let folder = '';
  let onRequest = (): void => undefined;
  let whole: { snapshot: Buffer; calls: unknown; requests: number };

  /** Runs the child, and kills it once the fake has had so many requests more. */
  function start(out: string, run: string, requests = Number.POSITIVE_INFINITY): Promise<Ended> {
    const from = fake.requests.length;
    const running = spawn(process.execPath, [script, fake.endpoint, out, run], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    running.stdout.on('data', (chunk) => (output += String(chunk)));
    onRequest = () => {
      if (fake.requests.length - from >= requests) running.kill('SIGKILL');
    };
    return new Promise((resolve) =>
      running.once('close', (code, signal) => resolve({ code, signal, output })),
    );
  }

  beforeAll(async () => {
    fake = await startFakeS3({
      buckets: bucketsOf('own', 5),
      accounts: { '444455556666': bucketsOf('school', 4), '777788889999': bucketsOf('lab', 3) },
      regions: ['eu-west-3', 'eu-west-1'],
      onRequest: () => onRequest(),
    });
    folder = await mkdtemp(join(tmpdir(), 'bercail-kill-'));
    const { code, output } = await start(folder, 'new');
    expect(code).toBe(0);
    whole = {
      snapshot: await readFile(join(folder, 'run.ndjson.gz')),
      calls: JSON.parse(output),
      requests: fake.requests.length,
    };
  });
  afterAll(async () => {
    await fake.stop();
    await rm(folder, { recursive: true, force: true });
  });

  test('undisturbed, it leaves a snapshot and no journal', async () => {
    expect(await readdir(folder)).toEqual(['run.ndjson.gz']);
    expect(whole.requests).toBeGreaterThan(100);
  });

  const random = seeded(20181001);
  const moments = Array.from({ length: 20 }, (_, index) => [index + 1, random(), random()] as const);

  test.each(moments)(
    'at random moment %i, and again while it is taken up, ends with the same bytes and the same count of calls',
    async (_, first, second) => {
      const out = await mkdtemp(join(tmpdir(), 'bercail-kill-'));
      try {
        const killed = await start(out, 'new', Math.ceil(first * (whole.requests - 1)));
        expect(killed.signal).toBe('SIGKILL');
        let ended = await start(out, 'last', Math.ceil(second * whole.requests * 0.5));
        // The last run has less to ask than it takes to be killed, or is the third.
        if (ended.code !== 0) ended = await start(out, 'last');
        expect(ended.code).toBe(0);
        expect(JSON.parse(ended.output)).toEqual(whole.calls);
        expect((await readFile(join(out, 'run.ndjson.gz'))).equals(whole.snapshot)).toBe(true);
        expect((await readdir(out)).filter((name) => name.startsWith('.bercail-run-'))).toEqual([]);
      } finally {
        await rm(out, { recursive: true, force: true });
      }
    },
  );

  test('a journal that was being written is read up to its last whole line', async () => {
    const out = await mkdtemp(join(tmpdir(), 'bercail-kill-'));
    await start(out, 'new', whole.requests - 2);
    const [name = ''] = (await readdir(out)).filter((one) => one.startsWith('.bercail-run-'));
    const journal = await readFile(join(out, name, 'journal.ndjson'));
    const { writeFile } = await import('node:fs/promises');
    for (const share of [0.3, 0.5, 0.7, 0.9, 0.999]) {
      const copy = await mkdtemp(join(tmpdir(), 'bercail-kill-'));
      await cp(join(out, name), join(copy, name), { recursive: true });
      await writeFile(
        join(copy, name, 'journal.ndjson'),
        journal.subarray(0, Math.floor(journal.length * share)),
      );
      expect((await start(copy, 'last')).code).toBe(0);
      expect((await readFile(join(copy, 'run.ndjson.gz'))).equals(whole.snapshot)).toBe(true);
      await rm(copy, { recursive: true, force: true });
    }
    expect(journal.toString('utf8')).not.toMatch(/x-1|SecretAccessKey|"ASIA/);
    await rm(out, { recursive: true, force: true });
  });
});
