import type { Catalog } from '../../catalog/catalog.ts';
import { isTree, type Json } from '../../inventory/fact.ts';
import type { Inventory } from '../../inventory/inventory.ts';
import type { Claim, Dataset, Holding, Place } from '../../inventory/noun.ts';
import type { Policy } from '../../policy/resolve.ts';
import { placeView } from '../../rule/view/place.ts';

export type View = { [field: string]: unknown };

/** What the views of one run share: each thing is seen once, and things that refer to each other share their views. */
export interface ViewContext {
  readonly inventory: Inventory;
  readonly catalog: Catalog;
  readonly policy: Policy;
  readonly asOf: string;
  readonly index: Index;
  readonly memo: Memo;
  /** Told when a condition looks at the account of its subject. */
  readonly onAccount?: () => void;
  readonly place: (place: Place) => View;
}

/** Views that were made. */
export interface Memo {
  readonly get: (thing: object) => View | undefined;
  readonly set: (thing: object, view: View) => unknown;
}

/** Who holds what, looked up from either end. */
export interface Index {
  readonly holdingsOfDataset: ReadonlyMap<string, readonly Holding[]>;
  readonly holdingsOfAsset: ReadonlyMap<string, readonly Holding[]>;
  readonly holdingsOfOrganisation: ReadonlyMap<string, readonly Holding[]>;
  readonly activitiesOfDataset: ReadonlyMap<string, readonly string[]>;
  /** Manifests with an activity of which nobody could say what it uses: it may use any of their datasets. */
  readonly vague: ReadonlySet<string>;
  /** Pseudonymised datasets of a manifest of which nobody said where the table is. */
  readonly tableless: ReadonlyMap<string, readonly Dataset[]>;
  /** Datasets that a dataset re-identifies. */
  readonly identifiedBy: ReadonlyMap<string, readonly Dataset[]>;
  readonly claimsAbout: ReadonlyMap<string, readonly Claim[]>;
}

/** Id of the dataset that re-identifies this one, when it is said. */
export function tableOf({ declared, manifest }: Dataset): string | null {
  const table = declared['pseudonym_table'];
  return typeof table === 'string' && table !== 'unknown' && table !== 'none' ? `${manifest}/${table}` : null;
}

function isTableless({ declared }: Dataset): boolean {
  const { pseudonym_table: table, identifiability, fields } = declared;
  const isPseudonym = (field: Json): boolean => isTree(field) && field['role'] === 'pseudonym';
  const hasPseudonym =
    identifiability === 'pseudonymised' || (Array.isArray(fields) && fields.some(isPseudonym));
  return hasPseudonym && (table === undefined || table === 'unknown');
}

export function createContext(
  inventory: Inventory,
  catalog: Catalog,
  policy: Policy,
  asOf: string,
): ViewContext {
  const memo = new Map<object, View>();
  return {
    inventory,
    catalog,
    policy,
    asOf,
    memo,
    index: indexOf(inventory),
    place: (place) => once(memo, place, () => placeView(place, catalog)),
  };
}

const MAKE = Symbol('make');

interface Lazy {
  readonly [MAKE]: (field: string) => unknown;
}

const prototypes = new WeakMap<readonly string[], object>();

/**
 * The view with fields that are made when somebody first looks at them: of most subjects, rules read a few facts. Views
 * with the same list of fields share what makes them.
 */
export function lazily(view: View, fields: readonly string[], make: (field: string) => unknown): View {
  const prototype = prototypes.get(fields) ?? prototypeOf(fields);
  prototypes.set(fields, prototype);
  return Object.assign(Object.create(prototype), view, { [MAKE]: make });
}

function prototypeOf(fields: readonly string[]): object {
  const prototype = {};
  for (const field of fields) {
    Object.defineProperty(prototype, field, {
      get(this: Lazy) {
        const value = this[MAKE](field);
        Object.defineProperty(this, field, { value, enumerable: true });
        return value;
      },
    });
  }
  return prototype;
}

/** The same, but the views of assets and holdings go with it: of a large estate, most are looked at once. */
export function passing(context: ViewContext): ViewContext {
  const { memo, catalog } = context;
  const own = new Map<object, View>();
  const isShared = (thing: object): boolean =>
    'type' in thing && thing.type !== 'asset' && thing.type !== 'holding';
  const layered: Memo = {
    get: (thing) => own.get(thing) ?? memo.get(thing),
    set: (thing, view) => (isShared(thing) ? memo : own).set(thing, view),
  };
  return {
    ...context,
    memo: layered,
    place: (place) => once(layered, place, () => placeView(place, catalog)),
  };
}

export function once(memo: Memo, key: object, make: () => View): View {
  const found = memo.get(key);
  if (found) return found;
  const view = make();
  memo.set(key, view);
  return view;
}

function indexOf({ holdings, assets, activities, datasets, claims }: Inventory): Index {
  const parties = ({ asset }: Holding): string[] => {
    const { operator, runBy } = assets.get(asset) ?? { operator: null, runBy: null };
    return [operator, runBy].filter((id) => id !== null);
  };
  const named = [...activities.values()].flatMap(({ id, datasets }) =>
    datasets.map((dataset) => ({ id, dataset })),
  );
  // Logs of data come into being by the activities that use the data.
  const traces = groupBy([...datasets.values()], ({ derivedFrom }) =>
    derivedFrom === undefined ? [] : [derivedFrom],
  );
  const pairs = named.flatMap((pair) => [
    pair,
    ...(traces.get(pair.dataset) ?? []).map((trace) => ({ id: pair.id, dataset: trace.id })),
  ]);
  return {
    holdingsOfDataset: groupBy(holdings, ({ dataset }) => [dataset]),
    holdingsOfAsset: groupBy(holdings, ({ asset }) => [asset]),
    holdingsOfOrganisation: groupBy(holdings, parties),
    activitiesOfDataset: new Map(
      [...groupBy(pairs, ({ dataset }) => [dataset])].map(([dataset, list]) => [
        dataset,
        list.map(({ id }) => id),
      ]),
    ),
    vague: new Set(
      [...activities.values()]
        .filter(
          ({ declared: { datasets } }) =>
            datasets === 'unknown' || (Array.isArray(datasets) && datasets.includes('unknown')),
        )
        .map(({ manifest }) => manifest),
    ),
    tableless: groupBy([...datasets.values()], (dataset) => (isTableless(dataset) ? [dataset.manifest] : [])),
    identifiedBy: groupBy([...datasets.values()], (dataset) =>
      [tableOf(dataset)].filter((id) => id !== null),
    ),
    claimsAbout: groupBy(claims, ({ about }) => [about]),
  };
}

function groupBy<T>(items: readonly T[], keys: (item: T) => readonly string[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    for (const key of new Set(keys(item))) {
      const group = groups.get(key);
      if (group) group.push(item);
      else groups.set(key, [item]);
    }
  }
  return groups;
}

/** A thing by id; an id that resolves to nothing is a defect of the builder, which must not pass in silence. */
export function get<T>(map: ReadonlyMap<string, T>, id: string): T {
  const found = map.get(id);
  if (found === undefined) throw new Error(`no such thing in the inventory: ${id}`);
  return found;
}
