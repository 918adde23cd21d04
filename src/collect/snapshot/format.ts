import { createHash } from 'node:crypto';
import type { Json } from '../../inventory/fact.ts';

export const FORMAT = 'snapshot/v1';

/** First line of a snapshot: what wrote it, when, and from which source, without secrets. */
export interface SnapshotHeader {
  readonly bercail: typeof FORMAT;
  readonly tool: { readonly name: string; readonly version: string };
  /** RFC 3339 UTC. */
  readonly created: string;
  readonly source: { readonly kind: string; readonly options: { readonly [name: string]: Json } };
}

/** Last line: how many observations there are, and the end of the chain of digests over header and observations. */
export interface SnapshotDigest {
  readonly digest: { readonly lines: number; readonly sha256: string };
}

/** Each link is the SHA-256 of the one before and the line: no line can be taken out, moved or changed. */
export function createChain(): {
  readonly add: (line: string) => void;
  readonly end: () => SnapshotDigest['digest'];
} {
  let link = '';
  let lines = -1;
  return {
    add: (line) => {
      link = createHash('sha256').update(link).update(line).digest('hex');
      lines += 1;
    },
    end: () => ({ lines, sha256: link }),
  };
}

/** gzip's first bytes: id 1, id 2, deflate, no flags, no time, no hint, unknown system: the same on every machine. */
export const GZIP_HEADER = Buffer.from([0x1f, 0x8b, 0x08, 0, 0, 0, 0, 0, 0, 0xff]);

export function isGzip(head: Uint8Array): boolean {
  return head[0] === 0x1f && head[1] === 0x8b;
}
