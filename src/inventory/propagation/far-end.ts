import { noFacts } from '../fact-table.ts';
import type { Asset, Place, Relation } from '../noun.ts';
import { cargoOf } from './cargo.ts';

const nowhere: Place = {
  provider: null,
  region: null,
  city: null,
  countries: [],
  complete: false,
  scope: 'unknown',
  reason: 'not_collected',
  derivation: [],
};

/**
 * The assets, with those that only a relation names: data that goes to a place nobody described has not vanished. All
 * that is known of such an end is its id.
 */
export function withFarEnds(assets: Map<string, Asset>): Map<string, Asset> {
  const found = new Map<string, Asset>();
  for (const asset of assets.values()) {
    for (const relation of asset.relations) {
      const { kind, to } = relation;
      if (cargoOf(kind, asset) === null || assets.has(to) || found.has(to)) continue;
      found.set(to, farEnd(relation, asset));
    }
  }
  if (found.size === 0) return assets;
  return new Map([...assets, ...found].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function farEnd({ to, evidence }: Relation, from: Asset): Asset {
  return {
    type: 'asset',
    id: to,
    label: to,
    aliases: [],
    key: null,
    manifest: null,
    kind: 'other',
    name: to,
    title: { fr: to, en: to },
    provider: null,
    account: null,
    place: nowhere,
    declaredPlace: null,
    observedPlace: nowhere,
    operator: null,
    runBy: null,
    declared: null,
    facts: noFacts,
    relations: [],
    isDeclared: false,
    isObserved: true,
    external: true,
    sources: from.sources.slice(-1),
    evidence: [evidence],
  };
}
