import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { collect } from '../../src/collect/collect.ts';
import { readers } from '../../src/collect/s3/readers.ts';
import { systemClock } from '../../src/io/clock.ts';
import { compare } from './aws/compare.ts';
import { type BenchTable, circumstances, publish } from './record.ts';

const LATENCY = 20;
const PAGE = 1000;
/** With every S3 fact, no more than this beyond what the calls themselves take. */
const BOUND = 1.3;

const phases: readonly { readonly name: string; readonly wanted: ReadonlySet<string> }[] = [
  { name: 'residency alone', wanted: new Set(['place.region']) },
  { name: 'every S3 fact', wanted: new Set(['place.region', ...readers.flatMap(({ facts }) => facts)]) },
];

interface Figures {
  readonly calls: number;
  readonly lists: number;
  readonly each: number;
  readonly wall: number;
  readonly bound: number;
  /** Milliseconds of this process. */
  readonly cpu: number;
  readonly peak: number;
}

/**
 * Reads an account of many buckets from a fake on the loopback that takes 20 ms to answer. The bound is what the calls
 * take when `concurrency` of them are always under way: calls × latency ÷ concurrency.
 * `--peers`: then whole processes, of Bercail and of its peers, on an account of a moto server.
 * `npm run bench -- aws [BUCKETS] [CONCURRENCY] [--peers [--install] [--peer-buckets N] [--rounds N]] [--save]`
 */
export async function run(args: readonly string[] = []): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      peers: { type: 'boolean', default: false },
      install: { type: 'boolean', default: false },
      'peer-buckets': { type: 'string', default: '200' },
      rounds: { type: 'string', default: '3' },
      save: { type: 'boolean', default: false },
    },
  });
  const [buckets = 10_000, concurrency = 8] = positionals.map(Number);
  // Nothing of the machine's own AWS environment.
  for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) delete process.env[name];
  process.env['AWS_ACCESS_KEY_ID'] = 'bench';
  process.env['AWS_SECRET_ACCESS_KEY'] = 'bench';
  process.env['AWS_CONFIG_FILE'] = '/dev/null';
  process.env['AWS_SHARED_CREDENTIALS_FILE'] = '/dev/null';
  const server = spawn(
    process.execPath,
    [join(import.meta.dirname, 'aws/server.ts'), String(buckets), String(PAGE), String(LATENCY)],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  const measured: [string, Figures][] = [];
  try {
    const port = await new Promise<string>((resolve) =>
      server.stdout.once('data', (chunk) => resolve(String(chunk).trim())),
    );
    for (const { name, wanted } of phases)
      measured.push([name, await measure(`http://127.0.0.1:${port}`, wanted, buckets, concurrency)]);
  } finally {
    server.stdin.end();
  }
  const beside = values.peers
    ? await compare({
        buckets: Number(values['peer-buckets']),
        rounds: Number(values.rounds),
        isInstalling: values.install,
      })
    : null;
  publish(
    {
      bench: 'aws',
      title: 'An account of many buckets',
      method: `An account of ${buckets.toLocaleString('en')} buckets on a fake of the loopback, a process of its own that takes ${LATENCY} ms to answer and lists ${PAGE} buckets a page; ${concurrency} calls at a time. The bound is calls × latency ÷ concurrency: what the calls take if nothing else does. CPU is that of the collecting process, signing and parsing included; memory is its peak so far, of which the engine gives most back when asked.${beside === null ? '' : ' Beside peers: whole processes from start to exit, in turn, medians; calls are what the server was asked; processor and memory are those of a process and its children.'}`,
      command: `npm run bench -- ${['aws', ...args].join(' ')}`,
      ...circumstances(),
      tables: [tableOf(measured), ...(beside === null ? [] : [beside.table])],
      targets: [...(beside?.targets ?? []), ...targetsOf(buckets, measured)],
    },
    args,
  );
}

function tableOf(measured: readonly (readonly [string, Figures])[]): BenchTable {
  return {
    title: 'Calls, time and memory',
    columns: [
      { name: 'facts' },
      { name: 'calls', digits: 0 },
      { name: 'lists', digits: 0 },
      { name: 'calls a bucket', digits: 0 },
      { name: 'wall s', digits: 1 },
      { name: 'bound s', digits: 1 },
      { name: 'wall ÷ bound', digits: 2 },
      { name: 'CPU ms a call', digits: 2 },
      { name: 'peak MB', digits: 0 },
    ],
    rows: measured.map(([name, { calls, lists, each, wall, bound, cpu, peak }]) => [
      name,
      calls,
      lists,
      each,
      wall,
      bound,
      wall / bound,
      cpu / calls,
      peak,
    ]),
  };
}

function targetsOf(buckets: number, measured: readonly (readonly [string, Figures])[]) {
  const [residency, every] = measured.map(([, figures]) => figures);
  if (residency === undefined || every === undefined) return [];
  const pages = Math.ceil(buckets / PAGE);
  const ratio = every.wall / every.bound;
  return [
    {
      what: 'Residency: list calls, and calls a bucket',
      target: `${pages} and 0`,
      measured: `${residency.lists} and ${residency.each}`,
      met: residency.lists === pages && residency.each === 0,
    },
    {
      what: 'Every S3 fact: wall time against the bound',
      target: `${BOUND} at most`,
      measured: ratio.toFixed(2),
      met: ratio <= BOUND,
    },
  ];
}

async function measure(
  endpoint: string,
  wanted: ReadonlySet<string>,
  buckets: number,
  concurrency: number,
): Promise<Figures> {
  const options = { endpoint, region: 'eu-west-3', services: ['s3'] };
  const started = performance.now();
  const before = process.cpuUsage();
  const { calls, observations } = await collect([{ kind: 'aws', options }], {
    wanted,
    clock: systemClock,
    concurrency,
    signal: new AbortController().signal,
  });
  const wall = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage(before);
  const seen = observations.filter(({ asset }) => asset?.kind === 'object_store').length;
  const failed = observations.filter(
    ({ outcome, code }) => outcome !== 'ok' && code !== 'ServiceLeftOut',
  ).length;
  if (seen !== buckets || failed > 0) throw new Error(`${seen} buckets, ${failed} calls failed`);
  const count = Object.values(calls).reduce((sum, made) => sum + made, 0);
  const each = Object.values(calls).reduce((sum, made) => sum + (made >= buckets ? made : 0), 0) / buckets;
  return {
    calls: count,
    lists: calls['s3:ListBuckets'] ?? 0,
    each,
    wall,
    bound: (count * LATENCY) / 1000 / concurrency,
    cpu: (user + system) / 1000,
    peak: Math.round(process.resourceUsage().maxRSS / 1024),
  };
}
