import type { Holding } from '../noun.ts';
import type { Graph } from './graph.ts';

/**
 * The assets that data of the primary holdings reaches from outside their own circle of copies. A primary holding there
 * is a copy of another. Each asset is looked at twice at most: as reached, and as fed.
 */
export function fedBy(
  primary: ReadonlyMap<string, Holding>,
  graph: Graph,
  components: ReadonlyMap<string, number>,
): ReadonlySet<string> {
  const reached = new Set(primary.keys());
  const fed = new Set<string>();
  const queue = [...reached];
  for (let at = 0; at < queue.length; at += 1) {
    const id = queue[at] ?? '';
    for (const { cargo, to } of graph.get(id) ?? []) {
      if (cargo !== 'same') continue;
      const isFed = fed.has(id) || components.get(id) !== components.get(to.id);
      if (isFed ? fed.has(to.id) : reached.has(to.id)) continue;
      reached.add(to.id);
      if (isFed) fed.add(to.id);
      queue.push(to.id);
    }
  }
  return fed;
}
