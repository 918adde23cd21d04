import { isStore } from './build/asset.ts';
import type { Json, Tree } from './fact.ts';
import type { Inventory } from './inventory.ts';
import type { Asset } from './noun.ts';
import type { AssetKind } from './observation.ts';

/** What was observed and nobody declared, as a manifest would say it. */
export interface Draft {
  /** By key, in the order of their ids. */
  readonly assets: ReadonlyMap<string, DraftAsset>;
  /** Providers that run them and that no manifest names, sorted. */
  readonly providers: readonly string[];
  /** How many were left out, by kind: what neither keeps data nor works on it. */
  readonly leftOut: ReadonlyMap<AssetKind, number>;
}

export interface DraftAsset {
  readonly tree: Tree;
  readonly provider: string | null;
}

export interface DraftOptions {
  /** Keys that are taken in the manifest that it is for. */
  readonly taken?: readonly string[];
  /** Key of the organisation that is a provider, in that manifest. */
  readonly operatorOf?: (provider: string) => string | null;
  /** What neither keeps data nor works on it as well. */
  readonly isAll?: boolean;
}

/** Kinds that are no place of data by themselves. */
const besides: ReadonlySet<AssetKind> = new Set([
  'account',
  'key',
  'dns',
  'load_balancer',
  'endpoint',
  'other',
]);

/**
 * Drafts a declaration for each asset that was observed and that nobody declared. It states what a source showed, and
 * nothing that only a person can say: what a store holds is `unknown`, and so is whoever runs it where no manifest names
 * that provider, so that nothing becomes declared by being seen.
 */
export function draftOf(inventory: Inventory, options: DraftOptions = {}): Draft {
  const { taken = [], operatorOf = () => null, isAll = false } = options;
  const keys = new Set(taken);
  const assets = new Map<string, DraftAsset>();
  const providers = new Set<string>();
  const leftOut = new Map<AssetKind, number>();
  for (const asset of inventory.assets.values()) {
    const source = asset.sources[0];
    if (asset.isDeclared || !asset.isObserved || asset.external || source === undefined) continue;
    if (!isAll && besides.has(asset.kind)) {
      leftOut.set(asset.kind, (leftOut.get(asset.kind) ?? 0) + 1);
      continue;
    }
    const operator = asset.provider === null ? null : operatorOf(asset.provider);
    if (operator === null && asset.provider !== null) providers.add(asset.provider);
    const key = freeKey(keyOf(asset), keys);
    keys.add(key);
    assets.set(key, { tree: treeOf(asset, source, operator), provider: asset.provider });
  }
  return { assets, providers: [...providers].sort(), leftOut };
}

function treeOf(asset: Asset, source: string, operator: string | null): Tree {
  const { id, kind, account } = asset;
  const place = placeOf(asset);
  return {
    kind,
    operator: operator ?? 'unknown',
    ...(place === null ? {} : { place }),
    ...(isStore(kind) ? { holds: 'unknown' } : {}),
    ...(account === null ? {} : { account }),
    match: [{ source, [criterionOf(source, id)]: id }],
  };
}

/** A place that is not known whole stays observed: declared, it would be a promise. */
function placeOf({ observedPlace }: Asset): Json | null {
  if (observedPlace === null || !observedPlace.complete || observedPlace.countries.length === 0) return null;
  const { provider, region, countries } = observedPlace;
  if (provider !== null && region !== null) return { provider, region };
  const [only, ...others] = countries;
  return others.length === 0 && only !== undefined && only !== 'ZZ' ? { country: only } : null;
}

function criterionOf(source: string, id: string): string {
  if (id.startsWith('arn:')) return 'arn';
  return source === 'aws' || source === 'azure' || source === 's3' ? 'id' : 'address';
}

/** The words of a name, as a manifest's keys are written. */
function keyOf({ name, id, kind }: Asset): string {
  const words = (name === '' ? id : name)
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/^[^A-Za-z0-9]+|(?<![^A-Za-z0-9])[^A-Za-z0-9]+$/g, '')
    .slice(-60)
    .replace(/^[^A-Za-z0-9]+/, '');
  return words === '' ? kind : words;
}

const reserved: ReadonlySet<string> = new Set(['unknown', 'none', 'schools', 'families', 'internet']);

function freeKey(wanted: string, taken: ReadonlySet<string>): string {
  if (!taken.has(wanted) && !reserved.has(wanted)) return wanted;
  for (let index = 2; ; index++) if (!taken.has(`${wanted}-${index}`)) return `${wanted}-${index}`;
}
