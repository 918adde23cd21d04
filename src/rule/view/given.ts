import type { Catalog } from '../../catalog/catalog.ts';
import type { Json } from '../../inventory/fact.ts';
import { isTree } from '../../inventory/fact.ts';
import { placeOfDeclaration } from '../../inventory/place.ts';
import { type Target, targets } from '../model.ts';
import { type Hooks, lift, liftRecord, liftSays, missing } from './lift.ts';
import { organisationView } from './organisation.ts';
import { placeView } from './place.ts';

type Tree = { readonly [key: string]: Json };
export type Scope = { readonly [variable: string]: unknown };

/** Lists that are made of relations: what a test does not give, there is not. */
const relations = new Set([
  'activities',
  'holdings',
  'path',
  'identified',
  'identifies',
  'claims',
  'table_holdings',
  'waivers',
  'organisations',
]);

/** The variables of a target from the `given` of an inline test: what is left out is not known. */
export function givenScope(target: Target, given: Tree, catalog: Catalog, asOf: string): Scope {
  const hooks = hooksFor(catalog, asOf);
  const variables: { readonly [name: string]: string } = targets[target];
  const scope: { [name: string]: unknown } = {};
  for (const [name, type] of Object.entries(variables)) {
    scope[name] = Object.hasOwn(given, name)
      ? lift(type, given[name], name, hooks)
      : relations.has(name)
        ? []
        : lift(type, undefined, name, { ...hooks, offer: undefined });
  }
  scope['as_of'] = asOf;
  inherit(scope, given, target);
  return scope;
}

/** What a holding or a flow says of its asset or its parties without being told twice. */
function inherit(scope: { [name: string]: unknown }, given: Tree, target: Target): void {
  const variables = targets[target];
  const asset = scope['asset'] as Scope | undefined;
  for (const name of Object.keys(variables)) {
    if (
      target === 'holding' &&
      isTree(given['asset']) &&
      !Object.hasOwn(given, name) &&
      Object.hasOwn(given['asset'], name)
    )
      scope[name] = asset?.[name];
  }
  const parties = ['operator', 'run_by'].filter((name) => isTree(given[name])).map((name) => scope[name]);
  for (const name of ['recipients', 'chain']) {
    if (name in variables && !Object.hasOwn(given, name) && parties.length > 0) scope[name] = parties;
  }
  if (target === 'holding') {
    if (!Object.hasOwn(given, 'run_by')) scope['run_by'] = null;
    const provider = (scope['place'] as Scope | undefined)?.['provider'];
    const operator = (scope['operator'] as Scope | undefined)?.['provider'];
    const offer = isTree(given['offer']) ? given['offer'] : { name: given['offer'] };
    const host = typeof provider === 'string' ? provider : (operator ?? missing('not_asked'));
    scope['offer'] = liftRecord(
      'offer',
      withoutUndefined(offer),
      'provider' in offer ? {} : { provider: host },
    );
  }
}

function withoutUndefined(tree: { readonly [key: string]: Json | undefined }): Tree {
  return Object.fromEntries(
    Object.entries(tree).filter((entry): entry is [string, Json] => entry[1] !== undefined),
  );
}

function hooksFor(catalog: Catalog, asOf: string): Hooks {
  const record =
    (name: 'holding' | 'dataset' | 'asset' | 'activity', defaults: Tree) =>
    (value: Json | undefined): unknown => {
      if (value === 'unknown') return missing('asked');
      if (value === undefined && name !== 'holding') return missing('not_asked');
      return liftRecord(name, { ...defaults, ...(isTree(value) ? value : {}) }, {}, hooks);
    };
  const hooks: Hooks = {
    place: (value) => {
      const place = placeOfDeclaration(catalog, value, 'given');
      const scope = isTree(value) && typeof value['scope'] === 'string' ? { scope: value['scope'] } : {};
      return value === false || value === null ? null : { ...placeView(place, catalog), ...scope };
    },
    organisation: (value) => {
      if (value === undefined) return missing('not_asked');
      if (value === 'unknown') return missing('asked');
      if (!isTree(value)) return null;
      const provider = typeof value['provider'] === 'string' ? value['provider'] : null;
      const isDeclared = value['declared'] !== false;
      const stated = Object.fromEntries(
        ['exposures', 'owners']
          .filter((field) => value[field] !== undefined)
          .map((field) => [field, lift(field === 'owners' ? 'list<owner>' : 'list<exposure>', value[field])]),
      );
      return organisationView({ declared: value, provider, isDeclared, catalog, asOf, given: stated });
    },
    offer: (value) =>
      isTree(value)
        ? liftRecord('offer', value)
        : liftRecord('offer', value === undefined ? {} : { name: value }),
    says: liftSays,
    holding: record('holding', { derived: false, declared: true, observed: false, processed: false }),
    dataset: record('dataset', { unclassified: false, claimed: [] }),
    asset: record('asset', { external: false }),
    activity: record('activity', { joint_controllers: [] }),
  };
  return hooks;
}
