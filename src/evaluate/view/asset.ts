import { isStore } from '../../inventory/build/asset.ts';
import { tagClasses } from '../../inventory/build/holding.ts';
import { isMissing, isTree, type Json, jsonText, reasonOf } from '../../inventory/fact.ts';
import type { Asset } from '../../inventory/noun.ts';
import type { AssetKind } from '../../inventory/observation.ts';
import { placeOfDeclaration } from '../../inventory/place.ts';
import type { MissingValue } from '../../rule/cel/value.ts';
import { records, type TypeName } from '../../rule/model.ts';
import { isRecordName, lift, missing } from '../../rule/view/lift.ts';
import { placeView } from '../../rule/view/place.ts';
import { lazily, once, type View, type ViewContext } from './context.ts';
import { countriesLeftOpen } from './guard-rail.ts';
import { organisationOf } from './organisation.ts';

/** Facts that sources give: where one says nothing of them, it did not collect them; of others nobody was asked. */
const observable =
  /^(tags|public|access|access_log|access_log_places|retention|encryption\..*|access\..*|key_facts\..*|guard_rail\..*)$/;

const factFields: readonly string[] = [
  'encryption',
  'public',
  'access',
  'access_log',
  'access_log_places',
  'provider_access',
  'provider_access_log',
  'retention',
  'tags',
  'endpoints',
  'entry_point',
  'trackers',
  'teleservice',
  'homologation',
  'guard_rail',
  'key_facts',
  'visa',
  'personal_data',
  'other_owner',
];

export function assetView(context: ViewContext, asset: Asset): View {
  return once(context.memo, asset, () => {
    const { inventory, index, place, policy } = context;
    const { tags } = policy.classification;
    const undecided = inventory.undecided.get(asset.id);
    const tagFact = asset.facts.get('tags');
    const operator = organisationOf(context, asset.operator);
    const held = (index.holdingsOfAsset.get(asset.id) ?? []).length;
    const unreadable = (fact: typeof tagFact) =>
      fact && isMissing(fact) ? missing(reasonOf(fact), fact.permission) : null;
    const factOf = (name: string): unknown => {
      if (name === 'access_log_places' && !asset.facts.has(name)) {
        const places = logPlaces(context, asset);
        if (places !== null) return places;
      }
      // Asked of what lies outside of what is read; everything else is of the accounts that are.
      if (name === 'other_owner' && !asset.facts.has(name)) return false;
      if (name === 'personal_data') return held > 0 || (unsaidHoldings(asset, held) ?? false);
      return assetFact(context, asset, name, records.asset[name as keyof typeof records.asset]);
    };
    return lazily(
      {
        id: asset.label,
        key: asset.key ?? asset.label,
        label: asset.label,
        title: asset.title,
        kind: asset.declared?.['kind'] === 'unknown' && !asset.isObserved ? missing('asked') : asset.kind,
        name: asset.name,
        provider: asset.observedPlace?.provider ?? asset.provider ?? unseenProvider(context, asset, operator),
        account: asset.account ?? lift('string', asset.declared?.['account']),
        place: place(asset.place),
        operator: operator ?? missing(asset.declared?.['operator'] === 'unknown' ? 'asked' : 'not_asked'),
        run_by: organisationOf(context, asset.runBy) ?? unsaid(asset, 'run_by'),
        offer: {
          name: lift('string', asset.declared?.['offer']),
          provider: providerOf(asset, operator),
          qualifications: declaredQualifications(context, asset),
        },
        declared: asset.isDeclared || (unreadable(undecided) ?? false),
        observed: asset.isObserved,
        external: asset.external,
        store: isStore(asset.kind),
        classified:
          tagClasses(asset, policy.classification).length > 0 ||
          (tags.size > 0 ? (unreadable(tagFact) ?? false) : false),
        matched: asset.isDeclared && asset.isObserved,
        collected: collected(context, asset),
        source: asset.sources.at(-1) ?? 'manifest',
      },
      factFields,
      factOf,
    );
  });
}

/** Where no source can tell the provider, it is that of the declared operator: null for one that the catalog does not list. */
function unseenProvider({ place }: ViewContext, asset: Asset, operator: View | null): unknown {
  return asset.isDeclared && operator ? operator['provider'] : place(asset.place)['provider'];
}

/** Access logs go where the source says that they are delivered. */
function logPlaces({ inventory, place }: ViewContext, { relations }: Asset): readonly View[] | null {
  const targets = relations
    .filter(({ kind }) => kind === 'log')
    .flatMap(({ to }) => inventory.assets.get(to) ?? []);
  return targets.length === 0 ? null : targets.map((target) => place(target.place));
}

/** Kinds that pass data on, or guard it, and keep none. */
const keepsNothing: ReadonlySet<AssetKind> = new Set(['key', 'dns', 'load_balancer', 'endpoint', 'account']);

