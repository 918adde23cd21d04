import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { root } from '../../src/io/root.ts';

/** As many pupils a school as in France: five quasi-identifiers make most of them unique. */
const PUPILS_A_SCHOOL = 343;
const QUASI = ['school', 'sex', 'birth_month', 'level', 'track'];
const PYTHON_MINUTES = 10;
const built = join(root, 'dist/cli.js');
const cli = existsSync(built) ? built : join(root, 'src/cli.ts');

const usage = `bench anonymity [--rows N] [--compare N] [--json FILE] [--python PATH]
  --rows N      rows to measure (default 1000000; as many as pupils in France: 12000000)
  --compare N   rows to measure beside pyCANON (default 2000; 0: not at all)
  --json FILE   write what was measured there too
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
    console.log(`${rows.toLocaleString('en')} rows, 5 quasi-identifiers, 1 sensitive column`);
    console.log(
      `${'file'.padEnd(10)} ${'size (MB)'.padStart(9)} ${'wall (s)'.padStart(9)} ${'CPU (s)'.padStart(8)} ${'peak (MB)'.padStart(10)}      k  classes`,
    );
    const files: object[] = [];
    for (const [name, path] of [
      ['Parquet', parquet],
      ['CSV', csv],
    ] as const) {
      const { wall, cpu, peak, told } = await bercail(path);
      const { size } = await stat(path);
      files.push({
        format: name,
        bytes: size,
        wall_s: round(wall),
        cpu_s: round(cpu),
        peak_mb: round(peak),
        ...told,
      });
      console.log(
        `${name.padEnd(10)} ${(size / 1e6).toFixed(0).padStart(9)} ${wall.toFixed(1).padStart(9)} ${cpu.toFixed(1).padStart(8)} ${peak.toFixed(0).padStart(10)} ${String(told.k).padStart(6)}  ${told.classes.toLocaleString('en')}`,
      );
    }
    const beside = compared > 0 ? await compare(folder, compared, option('--python', '')) : null;
    const target = option('--json', '');
    if (target !== '') {
      const machine = { cores: availableParallelism(), node: process.version, load: loadavg().map(round) };
      const measured = {
        bench: 'anonymity',
        rows,
        quasi: QUASI.length,
        sensitive: 1,
        machine,
        files,
        pycanon: beside,
      };
      await writeFile(target, `${JSON.stringify(measured, null, 2)}\n`);
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
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

async function compare(folder: string, rows: number, given: string): Promise<object | null> {
  const python = given || (await install(folder));
  if (python === null) {
    console.log('pyCANON could not be installed (no Python 3, or no network): not compared');
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
  console.log(
    `\n${rows.toLocaleString('en')} rows beside pyCANON (k, alpha, l, entropy l, t, both betas, delta), start-up included`,
  );
  console.log(`bercail  ${own.wall.toFixed(2).padStart(8)} s   (identifiers, breaking sets and effects too)`);
  if (code !== 0) {
    console.log(
      code === null
        ? `pyCANON  not finished in ${PYTHON_MINUTES} minutes`
        : `pyCANON  failed: ${err.trim().split('\n').at(-1)}`,
    );
    return { rows, bercail_s: round(own.wall), pycanon_s: null };
  }
  const other = JSON.parse(out) as { readonly k: number; readonly t: number; readonly seconds: number };
  console.log(
    `pyCANON  ${other.seconds.toFixed(2).padStart(8)} s   ratio ${(other.seconds / own.wall).toFixed(0)}   (same k: ${other.k === own.told.k}, same t to 1e-9: ${Math.abs(other.t - own.told.t) < 1e-9})`,
  );
  return {
    rows,
    bercail_s: round(own.wall),
    pycanon_s: round(other.seconds),
    ratio: Math.round(other.seconds / own.wall),
    same_k: other.k === own.told.k,
    same_t: Math.abs(other.t - own.told.t) < 1e-9,
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
