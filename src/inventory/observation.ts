import type { Fact, Json } from './fact.ts';

export type AssetKind =
  | 'object_store'
  | 'database'
  | 'file_share'
  | 'block_volume'
  | 'snapshot'
  | 'backup_vault'
  | 'queue'
  | 'stream'
  | 'search_index'
  | 'cache'
  | 'log_store'
  | 'monitoring'
  | 'server'
  | 'cluster'
  | 'container_service'
  | 'function'
  | 'analytics'
  | 'ai_service'
  | 'email'
  | 'identity_directory'
  | 'cdn'
  | 'dns'
  | 'load_balancer'
  | 'key'
  | 'saas'
  | 'endpoint'
  | 'account'
  | 'other';

/** How bytes get from one asset to another. Holdings are derived along these. */
export type RelationKind =
  | 'replica'
  | 'backup'
  | 'snapshot'
  | 'share'
  | 'log'
  | 'inventory'
  | 'notification'
  | 'origin'
  | 'key'
  | 'access_point';

/** A link that a source reports, by the ids that the source itself uses. */
export interface SeenRelation {
  readonly kind: RelationKind;
  /** Id of the other end, as its source would name it (ARN, Azure id, address). */
  readonly to: string;
  readonly operation?: string;
}

/** An asset as a source first names it; facts about it come in the same or later observations. */
export interface SeenAsset {
  readonly kind: AssetKind;
  readonly name: string;
  /** Key of the catalog (`aws`, `aws-eusc`, `ovhcloud`…); null when the source cannot tell. */
  readonly provider: string | null;
  /** The account, subscription or project that owns it; null when not known. */
  readonly account: string | null;
  /** Who runs a server that is no provider's, as a manifest calls that organisation, by key or by name. */
  readonly operator?: string;
  /** True for the other end of a copy that lies outside what was collected. */
  readonly external?: boolean;
  /** True for what holds, moves and works on no data by its nature: a class among its tags says nothing of it. */
  readonly dataless?: true;
}

/**
 * One call, one file block or one derived statement, normalised. It is a line of the snapshot: what `collect`
 * writes and what `build` reads, so that live and replayed runs cannot differ.
 */
export interface Observation {
  /** Kind of source: `aws`, `s3`, `azure`, `terraform`… */
  readonly source: string;
  /** `ACCOUNT/REGION`, a file, a subscription. */
  readonly scope: string;
  /** The call in the provider's spelling (`s3:GetBucketEncryption`) or the reader's step. */
  readonly operation: string;
  /** Id of the asset that the call is about, or the scope when it lists. */
  readonly subject: string;
  /** RFC 3339 UTC. */
  readonly at: string;
  /** Of the canonical response; null when there was none. */
  readonly sha256: string | null;
  readonly outcome: 'ok' | 'denied' | 'error' | 'not_collected';
  /** For a call that was made and failed: the permission that would allow it. */
  readonly permission?: string;
  /** The provider's error code, never its message (messages quote names and keys). */
  readonly code?: string;
  readonly asset?: SeenAsset;
  /** Dotted fact name (`encryption.at_rest`, `place.region`, `tags`) → fact. */
  readonly facts?: { readonly [name: string]: Fact };
  readonly relations?: readonly SeenRelation[];
  /** `file:line:column` or the address, for what comes from files. */
  readonly ref?: string;
  /** What the source says of itself: identity, region list. Never credentials. */
  readonly about?: { readonly [key: string]: Json };
}

/** What could not be read, and the permission that would allow it. */
export interface Gap {
  readonly source: string;
  readonly scope: string;
  readonly operation: string;
  readonly subject: string;
  readonly reason: 'denied' | 'error' | 'not_collected';
  readonly permission: string | null;
}
