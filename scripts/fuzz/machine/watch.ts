import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { root } from '../../../src/io/root.ts';
import { mutate } from './mutate.ts';
import { createRandom } from './random.ts';
import type { Target } from './target.ts';

/** Longer than this on one input is a hang. */
const LIMIT = 5000;
/** The first input also pays for what is loaded. */
const START = 60_000;

export interface Work {
  readonly name: string;
  readonly seed: number;
  readonly from: number;
  readonly count: number;
  /** Milliseconds since 1970. */
  readonly until: number;
  /** Which input is under way, and since when. */
  readonly now: SharedArrayBuffer;
}

export interface Flaw {
  readonly index: number;
  readonly what: string;
  /** Where the input is kept. */
  readonly file: string;
}

export interface Watched {
  readonly tally: ReadonlyMap<string, number>;
  readonly flaws: readonly Flaw[];
}

export interface Message {
  readonly flaw?: { readonly index: number; readonly what: string };
  readonly tally?: ReadonlyMap<string, number>;
  readonly done?: number;
  readonly isOver?: boolean;
}

/** Runs a target in a thread of its own, and a new one from the next input where the thread hung or died. */
export async function watch(options: {
  readonly name: string;
  readonly count: number;
  readonly seconds: number;
  readonly seed: number;
  readonly onProgress: (line: string) => void;
}): Promise<Watched> {
  const { name, count, seconds, seed, onProgress } = options;
  const tally = new Map<string, number>();
  const flaws: Flaw[] = [];
  const { target } = (await import(`../${name}.ts`)) as { target: Target };
  const seeds = await target.seeds();
  const keep = (index: number, what: string): void => {
    const file = join('.bench/fuzz', `${name}-${seed}-${index}.txt`);
    mkdirSync(join(root, '.bench/fuzz'), { recursive: true });
    writeFileSync(join(root, file), mutate(seeds, createRandom(seed, index)).text);
    flaws.push({ index, what, file });
    onProgress(`case ${index}: ${what.split('\n')[0]}`);
  };
  const add = (counts: ReadonlyMap<string, number>): void => {
    for (const [outcome, times] of counts) tally.set(outcome, (tally.get(outcome) ?? 0) + times);
  };
  const until = Date.now() + Math.min(seconds, 1e9) * 1000;
  let from = 0;
  while (from < count && Date.now() < until) {
    const now = new SharedArrayBuffer(16);
    const { at, why } = await oneThread({ name, seed, from, count, until, now }, (message) => {
      if (message.flaw) keep(message.flaw.index, message.flaw.what);
      if (message.tally) add(message.tally);
      if (message.done !== undefined) onProgress(`${message.done.toLocaleString('en')} done`);
    });
    if (why !== null) {
      keep(at, why);
      add(new Map([[why.split(':')[0] ?? why, 1]]));
    }
    from = at + 1;
  }
  return { tally, flaws };
}

function oneThread(
  work: Work,
  onMessage: (message: Message) => void,
): Promise<{ at: number; why: string | null }> {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), {
    workerData: work,
    resourceLimits: { maxOldGenerationSizeMb: 2048 },
  });
  const state = new BigInt64Array(work.now);
  const started = Date.now();
  return new Promise((resolve) => {
    const end = (at: number, why: string | null): void => {
      clearInterval(watcher);
      void worker.terminate();
      resolve({ at, why });
    };
    let seen = -1;
    let spent = process.cpuUsage();
    const watcher = setInterval(() => {
      const index = Number(Atomics.load(state, 0));
      if (index !== seen) spent = process.cpuUsage();
      seen = index;
      const { user, system } = process.cpuUsage(spent);
      const since = Number(Atomics.load(state, 1)) || started;
      const isFirst = index <= work.from;
      // Of the processor, for a machine that does much else is slow without hanging.
      if ((user + system) / 1000 > (isFirst ? START : LIMIT) || Date.now() - since > START)
        end(Math.max(index, work.from), 'hang: over 5 s');
    }, 200);
    worker.on('message', (message: Message) => {
      onMessage(message);
      if (message.isOver) end(work.count, null);
    });
    worker.on('error', (error) =>
      end(Number(Atomics.load(state, 0)), `died: ${error.stack ?? error.message}`),
    );
  });
}
