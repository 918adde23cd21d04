import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { root } from '../../src/io/root.ts';
import { type BenchRecord, circumstances, publish } from './record.ts';

/** As many pupils a school as in France: five quasi-identifiers make most of them unique. */
const PUPILS_A_SCHOOL = 343;
const QUASI = ['school', 'sex', 'birth_month', 'level', 'track'];
const PYTHON_MINUTES = 10;
const built = join(root, 'dist/cli.js');
const cli = existsSync(built) ? built : join(root, 'src/cli.ts');

const usage = `bench anonymity [--rows N] [--compare N] [--python PATH] [--save]
  --rows N      rows to measure (default 1000000; as many as pupils in France: 12000000)
  --compare N   rows to measure beside pyCANON (default 2000; 0: not at all)
  --python PATH a Python that has pyCANON (default: it is installed into a temporary folder)`;

/** Wall time and peak memory of whole processes, CSV and Parquet, and pyCANON on a size that it can finish. */
export async function run(args: readonly string[]): Promise<void> {
  const option = (name: string, otherwise: string): string =>
    args[args.indexOf(name) + 1 || args.length] ?? otherwise;
  if (args.includes('--help')) return console.log(usage);
  const rows = Number(option('--rows', '1000000'));
  const compared = Number(option('--compare', '2000'));
  const folder = await mkdtemp(join(tmpdir(), 'bercail-bench-'));
  try {
    const { parquet, csv } = await generate(folder, rows);
    const files = [];
    for (const [name, path] of [
      ['Parquet', parquet],
      ['CSV', csv],
    ] as const) {
      const { size } = await stat(path);
      files.push({ name, megabytes: size / 1e6, ...(await bercail(path)) });
    }
    const beside = compared > 0 ? await compare(folder, compared, option('--python', '')) : null;
    publish(recordOf(rows, files, compared, beside), args);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface Beside {
  readonly own: number;
  /** Seconds; null where it did not finish. */
  readonly pycanon: number | null;
  readonly remark: string;
}

function recordOf(
  rows: number,
  files: readonly (Timed & { readonly name: string; readonly megabytes: number })[],
  compared: number,
  beside: Beside | null,
): BenchRecord {
  const parquet = files.find(({ name }) => name === 'Parquet');
  const ratio = beside?.pycanon ? beside.pycanon / beside.own : null;
  const whole = rows >= 12_000_000 && parquet !== undefined;
  return {
    bench: 'anonymity',
    title: 'Measuring a sample',
    method:
      'Whole processes from start to exit, on rows made from a seed: five quasi-identifiers and one sensitive column. Bercail also looks for identifiers, breaking sets of columns and the effect of leaving each out; pyCANON computes k, alpha, both l, t, both betas and delta, start-up included.',
    command: 'npm run bench -- anonymity --rows 12000000 --save',
    ...circumstances(),
    tables: [
      {
        title: `${rows.toLocaleString('en')} rows`,
        columns: [
          { name: 'file' },
          { name: 'size, MB', digits: 0 },
          { name: 'wall, s', digits: 1 },
          { name: 'processor, s', digits: 1 },
          { name: 'memory, MB', digits: 0 },
          { name: 'k', digits: 0 },
          { name: 'classes', digits: 0 },
        ],
        rows: files.map(({ name, megabytes, wall, cpu, peak, told }) => [
          name,
          megabytes,
          wall,
          cpu,
          peak,
          told.k,
          told.classes,
        ]),
      },
      ...(beside === null
        ? []
        : [
            {
              title: `${compared.toLocaleString('en')} rows of CSV, beside pyCANON`,
              columns: [{ name: 'tool' }, { name: 'wall, s', digits: 2 }, { name: '× wall', digits: 1 }],
              rows: [
                ['Bercail', beside.own, 1],
                ['pyCANON', beside.pycanon, ratio],
              ],
              note: beside.remark,
            },
          ]),
    ],
    targets: [
      ...(whole
        ? [
            {
              what: '12,000,000 rows of Parquet',
              target: 'under 10 s and 2 GB',
              measured: `${parquet.wall.toFixed(1)} s, ${parquet.peak.toFixed(0)} MB`,
              met: parquet.wall < 10 && parquet.peak < 2000,
            },
          ]
        : []),
      ...(ratio === null
        ? []
        : [
            {
              what: 'beside pyCANON',
              target: 'at least 20 times faster',
              measured: `${ratio.toFixed(0)} times`,
              met: ratio >= 20,
            },
          ]),
    ],
  };
}

async function generate(
  folder: string,
  rows: number,
): Promise<{ readonly parquet: string; readonly csv: string }> {
  const [parquet, csv] = [join(folder, `${rows}.parquet`), join(folder, `${rows}.csv`)];
  const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
  const connection = await instance.connect();
  const draw = (seed: number, values: number): string => `hash(i * 7919 + ${seed}) % ${values}`;
  const select =
    `SELECT 'E' || (${draw(1, Math.max(1, Math.round(rows / PUPILS_A_SCHOOL)))}) AS school, CASE WHEN ${draw(2, 2)} = 0 THEN 'F' ELSE 'M' END AS sex, ` +
    `CAST(1 + ${draw(3, 12)} AS VARCHAR) AS birth_month, 'L' || (${draw(4, 3)}) AS level, 'T' || (${draw(5, 5)}) AS track, ${draw(6, 101)} AS score FROM range(${rows}) AS t(i)`;
  await connection.run(`COPY (${select}) TO '${parquet}' (FORMAT parquet)`);
  await connection.run(`COPY (SELECT * FROM '${parquet}') TO '${csv}' (FORMAT csv)`);
  connection.closeSync();
  instance.closeSync();
  return { parquet, csv };
}

interface Timed {
  readonly wall: number;
  readonly cpu: number;
  readonly peak: number;
  readonly told: { readonly k: number; readonly classes: number; readonly t: number };
}

/** Runs the built command; its peak memory is what the system counted. */
async function bercail(path: string): Promise<Timed> {
  const script = `process.argv.splice(1, 1); process.on('exit', () => { const u = process.resourceUsage(); console.error(JSON.stringify([u.maxRSS / 1024, (u.userCPUTime + u.systemCPUTime) / 1e6])); }); await import(${JSON.stringify(cli)});`;
  const started = performance.now();
  const { out, err, code } = await runProcess(
    process.execPath,
    [
      '--input-type=module',
      '--eval',
      script,
      '--',
      'bercail',
      'bercail',
      'anonymity',
      path,
      '--quasi',
      QUASI.join(','),
      '--sensitive',
      'score',
      '--format',
      'json',
    ],
    Infinity,
  );
  const wall = (performance.now() - started) / 1000;
  if (code !== 0) throw new Error(`bercail anonymity ended with ${code}: ${err}`);
  const [peak = 0, cpu = 0] = JSON.parse(err.trim().split('\n').at(-1) ?? '[]') as number[];
  const { k, classes, t } = JSON.parse(out) as Timed['told'];
  return { wall, cpu, peak, told: { k, classes, t } };
}

async function compare(folder: string, rows: number, given: string): Promise<Beside | null> {
  const python = given || (await install(folder));
  if (python === null) {
    console.error('bench: pyCANON could not be installed (no Python 3, or no network): not compared');
    return null;
  }
  const { csv } = await generate(folder, rows);
  const script = join(folder, 'compare.py');
  await writeFile(
    script,
    `import sys, time, json
start = time.time()
import pandas as pd
from pycanon import anonymity as a
d = pd.read_csv(sys.argv[1], dtype={'birth_month': str})
q, s = sys.argv[2].split(','), ['score']
r = [f(d, q, s) for f in (a.alpha_k_anonymity, a.l_diversity, a.entropy_l_diversity, a.t_closeness, a.basic_beta_likeness, a.enhanced_beta_likeness, a.delta_disclosure)]
print(json.dumps({'k': int(a.k_anonymity(d, q)), 't': float(r[3]), 'seconds': time.time() - start}))
`,
  );
  const { out, err, code } = await runProcess(
    python,
    [script, csv, QUASI.join(',')],
    PYTHON_MINUTES * 60_000,
  );
  const own = await bercail(csv);
  if (code !== 0) {
    const remark =
      code === null
        ? `pyCANON did not finish in ${PYTHON_MINUTES} minutes.`
        : `pyCANON failed: ${err.trim().split('\n').at(-1)}`;
    return { own: own.wall, pycanon: null, remark };
  }
  const other = JSON.parse(out) as { readonly k: number; readonly t: number; readonly seconds: number };
  const agree = other.k === own.told.k && Math.abs(other.t - own.told.t) < 1e-9;
  return {
    own: own.wall,
    pycanon: other.seconds,
    remark: agree ? 'Both give the same k, and the same t to 1e-9.' : 'They do not give the same k and t.',
  };
}

async function install(folder: string): Promise<string | null> {
  const home = join(folder, 'python');
  const steps: readonly (readonly [string, readonly string[]])[] = [
    ['python3', ['-m', 'venv', home]],
    [join(home, 'bin/pip'), ['install', '--quiet', 'pycanon==1.3.6']],
  ];
  for (const [command, words] of steps)
    if (spawnSync(command, words, { stdio: 'ignore' }).status !== 0) return null;
  return join(home, 'bin/python');
}

function runProcess(
  command: string,
  args: readonly string[],
  limit: number,
): Promise<{ readonly out: string; readonly err: string; readonly code: number | null }> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(Number.isFinite(limit) ? { timeout: limit } : {}),
    });
    const [out, err]: [string[], string[]] = [[], []];
    child.stdout.on('data', (part: Buffer) => out.push(part.toString()));
    child.stderr.on('data', (part: Buffer) => err.push(part.toString()));
    child.on('error', reject);
    child.on('close', (code) => resolve({ out: out.join(''), err: err.join(''), code }));
  });
}
