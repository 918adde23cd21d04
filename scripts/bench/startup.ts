import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from '../../src/io/root.ts';

const cli = join(root, 'dist/cli.js');
const manifest = join(root, 'examples/evaluations-2018/manifest.yaml');
const rounds = 21;

const commands: readonly (readonly [name: string, ...args: readonly string[]])[] = [
  ['bare Node', '-e', '0'],
  ['--version', cli, '--version'],
  ['--help', cli, '--help'],
  ['rules list', cli, 'rules', 'list'],
  [
    'check, example manifest alone',
    cli,
    'check',
    manifest,
    '--as-of',
    '2018-10-01',
    '--fail-on',
    'never',
    '--format',
    'json',
  ],
];

/** Wall time of whole processes, in turn, so that a slow moment of the machine falls on all of them. Targets: --version under 100 ms over bare Node, check under 250 ms. */
export function run(): void {
  const times = new Map(commands.map(([name]) => [name, [] as number[]]));
  for (let round = 0; round <= rounds; round++) {
    for (const [name, ...args] of commands) {
      const started = performance.now();
      const { status } = spawnSync(process.execPath, args, {
        stdio: ['ignore', 'pipe', 'pipe'],
        maxBuffer: 1 << 26,
      });
      if (status !== 0) throw new Error(`${name} ended with ${status}`);
      if (round > 0) times.get(name)?.push(performance.now() - started);
    }
  }
  const bare = median(times.get('bare Node') ?? []);
  console.log(
    `${'command'.padEnd(32)} ${'min'.padStart(8)} ${'median'.padStart(8)} ${'over bare'.padStart(10)} ${'ratio'.padStart(6)}   (ms, ${rounds} runs each, in turn)`,
  );
  for (const [name, list] of times) {
    const middle = median(list);
    console.log(
      `${name.padEnd(32)} ${Math.min(...list)
        .toFixed(0)
        .padStart(
          8,
        )} ${middle.toFixed(0).padStart(8)} ${(middle - bare).toFixed(0).padStart(10)} ${(middle / bare).toFixed(1).padStart(6)}`,
    );
  }
}

function median(list: readonly number[]): number {
  return [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? Number.NaN;
}
