import type { Observation, SeenAsset, SeenRelation } from '../../inventory/observation.ts';
import type { SourceText } from './document.ts';
import type { Facts } from './fact.ts';

/** The file that statements come from, and when it was read. */
export interface Origin extends Pick<SourceText, 'file' | 'sha256'> {
  readonly source: string;
  readonly at: string;
}

export interface Stated {
  readonly subject: string;
  readonly ref: string;
  readonly asset?: SeenAsset;
  readonly facts?: Facts;
  readonly relations?: readonly SeenRelation[];
}

export function state(
  { source, file, sha256, at }: Origin,
  { subject, ref, asset, facts, relations }: Stated,
): Observation {
  return {
    source,
    scope: file,
    operation: 'template',
    subject,
    at,
    sha256,
    outcome: 'ok',
    ref,
    ...(asset ? { asset } : {}),
    ...(facts && Object.keys(facts).length > 0 ? { facts } : {}),
    ...(relations && relations.length > 0 ? { relations } : {}),
  };
}

/** What became of the things that a file defines: those that are assets, and those that are not and why. */
export function account(
  origin: Origin,
  counts: {
    readonly defined: number;
    readonly assets: number;
    readonly leftOut: readonly string[];
    readonly because: 'condition' | 'no_asset';
  },
): Observation {
  const { source, file, at, sha256 } = origin;
  const { defined, assets, leftOut, because } = counts;
  return {
    source,
    scope: file,
    operation: 'read',
    subject: file,
    at,
    sha256,
    outcome: 'ok',
    about: { defined, assets, left_out: [...leftOut], left_out_because: because },
  };
}

/** What code names and leaves to something that is not here: what that makes is not known to be harmless. */
export function unread(
  { source, at, sha256 }: Pick<Observation, 'source' | 'at' | 'sha256'>,
  subject: string,
  why: string,
  ref: string,
): Observation {
  // Its scope is itself: what is in it is a listing that was not read.
  return {
    source,
    scope: subject,
    operation: `${source}:nested`,
    subject,
    at,
    sha256,
    outcome: 'not_collected',
    code: why,
    ref,
  };
}
