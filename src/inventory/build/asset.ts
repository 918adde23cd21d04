import type { Catalog } from '../../catalog/catalog.ts';
import { type MissingFact, reasonOf, type Tree } from '../fact.ts';
import { noFacts } from '../fact-table.ts';
import type { Asset, Place } from '../noun.ts';
import type { AssetKind } from '../observation.ts';
import { compare } from '../order.ts';
import { type createPlaces, placeOfDeclaration } from '../place.ts';
import { evidenceAt, reference, textOf, treeOf } from './declared.ts';
import type { ManifestInput } from './input.ts';
import type { Matches } from './match.ts';
import type { Observed, ObservedAsset } from './observed.ts';
import type { Organisations } from './organisation.ts';

interface Context {
  readonly manifests: readonly ManifestInput[];
  readonly observed: Observed;
  readonly matches: Matches;
  readonly organisations: Organisations;
  readonly catalog: Catalog;
  readonly placeOf: ReturnType<typeof createPlaces>;
}

/** Declared and observed assets, each once. One match keeps the manifest's id, several become `KEY/NAME`. */
export function buildAssets(context: Context): Map<string, Asset> {
  const assets = context.manifests.flatMap((manifest) =>
    Object.entries(treeOf(manifest.value['assets'])).flatMap(([key, value]) =>
      declaredAssets(context, manifest, key, treeOf(value)),
    ),
  );
  for (const observed of context.observed.assets.values()) {
    if (!context.matches.byObserved.has(observed.id)) assets.push(observedAsset(context, observed));
  }
  const ids = new Map<string, string>();
  for (const { id, aliases } of assets) for (const alias of aliases) ids.set(alias, id);
  for (const { id } of assets) ids.set(id, id);
  const linked = new Map<string, Asset>();
  for (const asset of assets.sort((a, b) => compare(a.id, b.id))) linked.set(asset.id, link(asset, ids));
  return linked;
}

/** The same asset, with its relations going to assets by their canonical ids. */
function link(asset: Asset, ids: ReadonlyMap<string, string>): Asset {
  if (asset.relations.length === 0) return asset;
  const relations = asset.relations.map((one) => ({ ...one, to: ids.get(one.to) ?? one.to }));
  return { ...asset, relations };
}

function declaredAssets(context: Context, manifest: ManifestInput, key: string, declared: Tree): Asset[] {
  const { catalog, organisations, matches, observed } = context;
  const id = `${manifest.id}/${key}`;
  const evidence = evidenceAt(manifest, ['assets', key]);
  const placeRef =
    declared['place'] === undefined ? evidence : evidenceAt(manifest, ['assets', key, 'place']);
  const declaredPlace = placeOfDeclaration(catalog, declared['place'], placeRef.ref ?? id);
  const party = (field: string): string | null => {
    const name = reference(declared[field]);
    return name === null ? null : organisations.resolve(`${manifest.id}/${name}`);
  };
  const base = {
    type: 'asset',
    key,
    manifest: manifest.id,
    declared,
    declaredPlace,
    title: textOf(declared['title'], key),
    runBy: party('run_by'),
    isDeclared: true,
    external: false,
  } as const;
  const found = (matches.byDeclared.get(id) ?? []).flatMap((name) => observed.assets.get(name) ?? []);
  if (found.length === 0) {
    const kind = (reference(declared['kind']) ?? 'other') as AssetKind;
    const unsettled = matches.unsettled.get(id);
    return [
      {
        ...base,
        ...(unsettled === undefined ? {} : { unsettled }),
        id,
        label: key,
        aliases: [],
        kind,
        name: key,
        provider: declaredPlace.provider,
        account: reference(declared['account']),
        place: unsettled === undefined ? declaredPlace : unreadPlace(unsettled, declaredPlace),
        observedPlace: null,
        operator: party('operator'),
        facts: noFacts,
        relations: [],
        isObserved: false,
        sources: ['manifest'],
        evidence: [evidence],
      },
    ];
  }
  const names = new Map<string, number>();
  for (const { seen } of found) names.set(seen.name, (names.get(seen.name) ?? 0) + 1);
  return found.map((one) => {
    // A table and its replica, or a queue and a topic, may bear one name: both are there, by their own ids.
    const part = (names.get(one.seen.name) ?? 0) > 1 ? one.id : one.seen.name;
    const own = found.length === 1 ? id : `${id}/${part}`;
    const seen = fromObserved(context, one);
    // Only others name it, and a listing that might have shown it was not read: what is declared of it proves nothing.
    const isUnread = one.seen.external === true && observed.incomplete.has(one.source);
    return {
      ...base,
      ...seen,
      ...(isUnread
        ? { unsettled: { state: 'not_collected', note: 'a listing was not read to its end' } as const }
        : {}),
      external: one.seen.external ?? false,
      id: own,
      label: own.slice(manifest.id.length + 1),
      aliases: [one.id],
      operator: operatorOf(organisations, party('operator'), one),
      isObserved: true,
      sources: ['manifest', one.source],
      evidence: [evidence, ...one.evidence],
    };
  });
}

/** Where it would have been seen is not known: a place that is only declared must not pass for one that was refused. */
function unreadPlace({ permission, note, ...fact }: MissingFact, { provider, derivation }: Place): Place {
  return {
    provider,
    region: null,
    city: null,
    countries: [],
    complete: false,
    scope: 'unknown',
    reason: reasonOf(fact),
    ...(permission === undefined ? {} : { permission }),
    derivation: [...derivation, ...(note === undefined ? [] : [`${note} → ${fact.state}`])],
  };
}

/** Who runs the machines: the declared operator, unless the source shows another provider. */
function operatorOf(
  organisations: Organisations,
  declared: string | null,
  { seen }: ObservedAsset,
): string | null {
  const organisation = declared === null ? undefined : organisations.byId.get(declared);
  if (seen.provider === null) return declared ?? organisations.named(seen.operator ?? '');
  if (organisation?.provider === seen.provider) return declared;
  return organisations.ofProvider(seen.provider) ?? declared;
}

function observedAsset(context: Context, observed: ObservedAsset): Asset {
  const { seen, id, source, evidence } = observed;
  return {
    type: 'asset',
    id,
    label: id,
    aliases: [],
    key: null,
    manifest: null,
    title: { fr: seen.name, en: seen.name },
    ...fromObserved(context, observed),
    declaredPlace: null,
    runBy: null,
    declared: null,
    operator:
      seen.provider === null
        ? context.organisations.named(seen.operator ?? '')
        : context.organisations.ofProvider(seen.provider),
    isDeclared: false,
    isObserved: true,
    external: seen.external ?? false,
    sources: [source],
    evidence,
  };
}

function fromObserved({ placeOf }: Context, { seen, facts, relations }: ObservedAsset) {
  const place = placeOf(seen.provider, facts);
  const { kind, name, provider, account, dataless } = seen;
  return {
    ...(dataless ? { dataless } : {}),
    kind,
    name,
    provider,
    account,
    place,
    observedPlace: place,
    facts,
    relations,
  };
}

const stores: ReadonlySet<AssetKind> = new Set([
  'object_store',
  'database',
  'file_share',
  'queue',
  'stream',
  'search_index',
  'log_store',
  'snapshot',
  'backup_vault',
]);

/** Kinds that hold data at rest: what CLS-01 and DRF-01 ask about. */
export function isStore(kind: AssetKind): boolean {
  return stores.has(kind);
}
