import { setImmediate } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { createGate, mapBounded } from '../../src/collect/bounded.ts';

async function collectAll<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

test.each([1, 3, 100])('at most %i are under way, and none is lost', async (limit) => {
  let running = 0;
  let most = 0;
  const results = await collectAll(
    mapBounded(
      Array.from({ length: 50 }, (_, i) => i),
      limit,
      async (i) => {
        most = Math.max(most, (running += 1));
        await setImmediate();
        running -= 1;
        return i;
      },
    ),
  );
  expect(results.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, i) => i));
  expect(most).toBe(Math.min(limit, 50));
});

test('a failure reaches the reader, and a second one nobody waits for harms nothing', async () => {
  const failing = mapBounded([1, 2, 3], 3, async (i) => {
    await setImmediate();
    throw new Error(`no ${i}`);
  });
  await expect(collectAll(failing)).rejects.toThrow('no 1');
});

test('a gate lets the next in when one leaves, also by an error', async () => {
  const gate = createGate(1);
  const order: string[] = [];
  const first = gate(async () => {
    await setImmediate();
    order.push('first');
    throw new Error('broken');
  });
  const second = gate(async () => order.push('second'));
  await expect(first).rejects.toThrow('broken');
  await second;
  expect(order).toEqual(['first', 'second']);
});
