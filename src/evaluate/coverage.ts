import type { FactState } from '../inventory/fact.ts';
import type { Inventory } from '../inventory/inventory.ts';
import type { Asset } from '../inventory/noun.ts';
import type { Coverage, Origins } from '../result/result.ts';
import type { Judged } from './view/scope.ts';

/** Assets in = assets evaluated + not applicable; every fact by its state; every gap. */
export function coverageOf(
  { assets, gaps, inputs = [] }: Inventory,
  evaluated: ReadonlySet<string>,
): Coverage {
  const facts: { [state in FactState]: number } = {
    known: 0,
    absent: 0,
    denied: 0,
    error: 0,
    not_collected: 0,
  };
  for (const asset of assets.values()) {
    facts[placeState(asset)] += 1;
    for (const [name, { state }] of asset.facts) if (!name.startsWith('place.')) facts[state] += 1;
    if (asset.isObserved || !asset.declared) continue;
    for (const value of Object.values(asset.declared))
      facts[value === 'unknown' ? 'not_collected' : 'known'] += 1;
  }
  const covered = [...assets.keys()].filter((id) => evaluated.has(id)).length;
  return {
    assets: assets.size,
    evaluated: covered,
    not_applicable: assets.size - covered,
    ...(inputs.length > 0 ? { inputs, origins: originsOf({ assets, inputs }) } : {}),
    facts,
    gaps,
  };
}

/** Files may define less than there is to judge: what they copy to, and what a manifest adds, is judged too. */
function originsOf({ assets, inputs = [] }: Pick<Inventory, 'assets' | 'inputs'>): Origins {
  const defined = inputs.reduce((sum, one) => sum + one.assets, 0);
  const declared = [...assets.values()].filter((one) => one.isDeclared && !one.isObserved).length;
  const others = assets.size - declared - defined;
  return { defined, declared, other: Math.max(0, others), repeated: Math.max(0, -others) };
}

function placeState({ place }: Asset): FactState {
  if (place.reason === null || place.countries.length > 0) return 'known';
  return place.reason === 'asked' || place.reason === 'not_asked' ? 'not_collected' : place.reason;
}

/** The asset that a judged subject stands for in the accounting; null for subjects that are not at an asset. */
export function assetOf(judged: Judged): string | null {
  if (judged.target === 'asset') return judged.thing.id;
  return judged.target === 'holding' ? judged.thing.asset : null;
}
