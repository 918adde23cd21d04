import type { Asset } from '../noun.ts';
import type { RelationKind } from '../observation.ts';
import type { Cargo } from './cargo.ts';
import { cargoOf } from './cargo.ts';

export interface Edge {
  readonly kind: RelationKind;
  readonly to: Asset;
  readonly cargo: Exclude<Cargo, null>;
  /** What shows it: an operation, or a place in a file. */
  readonly evidence: string;
}

/** Asset id → what leaves it. Assets that send nothing are not in it. */
export type Graph = ReadonlyMap<string, readonly Edge[]>;

export function createGraph(assets: ReadonlyMap<string, Asset>): Graph {
  const graph = new Map<string, readonly Edge[]>();
  for (const asset of assets.values()) {
    const edges = edgesOf(asset, assets);
    if (edges.length > 0) graph.set(asset.id, edges);
  }
  return graph;
}

/** Each end once a cargo: a second call that tells of the same copy adds nothing. */
function edgesOf(asset: Asset, assets: ReadonlyMap<string, Asset>): readonly Edge[] {
  const edges = new Map<string, Edge>();
  for (const { kind, to, evidence } of asset.relations) {
    const cargo = cargoOf(kind, asset);
    const target = assets.get(to);
    if (cargo === null || target === undefined || (cargo === 'same' && target.id === asset.id)) continue;
    const key = `${cargo}\0${target.id}`;
    if (!edges.has(key))
      edges.set(key, { kind, to: target, cargo, evidence: evidence.operation ?? evidence.ref ?? '' });
  }
  return [...edges.values()];
}

/**
 * Number of the strongly connected component of each asset that sends the same data on: assets of one component are
 * copies of each other. Tarjan's algorithm, without recursion: a chain of replicas may be long.
 */
export function componentsOf(graph: Graph): ReadonlyMap<string, number> {
  const component = new Map<string, number>();
  const order = new Map<string, number>();
  const low = new Map<string, number>();
  const open: string[] = [];
  for (const root of graph.keys()) {
    if (order.has(root)) continue;
    const work = [enter(root)];
    for (let frame = work.at(-1); frame !== undefined; frame = work.at(-1)) {
      const next = frame.edges[frame.next++];
      if (next === undefined) {
        work.pop();
        leave(frame.id, work.at(-1)?.id);
      } else if (next.cargo === 'same') {
        const { id } = next.to;
        if (!order.has(id)) work.push(enter(id));
        else if (!component.has(id)) lower(frame.id, order.get(id) ?? 0);
      }
    }
  }
  return component;

  function enter(id: string): { readonly id: string; readonly edges: readonly Edge[]; next: number } {
    order.set(id, order.size);
    low.set(id, order.size - 1);
    open.push(id);
    return { id, edges: graph.get(id) ?? [], next: 0 };
  }

  function lower(id: string, to: number): void {
    if (to < (low.get(id) ?? 0)) low.set(id, to);
  }

  function leave(id: string, above: string | undefined): void {
    const least = low.get(id) ?? 0;
    if (above !== undefined) lower(above, least);
    if (least !== order.get(id)) return;
    const number = component.size;
    for (let member = open.pop(); member !== undefined; member = member === id ? undefined : open.pop()) {
      component.set(member, number);
    }
  }
}
