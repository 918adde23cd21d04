import type { Inventory } from '../../inventory/inventory.ts';
import type { Asset } from '../../inventory/noun.ts';
import { subjectNamer } from '../subject.ts';

/** The ids under which findings name things, from the inventory's canonical ones. */
export interface Names {
  readonly organisation: (id: string) => string;
  readonly dataset: (id: string) => string;
  readonly asset: (asset: Asset) => string;
  readonly activity: (id: string) => string;
}

export function namesOf(inventory: Inventory): Names {
  const name = subjectNamer(inventory);
  const { organisations, datasets, activities } = inventory;
  return {
    organisation(id) {
      const thing = organisations.get(id);
      return thing ? name({ target: 'organisation', thing }).subject.id : id;
    },
    dataset(id) {
      const thing = datasets.get(id);
      return thing ? name({ target: 'dataset', thing }).subject.id : id;
    },
    asset: (thing) => name({ target: 'asset', thing }).subject.id,
    activity(id) {
      const thing = activities.get(id);
      return thing ? name({ target: 'activity', thing }).subject.id : id;
    },
  };
}

/** Sorted, each once: sections must not depend on the order of reading. */
export function sortedSet(values: Iterable<string>): readonly string[] {
  return [...new Set(values)].sort();
}
