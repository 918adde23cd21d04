/** Runs at most `limit` things at a time; the others wait in the order in which they came. */
export type Gate = <T>(work: () => Promise<T>) => Promise<T>;

export function createGate(limit: number): Gate {
  let free = Math.max(1, limit);
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resume) => waiting.push(resume));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) free += 1;
      else next();
    }
  };
}

/** Maps with at most `limit` items under way, and yields results as they come; the input is read only as fast. */
export async function* mapBounded<T, R>(
  items: AsyncIterable<T> | Iterable<T>,
  limit: number,
  work: (item: T) => Promise<R>,
): AsyncGenerator<R> {
  const running = new Map<number, Promise<{ key: number; result: R }>>();
  let key = 0;
  const takeOne = async (): Promise<R> => {
    const { key, result } = await Promise.race(running.values());
    running.delete(key);
    return result;
  };
  for await (const item of items) {
    const own = (key += 1);
    const task = work(item).then((result) => ({ key: own, result }));
    // Without a handler of its own, a second failure after the first would end the process.
    task.catch(() => undefined);
    running.set(own, task);
    if (running.size >= Math.max(1, limit)) yield await takeOne();
  }
  while (running.size > 0) yield await takeOne();
}

/** For work that is bounded elsewhere. */
export const pass: Gate = (work) => work();
