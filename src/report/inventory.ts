import type { Fact, Json, Reason } from '../inventory/fact.ts';
import type { Inventory } from '../inventory/inventory.ts';
import type { Asset, Dataset, Holding, Organisation, PathStep, Place, Text } from '../inventory/noun.ts';
import type { AssetKind, RelationKind } from '../inventory/observation.ts';

/** The inventory as `--include-inventory` writes it: everything sorted by id, keys in a fixed order. */
export interface InventoryJson {
  readonly assets: readonly AssetJson[];
  readonly holdings: readonly HoldingJson[];
  readonly organisations: readonly OrganisationJson[];
  readonly datasets: readonly DatasetJson[];
}

export interface PlaceJson extends Omit<Place, 'permission'> {
  readonly permission: string | null;
}

export interface FactJson {
  readonly state: Fact['state'];
  /** Null unless the state is `known`. */
  readonly value: Json;
  readonly reason: Reason | null;
  readonly permission: string | null;
  readonly note: string | null;
}

export interface AssetJson {
  readonly id: string;
  readonly label: string;
  readonly aliases: readonly string[];
  readonly kind: AssetKind;
  readonly name: string;
  readonly title: Text;
  readonly provider: string | null;
  readonly account: string | null;
  readonly place: PlaceJson;
  readonly declared_place: PlaceJson | null;
  readonly observed_place: PlaceJson | null;
  readonly operator: string | null;
  readonly run_by: string | null;
  /** Null when they could not be read. */
  readonly tags: Json;
  readonly facts: { readonly [name: string]: FactJson };
  readonly relations: readonly {
    readonly kind: RelationKind;
    readonly to: string;
    readonly evidence: string | null;
  }[];
  readonly declared: boolean;
  readonly observed: boolean;
  readonly external: boolean;
  readonly sources: readonly string[];
}

export interface HoldingJson extends Omit<Holding, 'type'> {
  readonly path: readonly PathStep[];
}

export interface OrganisationJson {
  readonly id: string;
  readonly name: string;
  readonly provider: string | null;
  readonly role: Json;
  readonly kind: Json;
  readonly seat: Json;
  readonly engaged_by: string | null;
  readonly declared: boolean;
}

export interface DatasetJson {
  readonly id: string;
  readonly title: Text;
  readonly subjects: Json;
  readonly categories: Json;
  readonly secrecy: Json;
  readonly identifiability: Json;
  readonly unclassified: boolean;
}

export function inventoryJson({ assets, holdings, organisations, datasets }: Inventory): InventoryJson {
  return {
    assets: byId(assets.values()).map(assetJson),
    holdings: byId(holdings).map(({ id, dataset, asset, use, derived, declared, observed, path }) => ({
      id,
      dataset,
      asset,
      use,
      derived,
      declared,
      observed,
      path,
    })),
    organisations: byId(organisations.values()).map(organisationJson),
    datasets: byId(datasets.values()).map(datasetJson),
  };
}

function byId<T extends { readonly id: string }>(things: Iterable<T>): T[] {
  return [...things].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
}

function assetJson(asset: Asset): AssetJson {
  const { id, label, aliases, kind, name, title, provider, account, operator, external, sources, relations } =
    asset;
  return {
    id,
    label,
    aliases,
    kind,
    name,
    title,
    provider,
    account,
    place: placeJson(asset.place),
    declared_place: asset.declaredPlace && placeJson(asset.declaredPlace),
    observed_place: asset.observedPlace && placeJson(asset.observedPlace),
    operator,
    run_by: asset.runBy,
    tags: tagsOf(asset.facts.get('tags')),
    facts: factsOf(asset),
    relations: relations.map(({ kind: how, to, evidence }) => ({
      kind: how,
      to,
      evidence: evidence.operation ?? evidence.ref,
    })),
    declared: asset.isDeclared,
    observed: asset.isObserved,
    external,
    sources,
  };
}

function placeJson({
  provider,
  region,
  city,
  countries,
  complete,
  scope,
  reason,
  permission,
  derivation,
}: Place): PlaceJson {
  return {
    provider,
    region,
    city,
    countries,
    complete,
    scope,
    reason,
    permission: permission ?? null,
    derivation,
  };
}

/** An asset that no source observed has no tags to read; `absent` is an empty map. */
function tagsOf(fact: Fact | undefined): Json {
  return fact?.state === 'known' ? fact.value : fact?.state === 'absent' ? {} : null;
}

/** Every fact with its state. The place and readable tags stand beside, already put together. */
function factsOf({ facts }: Asset): AssetJson['facts'] {
  const shown = [...facts].filter(
    ([name, { state }]) => !name.startsWith('place.') && !(name === 'tags' && state === 'known'),
  );
  return Object.fromEntries(
    shown.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, fact]) => [name, factJson(fact)]),
  );
}

function factJson(fact: Fact): FactJson {
  if (fact.state === 'known')
    return { state: 'known', value: fact.value, reason: null, permission: null, note: null };
  if (fact.state === 'absent')
    return { state: 'absent', value: null, reason: null, permission: null, note: null };
  return {
    state: fact.state,
    value: null,
    reason: fact.asked ?? fact.state,
    permission: fact.permission ?? null,
    note: fact.note ?? null,
  };
}

function organisationJson({
  id,
  name,
  provider,
  declared,
  engagedBy,
  isDeclared,
}: Organisation): OrganisationJson {
  return {
    id,
    name,
    provider,
    role: declared['role'] ?? null,
    kind: declared['kind'] ?? null,
    seat: declared['seat'] ?? null,
    engaged_by: engagedBy,
    declared: isDeclared,
  };
}

function datasetJson({ id, title, declared, unclassified }: Dataset): DatasetJson {
  return {
    id,
    title,
    subjects: declared['subjects'] ?? null,
    categories: declared['categories'] ?? null,
    secrecy: declared['secrecy'] ?? null,
    identifiability: declared['identifiability'] ?? null,
    unclassified,
  };
}
