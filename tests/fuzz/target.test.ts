import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import * as browse from '../../scripts/fuzz/browse.ts';
import * as bundle from '../../scripts/fuzz/bundle.ts';
import * as cel from '../../scripts/fuzz/cel.ts';
import { mutate } from '../../scripts/fuzz/machine/mutate.ts';
import { createRandom } from '../../scripts/fuzz/machine/random.ts';
import * as manifest from '../../scripts/fuzz/manifest.ts';
import * as pack from '../../scripts/fuzz/pack.ts';
import * as result from '../../scripts/fuzz/result.ts';
import * as sample from '../../scripts/fuzz/sample.ts';
import * as snapshot from '../../scripts/fuzz/snapshot.ts';
import * as yaml from '../../scripts/fuzz/yaml.ts';

const folder = mkdtempSync(join(tmpdir(), 'bercail-fuzz-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Mutants that are all refused would show nothing: what some of them must come to. */
const targets = [
  { name: 'yaml', ...yaml, count: 200, seen: ['read', 'refused'] },
  { name: 'cel', ...cel, count: 600, seen: ['decided', 'error', 'refused', 'unknown'] },
  { name: 'manifest', ...manifest, count: 100, seen: ['manifest', 'refused', 'waivers'] },
  { name: 'pack', ...pack, count: 60, seen: ['pack', 'refused'] },
  { name: 'snapshot', ...snapshot, count: 60, seen: ['exit 3', 'refused'] },
  { name: 'sample', ...sample, count: 25, seen: ['counted', 'refused'] },
  { name: 'result', ...result, count: 150, seen: ['csv', 'refused', 'sarif'] },
  { name: 'browse', ...browse, count: 100, seen: ['form', 'refused', 'search'] },
  { name: 'bundle', ...bundle, count: 8, seen: ['failed, replay failed', 'failed, replay not_done'] },
] as const;

test.each(targets)(
  'whatever $name it is given, it says what is wrong or takes it',
  async ({ target, count, seen }) => {
    const seeds = await target.seeds();
    const examine = await target.start(folder);
    const outcomes = new Set<string>();
    for (let index = 1; index <= count; index += 1) {
      const { outcome, flaw } = await examine(mutate(seeds, createRandom(20_261_126, index)), index);
      expect([index, flaw]).toEqual([index, null]);
      outcomes.add(outcome);
    }
    expect([...outcomes]).toEqual(expect.arrayContaining([...seen]));
  },
  120_000,
);
