import { jsonText } from '../fact.ts';
import type { Asset, Dataset, Holding } from '../noun.ts';
import { propagate } from '../propagation/propagate.ts';
import { isStore } from './asset.ts';
import { classDataset, strings, treeOf, unclassified } from './declared.ts';
import type { Classification, TagClass } from './input.ts';

interface Holdings {
  readonly holdings: readonly Holding[];
  /** The declared datasets, those that classification brought in, and the logs and listings derived from both. */
  readonly datasets: ReadonlyMap<string, Dataset>;
}

/** Who holds what: as declared, as classified by tags, and along every relation. */
export function buildHoldings(
  assets: ReadonlyMap<string, Asset>,
  declared: ReadonlyMap<string, Dataset>,
  classification: Classification,
): Holdings {
  const datasets = new Map(declared);
  const found = new Map<string, Holding>();
  const add = (holding: Holding): void => void (found.has(holding.id) || found.set(holding.id, holding));
  for (const asset of assets.values()) {
    for (const holding of declaredHoldings(asset)) add(holding);
  }
  for (const asset of assets.values()) {
    if (asset.external || asset.dataless || saysWhatItHolds(asset)) continue;
    const evidence = asset.evidence[0]?.operation ?? asset.evidence[0]?.ref ?? asset.id;
    for (const dataset of classify(asset, classification)) {
      datasets.set(dataset.id, dataset);
      const path = [{ kind: 'classified', from: dataset.key, to: asset.label, evidence }] as const;
      add(holdingOf(dataset.id, asset, { path }));
    }
  }
  const spread = propagate(assets, datasets, [...found.values()]);
  for (const dataset of spread.datasets) datasets.set(dataset.id, dataset);
  const holdings = withoutStandIns(spread.holdings, datasets).sort((a, b) => (a.id < b.id ? -1 : 1));
  for (const { asset } of holdings)
    if (!assets.has(asset)) throw new Error(`holding at an unknown asset: ${asset}`);
  return { holdings, datasets: new Map([...datasets].sort(([a], [b]) => (a < b ? -1 : 1))) };
}

function holdingOf(dataset: string, asset: Asset, more: Partial<Holding> & Pick<Holding, 'path'>): Holding {
  return {
    type: 'holding',
    id: `${dataset}@${asset.id}`,
    dataset,
    asset: asset.id,
    derived: false,
    declared: asset.isDeclared,
    observed: asset.isObserved,
    use: 'stored',
    ...more,
  };
}

function declaredHoldings(asset: Asset): Holding[] {
  if (!asset.declared || asset.manifest === null) return [];
  const evidence = asset.evidence[0]?.ref ?? asset.id;
  const of = (field: 'holds' | 'processes', use: Holding['use']): Holding[] =>
    strings(asset.declared?.[field]).map((key) =>
      holdingOf(`${asset.manifest}/${key}`, asset, {
        use,
        path: [{ kind: 'declared', from: key, to: asset.label, evidence }],
      }),
    );
  const held = of('holds', 'stored');
  return [...held, ...of('processes', 'processed').filter(({ id }) => !held.some((one) => one.id === id))];
}

/** A store that is there and whose manifest is silent about its content is one that nobody described. */
function saysWhatItHolds({ isDeclared, isObserved, declared }: Asset): boolean {
  const silent = [declared?.['holds'], declared?.['processes']].every(
    (list) => list === undefined || list === 'unknown',
  );
  return isDeclared && !(isObserved && silent);
}

/**
 * The classes that tags of the asset name. Keys and values match without regard to case: where two keys differ in it
 * alone, as a default's and the resource's own may, the asset bears both tags.
 */
export function tagClasses(asset: Asset, { tags: classes }: Classification): readonly TagClass[] {
  const fact = asset.facts.get('tags');
  if (fact?.state !== 'known') return [];
  const found = new Map<string, TagClass>();
  const tags = treeOf(fact.value);
  for (const key of Object.keys(tags)) {
    const named = classes.get(key.toLowerCase())?.get(jsonText(tags[key]).toLowerCase());
    if (named) found.set(named.name, named);
  }
  return [...found.values()];
}

function classify(asset: Asset, classification: Classification): readonly Dataset[] {
  const found = tagClasses(asset, classification);
  if (found.length > 0) return found.map(classDataset);
  if (!isStore(asset.kind)) return [];
  switch (classification.untagged) {
    case 'none':
      return [];
    case 'pupil_data':
      return [classDataset({ name: 'untagged', categories: [], subjects: ['pupil'], secrecy: 'discretion' })];
    case 'unknown':
      return [unclassified];
  }
}

/**
 * A store that is known to hold something real no longer needs the stand-in « unclassified ». Logs and listings that
 * reach it do not count: they say nothing of what else is there.
 */
function withoutStandIns(holdings: readonly Holding[], datasets: ReadonlyMap<string, Dataset>): Holding[] {
  const isReal = (dataset: Dataset | undefined): boolean =>
    !dataset?.unclassified && dataset?.derivedFrom === undefined;
  const real = new Set(
    holdings.filter(({ dataset }) => isReal(datasets.get(dataset))).map(({ asset }) => asset),
  );
  return holdings.filter(({ dataset, asset }) => !datasets.get(dataset)?.unclassified || !real.has(asset));
}
