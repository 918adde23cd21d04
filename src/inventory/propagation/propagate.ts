import type { Asset, Dataset, Holding, PathStep } from '../noun.ts';
import type { Trace } from './cargo.ts';
import { useAt } from './cargo.ts';
import { traceOf } from './dataset.ts';
import { fedBy } from './fed.ts';
import type { Edge, Graph } from './graph.ts';
import { componentsOf, createGraph } from './graph.ts';
import { oneStepOn } from './trail.ts';

interface Propagated {
  /** Every holding, primary and derived; one of a pair. */
  readonly holdings: readonly Holding[];
  /** Datasets that came into being on the way: logs, listings, notifications. */
  readonly datasets: readonly Dataset[];
}

interface Arrival {
  readonly edge: Edge;
  readonly from: Holding;
}

/**
 * Carries each primary holding along the relations of its asset, each with the path that led there (a shortest one).
 * Copies that feed each other are no copies of one another: of such a circle, what was declared or classified stays
 * primary and the rest is derived. Its time grows with the number of assets, relations and holdings that come out.
 */
export function propagate(
  assets: ReadonlyMap<string, Asset>,
  datasets: ReadonlyMap<string, Dataset>,
  primary: readonly Holding[],
): Propagated {
  const graph = createGraph(assets);
  const components = componentsOf(graph);
  const holdings: Holding[] = [];
  const brought: Dataset[] = [];
  for (const [id, own] of groupByDataset(primary)) {
    const dataset = datasets.get(id);
    if (dataset === undefined) throw new Error(`holding of an unknown dataset: ${id}`);
    const fed = fedBy(own, graph, components);
    const roots = [...own.values()].filter(({ asset }) => !fed.has(asset));
    const { held, traces } = spread(dataset, roots, own, graph, assets);
    for (const holding of held) holdings.push(holding);
    for (const [trace, arrivals] of traces) {
      const derived = traceOf(dataset, trace);
      const seeds = [...arrivals.values()].map((arrival) => carry(derived.id, arrival, assets));
      brought.push(derived);
      for (const holding of spread(derived, seeds, new Map(), graph, assets).held) holdings.push(holding);
    }
  }
  return { holdings, datasets: brought };
}

function groupByDataset(holdings: readonly Holding[]): ReadonlyMap<string, Map<string, Holding>> {
  const groups = new Map<string, Map<string, Holding>>();
  for (const holding of holdings) {
    const group = groups.get(holding.dataset) ?? new Map<string, Holding>();
    group.set(holding.asset, holding);
    groups.set(holding.dataset, group);
  }
  return new Map([...groups].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Breadth first from all seeds together. A primary that nothing else reaches stays what it is. */
function spread(
  dataset: Dataset,
  seeds: readonly Holding[],
  primary: ReadonlyMap<string, Holding>,
  graph: Graph,
  assets: ReadonlyMap<string, Asset>,
): { held: readonly Holding[]; traces: ReadonlyMap<Trace, ReadonlyMap<string, Arrival>> } {
  const held = new Map<string, Holding>(seeds.map((seed) => [seed.asset, seed]));
  const traces = new Map<Trace, Map<string, Arrival>>();
  const queue = [...seeds];
  const waiting = [...primary.values()];
  for (let at = 0; ; at += 1) {
    const from = queue[at] ?? nextPrimary();
    if (from === undefined) return { held: [...held.values()], traces };
    for (const edge of graph.get(from.asset) ?? []) follow(edge, from);
  }

  function nextPrimary(): Holding | undefined {
    for (let one = waiting.pop(); one !== undefined; one = waiting.pop()) {
      if (held.has(one.asset)) continue;
      held.set(one.asset, one);
      queue.push(one);
      return one;
    }
    return undefined;
  }

  function follow(edge: Edge, from: Holding): void {
    const { cargo, to } = edge;
    if (cargo === 'same') {
      if (!held.has(to.id)) arrive(edge, from);
    } else if (dataset.unclassified) {
      // Nobody knows what it is a trace of: at a far end it is as unknown as what it comes from.
      if (!held.has(to.id) && !primary.has(to.id)) arrive(edge, from);
    } else if (dataset.derivedFrom === undefined) {
      // Breadth first: the first to arrive came by a shortest way.
      const arrivals = traces.get(cargo) ?? new Map<string, Arrival>();
      if (!arrivals.has(to.id)) traces.set(cargo, arrivals.set(to.id, { edge, from }));
    }
  }

  function arrive(edge: Edge, from: Holding): void {
    const holding = carry(dataset.id, { edge, from }, assets, primary.get(edge.to.id));
    held.set(edge.to.id, holding);
    queue.push(holding);
  }
}

/** The holding at the other end; one that was there before keeps what was declared of it. */
function carry(
  dataset: string,
  { edge: { kind, to, evidence }, from }: Arrival,
  assets: ReadonlyMap<string, Asset>,
  before?: Holding,
): Holding {
  const step: PathStep = { kind, from: assets.get(from.asset)?.label ?? from.asset, to: to.label, evidence };
  return oneStepOn(from, step, {
    type: 'holding',
    id: `${dataset}@${to.id}`,
    dataset,
    asset: to.id,
    derived: true,
    declared: before?.declared ?? false,
    observed: to.isObserved,
    use: before?.use === 'stored' ? 'stored' : useAt(kind, to),
  });
}