/** Why it is not known what a declared asset holds: nobody could say, or nobody said. */
export function unsaidHoldings({ declared, kind }: Asset, known: number): MissingValue | null {
  if (declared === null) return null;
  const { holds, processes } = declared;
  if (
    [holds, processes].some((list) => list === 'unknown' || (Array.isArray(list) && list.includes('unknown')))
  )
    return missing('asked');
  return holds === undefined && processes === undefined && known === 0 && !keepsNothing.has(kind)
    ? missing('not_asked')
    : null;
}

/** `unknown` is asked; left out means that the operator runs it. */
function unsaid(asset: Asset, field: string): unknown {
  return asset.declared?.[field] === 'unknown' ? missing('asked') : null;
}

function providerOf(asset: Asset, operator: View | null): unknown {
  return asset.place.provider ?? operator?.['provider'] ?? missing('not_asked');
}

/** What the manifest says of the operator's offer; what the catalog says is looked up when a rule asks. */
function declaredQualifications({ inventory }: ViewContext, asset: Asset): unknown {
  const offers = inventory.organisations.get(asset.operator ?? '')?.declared['offers'];
  const name = asset.declared?.['offer'];
  const offer =
    isTree(offers) && typeof name === 'string' && Object.hasOwn(offers, name) ? offers[name] : undefined;
  return isTree(offer) ? lift('list<certification>', offer['qualifications']) : missing('not_asked');
}

/** Whether the source that should show a declared asset was read to its end. */
function collected({ inventory }: ViewContext, asset: Asset): unknown {
  const entries = Array.isArray(asset.declared?.['match']) ? asset.declared['match'] : [];
  const sources = entries.flatMap((entry: Json) =>
    typeof entry === 'object' && entry !== null && 'source' in entry ? [jsonText(entry.source)] : [],
  );
  const read = sources.filter((source) => inventory.collected.has(source));
  if (read.length === 0) return false;
  return read.some((source) => inventory.incomplete.has(source)) ? missing('denied') : true;
}

/**
 * One fact of an asset: what a source established, else what it was refused, else what the manifest declares. A
 * refusal is never filled in by a declaration, or taking a permission away could turn a failure into a pass.
 */
export function assetFact(context: ViewContext, asset: Asset, name: string, type: TypeName): unknown {
  if (isRecordName(type) && type !== 'place') return assetRecord(context, asset, name, type);
  const field = name.slice(name.lastIndexOf('.') + 1);
  const fact = asset.facts.get(name);
  if (fact?.state === 'known') return liftFact(context, type, fact.value, field);
  if (fact?.state === 'absent')
    return type.startsWith('list<') ? [] : type.startsWith('map<') ? new Map() : null;
  if (fact && isMissing(fact) && fact.state !== 'not_collected')
    return missing(reasonOf(fact), fact.permission);
  const lack = fact === undefined && observable.test(name) ? unread(context, asset) : null;
  if (lack !== null) return lack;
  const declared = declaredAt(asset, name);
  if (declared !== undefined) return liftFact(context, type, declared, field);
  if (fact && isMissing(fact)) return missing(reasonOf(fact), fact.permission);
  return missing(asset.isObserved && observable.test(name) ? 'not_collected' : 'not_asked');
}

/** Set where a source that was not read to its end might have had more to say of the asset than it did. */
function unread({ inventory }: ViewContext, { unsettled, isObserved, sources }: Asset): MissingValue | null {
  if (unsettled) return missing(reasonOf(unsettled), unsettled.permission);
  return isObserved && sources.some((source) => inventory.incomplete.has(source))
    ? missing('not_collected')
    : null;
}

/** A value as rules see it: a place inside it, which sources and manifests write as a region, is looked up. */
function liftFact({ catalog }: ViewContext, type: TypeName, value: Json, field: string): unknown {
  return lift(type, value, field, {
    place: (one) => placeView(placeOfDeclaration(catalog, one, field), catalog),
  });
}

function assetRecord(context: ViewContext, asset: Asset, name: string, type: keyof typeof records): unknown {
  const whole = asset.facts.get(name);
  const declared = asset.declared?.[name];
  const none =
    whole?.state === 'absent' || (whole === undefined && (declared === 'none' || declared === false));
  if (none && ![...asset.facts.keys()].some((key) => key.startsWith(`${name}.`))) return null;
  const fields = Object.entries(records[type]).map(([field, of]) => [
    field,
    assetFact(context, asset, `${name}.${field}`, of),
  ]);
  const countries = type === 'guard_rail' ? countriesLeftOpen(context, asset) : null;
  return Object.fromEntries(countries === null ? fields : [...fields, ['allowed_countries', countries]]);
}

function declaredAt(asset: Asset, name: string): Json | undefined {
  let value: Json | undefined = asset.declared ?? undefined;
  for (const step of name.split('.')) {
    if (value === 'unknown' || value === undefined) return value;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    value = (value as { readonly [key: string]: Json })[step];
  }
  return value;
}
