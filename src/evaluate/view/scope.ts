import type { Inventory } from '../../inventory/inventory.ts';
import type { Activity, Asset, Dataset, Flow, Holding, Organisation } from '../../inventory/noun.ts';
import type { Target } from '../../rule/model.ts';
import { missing } from '../../rule/view/lift.ts';
import { assetView } from './asset.ts';
import { get, type Index, lazily, tableOf, type View, type ViewContext } from './context.ts';
import { flowScope, transferOf } from './flow.ts';
import {
  activitiesOf,
  activityView,
  claimView,
  datasetsOf,
  datasetView,
  holdingView,
  measuredView,
} from './noun.ts';
import { chainOf, organisationView } from './organisation.ts';
import { chainFrom, holdingsAt, holdingsOf, identifiedBy, recipientsOf } from './reach.ts';

/** Anything that a rule may judge. */
export type Judged =
  | { readonly target: 'holding'; readonly thing: Holding }
  | { readonly target: 'asset'; readonly thing: Asset }
  | { readonly target: 'dataset'; readonly thing: Dataset }
  | { readonly target: 'organisation'; readonly thing: Organisation }
  | { readonly target: 'flow'; readonly thing: Flow }
  | { readonly target: 'activity'; readonly thing: Activity }
  | { readonly target: 'audit'; readonly thing: null };

/** Everything of an inventory that rules of a target judge, in order of id. */
export function subjectsOf(
  { holdings, assets, datasets, organisations, flows, activities }: Inventory,
  target: Target,
): readonly Judged[] {
  switch (target) {
    case 'holding':
      return holdings.map((thing) => ({ target, thing }));
    case 'asset':
      return [...assets.values()].map((thing) => ({ target, thing }));
    case 'dataset':
      // The stand-in of unclassified stores is judged where it is held: it is no dataset that anyone could describe.
      // Neither are logs and listings of data: they are judged where they are held.
      return [...datasets.values()]
        .filter(({ unclassified, derivedFrom }) => !unclassified && derivedFrom === undefined)
        .map((thing) => ({ target, thing }));
    case 'organisation': {
      const operators = new Set([...assets.values()].map(({ operator }) => operator));
      return [...organisations.values()]
        .filter(({ id, isDeclared }) => isDeclared || operators.has(id))
        .map((thing) => ({ target, thing }));
    }
    case 'flow':
      return [...flows.values()].map((thing) => ({ target, thing }));
    case 'activity':
      return [...activities.values()].map((thing) => ({ target, thing }));
    case 'audit':
      return [{ target, thing: null }];
  }
}

/** The variables that conditions about one subject see, without `params`, which each rule brings. */
export function scopeOf(context: ViewContext, judged: Judged): View {
  const scope = variables(context, judged);
  scope['as_of'] = context.asOf;
  return scope;
}

function variables(context: ViewContext, judged: Judged): View {
  switch (judged.target) {
    case 'holding':
      return holdingScope(context, judged.thing);
    case 'asset':
      return assetScope(context, judged.thing);
    case 'dataset':
      return datasetScope(context, judged.thing);
    case 'organisation':
      return organisationScope(context, judged.thing);
    case 'flow':
      return flowScope(context, judged.thing);
    case 'activity':
      return activityScope(context, judged.thing);
    case 'audit':
      return auditScope(context);
  }
}

/** Variables of a holding that are facts of its asset. */
const ofAsset: readonly string[] = [
  'place',
  'operator',
  'run_by',
  'kind',
  'encryption',
  'public',
  'access',
  'access_log',
  'access_log_places',
  'provider_access',
  'retention',
  'account',
  'tags',
  'offer',
];

/** What each rule sets for itself: room for it. */
const perRule = { as_of: null, params: null, attestation: null };

function holdingScope(context: ViewContext, holding: Holding): View {
  const { inventory } = context;
  const asset = get(inventory.assets, holding.asset);
  const dataset = get(inventory.datasets, holding.dataset);
  const view = assetView(context, asset);
  const scope = {
    holding: holdingView(context, holding),
    dataset: datasetView(context, dataset),
    asset: view,
    path: holding.path.map(({ kind, from, to }) => ({ kind, from, to })),
    ...perRule,
  };
  return lazily(scope, ofHolding, (variable) => {
    const make = reached[variable];
    if (make) return make(context, holding, view);
    if (variable === 'account') context.onAccount?.();
    return view[variable];
  });
}

