import { closeSync, openSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureMoto, startMoto } from '../../../tests/setup/moto.ts';
import { type Measured, measure, median, ratio } from '../gate/measure.ts';
import type { BenchRecord, BenchTable } from '../record.ts';
import { bucketsOf, build, planted, questions, type Reported } from './peer/account.ts';
import { bercail, findPeers, type Tool } from './peer.ts';

const REGIONS = '[eu-west-1, eu-west-3, us-east-1]';

interface Figures extends Measured {
  readonly calls: number;
  readonly reported: Reported;
}

type Row = readonly [Tool, Figures];

/** Bercail and its peers, whole processes in turn on one account of a moto server. */
export async function compare(options: {
  readonly buckets: number;
  readonly rounds: number;
  readonly isInstalling: boolean;
}): Promise<(Pick<BenchRecord, 'targets'> & { readonly table: BenchTable }) | null> {
  const moto = await ensureMoto();
  if ('missing' in moto) {
    console.error(`bench: without peers: ${moto.missing}`);
    return null;
  }
  const { peers, missing, versions } = await findPeers(options.isInstalling);
  const without = [...missing];
  const folder = await mkdtemp(join(tmpdir(), 'bercail-bench-aws-'));
  const log = join(folder, 'requests');
  const opened = openSync(log, 'a');
  const server = await startMoto(moto.server, opened).finally(() => closeSync(opened));
  try {
    const buckets = bucketsOf(options.buckets);
    await build(server.endpoint, buckets);
    const rows: Row[] = [];
    for (const tool of [
      await bercail(folder, 'Bercail, rules alike', ['s3'], 'all', true),
      await bercail(folder, 'Bercail, every pack', ['s3', 'rds', 'sqs', 'dynamodb'], REGIONS, false),
      ...peers,
    ]) {
      try {
        const figures = await median(options.rounds, () => timed(tool, server.endpoint, folder, log));
        rows.push([tool, figures]);
        console.error(`${tool.name}: ${figures.wall.toFixed(1)} s`);
      } catch (error) {
        if (!peers.includes(tool)) throw error;
        without.push(`${tool.name}: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
    for (const one of without) console.error(`bench: without ${one}`);
    const expected = planted(buckets);
    return {
      table: tableOf(rows, options.buckets, expected, noteOf(versions, without)),
      targets: targetsOf(rows, expected),
    };
  } finally {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function timed(tool: Tool, endpoint: string, folder: string, log: string): Promise<Figures> {
  const home = join(folder, 'home');
  const out = join(folder, 'out');
  await rm(out, { recursive: true, force: true });
  await rm(home, { recursive: true, force: true });
  await mkdir(out);
  await mkdir(home);
  const before = requests(log);
  // Nothing of the user's own, and no way off the loopback.
  const nowhere = 'http://127.0.0.1:9';
  const measured = await measure(tool.command, tool.args(out), {
    HOME: home,
    XDG_STATE_HOME: home,
    XDG_CACHE_HOME: home,
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: 'eu-west-3',
    AWS_DEFAULT_REGION: 'eu-west-3',
    AWS_EC2_METADATA_DISABLED: 'true',
    HTTP_PROXY: nowhere,
    HTTPS_PROXY: nowhere,
    NO_PROXY: '127.0.0.1',
  });
  if (measured.code === null || !tool.codes.includes(measured.code))
    throw new Error(
      `it ended with ${measured.code}: ${measured.output.trim().split('\n').at(-1)?.slice(0, 200)}`,
    );
  return { ...measured, calls: requests(log) - before, reported: await tool.reported(out) };
}

function requests(log: string): number {
  return readFileSync(log, 'utf8').match(/ HTTP\/1\.\d/g)?.length ?? 0;
}

/** How many of those that were planted a tool reports; null where it does not ask. */
function found(reported: Reported, expected: Required<Reported>): readonly (number | null)[] {
  return questions.map((question) => reported[question]?.intersection(expected[question]).size ?? null);
}

function tableOf(
  rows: readonly Row[],
  buckets: number,
  expected: Required<Reported>,
  note: string,
): BenchTable {
  const base = rows[0]?.[1];
  return {
    title: `${buckets.toLocaleString('en')} buckets of a moto account, beside peers`,
    columns: [
      { name: 'tool' },
      { name: 'calls', digits: 0 },
      { name: 'calls a bucket', digits: 1 },
      { name: 'wall, s', digits: 1 },
      { name: 'processor, s', digits: 1 },
      { name: 'memory, MB', digits: 0 },
      { name: '× wall', digits: 2 },
      { name: '× processor', digits: 2 },
      { name: '× memory', digits: 2 },
      ...questions.map((question) => ({ name: `${question}, of ${expected[question].size}`, digits: 0 })),
    ],
    rows: rows.map(([{ name }, { calls, wall, cpu, memory, reported }]) => [
      name,
      calls,
      calls / buckets,
      wall,
      cpu,
      memory,
      ratio(wall, base?.wall ?? null),
      ratio(cpu, base?.cpu ?? null),
      ratio(memory, base?.memory ?? null),
      ...found(reported, expected),
    ]),
    note,
  };
}

function noteOf(versions: readonly string[], without: readonly string[]): string {
  return [
    'Ratios are to the first row. Last columns: how many of the buckets planted with pupils’ data abroad, in clear (at rest or under way), open to all, or without a class, each tool reports; – where it has no such check.',
    'The work is not the same. Bercail also asks where the data of each bucket goes on to (replicas, logs, inventories, notifications, metadata, acceleration), since its rules judge copies too, and for the region of each, which AWS gives in its list and moto does not. Cloud Custodian is told which attributes to read, has a cache in memory, and asks for encryption and public access only of buckets that earlier filters left. Prowler reads thirteen attributes of every bucket even for three checks, and reports buckets whatever they hold. “Every pack” also reads databases, queues and tables in three regions.',
    'Moto is one Python process beside them: there, wall time says how fast it answers so many calls; processor time is that of the tool alone.',
    ...(versions.length > 0 ? [`${versions.join(', ')}.`] : []),
    ...without.map((one) => `Without ${one}.`),
  ].join(' ');
}

/** What is behind a peer comes first. */
function targetsOf(rows: readonly Row[], expected: Required<Reported>): BenchRecord['targets'] {
  const [first, ...others] = rows;
  if (first === undefined) return [];
  const [, own] = first;
  const all = questions.map((question) => expected[question].size).join(', ');
  const seen = found(own.reported, expected).join(', ');
  const beside = others
    .filter(([{ isAlike, name }]) => isAlike && !name.startsWith('Bercail'))
    .flatMap(([{ name }, peer]) =>
      (
        [
          ['calls', own.calls, peer.calls],
          ['wall time', own.wall, peer.wall],
          ['processor time', own.cpu, peer.cpu],
          ['memory', own.memory, peer.memory],
        ] as const
      ).flatMap(([what, mine, theirs]) => {
        const times = ratio(mine, theirs);
        if (times === null) return [];
        return [
          {
            what: `${what}, beside ${name}`,
            target: 'no more',
            measured: `${times.toFixed(2)} ×`,
            met: times <= 1,
          },
        ];
      }),
    );
  return [
    ...beside.toSorted((a, b) => Number(a.met) - Number(b.met)),
    { what: 'planted buckets that Bercail reports', target: all, measured: seen, met: all === seen },
  ];
}
