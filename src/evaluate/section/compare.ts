import type { Catalog } from '../../catalog/catalog.ts';
import { strings, treeOf } from '../../inventory/build/declared.ts';
import type { Json } from '../../inventory/fact.ts';
import type { Inventory } from '../../inventory/inventory.ts';
import type { Asset } from '../../inventory/noun.ts';
import { placeOfDeclaration } from '../../inventory/place.ts';
import type { Said, SaidNote } from '../../result/context.ts';
import type { Subject } from '../../result/subject.ts';
import { sortedSet } from './name.ts';

/** What a claim is about, and the things through which facts can be set beside it. */
export interface About {
  readonly subject: Subject;
  readonly assets: readonly Asset[];
  readonly datasets: readonly string[];
  readonly organisation: string | null;
  readonly activity: string | null;
}

/** One statement of a claim beside the facts on the same point. Words are compared, no law is applied: rules do that. */
export function compare(
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
  return typeof value === 'object' || value === null ? JSON.stringify(value) : value;
}
