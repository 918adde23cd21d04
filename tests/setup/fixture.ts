import { join } from 'node:path';
import { audit } from '../../src/audit.ts';
import { fixedClock } from '../../src/io/clock.ts';
import type { Result } from '../../src/result/result.ts';

export const fixtures = join(import.meta.dirname, '../fixtures');

/** Audits a folder of fixtures by a policy, every finding kept; every unknown and every failure counts. */
export async function judge(folder: string, policy: string): Promise<Result> {
  const { result } = await audit({
    paths: [join(fixtures, folder)],
    policy,
    network: false,
    language: 'en',
    clock: fixedClock('2026-11-22T08:00:00Z'),
    all: true,
    gate: { unknown: 'all', fail_on: 'info' },
  });
  return result;
}
