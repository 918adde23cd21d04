import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { runDoctor } from '../../../src/command/doctor/doctor.ts';
import { testContext } from '../../setup/command.ts';
import { type Folder, scratchFolder } from '../../setup/command-line.ts';

let folder: Folder;
beforeEach(async () => {
  folder = await scratchFolder();
});
afterEach(() => folder.remove());

interface Told {
  readonly ok: boolean;
  readonly checks: readonly { readonly id: string; readonly state: string; readonly detail: string }[];
}

async function doctor(
  env: { readonly [name: string]: string } = {},
  at = '2026-11-22T10:00:00Z',
): Promise<{ code: number; text: string; stateOf: (id: string) => string }> {
  const { context, out } = testContext(at);
  const own = {
    ...context,
    env: { HOME: folder.path(), PATH: process.env['PATH'], BERCAIL_CACHE: folder.path('cache'), ...env },
  };
  const code = await runDoctor({ format: 'json' }, own);
  const text = out();
  const { checks } = JSON.parse(text) as Told;
  return { code, text, stateOf: (id) => checks.find((one) => one.id === id)?.state ?? 'none' };
}

test('here all is well', async () => {
  const { code, stateOf } = await doctor();
  expect([code, stateOf('node'), stateOf('content'), stateOf('cache')]).toEqual([0, 'ok', 'ok', 'ok']);
});

describe('credentials', () => {
  test('are told by name, never by value', async () => {
    await folder.write(
      '.aws/credentials',
      '[audit]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = hunter22\n',
    );
    await folder.write(
      '.azure/azureProfile.json',
      '\ufeff{"subscriptions": [{"id": "s1", "name": "prod", "tenantId": "t1", "accessToken": "hunter22"}]}',
    );
    const { text, stateOf } = await doctor({
      AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLF',
      AWS_SECRET_ACCESS_KEY: 'hunter22',
    });
    expect(text).toMatch(/profiles: audit.*AWS_ACCESS_KEY_ID/);
    expect(text).toMatch(/tenant t1, 1 subscription/);
    expect(text).not.toMatch(/AKIA|hunter22/);
    expect([stateOf('aws'), stateOf('azure')]).toEqual(['ok', 'ok']);
  });

  test.each([['not JSON'], ['[]'], ['{"subscriptions": [null, 3, {"id": 1}]}']])(
    'a broken login (%s) is none',
    async (text) => {
      await folder.write('.azure/azureProfile.json', text);
      expect((await doctor()).stateOf('azure')).toBe('note');
    },
  );

  test('none is worth a note, and no failure', async () => {
    const { code, stateOf } = await doctor();
    expect([code, stateOf('aws')]).toEqual([0, 'note']);
  });
});

test('an old catalog is told', async () => {
  expect((await doctor({}, '2029-01-01T00:00:00Z')).stateOf('catalog')).toBe('note');
});

test('a cache that cannot be written is told, and is no failure', async () => {
  const { code, stateOf } = await doctor({ BERCAIL_CACHE: '/dev/null/none' });
  expect([code, stateOf('cache')]).toEqual([0, 'note']);
});

test('without git, it says what needs it', async () => {
  expect((await doctor({ PATH: folder.path() })).stateOf('git')).toBe('note');
});

test('in French, as text', async () => {
  const { context, out } = testContext();
  await runDoctor({ lang: 'fr' }, context);
  expect(out()).toMatch(/✓ règles et catalogue +\d+ règles, \d+ fournisseurs/);
});
