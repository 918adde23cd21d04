import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { mutate } from './mutate.ts';
import { createRandom } from './random.ts';
import type { Target } from './target.ts';
import type { Message, Work } from './watch.ts';

const { name, seed, from, count, until, now } = workerData as Work;
const { target } = (await import(`../${name}.ts`)) as { target: Target };
const folder = mkdtempSync(join(tmpdir(), 'bercail-fuzz-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
const at = new BigInt64Array(now);
const seeds = await target.seeds();
const examine = await target.start(folder);
const tally = new Map<string, number>();
let index = from;
for (; index < count && Date.now() < until; index += 1) {
  const input = mutate(seeds, createRandom(seed, index));
  // Seen by the watch, also while this thread is stuck.
  Atomics.store(at, 0, BigInt(index));
  Atomics.store(at, 1, BigInt(Date.now()));
  const { outcome, flaw } = await examine(input, index).catch((error: unknown) => ({
    outcome: 'crash',
    flaw: error instanceof Error ? (error.stack ?? error.message) : String(error),
  }));
  tally.set(outcome, (tally.get(outcome) ?? 0) + 1);
  if (flaw !== null) send({ flaw: { index, what: flaw } });
  if (index % 1000 === 999) {
    send({ tally, done: index + 1 });
    tally.clear();
  }
}
send({ tally, done: index, isOver: true });
rmSync(folder, { recursive: true, force: true });

function send(message: Message): void {
  parentPort?.postMessage(message, []);
}
