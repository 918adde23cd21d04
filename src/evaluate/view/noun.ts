import type { Json } from '../../inventory/fact.ts';
import type { Activity, Claim, Dataset, Holding } from '../../inventory/noun.ts';
import { MissingValue, PartialList } from '../../rule/cel/value.ts';
import { records } from '../../rule/model.ts';
import { lift, liftRecord, liftSays, missing } from '../../rule/view/lift.ts';
import { assetView } from './asset.ts';
import { get, once, type View, type ViewContext } from './context.ts';
import { organisationOf } from './organisation.ts';

export function claimView({ memo }: ViewContext, claim: Claim): View {
  const { about, declared } = claim;
  return once(memo, claim, () => liftRecord('claim', declared, { about, says: liftSays(declared['says']) }));
}

export function holdingView(context: ViewContext, holding: Holding): View {
  return once(context.memo, holding, () => {
    const { inventory } = context;
    const asset = assetView(context, get(inventory.assets, holding.asset));
    const { id, derived, declared, observed, use } = holding;
    return {
      id,
      dataset: datasetView(context, get(inventory.datasets, holding.dataset)),
      asset,
      place: asset['place'],
      operator: asset['operator'],
      run_by: asset['run_by'],
      derived,
      declared,
      observed,
      processed: use === 'processed',
    };
  });
}

export function datasetView(context: ViewContext, dataset: Dataset): View {
  return once(context.memo, dataset, () => {
    const { key, title, declared, unclassified, manifest } = dataset;
    const said = (context.index.claimsAbout.get(dataset.id) ?? []).map(
      (claim) => (claimView(context, claim)['says'] as View)['identifiability'],
    );
    const known = said.filter((one) => typeof one === 'string');
    const unsaid = said.find((one) => one instanceof MissingValue);
    const claimed = unsaid instanceof MissingValue ? new PartialList(known, unsaid) : known;
    if (!unclassified)
      return liftRecord('dataset', declared, {
        id: key,
        key,
        title,
        unclassified,
        claimed,
        ...(manifest === 'policy' ? { fields: missing('not_asked') } : {}),
      });
    const lack = missing('not_collected');
    const nothing = Object.fromEntries(Object.keys(records.dataset).map((field) => [field, lack]));
    return { ...nothing, id: key, key, title, unclassified, claimed: [] };
  });
}

export function activityView(context: ViewContext, activity: Activity): View {
  return once(context.memo, activity, () => {
    const { key, title, controller, joint, declared } = activity;
    return liftRecord('activity', declared, {
      id: key,
      key,
      title,
      controller:
        declared['controller'] === 'unknown' ? missing('asked') : organisationOf(context, controller),
      // Who names one controller has said who decides: others are not asked for.
      joint_controllers: asTold(
        joint.map((id) => organisationOf(context, id)),
        declared['joint_controllers'],
      ),
      datasets: datasetsOf(context, activity),
    });
  });
}

interface UsesDatasets {
  readonly datasets: readonly string[];
  readonly declared: { readonly [field: string]: Json };
}

/** The datasets that a flow or an activity names. What nobody could name may be anything: then the list is open. */
export function datasetsOf(context: ViewContext, { datasets, declared }: UsesDatasets): unknown {
  return asTold(
    datasets.map((name) => datasetView(context, get(context.inventory.datasets, name))),
    declared['datasets'],
  );
}

/** What a list is known to hold, open where the manifest says `unknown` of it or within it. */
function asTold(known: readonly unknown[], written: Json | undefined): unknown {
  if (written === 'unknown') return missing('asked');
  return Array.isArray(written) && written.includes('unknown')
    ? new PartialList(known, missing('asked'))
    : known;
}

/** Personal data is always used for something: where no activity names a dataset, which one does is not known. */
export function activitiesOf(
  context: ViewContext,
  datasets: readonly string[],
): readonly View[] | PartialList {
  const { inventory } = context;
  const { activitiesOfDataset, vague } = context.index;
  const ids = new Set(datasets.flatMap((dataset) => activitiesOfDataset.get(dataset) ?? []));
  const views = [...ids].map((id) => activityView(context, get(inventory.activities, id)));
  if (datasets.some((dataset) => vague.has(get(inventory.datasets, dataset).manifest)))
    return new PartialList(views, missing('asked'));
  return datasets.every((dataset) => activitiesOfDataset.has(dataset))
    ? views
    : new PartialList(views, missing('not_asked'));
}

export function measuredView({ inventory, memo }: ViewContext, dataset: Dataset): unknown {
  const facts = inventory.measured.get(dataset.id) ?? inventory.measured.get(dataset.key);
  if (!facts) return missing('not_asked');
  return once(memo, facts, () =>
    Object.fromEntries(
      Object.entries(records.measured).map(([field, type]) => {
        const fact = facts.get(field);
        if (fact?.state === 'known') return [field, lift(type, fact.value)];
        return [
          field,
          fact?.state === 'absent'
            ? type.startsWith('list')
              ? []
              : null
            : missing(fact ? 'error' : 'not_collected'),
        ];
      }),
    ),
  );
}
