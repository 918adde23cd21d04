import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { AuditRequest } from '../../../src/audit.ts';
import { audit } from '../../../src/audit.ts';
import { fixedClock } from '../../../src/io/clock.ts';
import { useTestCredentials } from '../../setup/collect-context.ts';
import type { FakeS3, Reply } from '../../setup/fake-s3.ts';
import { startFakeS3 } from '../../setup/fake-s3.ts';

const denied: Reply = { status: 403, code: 'AccessDenied' };
const failing: Reply = { status: 500, code: 'InternalError' };

/** On an account where nothing critical fails: one bucket in Paris, of which a tag would say that it holds pupils' data. */
const policyText = (gate: string): string => `
bercail: policy/v1
name: own
title: {fr: Essai, en: Trial}
packs: {sovereignty: {}, secret-professionnel: {}}
classification:
  tags: {app: {ent: {categories: [identity.name], subjects: [pupil], secrecy: discretion}}}
  untagged: none
${gate}
`;

describe('what a run may end with when calls were refused', () => {
  let fake: FakeS3;
  let folder = '';
  let refused = '';
  let answer = denied;

  beforeAll(async () => {
    useTestCredentials();
    folder = await mkdtemp(join(tmpdir(), 'bercail-gate-'));
    fake = await startFakeS3({
      buckets: [{ name: 'b', region: 'eu-west-3' }],
      answer: (operation) => (operation === refused ? answer : undefined),
    });
  });
  afterAll(async () => {
    await fake.stop();
    await rm(folder, { recursive: true, force: true });
  });

  async function exitCode(
    gate: string,
    operation: string,
    more: Partial<AuditRequest> = {},
  ): Promise<readonly [number, number]> {
    refused = operation;
    const policy = join(folder, 'policy.yaml');
    await writeFile(policy, policyText(gate));
    const { result } = await audit({
      paths: [],
      network: true,
      language: 'en',
      clock: fixedClock('2026-11-22T08:00:00Z'),
      policy,
      sources: [{ kind: 'aws', options: { endpoint: fake.endpoint, region: 'eu-west-3', max_attempts: 1 } }],
      ...more,
    });
    return [
      result.summary.gate.exit_code,
      result.coverage.gaps.filter(({ reason }) => reason === 'denied' || reason === 'error').length,
    ];
  }

  const calls = [
    's3:GetBucketTagging',
    's3:GetBucketEncryption',
    's3:GetBucketReplication',
    's3:GetBucketLogging',
    's3:ListBuckets',
    'ec2:DescribeRegions',
  ];

  test('with nothing refused, the gate passes', async () => {
    expect(await exitCode('gate: {fail_on: critical, unknown: observed}', '')).toEqual([0, 0]);
  });

  test.each(calls)('%s refused: incomplete, at whatever severity the gate is set', async (operation) => {
    for (const gate of ['', 'gate: {fail_on: critical, unknown: observed}']) {
      const [code, gaps] = await exitCode(gate, operation);
      expect([operation, gate, code, gaps > 0]).toEqual([operation, gate, code === 1 ? 1 : 3, true]);
      expect(code).not.toBe(0);
    }
  });

  test.each(calls)(
    '%s refused: passes where the policy says that unknowns do not count',
    async (operation) => {
      const [code, gaps] = await exitCode('gate: {fail_on: critical, unknown: none}', operation);
      expect([code, gaps > 0]).toEqual([0, true]);
    },
  );

  test.each(calls)(
    '%s refused: « never » lets no finding decide, and does not hide it',
    async (operation) => {
      for (const [gate, more] of [
        ['gate: {fail_on: never, unknown: observed}', {}],
        ['gate: {fail_on: never}', {}],
        ['gate: {fail_on: high, unknown: observed}', { gate: { fail_on: 'never' } }],
      ] as const)
        expect([gate, ...(await exitCode(gate, operation, more))]).toEqual([gate, 3, expect.any(Number)]);
    },
  );

  test.each(calls)(
    '%s refused: the observatory says that nothing counts, and ends with 0',
    async (operation) => {
      const [code, gaps] = await exitCode('', operation, { policy: 'observatoire' });
      expect([code, gaps > 0]).toEqual([0, true]);
    },
  );

  test('with « never » and nothing refused, the gate passes', async () => {
    expect(await exitCode('gate: {fail_on: never}', '')).toEqual([0, 0]);
  });

  test.each(calls)('%s failing for good is as incomplete as refused', async (operation) => {
    answer = failing;
    const [code, gaps] = await exitCode('gate: {fail_on: critical, unknown: observed}', operation);
    answer = denied;
    expect([code, gaps > 0]).toEqual([3, true]);
  });

  test('a call that only rules left aside would need is not made, and is no gap', async () => {
    const asked: string[] = [];
    const onCall = (operation: string): void => void asked.push(operation);
    const gate = 'gate: {fail_on: critical, unknown: observed}';
    expect(await exitCode(gate, 's3:GetBucketEncryption', { rules: ['LOC-01'], onCall })).toEqual([0, 0]);
    expect(asked).not.toContain('s3:GetBucketEncryption');
    expect((await exitCode(gate, 's3:GetBucketReplication', { rules: ['LOC-01'], onCall }))[0]).toBe(3);
    expect(asked).toContain('s3:GetBucketReplication');
  });

  test('an interrupted run is incomplete, whatever it had read', async () => {
    const abort = new AbortController();
    const onCall = (operation: string): void => {
      if (operation === 's3:GetBucketReplication') abort.abort();
    };
    const gate = 'gate: {fail_on: critical, unknown: observed}';
    expect((await exitCode(gate, '', { signal: abort.signal, onCall, rules: ['LOC-01'] }))[0]).toBe(3);
  });
});
