import type { Catalog } from '../../catalog/catalog.ts';
import { treeOf } from '../../inventory/build/declared.ts';
import type { Json } from '../../inventory/fact.ts';
import type { Inventory } from '../../inventory/inventory.ts';
import type { Claim } from '../../inventory/noun.ts';
import type { ClaimNote, SaidNote } from '../../result/context.ts';
import { type About, compare } from './compare.ts';
import { type Names, sortedSet } from './name.ts';

const fields: readonly SaidNote['field'][] = [
  'identifiability',
  'contains',
  'access_to_identities',
  'place',
  'own_use',
  'informed',
];
const relatedAtMost = 200;

/** Each claim beside what is declared, observed and measured on the same point. */
export function claimNotes(inventory: Inventory, catalog: Catalog, names: Names): readonly ClaimNote[] {
  return inventory.claims.map((claim): ClaimNote => {
    const { declared, evidence } = claim;
    const about = aboutOf(inventory, claim, names);
    const says = treeOf(declared['says']);
    return {
      about: about.subject,
      by: text(declared['by']) ?? '?',
      on: text(declared['on']),
      source: text(declared['source']),
      ref: text(declared['ref']),
      evidence: evidence[0]?.ref ?? null,
      says: fields.flatMap((field) => {
        const value = says[field];
        return value === undefined ? [] : [compare(field, value, about, inventory, catalog)];
      }),
      related: sortedSet(relatedTo(inventory, about, names)).slice(0, relatedAtMost),
    };
  });
}

function text(value: Json | undefined): string | null {
  return typeof value === 'string' || typeof value === 'number'
    ? value === 'unknown'
      ? null
      : String(value)
    : null;
}

function aboutOf(
  { datasets, assets, organisations, activities, holdings }: Inventory,
  { about }: Claim,
  names: Names,
): About {
  const none = { assets: [], datasets: [], organisation: null, activity: null };
  const dataset = datasets.get(about);
  if (dataset) {
    const at = new Set(holdings.filter((one) => one.dataset === about).map(({ asset }) => asset));
    const id = names.dataset(about);
    const held = [...at].flatMap((one) => assets.get(one) ?? []);
    return {
      ...none,
      subject: { type: 'dataset', id, label: labelOf(dataset.title, id) },
      assets: held,
      datasets: [about],
    };
  }
  const organisation = organisations.get(about);
  if (organisation) {
    const run = [...assets.values()].filter(({ operator, runBy }) => operator === about || runBy === about);
    return {
      ...none,
      subject: { type: 'organisation', id: names.organisation(about), label: organisation.name ?? about },
      assets: run,
      organisation: about,
    };
  }
  const activity = activities.get(about);
  if (activity) {
    const id = names.activity(about);
    return {
      ...none,
      subject: { type: 'activity', id, label: labelOf(activity.title, id) },
      datasets: activity.datasets,
      activity: about,
    };
  }
  const matched = [...assets.values()].filter(
    ({ id, manifest, key }) => id === about || `${manifest}/${key}` === about,
  );
  const id = about.slice(about.indexOf('/') + 1);
  const [first] = matched;
  return {
    ...none,
    subject: { type: 'asset', id, label: first ? labelOf(first.title, id) : id },
    assets: matched,
  };
}

function labelOf({ fr, en }: { readonly fr?: string; readonly en?: string }, id: string): string {
  return fr ?? en ?? id;
}

/** Ids are in order where assets and holdings are, so that a limit keeps the same ones each time. */
function relatedTo(
  { holdings, assets: all }: Inventory,
  { subject, assets, datasets }: About,
  names: Names,
): string[] {
  const at = new Set(assets.map(({ id }) => id));
  const about = new Set(datasets);
  const held = holdings.filter((one) => (datasets.length > 0 ? about.has(one.dataset) : at.has(one.asset)));
  const named = held.slice(0, relatedAtMost).flatMap(({ dataset, asset }) => {
    const thing = all.get(asset);
    return thing ? [`${names.dataset(dataset)}@${names.asset(thing)}`] : [];
  });
  return [subject.id, ...assets.slice(0, relatedAtMost).map(names.asset), ...named];
}
