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

/** An object store notifies of objects; a queue, a stream or a table hands on what is in it. */
export function cargoOf(kind: RelationKind, from: Asset): Cargo {
  if (kind === 'log' && gatherers.has(from.kind)) return 'same';
  if (kind === 'notification' && from.kind !== 'object_store') return 'same';
  return cargoes[kind];
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
  return passing.has(to.kind) && kind !== 'backup' && kind !== 'snapshot' ? 'processed' : 'stored';
}
