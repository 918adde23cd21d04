import type { CollectContext } from '../collector.ts';
import type { Reading } from './read.ts';

/** What the sources of one run know of each other: addresses are only ids as long as no two sources have the same. */
interface Shared {
  readonly readings: Map<string, () => Promise<Reading>>;
}

const runs = new WeakMap<object, Shared>();

function sharedOf({ run }: CollectContext): Shared {
  const found = run === undefined ? undefined : runs.get(run);
  const shared = found ?? { readings: new Map() };
  if (run !== undefined) runs.set(run, shared);
  return shared;
}

/** Makes a source known before any is read. It is read once, by whoever needs it first. */
export function announce(context: CollectContext, source: string, read: () => Promise<Reading>): void {
  let reading: Promise<Reading> | undefined;
  sharedOf(context).readings.set(source, () => (reading ??= read()));
}

/** What a source gives, and those of its addresses that other sources of the run have as well, with the other's name. */
export async function readShared(
  context: CollectContext,
  source: string,
  read: () => Promise<Reading>,
): Promise<{ readonly reading: Reading; readonly taken: ReadonlyMap<string, string> }> {
  const { readings } = sharedOf(context);
  const reading = await (readings.get(source) ?? read)();
  const taken = new Map<string, string>();
  if (readings.size < 2) {
    readings.delete(source);
    return { reading, taken };
  }
  const own = new Set(reading.drafts.map(({ address }) => address));
  for (const [other, readOther] of readings) {
    if (other === source) continue;
    for (const { address } of (await readOther()).drafts) if (own.has(address)) taken.set(address, other);
  }
  return { reading, taken };
}
