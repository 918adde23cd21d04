import { tagClasses } from '../../inventory/build/holding.ts';
import type { Fact, Json } from '../../inventory/fact.ts';
import type { Asset, Holding, Place } from '../../inventory/noun.ts';
import type { Judgement } from '../../rule/rule.ts';
import { get, type ViewContext } from './context.ts';
import type { Judged } from './scope.ts';

/** What tells one asset or holding from all others, and so is never part of what they have in common. */
const identity: ReadonlySet<string> = new Set(['id', 'key', 'label', 'title', 'name', 'from', 'to']);

/** Facts of a subject that nobody else has: a rule that reads one is judged for each subject by itself. */
export function readsIdentity(judgement: Judgement): boolean {
  return factsOf(judgement).some(isIdentity);
}

function factsOf({ when, assert, severity }: Judgement): readonly string[] {
  const programs = [when, assert, ...severity.map((level) => level.when)];
  return programs.flatMap((program) => program?.facts ?? []);
}

function isIdentity(fact: string): boolean {
  const own =
    /^(?:(?:holding\.|holdings\[\]\.)?asset|holding|holdings\[\]|path\[\]|declared)(?:\.|$)(.*)$/.exec(fact);
  if (own === null) return false;
  const [field = ''] = (own[1] ?? '').split(/[.[]/);
  // A whole that is handed over may be taken apart there.
  return field === '' || identity.has(field);
}

/**
 * Assets and holdings of which the given judgements cannot tell one from another: the same key, the same verdicts. The
 * key is everything that a view shows of a subject, facts that no judgement reads and its identity left out.
 */
export function likeness(
  context: ViewContext,
  judgements: readonly Judgement[],
): (judged: Extract<Judged, { target: 'asset' | 'holding' }>) => string {
  const { inventory, index, policy } = context;
  const facts = judgements.flatMap(factsOf);
  const words = new Set(facts.flatMap((fact) => fact.split(/[.[\]]+/)));
  // The variable `account` is watched instead: most subjects are decided before a rule looks at it.
  const readsAccount = facts.some((fact) => /^(holding\.|holdings\[\]\.)?asset\.account\b/.test(fact));
  const numbers = new Map<unknown, number>();
  /** The same number for the same thing: by value for texts, by identity for objects. */
  const numberOf = (thing: unknown): number => {
    const found = numbers.get(thing);
    if (found !== undefined) return found;
    numbers.set(thing, numbers.size);
    return numbers.size - 1;
  };
  const assets = new Map<Asset, number>();
  const read = new Map<string, boolean>();
  // Facts about the place are in the place that was made of them; how it was found, no rule sees.
  const isRead = (fact: string): boolean => {
    const known = read.get(fact) ?? (!fact.startsWith('place.') && words.has(fact.split('.')[0] ?? fact));
    read.set(fact, known);
    return known;
  };

  function assetKey(asset: Asset): number {
    const found = assets.get(asset);
    if (found !== undefined) return found;
    const { kind, provider, account, operator, runBy, declared, sources, unsettled } = asset;
    const parts: unknown[] = [
      kind,
      provider,
      operator,
      runBy,
      declared === null ? -1 : numberOf(declared),
      readsAccount ? account : '',
      asset.isDeclared,
      asset.isObserved,
      asset.external,
      sources.join(),
      placeKey(asset.place),
      placeKey(asset.observedPlace),
      placeKey(asset.declaredPlace),
      factKey(unsettled),
      factKey(inventory.undecided.get(asset.id)),
      tagClasses(asset, policy.classification)
        .map(({ name }) => name)
        .join('\x01'),
    ];
    asset.facts.forEach((fact, name) => {
      if (isRead(name)) parts.push(name, factKey(fact));
      // Of tags, rules see the class that they name and whether they could be read.
      else if (name === 'tags') parts.push(fact.state === 'known' ? 'null' : factKey(fact));
    });
    for (const { kind: relation, to } of asset.relations) {
      const target = relation === 'log' ? inventory.assets.get(to) : undefined;
      if (target) parts.push('log', placeKey(target.place));
    }
    for (const one of index.holdingsOfAsset.get(asset.id) ?? []) parts.push(holdingKey(one));
    const key = numberOf(parts.join('\0'));
    assets.set(asset, key);
    return key;
  }

  const places = new Map<Place, number>();

  function placeKey(place: Place | null): number {
    if (place === null) return -1;
    const found = places.get(place) ?? numberOfPlace(place);
    places.set(place, found);
    return found;
  }

  function numberOfPlace(place: Place): number {
    const { provider, region, city, countries, complete, scope, reason, permission } = place;
    return numberOf([provider, region, city, countries, complete, scope, reason, permission].join('\x01'));
  }

  return ({ target, thing }) =>
    target === 'asset'
      ? `${assetKey(thing)}`
      : `${assetKey(get(inventory.assets, thing.asset))} ${numberOf(holdingKey(thing))}`;
}

function holdingKey({ dataset, derived, declared, observed, use, path }: Holding): string {
  return [dataset, derived, declared, observed, use, ...path.map(({ kind }) => kind)].join('\x01');
}

function factKey(fact: Fact | undefined): string {
  if (fact === undefined) return '';
  if (fact.state === 'known') return valueKey(fact.value);
  return fact.state === 'absent' ? '-' : `?${fact.asked ?? fact.state} ${fact.permission ?? ''}`;
}

function valueKey(value: Json): string {
  return typeof value === 'string'
    ? `"${value}`
    : typeof value === 'object'
      ? JSON.stringify(value)
      : `${value}`;
}

/** Puts what is missing of one asset in the names of another that is alike: its holdings stand in the same order. */
export function renaming({ index }: ViewContext, from: Asset, to: Asset): (fact: string) => string {
  const [own = [], other = []] = [from, to].map(({ id }) => index.holdingsOfAsset.get(id));
  return (fact) =>
    own.reduce((text, { id }, at) => text.replace(`[${id}]`, () => `[${other[at]?.id ?? id}]`), fact);
}
