import { isStore } from '../build/asset.ts';
import type { Asset } from '../noun.ts';
import type { AssetKind, RelationKind } from '../observation.ts';

/** What is written about data, rather than the data itself. */
export type Trace = 'access-log' | 'listing' | 'event';

/** What travels along a relation: the same data, a trace of it, or nothing of it. */
export type Cargo = 'same' | Trace | null;

const cargoes: Readonly<Record<RelationKind, Cargo>> = {
  replica: 'same',
  backup: 'same',
  snapshot: 'same',
  share: 'same',
  origin: 'same',
  access_point: 'same',
  log: 'access-log',
  inventory: 'listing',
  notification: 'event',
  key: null,
};

/** Kinds whose « log » relation delivers what they gathered, rather than a record of who read it. */
const gatherers: ReadonlySet<AssetKind> = new Set(['log_store', 'monitoring']);

export function cargoOf(kind: RelationKind, from: Asset): Cargo {
  return kind === 'log' && gatherers.has(from.kind) ? 'same' : cargoes[kind];
}

const storageCopies: ReadonlySet<RelationKind> = new Set(['replica', 'backup', 'snapshot', 'share']);

/** Copies of what is stored: what only works on data has none. */
export function copiesStorage(kind: RelationKind): boolean {
  return storageCopies.has(kind);
}

const passing: ReadonlySet<AssetKind> = new Set([
  'function',
  'server',
  'container_service',
  'cluster',
  'load_balancer',
  'endpoint',
  'dns',
  'monitoring',
  'analytics',
  'ai_service',
]);

/** Whether bytes that arrive by the relation rest there. What nobody knows the kind of is taken to keep them. */
export function useAt(kind: RelationKind, to: Asset): 'stored' | 'processed' {
  if (copiesStorage(kind) || isStore(to.kind)) return 'stored';
  return passing.has(to.kind) ? 'processed' : 'stored';
}
