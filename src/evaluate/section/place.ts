import { strings } from '../../inventory/build/declared.ts';
import type { Inventory } from '../../inventory/inventory.ts';
import type { Asset, Holding, Place } from '../../inventory/noun.ts';
import type { PlaceNote } from '../../result/context.ts';
import { type Names, sortedSet } from './name.ts';

export interface Places {
  readonly notes: readonly PlaceNote[];
  /** Position of an asset's place in `notes`. */
  readonly indexOf: (asset: Asset) => number;
}

interface Gathering {
  readonly place: Place;
  readonly assets: Set<string>;
  readonly datasets: Set<string>;
  readonly operators: Set<string>;
  readonly subjects: Set<string>;
  stored: number;
  processed: number;
  copies: number;
}

/** Every place that holds data, once, whatever the number of assets there. */
export function placeNotes({ holdings, assets, datasets }: Inventory, names: Names): Places {
  const found = new Map<string, Gathering>();
  for (const holding of holdings) {
    const asset = assets.get(holding.asset);
    if (!asset) continue;
    const key = keyOf(asset.place);
    let at = found.get(key);
    if (!at) {
      at = {
        place: asset.place,
        assets: new Set(),
        datasets: new Set(),
        operators: new Set(),
        subjects: new Set(),
        stored: 0,
        processed: 0,
        copies: 0,
      };
      found.set(key, at);
    }
    count(at, holding);
    at.assets.add(asset.id);
    at.datasets.add(names.dataset(holding.dataset));
    for (const subject of strings(datasets.get(holding.dataset)?.declared['subjects']))
      at.subjects.add(subject);
    if (asset.operator !== null) at.operators.add(names.organisation(asset.operator));
  }
  const keys = [...found.keys()].sort();
  const position = new Map(keys.map((key, index) => [key, index]));
  return {
    notes: keys.flatMap((key) => {
      const at = found.get(key);
      return at ? [noteOf(at)] : [];
    }),
    indexOf: ({ place }) => position.get(keyOf(place)) ?? -1,
  };
}

function keyOf({ provider, region, city, countries, complete }: Place): string {
  return [countries.join('+') || '~', city ?? '~', provider ?? '~', region ?? '~', complete ? '' : '?'].join(
    '\0',
  );
}

function count(at: Gathering, { use, derived }: Holding): void {
  if (use === 'stored') at.stored += 1;
  else at.processed += 1;
  if (derived) at.copies += 1;
}

function noteOf({
  place,
  assets,
  datasets,
  operators,
  subjects,
  stored,
  processed,
  copies,
}: Gathering): PlaceNote {
  const { provider, region, city, countries, complete, scope, reason } = place;
  return {
    provider,
    region,
    city,
    countries,
    complete,
    scope,
    reason,
    assets: assets.size,
    stored,
    processed,
    copies,
    datasets: sortedSet(datasets),
    operators: sortedSet(operators),
    subjects: sortedSet(subjects),
  };
}
