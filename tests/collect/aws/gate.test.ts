import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { audit } from '../../../src/audit.ts';
import { fixedClock } from '../../../src/io/clock.ts';
import { useTestCredentials } from '../../setup/collect-context.ts';
import type { FakeS3, Reply } from '../../setup/fake-s3.ts';
import { startFakeS3 } from '../../setup/fake-s3.ts';

const denied: Reply = { status: 403, code: 'AccessDenied' };

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

  beforeAll(async () => {
    useTestCredentials();
    folder = await mkdtemp(join(tmpdir(), 'bercail-gate-'));
    fake = await startFakeS3({
      buckets: [{ name: 'b', region: 'eu-west-3' }],
      answer: (operation) => (operation === refused ? denied : undefined),
    });
  });
  afterAll(async () => {
    await fake.stop();
    await rm(folder, { recursive: true, force: true });
  });

  async function exitCode(gate: string, operation: string): Promise<readonly [number, number]> {
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
    });
    return [
      result.summary.gate.exit_code,
      result.coverage.gaps.filter(({ reason }) => reason === 'denied').length,
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
});
