import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Estate } from './million/estate.ts';
import type { Phases } from './million/measure.ts';
import { circumstances, publish } from './record.ts';

const SIZES = [10_000, 100_000];
/** Megabytes that the heap may take: with less room the engine looks for garbage more often. */
const HEAP = 3900;

/**
 * A ministry's estate made from a seed, from collecting (simulated) to verdicts, each size in a process of its own.
 * `npm run bench -- million [--sizes 10000,100000,1000000] [--save]`
 */
export async function run(args: readonly string[]): Promise<void> {
  const named = args[args.indexOf('--sizes') + 1 || args.length];
  const sizes = named?.split(',').map(Number) ?? SIZES;
  const folder = await mkdtemp(join(tmpdir(), 'bercail-bench-'));
  const measured: Phases[] = [];
  try {
    for (const assets of sizes) {
      const accounts = Math.max(1, Math.round(assets / 1000));
      const estate: Estate = { assets, accounts, manifests: accounts * 2, schools: 60_000, seed: 1 };
      const script = join(import.meta.dirname, 'million/measure.ts');
      const words = [`--max-old-space-size=${HEAP}`, script, JSON.stringify(estate), folder];
      const phases = JSON.parse(execFileSync(process.execPath, words, { encoding: 'utf8' })) as Phases;
      measured.push(phases);
      console.error(`${assets.toLocaleString('en')} assets: ${phases.evaluate.toFixed(1)} s of evaluation`);
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  const first = measured[0];
  const last = measured.at(-1);
  const whole = last !== undefined && last.assets >= 1_000_000;
  publish(
    {
      bench: 'million',
      title: 'A ministry’s estate',
      method:
        'One account and two manifests for each thousand assets, 17 regions, 60,000 schools, a few templates an account, one call in a hundred refused, half of the stores without a class; every pack. The snapshot is written as `collect` would, and read back with its digest chain. Each size in a process of its own, whose heap may take 3.9 GB; judging is on one thread.',
      command: 'npm run bench -- million --sizes 10000,100000,1000000 --save',
      ...circumstances(),
      tables: [
        {
          title: 'From snapshot to verdicts',
          columns: [
            { name: 'assets', digits: 0 },
            { name: 'holdings', digits: 0 },
            { name: 'findings', digits: 0 },
            { name: 'unknowns', digits: 0 },
            { name: 'snapshot, MB', digits: 0 },
            { name: 'write, s', digits: 1 },
            { name: 'read, s', digits: 1 },
            { name: 'build, s', digits: 1 },
            { name: 'evaluate, s', digits: 1 },
            { name: 'memory, MB', digits: 0 },
            { name: 'evaluate, µs an asset', digits: 0 },
          ],
          rows: measured.map((one) => [
            one.assets,
            one.holdings,
            one.findings,
            one.unknowns,
            one.snapshot,
            one.write,
            one.read,
            one.build,
            one.evaluate,
            one.memory,
            (one.evaluate / one.assets) * 1e6,
          ]),
          note: 'Observations are let go once the inventory is built, as they may be where no evidence is kept; `audit` keeps them to its end, some 0.7 KB an asset more.',
        },
      ],
      targets: [
        ...(first !== undefined && last !== undefined && first !== last
          ? [
              {
                what: `evaluation from ${first.assets.toLocaleString('en')} to ${last.assets.toLocaleString('en')} assets`,
                target: 'linear (at most 1.5 times the time an asset)',
                measured: `${(last.evaluate / last.assets / (first.evaluate / first.assets)).toFixed(2)} times`,
                met: last.evaluate / last.assets / (first.evaluate / first.assets) <= 1.5,
              },
            ]
          : []),
        ...(whole
          ? [
              {
                what: 'evaluation of 1,000,000 assets with every pack',
                target: 'under 60 s and 4 GB',
                measured: `${last.evaluate.toFixed(0)} s, ${(last.memory / 1000).toFixed(1)} GB`,
                met: last.evaluate < 60 && last.memory < 4000,
              },
            ]
          : []),
      ],
    },
    args,
  );
}
