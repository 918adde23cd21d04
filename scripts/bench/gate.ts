import { existsSync } from 'node:fs';
import { mkdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../../src/io/root.ts';
import { type Measured, measure, median, ratio } from './gate/measure.ts';
import { findPeers } from './gate/peer.ts';
import { writePlan } from './gate/plan.ts';
import { writeDeployments, writeStacks } from './gate/template.ts';
import { type BenchTable, type Cell, circumstances, publish } from './record.ts';

const cli = join(root, 'dist/cli.js');
const folder = join(root, 'node_modules/.cache/bercail-bench/gate');
const SIZES = [200, 2000, 10_000, 100_000];
/** Beyond this, what takes a peer minutes tells nothing more. */
const PEER_LIMIT = 10_000;
/** Plans of 500 MB: by what a few resources carry, and by how many there are. */
const LARGE = [
  { resources: 2000, embedded: 1_250_000 },
  { resources: 320_000, embedded: 0 },
] as const;
const LIKE = ['LOC-01', 'SEC-03', 'SEC-05', 'CLS-01'];

interface Tool {
  readonly name: string;
  readonly command: string;
  readonly args: (file: string) => readonly string[];
  readonly env?: { readonly [name: string]: string };
  readonly codes: readonly number[];
}

/**
 * Whole processes on generated plans and templates, one after the other.
 * `npm run bench -- gate [--install] [--large] [--sizes 200,2000] [--rounds N] [--save]`
 */
export async function run(args: readonly string[]): Promise<void> {
  const option = (name: string): string | undefined => args[args.indexOf(name) + 1 || args.length];
  const sizes = option('--sizes')?.split(',').map(Number) ?? SIZES;
  const rounds = Number(option('--rounds') ?? 3);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const { peers, missing } = await findPeers(args.includes('--install'));
  for (const one of missing) console.error(`bench: without ${one}; --install fetches it`);
  const tools: readonly Tool[] = [
    bercail('Bercail, every pack', ['--policy', 'ministere']),
    bercail('Bercail, rules alike', ['--policy', 'ministere', ...LIKE.flatMap((rule) => ['--rule', rule])]),
    ...peers,
  ];
  const startup = await median(rounds + 4, () => timed(bercail('', ['--as-of', '2018-10-01']), startupInput));
  const plans: Cell[][] = [];
  const every = new Map<number, Measured>();
  for (const size of sizes) {
    const plan = join(folder, `plan-${size}.json`);
    await writePlan(plan, size);
    const megabytes = (await stat(plan)).size / 1e6;
    let base: Measured | null = null;
    for (const [index, tool] of tools.entries()) {
      const isPeer = index > 1;
      if (isPeer && size > PEER_LIMIT) continue;
      const one = await median(isPeer && size >= 2000 ? 1 : rounds, () => timed(tool, plan));
      base ??= one;
      if (index === 0) every.set(size, one);
      plans.push([
        size,
        megabytes,
        tool.name,
        one.wall,
        one.cpu,
        one.memory,
        one.wall / base.wall,
        ratio(one.cpu, base.cpu),
        ratio(one.memory, base.memory),
      ]);
      console.error(`${size} ${tool.name}: ${one.wall.toFixed(2)} s`);
    }
  }
  const templates = await measureTemplates(
    sizes.filter((size) => size <= 10_000),
    rounds,
  );
  const large = args.includes('--large') ? await measureLarge() : null;
  const record = {
    bench: 'gate',
    title: 'The gate, on infrastructure code',
    method:
      'Whole processes from start to exit, in turn; medians. Plans as `terraform show -json` prints them, of services of ten resources in nested modules; three in ten resources hold data, and rules find something in every service. “Rules alike” are the region, the class, encryption and public access of stores: LOC-01, CLS-01, SEC-03 and SEC-05 here, a Rego policy for conftest, two custom policies and six checks of its own for Checkov. Neither peer follows providers, aliases or copies, or says what it does not know. Where the machine has other work, processor time says more than wall time. Memory is the peak of a process and its children together.',
    command: ['npm run bench -- gate', ...args].join(' '),
    ...circumstances(),
    tables: [
      {
        title: 'Terraform plans',
        columns: [
          { name: 'resources', digits: 0 },
          { name: 'plan, MB', digits: 1 },
          { name: 'tool' },
          { name: 'wall, s', digits: 2 },
          { name: 'processor, s', digits: 2 },
          { name: 'memory, MB', digits: 0 },
          { name: '× wall', digits: 2 },
          { name: '× processor', digits: 2 },
          { name: '× memory', digits: 2 },
        ],
        rows: plans,
        note: `Ratios are to Bercail with every pack on the same plan. Above ${PEER_LIMIT.toLocaleString('en')} resources only Bercail is measured.${peers.length > 0 ? ` ${[...new Map(peers.map(({ command, version, name }) => [command, `${name.split(',')[0]} ${version}`])).values()].join(', ')}.` : ''}`,
      } satisfies BenchTable,
      templates,
      ...(large === null ? [] : [large.table]),
    ],
    targets: targetsOf(startup, every, large?.measured ?? null),
  };
  publish(record, args);
  await rm(folder, { recursive: true, force: true });
}

const startupInput = join(root, 'examples/evaluations-2018/manifest.yaml');

function bercail(name: string, more: readonly string[]): Tool {
  return {
    name,
    command: process.execPath,
    args: (file) => [cli, 'check', file, '--as-of', '2026-11-01', ...more],
    env: { XDG_STATE_HOME: folder, XDG_CACHE_HOME: folder },
    codes: [0, 1, 3],
  };
}

async function timed({ name, command, args, env, codes }: Tool, file: string): Promise<Measured> {
  if (!existsSync(command)) throw new Error(`${command} is not there`);
  const one = await measure(command, args(file), env);
  if (one.code === null || !codes.includes(one.code))
    throw new Error(`${name} ended with ${one.code}: ${one.output.slice(-500)}`);
  return one;
}

async function measureTemplates(sizes: readonly number[], rounds: number): Promise<BenchTable> {
  const rows: Cell[][] = [];
  for (const [name, write] of [
    ['CloudFormation, YAML', writeStacks],
    ['ARM, JSON', writeDeployments],
  ] as const) {
    for (const size of sizes) {
      const input = join(folder, `${name.split(',')[0]}-${size}`);
      await write(input, size);
      const one = await median(rounds, () => timed(bercail(name, []), input));
      rows.push([name, size, one.wall, one.cpu, one.memory, (one.wall * 1000) / size]);
    }
  }
  return {
    title: 'Templates',
    columns: [
      { name: 'template' },
      { name: 'resources', digits: 0 },
      { name: 'wall, s', digits: 2 },
      { name: 'processor, s', digits: 2 },
      { name: 'memory, MB', digits: 0 },
      { name: 'ms a resource', digits: 2 },
    ],
    rows,
    note: 'Every pack. Templates are as large as their services take them: 500 resources a stack, 800 a deployment, as many files as that makes.',
  };
}

async function measureLarge(): Promise<{ table: BenchTable; measured: Measured }> {
  const plan = join(folder, 'plan-large.json');
  const rows: { readonly cells: readonly Cell[]; readonly measured: Measured }[] = [];
  for (const { resources, embedded } of LARGE) {
    await writePlan(plan, resources, embedded);
    const megabytes = (await stat(plan)).size / 1e6;
    const measured = await timed(bercail('Bercail, every pack', ['--policy', 'ministere']), plan);
    rows.push({ cells: [resources, megabytes, measured.wall, measured.cpu, measured.memory], measured });
  }
  await rm(plan);
  const [{ measured }] = rows as [(typeof rows)[number]];
  return {
    measured,
    table: {
      title: 'Plans larger than a string of JavaScript may be',
      columns: [
        { name: 'resources', digits: 0 },
        { name: 'plan, MB', digits: 0 },
        { name: 'wall, s', digits: 1 },
        { name: 'processor, s', digits: 1 },
        { name: 'memory, MB', digits: 0 },
      ],
      rows: rows.map(({ cells }) => cells),
      note: 'What a plan carries beside what rules read takes no memory; each resource that is judged takes some, as long as it may stand in a report.',
    },
  };
}

function targetsOf(startup: Measured, every: ReadonlyMap<number, Measured>, large: Measured | null) {
  const ten = every.get(10_000);
  const hundred = every.get(100_000);
  const target = (what: string, wanted: number, unit: string, value: number | null | undefined) =>
    value === null || value === undefined
      ? []
      : [
          {
            what,
            target: `under ${wanted} ${unit}`,
            measured: `${value.toFixed(unit === 's' || unit === '×' ? 2 : 0)} ${unit}`,
            met: value < wanted,
          },
        ];
  return [
    ...target('start-up of the whole command, on a manifest', 250, 'ms', startup.wall * 1000),
    ...target('10,000 resources, every pack: time', 1.5, 's', ten?.wall),
    ...target('10,000 resources, every pack: memory', 250, 'MB', ten?.memory),
    ...target(
      'from 10,000 to 100,000 resources: time',
      12,
      '×',
      hundred && ten ? hundred.wall / ten.wall : null,
    ),
    ...target('a plan of 500 MB with 2,000 resources: memory', 300, 'MB', large?.memory),
  ];
}
