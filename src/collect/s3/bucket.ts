import type { PublicAccessBlockConfiguration } from '@aws-sdk/client-s3';
import type { Answer } from '../call.ts';

/**
 * `aws`: an empty answer is AWS's way to say none. `compatible`: an empty answer may only mean that the endpoint
 * does not implement the call.
 */
export type Dialect = 'aws' | 'compatible';

export interface Bucket {
  readonly name: string;
  /** ARN, or `s3://HOST/BUCKET`. */
  readonly id: string;
  readonly dialect: Dialect;
  readonly account: string | null;
  /** Read over plain HTTP, from another machine: that it answers so is seen. */
  readonly isPlain?: boolean;
  /** Where it is, as far as that was told. */
  readonly region?: string | null;
  /** The same id for a bucket named by another's configuration. */
  readonly idOf: (name: string) => string;
  /** The account's own public access block; null where the cloud has no such thing. */
  readonly accountBlock: Answer<PublicAccessBlockConfiguration> | null;
}