/** Variables of a holding that lead further. */
const reached: {
  readonly [variable: string]: (context: ViewContext, holding: Holding, asset: View) => unknown;
} = {
  recipients: (_context, _holding, asset) => recipientsOf(asset),
  chain: (context, { asset }) => chainFrom(context, [get(context.inventory.assets, asset)]),
  activities: (context, { dataset }) => activitiesOf(context, [dataset]),
  measured: (context, { dataset }) => measuredView(context, get(context.inventory.datasets, dataset)),
  identified: (context, { dataset }) => identifiedBy(context, get(context.inventory.datasets, dataset)),
  transfer: (context, { asset }) =>
    transferOf(context, get(context.inventory.assets, asset).operator, undefined),
};

const ofHolding: readonly string[] = [...ofAsset, ...Object.keys(reached)];

function assetScope(context: ViewContext, asset: Asset): View {
  const { inventory, place } = context;
  const view = assetView(context, asset);
  const declared =
    asset.isDeclared && asset.declaredPlace
      ? {
          place: asset.declared?.['place'] === undefined ? null : place(asset.declaredPlace),
          operator: view['operator'],
          title: asset.title,
        }
      : null;
  return {
    asset: view,
    place: view['place'],
    operator: view['operator'],
    declared,
    organisations: inventory.manifests.length === 0 ? missing('not_asked') : declaredOrganisations(context),
    holdings: holdingsAt(context, asset),
  };
}

const declaredOnes = new WeakMap<Index, readonly View[]>();

/** The declared organisations, one list for all assets. */
function declaredOrganisations(context: ViewContext): readonly View[] {
  const found =
    declaredOnes.get(context.index) ??
    [...context.inventory.organisations.values()]
      .filter(({ isDeclared }) => isDeclared)
      .map((one) => organisationView(context, one));
  declaredOnes.set(context.index, found);
  return found;
}

function datasetScope(context: ViewContext, dataset: Dataset): View {
  const { inventory, index } = context;
  const view = datasetView(context, dataset);
  const holdings = index.holdingsOfDataset.get(dataset.id) ?? [];
  const about = new Set([
    dataset.id,
    ...holdings.flatMap(({ asset }) => {
      const { operator, runBy } = get(inventory.assets, asset);
      return [operator, runBy, asset].filter((id) => id !== null);
    }),
  ]);
  const table = tableOf(dataset);
  return {
    dataset: view,
    holdings: holdingsOf(context, [dataset.id]),
    activities: activitiesOf(context, [dataset.id]),
    claims: [...about]
      .flatMap((id) => index.claimsAbout.get(id) ?? [])
      .map((claim) => claimView(context, claim)),
    fields: view['fields'],
    measured: measuredView(context, dataset),
    identifies: (index.identifiedBy.get(dataset.id) ?? []).map((other) => datasetView(context, other)),
    table_holdings: table === null ? [] : holdingsOf(context, [table]),
  };
}

const ofOrganisation: readonly string[] = ['holdings'];

function organisationScope(context: ViewContext, organisation: Organisation): View {
  const view = organisationView(context, organisation);
  const scope = {
    organisation: view,
    contract: view['contract'],
    owners: view['owners'],
    chain: chainOf(context.inventory, [organisation.id]).map((one) => organisationView(context, one)),
  };
  // Of a provider that may be most of the estate.
  return lazily(scope, ofOrganisation, () =>
    (context.index.holdingsOfOrganisation.get(organisation.id) ?? []).map((one) => holdingView(context, one)),
  );
}

function activityScope(context: ViewContext, activity: Activity): View {
  const { inventory, index } = context;
  const datasets = datasetsOf(context, activity);
  const holdings = holdingsOf(context, activity.datasets);
  const assets = activity.datasets.flatMap((name) =>
    (index.holdingsOfDataset.get(name) ?? []).map(({ asset }) => get(inventory.assets, asset)),
  );
  // Data that nobody could name, or place, may be anywhere and with anybody.
  const lack = !Array.isArray(datasets)
    ? missing('asked')
    : Array.isArray(holdings)
      ? null
      : missing('not_asked');
  return {
    activity: activityView(context, activity),
    datasets,
    holdings: Array.isArray(datasets) ? holdings : missing('asked'),
    organisations: lack ?? chainFrom(context, assets),
  };
}

function auditScope({ policy, inventory }: ViewContext): View {
  const { assets, holdings, manifests } = inventory;
  return {
    policy: {
      name: policy.name,
      disabled: policy.disabled.map(({ rule, reason, expires }) => ({ rule, reason, expires })),
    },
    waivers: [],
    inventory: { assets: assets.size, holdings: holdings.length, manifests: manifests.length },
  };
}
