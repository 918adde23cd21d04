import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { target } from '../../scripts/fuzz/gate.ts';
import { mutate } from '../../scripts/fuzz/machine/mutate.ts';
import { createRandom } from '../../scripts/fuzz/machine/random.ts';

const folder = mkdtempSync(join(tmpdir(), 'bercail-fuzz-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('whatever plans, templates and manifests hold, they are judged or refused', async () => {
  const seeds = await target.seeds();
  const examine = await target.start(folder);
  const outcomes = new Set<string>();
  // Index 0 would start the command; the long run is `npm run fuzz -- gate`.
  for (let index = 1; index <= 400; index += 1) {
    const { outcome, flaw } = await examine(mutate(seeds, createRandom(20_261_126, index)), index);
    expect([index, flaw]).toEqual([index, null]);
    outcomes.add(outcome);
  }
  // Mutants that are all refused would show nothing.
  expect([...outcomes].toSorted()).toEqual(['exit 0', 'exit 1', 'exit 2', 'exit 3']);
}, 120_000);

test('the same seed gives the same inputs', async () => {
  const seeds = await target.seeds();
  const texts = (seed: number): string[] =>
    [1, 2, 3].map((index) => mutate(seeds, createRandom(seed, index)).text);
  expect(texts(7)).toEqual(texts(7));
  expect(texts(7)).not.toEqual(texts(8));
});
