import type { Catalog } from '../../catalog/catalog.ts';
import { strings, treeOf } from '../../inventory/build/declared.ts';
import type { Json } from '../../inventory/fact.ts';
import type { Inventory } from '../../inventory/inventory.ts';
import type { Asset, Claim } from '../../inventory/noun.ts';
import { placeOfDeclaration } from '../../inventory/place.ts';
import type { ClaimNote, Said, SaidNote } from '../../result/context.ts';
import type { Subject } from '../../result/result.ts';
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

interface About {
  readonly subject: Subject;
  readonly assets: readonly Asset[];
  readonly datasets: readonly string[];
  readonly organisation: string | null;
  readonly activity: string | null;
}

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
  return value === undefined || value === null || value === 'unknown' ? null : String(value);
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

function compare(
  field: SaidNote['field'],
  value: Json,
  about: About,
  inventory: Inventory,
  catalog: Catalog,
): SaidNote {
  switch (field) {
    case 'place':
      return comparePlace(value, about, catalog);
    case 'identifiability':
      return compareIdentifiability(value, about, inventory);
    case 'contains':
      return compareContents(value, about, inventory, catalog);
    case 'informed':
      return declaredAnswer(
        field,
        value,
        'notice.guardians',
        treeOf(inventory.activities.get(about.activity ?? '')?.declared['notice'])['guardians'],
      );
    case 'own_use': {
      const contract = treeOf(inventory.organisations.get(about.organisation ?? '')?.declared['contract']);
      return {
        field,
        value: said(value),
        agrees: null,
        facts: fact('declared', 'contract.own_use_prohibited', contract['own_use_prohibited']),
      };
    }
    case 'access_to_identities':
      return { field, value: said(value), agrees: null, facts: keysOf(about) };
  }
}

function comparePlace(value: Json, { assets }: About, catalog: Catalog): SaidNote {
  const claimed = typeof value === 'string' ? [value] : placeOfDeclaration(catalog, value, '').countries;
  const observed = assets.some(({ isObserved }) => isObserved);
  const countries = sortedSet(assets.flatMap(({ place }) => place.countries));
  const outside = countries.filter((country) => !claimed.includes(country));
  const whole = assets.length > 0 && assets.every(({ place }) => place.complete);
  const agrees =
    claimed.length === 0 || countries.length === 0 ? null : outside.length > 0 ? false : whole ? true : null;
  return {
    field: 'place',
    value: [...claimed],
    agrees,
    facts: fact(
      observed ? 'observed' : 'declared',
      'place',
      countries.length > 0 ? [...countries] : undefined,
    ),
  };
}

function compareIdentifiability(
  value: Json,
  { datasets }: About,
  { datasets: known, measured }: Inventory,
): SaidNote {
  const declared = datasets
    .map((id) => known.get(id)?.declared['identifiability'])
    .find((one) => one !== undefined);
  const measures = datasets.flatMap((id) => [
    ...(measured.get(id) ?? measured.get(known.get(id)?.key ?? '') ?? []),
  ]);
  const shown = measures.flatMap(([name, one]) =>
    ['k', 'unique', 'rows'].includes(name) && one.state === 'known' ? fact('measured', name, one.value) : [],
  );
  const agrees = typeof declared === 'string' && declared !== 'unknown' ? declared === value : null;
  return {
    field: 'identifiability',
    value: said(value),
    agrees,
    facts: [...fact('declared', 'identifiability', declared), ...shown],
  };
}

function compareContents(
  value: Json,
  { datasets }: About,
  { datasets: known }: Inventory,
  catalog: Catalog,
): SaidNote {
  const claimed = typeof value === 'string' ? [value] : strings(value);
  const categories = sortedSet(datasets.flatMap((id) => strings(known.get(id)?.declared['categories'])));
  const listed = claimed.every((one) => categories.some((category) => catalog.isA(category, one)));
  return {
    field: 'contains',
    value: [...claimed],
    agrees: claimed.length > 0 && listed ? true : null,
    facts: fact('declared', 'categories', categories.length > 0 ? [...categories] : undefined),
  };
}

function declaredAnswer(
  field: SaidNote['field'],
  value: Json,
  name: string,
  answer: Json | undefined,
): SaidNote {
  const known = answer !== undefined && answer !== 'unknown' && answer !== null;
  const yes = answer !== false && answer !== 'none' && answer !== 'no';
  return {
    field,
    value: said(value),
    agrees: known && typeof value === 'boolean' ? yes === value : null,
    facts: fact('declared', name, known ? answer : undefined),
  };
}

/** Who manages the keys is what an access to stored data depends on. */
function keysOf({ assets }: About): SaidNote['facts'] {
  const managers = sortedSet(
    assets.flatMap(({ facts }) => {
      const manager = facts.get('encryption.key_manager');
      return manager?.state === 'known' && typeof manager.value === 'string' ? [manager.value] : [];
    }),
  );
  return fact('observed', 'key_manager', managers.length > 0 ? [...managers] : undefined);
}

function fact(
  by: 'declared' | 'observed' | 'measured',
  name: string,
  value: Json | undefined,
): SaidNote['facts'] {
  return value === undefined || value === 'unknown' ? [] : [{ by, name, value: said(value) }];
}

function said(value: Json): Said {
  if (Array.isArray(value)) return value.map(String);
  return typeof value === 'object' || value === null ? JSON.stringify(value) : (value as Said);
}

function relatedTo(
  { holdings, assets: all }: Inventory,
  { subject, assets, datasets }: About,
  names: Names,
): string[] {
  const at = new Set(assets.map(({ id }) => id));
  const about = new Set(datasets);
  const held = holdings.filter((one) => (datasets.length > 0 ? about.has(one.dataset) : at.has(one.asset)));
  const named = held.flatMap(({ dataset, asset }) => {
    const thing = all.get(asset);
    return thing ? [`${names.dataset(dataset)}@${names.asset(thing)}`] : [];
  });
  return [subject.id, ...assets.map(names.asset), ...named];
}
