import type { Asset, Dataset } from '../../inventory/noun.ts';
import { MissingValue, PartialList, toUnknown, type Unknown } from '../../rule/cel/value.ts';
import { missing } from '../../rule/view/lift.ts';
import { assetView, unsaidHoldings } from './asset.ts';
import type { View, ViewContext } from './context.ts';
import { holdingView } from './noun.ts';
import { chainOf, organisationView } from './organisation.ts';

/** Where datasets are held. One that nothing holds is somewhere all the same: nobody was asked where. */
export function holdingsOf(context: ViewContext, datasets: readonly string[]): readonly View[] | PartialList {
  const groups = datasets.map((id) => context.index.holdingsOfDataset.get(id) ?? []);
  const known = groups.flat().map((one) => holdingView(context, one));
  return open(known, groups.some((group) => group.length === 0) ? missing('not_asked') : null);
}

/** Where the data is that a dataset leads back to. Where one lacks its table, names of the same manifest may be it. */
export function identifiedBy(context: ViewContext, dataset: Dataset): readonly View[] | PartialList {
  const { identifiedBy: known, tableless } = context.index;
  const named = known.get(dataset.id) ?? [];
  const [lacking] = (tableless.get(dataset.manifest) ?? []).filter(({ id }) => id !== dataset.id);
  if (named.length > 0 || !lacking || dataset.declared['identifiability'] !== 'identified')
    return holdingsOf(
      context,
      named.map(({ id }) => id),
    );
  const lack = missing(lacking.declared['pseudonym_table'] === 'unknown' ? 'asked' : 'not_asked');
  return open([], toUnknown(lack, `datasets[${lacking.key}].pseudonym_table`));
}

/** What an asset holds; open where the manifest names the asset and not what is in it. */
export function holdingsAt(context: ViewContext, asset: Asset): readonly View[] | PartialList {
  const known = (context.index.holdingsOfAsset.get(asset.id) ?? []).map((one) => holdingView(context, one));
  return open(known, unsaidHoldings(asset, known.length));
}

/** Who is given the data at an asset: who runs the machines, and who runs the service on them. */
export function recipientsOf(view: View): readonly View[] | PartialList {
  const parties = [view['operator'], view['run_by']].filter(
    (one, i, all) => one !== null && !(one instanceof MissingValue) && all.indexOf(one) === i,
  );
  return open(parties as View[], unnamedParty(view));
}

/** Who runs these assets, and whoever engaged them, up to the controller; open where one is not known. */
export function chainFrom(context: ViewContext, assets: readonly Asset[]): readonly View[] | PartialList {
  const parties = assets.flatMap(({ operator, runBy }) => [operator, runBy]);
  const unnamed = assets.map((asset) => unnamedParty(assetView(context, asset))).find((one) => one !== null);
  return open(
    chainOf(context.inventory, parties).map((one) => organisationView(context, one)),
    unnamed ?? null,
  );
}

/** The party whose name stands between a holding and a verdict about everybody who can reach it. */
function unnamedParty({ operator, run_by: runBy }: View): Unknown | null {
  if (operator instanceof MissingValue) return toUnknown(operator, 'operator');
  return runBy instanceof MissingValue ? toUnknown(runBy, 'run_by') : null;
}

function open(known: readonly View[], lack: Unknown | MissingValue | null): readonly View[] | PartialList {
  return lack === null ? known : new PartialList(known, lack);
}
