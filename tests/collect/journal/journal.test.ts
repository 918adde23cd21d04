import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { collect } from '../../../src/collect/collect.ts';
import type { CollectContext, Options } from '../../../src/collect/collector.ts';
import type { JournalPlace } from '../../../src/collect/journal/journal.ts';
import { testContext, useTestCredentials } from '../../setup/collect-context.ts';
import type { FakeS3 } from '../../setup/fake-s3.ts';
import { startFakeS3 } from '../../setup/fake-s3.ts';

describe('the journal of a run', () => {
  let fake: FakeS3;
  let folder = '';
  const buckets = Array.from({ length: 6 }, (_, i) => ({ name: `b-${i}`, region: 'eu-west-3' }));

  beforeAll(async () => {
    useTestCredentials();
    fake = await startFakeS3({ buckets, accounts: { '444455556666': [{ name: 'c', region: 'eu-west-3' }] } });
  });
  afterAll(() => fake.stop());
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'bercail-journal-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const read = (place: Partial<JournalPlace>, changes: Partial<CollectContext> = {}, more: Options = {}) => {
    const options = {
      endpoint: fake.endpoint,
      region: 'eu-west-3',
      organization: true,
      role: 'audit',
      external_id: 'secret-id',
      services: ['s3'],
      max_attempts: 1,
      ...more,
    };
    return collect([{ kind: 'aws', options }], testContext(changes), { folder, resume: null, ...place });
  };
  const journalOf = async (run: string): Promise<string> =>
    readFile(join(folder, `.bercail-run-${run}`, 'journal.ndjson'), 'utf8');

  test('is the owner’s to remove, holds no secret, and only its owner can read it', async () => {
    const { journal } = await read({});
    const text = await journalOf(journal?.run ?? '');
    expect(text).not.toContain('secret-id');
    const { stat } = await import('node:fs/promises');
    const { mode } = await stat(join(folder, `.bercail-run-${journal?.run}`, 'journal.ndjson'));
    expect(mode & 0o077).toBe(0);
    await journal?.remove();
    expect(await readdir(folder)).toEqual([]);
  });

  test('taken up again when nothing is missing, no call is made and the result is the same', async () => {
    const first = await read({});
    const before = fake.requests.length;
    const second = await read({ resume: first.journal?.run ?? '' });
    expect(fake.requests.length).toBe(before);
    expect(second.observations).toEqual(first.observations);
    expect(second.calls).toEqual(first.calls);
    expect(second.journal?.created).toBe(first.journal?.created);
  });

  test('an interrupted run ends at once with gaps; taken up again, only what is missing is asked', async () => {
    const undisturbed = await read({});
    await undisturbed.journal?.remove();
    const controller = new AbortController();
    let made = 0;
    const onCall = (operation: string): void => {
      if (operation.startsWith('s3:')) made += 1;
      if (made === 20) controller.abort();
    };
    const cut = await read({}, { signal: controller.signal, onCall, concurrency: 2 });
    const gaps = cut.observations.filter(
      ({ outcome, code }) => outcome === 'not_collected' && code === 'Aborted',
    );
    expect(gaps.length).toBeGreaterThan(5);
    const before = fake.requests.length;
    const whole = await read({ resume: 'last' });
    expect(whole.observations).toEqual(undisturbed.observations);
    expect(fake.requests.slice(before).some((request) => request.includes('GetCallerIdentity'))).toBe(false);
  });

  test('the interruption ends a call that hangs', async () => {
    const hanging = await startFakeS3({ buckets, latency: 30_000 });
    const controller = new AbortController();
    const done = read(
      {},
      { signal: controller.signal, onCall: () => setTimeout(() => controller.abort(), 50) },
      { endpoint: hanging.endpoint },
    );
    const { observations } = await done;
    expect(observations.map(({ outcome }) => outcome)).toContain('not_collected');
    await hanging.stop();
  });

  test.each<[string, Partial<CollectContext>, Options]>([
    ['another region', {}, { regions: ['eu-west-1'] }],
    ['other facts', { wanted: new Set(['tags']) }, {}],
  ])('of %s is another run', async (_, changes, options) => {
    const { journal } = await read({});
    await expect(read({ resume: journal?.run ?? '' }, changes, options)).rejects.toThrow(
      /was for other sources.*give the sources/s,
    );
  });

  test('a run that is not there is told with those that are', async () => {
    const { journal } = await read({});
    await expect(read({ resume: 'nope' })).rejects.toThrow(
      new RegExp(`no run nope.*there are: ${journal?.run}`),
    );
  });

  test('a journal that was altered is refused with its line', async () => {
    const { journal } = await read({});
    const path = join(folder, `.bercail-run-${journal?.run}`, 'journal.ndjson');
    const lines = (await readFile(path, 'utf8')).split('\n');
    await writeFile(path, [lines[0], '{"plan":', ...lines.slice(2)].join('\n'));
    await expect(read({ resume: journal?.run ?? '' })).rejects.toThrow(/journal\.ndjson:2:1: not JSON/);
  });

  test('a source that cannot be planned leaves none', async () => {
    await expect(read({}, {}, { region: '' })).rejects.toThrow(/no AWS region/);
    expect(await readdir(folder)).toEqual([]);
  });

  test('a folder that cannot be written stops a run that must be kept, and not one for which it is a convenience', async () => {
    const nowhere = join(folder, 'file', 'below');
    await writeFile(join(folder, 'file'), '');
    await expect(read({ folder: nowhere })).rejects.toThrow();
    const { journal, observations } = await read({ folder: nowhere, isOptional: true });
    expect([journal, observations.length > 0]).toEqual([null, true]);
  });
});
