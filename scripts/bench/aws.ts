import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { collect } from '../../src/collect/collect.ts';
import { readers } from '../../src/collect/s3/readers.ts';
import { systemClock } from '../../src/io/clock.ts';

const LATENCY = 20;
const PAGE = 1000;

const phases: readonly { readonly name: string; readonly wanted: ReadonlySet<string> }[] = [
  { name: 'residency alone', wanted: new Set(['place.region']) },
  { name: 'every S3 fact', wanted: new Set(['place.region', ...readers.flatMap(({ facts }) => facts)]) },
];

/**
 * Reads an account of many buckets from a fake on the loopback that takes 20 ms to answer. The bound is what the calls
 * take when `concurrency` of them are always under way: calls × latency ÷ concurrency.
 * `npm run bench -- aws [BUCKETS] [CONCURRENCY]`
 */
export async function run([buckets = '10000', concurrency = '8']: readonly string[] = []): Promise<void> {
  // Nothing of the machine's own AWS environment.
  for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) delete process.env[name];
  process.env['AWS_ACCESS_KEY_ID'] = 'bench';
  process.env['AWS_SECRET_ACCESS_KEY'] = 'bench';
  process.env['AWS_CONFIG_FILE'] = '/dev/null';
  process.env['AWS_SHARED_CREDENTIALS_FILE'] = '/dev/null';
  const server = spawn(
    process.execPath,
    [join(import.meta.dirname, 'aws/server.ts'), buckets, String(PAGE), String(LATENCY)],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  try {
    const port = await new Promise<string>((resolve) =>
      server.stdout.once('data', (chunk) => resolve(String(chunk).trim())),
    );
    console.log(`${buckets} buckets, ${LATENCY} ms a call, ${concurrency} calls at a time`);
    console.log(
      `${'facts'.padEnd(18)} ${['calls', 'lists', 'a bucket', 'wall s', 'bound s', 'ratio', 'CPU ms/call', 'peak MB'].map((name) => name.padStart(11)).join(' ')}`,
    );
    for (const { name, wanted } of phases) {
      const figures = await measure(`http://127.0.0.1:${port}`, wanted, Number(buckets), Number(concurrency));
      console.log(`${name.padEnd(18)} ${figures.map((figure) => figure.padStart(11)).join(' ')}`);
    }
  } finally {
    server.stdin.end();
  }
}

async function measure(
  endpoint: string,
  wanted: ReadonlySet<string>,
  buckets: number,
  concurrency: number,
): Promise<readonly string[]> {
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
  const lists = calls['s3:ListBuckets'] ?? 0;
  const each =
    Object.entries(calls).reduce((sum, [, made]) => sum + (made >= buckets ? made : 0), 0) / buckets;
  const bound = (count * LATENCY) / 1000 / concurrency;
  return [
    String(count),
    String(lists),
    String(each),
    wall.toFixed(1),
    bound.toFixed(1),
    (wall / bound).toFixed(2),
    ((user + system) / 1000 / count).toFixed(2),
    String(Math.round(process.resourceUsage().maxRSS / 1024)),
  ];
}
