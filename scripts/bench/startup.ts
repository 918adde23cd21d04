import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from '../../src/io/root.ts';
import { circumstances, publish } from './record.ts';

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

/** Wall time of whole processes. `npm run bench -- startup [--save]` */
export function run(args: readonly string[] = []): void {
  const times = new Map(commands.map(([name]) => [name, [] as number[]]));
  for (let round = 0; round <= rounds; round++) {
    for (const [name, ...words] of commands) {
      const started = performance.now();
      const { status } = spawnSync(process.execPath, words, {
        stdio: ['ignore', 'pipe', 'pipe'],
        maxBuffer: 1 << 26,
      });
      if (status !== 0) throw new Error(`${name} ended with ${status}`);
      if (round > 0) times.get(name)?.push(performance.now() - started);
    }
  }
  const bare = median(times.get('bare Node') ?? []);
  const over = (name: string): number => median(times.get(name) ?? []);
  const targets = [
    { what: '`--version`', name: '--version', limit: 100 },
    { what: '`check` of a small manifest', name: commands.at(-1)?.[0] ?? '', limit: 250 },
  ];
  publish(
    {
      bench: 'startup',
      title: 'Start-up',
      method:
        'Whole processes, in turn, so that a slow moment of the machine falls on all of them; medians and minima.',
      command: 'npm run bench -- startup --save',
      ...circumstances(),
      tables: [
        {
          title: `${rounds} runs of each`,
          columns: [
            { name: 'command' },
            { name: 'least, ms', digits: 0 },
            { name: 'median, ms', digits: 0 },
            { name: 'over bare Node, ms', digits: 0 },
            { name: '× bare Node', digits: 1 },
          ],
          rows: [...times].map(([name, list]) => [
            name,
            Math.min(...list),
            median(list),
            median(list) - bare,
            median(list) / bare,
          ]),
        },
      ],
      targets: targets.map(({ what, name, limit }) => ({
        what,
        target: `under ${limit} ms`,
        measured: `${over(name).toFixed(0)} ms`,
        met: over(name) < limit,
      })),
    },
    args,
  );
}

function median(list: readonly number[]): number {
  return list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)] ?? Number.NaN;
}
