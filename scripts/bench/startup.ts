import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from '../../src/io/root.ts';
import { circumstances, publish } from './record.ts';

const cli = join(root, 'dist/cli.js');
const manifest = join(root, 'examples/evaluations-2018/manifest.yaml');
const plan = join(root, 'examples/infra/terraform/plan.json');
const rounds = 21;

const check = (path: string, format = 'json'): readonly string[] => [
  cli,
  'check',
  path,
  ...'--as-of 2018-10-01 --fail-on never --unknown none --format'.split(' '),
  format,
];

const commands: readonly (readonly [name: string, words: readonly string[], isNew?: true])[] = [
  ['bare Node', ['-e', '0']],
  ['--version', [cli, '--version']],
  ['--help', [cli, '--help']],
  ['rules list', [cli, 'rules', 'list']],
  ['check, example manifest alone', check(manifest)],
  ['the same, as text', check(manifest, 'text')],
  ['the same, no compiled code kept by Node', check(manifest), true],
  ['check, example plan alone', check(plan)],
  ['the same, no compiled code kept by Node', check(plan), true],
];

/** Wall time of whole processes. `npm run bench -- startup [--save]` */
export function run(args: readonly string[] = []): void {
  const times = commands.map(() => [] as number[]);
  for (let round = 0; round <= rounds; round++) {
    for (const [index, [name, words, isNew]] of commands.entries()) {
      const started = performance.now();
      const { status } = spawnSync(process.execPath, words, {
        stdio: ['ignore', 'pipe', 'pipe'],
        maxBuffer: 1 << 26,
        ...(isNew ? { env: { ...process.env, NODE_DISABLE_COMPILE_CACHE: '1' } } : {}),
      });
      if (status !== 0) throw new Error(`${name} ended with ${status}`);
      if (round > 0) times[index]?.push(performance.now() - started);
    }
  }
  const bare = median(times[0] ?? []);
  const over = (name: string): number => median(times[commands.findIndex(([one]) => one === name)] ?? []);
  const targets = [
    { what: '`--version`', name: '--version', limit: 100 },
    { what: '`check` of a small manifest', name: 'check, example manifest alone', limit: 250 },
    { what: '`check` of a small plan', name: 'check, example plan alone', limit: 250 },
  ];
  publish(
    {
      bench: 'startup',
      title: 'Start-up',
      method:
        'Whole processes, in turn, so that a slow moment of the machine falls on all of them; medians and minima. A first run of each, which does not count, leaves Node the code that it compiled; two are told to take none, as in a fresh container.',
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
          rows: times.map((list, index) => [
            commands[index]?.[0] ?? '',
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
