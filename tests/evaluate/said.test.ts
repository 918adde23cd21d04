import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { audit } from '../../src/audit.ts';
import { fixedClock } from '../../src/io/clock.ts';
import { root } from '../../src/io/root.ts';
import { plain } from '../../src/result/plain.ts';
import type { Finding } from '../../src/result/result.ts';

async function findingsOf(deadline?: number): Promise<readonly Finding[]> {
  const { result } = await audit({
    paths: [join(root, 'tests/fixtures/everything-wrong')],
    network: false,
    all: true,
    language: 'en',
    clock: fixedClock('2026-11-22T08:00:00Z'),
    ...(deadline === undefined ? {} : { deadline }),
  });
  return result.findings;
}

test('findings put themselves in the same words whenever they are read, as data and as JSON', async () => {
  const [read, said] = [await findingsOf(), await findingsOf(60)];
  expect(read.length).toBeGreaterThan(60);
  expect(read.map(plain)).toEqual(said);
  expect(JSON.parse(JSON.stringify(read))).toEqual(JSON.parse(JSON.stringify(said)));
  // In any order, and again.
  expect(read.toReversed().map(({ message }) => message)).toEqual(
    said.map(({ message }) => message).reverse(),
  );
});

test('under a deadline they are in words already: nothing of a pack runs while a report is written', async () => {
  for (const finding of await findingsOf(60)) expect(Object.keys(finding)).toContain('message');
});
