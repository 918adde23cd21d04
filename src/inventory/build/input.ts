import type { Position } from '../../error.ts';
import type { Json } from '../fact.ts';

/** A manifest as the builder needs it: the validated tree and where each part stands. */
export interface ManifestInput {
  readonly id: string;
  readonly file: string;
  readonly sha256: string;
  readonly value: { readonly [key: string]: Json };
  readonly positionOf: (path: readonly (string | number)[]) => Position;
}

/** What a store holds when its tag says so. */
export interface TagClass {
  /** The value as the policy writes it: the name of the dataset. */
  readonly name: string;
  readonly categories: readonly string[];
  readonly subjects: readonly string[];
  readonly secrecy: string;
}

/** The policy's classification: lower-case tag key → lower-case tag value → class. */
export interface Classification {
  readonly tags: ReadonlyMap<string, ReadonlyMap<string, TagClass>>;
  readonly untagged: 'unknown' | 'pupil_data' | 'none';
}
