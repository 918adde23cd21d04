import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

export interface Measured {
  readonly code: number | null;
  /** Seconds. */
  readonly wall: number;
  /** Of the processor, in the process and its children, as far as it was seen; null where the system does not tell. */
  readonly cpu: number | null;
  /** Megabytes at the peak, of the process and its children together; null where the system does not tell. */
  readonly memory: number | null;
  readonly output: string;
}

const TICKS = 100;

/** Runs a command to its end and watches it. Output is kept, so that a run that judged nothing is not taken for a fast one. */
export async function measure(
  command: string,
  args: readonly string[],
  env: { readonly [name: string]: string } = {},
): Promise<Measured> {
  const started = performance.now();
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } });
  const texts: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => texts.push(chunk.toString()));
  const peaks = new Map<number, number>();
  const times = new Map<number, number>();
  const watch = setInterval(() => look(child.pid ?? 0, peaks, times), 10);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  }).finally(() => clearInterval(watch));
  const wall = (performance.now() - started) / 1000;
  const sum = (map: ReadonlyMap<number, number>): number | null =>
    map.size === 0 ? null : [...map.values()].reduce((total, one) => total + one, 0);
  const memory = sum(peaks);
  return {
    code,
    wall,
    cpu: sum(times),
    memory: memory === null ? null : memory / 1024,
    output: texts.join(''),
  };
}

/** The round in the middle, by wall time. */
export async function median<M extends { readonly wall: number }>(
  rounds: number,
  measureOnce: () => Promise<M>,
): Promise<M> {
  const all: M[] = [];
  for (let round = 0; round < rounds; round += 1) all.push(await measureOnce());
  const sorted = all.toSorted((a, b) => a.wall - b.wall);
  const middle = sorted[Math.floor(sorted.length / 2)];
  if (middle === undefined) throw new Error('no round was measured');
  return middle;
}

export function ratio(value: number | null, base: number | null): number | null {
  return value === null || base === null ? null : value / base;
}

/** What Linux tells of a process and its children; nothing elsewhere. */
function look(pid: number, peaks: Map<number, number>, times: Map<number, number>): void {
  try {
    const peak = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    if (peak !== undefined) peaks.set(pid, Number(peak));
    times.set(pid, (Number(fields[11]) + Number(fields[12])) / TICKS);
    for (const task of readdirSync(`/proc/${pid}/task`)) {
      for (const child of readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').split(' '))
        if (child !== '') look(Number(child), peaks, times);
    }
  } catch {
    // It ended meanwhile, or there is no /proc.
  }
}
