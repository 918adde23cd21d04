import { nearest } from './nearest.ts';
import type { Region } from './types.ts';

/**
 * How a provider's users write its codes beside the way the catalog does: each gives the code to look for
 * next. A spelling that no rule covers is not resolved.
 */
const spellings: { readonly [provider: string]: (code: string) => string | null } = {
  aws: awsZone,
  'aws-cn': awsZone,
  'aws-eusc': awsZone,
  'aws-us-gov': awsZone,
  // Its subregions are written as AWS writes its zones.
  outscale: awsZone,
  azure: displayName,
  'azure-cn': displayName,
  'azure-us-gov': displayName,
  bleu: displayName,
  gcp: (code) => cut(code, /^([a-z]+-[a-z]+\d+)-[a-z]$/i),
  s3ns: (code) => cut(code, /^(u-[a-z]+-[a-z]+\d+)-[a-z]$/i),
  scaleway: (code) => cut(code, /^([a-z]{2}-[a-z]{3})-\d$/i),
  // GRA11, SBG5: the number is a data centre or a cluster of the same site.
  ovhcloud: (code) => cut(code, /^([a-z-]*[a-z])\d{1,2}$/i),
};

/** `eu-west-3a` is a zone of `eu-west-3`; `eu-west-3-par-1a` is a local zone elsewhere. */
function awsZone(code: string): string | null {
  return cut(code, /^([a-z]+(?:-[a-z]+)+-\d)[a-z]$/i);
}

/** `(Europe) France Central` → `francecentral`. */
function displayName(code: string): string | null {
  const name = code.replace(/^\([^()]*\)\s*/, '').replaceAll(' ', '');
  return name === code ? null : name;
}

function cut(code: string, pattern: RegExp): string | null {
  return pattern.exec(code)?.[1] ?? null;
}

export interface RegionIndex {
  readonly region: (provider: string, code: string | null) => Region | null;
  readonly nearestRegions: (provider: string, code: string | null) => string[];
}

/** Regions by (provider, code): the same code means different places, so never by code alone. */
export function indexRegions(regions: readonly Region[]): RegionIndex {
  const providers = new Map<string, { exact: Map<string, Region>; folded: Map<string, Region | null> }>();
  for (const entry of regions) {
    let known = providers.get(entry.provider);
    if (!known) providers.set(entry.provider, (known = { exact: new Map(), folded: new Map() }));
    for (const code of [entry.region, ...entry.aliases]) {
      known.exact.set(code, entry);
      const lower = code.toLowerCase();
      const other = known.folded.get(lower);
      known.folded.set(lower, other === undefined || other === entry ? entry : null);
    }
  }

  function find(provider: string, code: string): Region | null {
    const known = providers.get(provider);
    return known?.exact.get(code) ?? known?.folded.get(code.toLowerCase()) ?? null;
  }

  return {
    region(provider, code) {
      if (code === null || code === '') return null;
      const found = find(provider, code);
      if (found) return found;
      const respelled = (Object.hasOwn(spellings, provider) ? spellings[provider]?.(code) : null) ?? null;
      return respelled === null ? null : find(provider, respelled);
    },
    nearestRegions(provider, code) {
      const listed = regions.filter((entry) => entry.provider === provider).map(({ region }) => region);
      const word = code ?? '';
      return nearest(displayName(word) ?? word, listed);
    },
  };
}
