import type { Tree } from '../../../inventory/fact.ts';
import type {
  AssetKind,
  Observation,
  RelationKind,
  SeenAsset,
  SeenRelation,
} from '../../../inventory/observation.ts';
import type { Answer } from '../../call.ts';
import { observe } from '../../call.ts';
import { canonicalId, nameOfId, parseId } from '../read/id.ts';
import { textAt } from '../read/json.ts';
import type { Facts } from './fact.ts';
import { placeFacts, tagsFact, unsaid } from './fact.ts';
import type { AzureSession, ServiceContext } from './service.ts';

/** A copy that a resource makes by itself, and that no resource of its own stands for. */
export interface Copy {
  /** What follows `@` in its id. */
  readonly suffix: string;
  readonly kind: RelationKind;
  readonly as: AssetKind;
  /** Its location; `pair` for the pair of the resource's own; null where it is not told. */
  readonly location: string | null | { readonly pair: true };
  readonly note?: string;
}

/** An asset as a listing shows it. */
export interface Item {
  readonly id: string;
  readonly kind: AssetKind;
  readonly name: string;
  /** As the answer has it; the place may be said by facts instead. */
  readonly location?: string | null;
  readonly facts?: Facts;
  readonly relations?: readonly SeenRelation[];
  readonly copies?: readonly Copy[];
  readonly ends?: readonly End[];
}

/** Another asset that an answer tells of: the other end of a relation. */
export interface End {
  readonly id: string;
  readonly kind: AssetKind;
  readonly name?: string;
  readonly location?: string | null;
  readonly facts?: Facts;
  readonly relations?: readonly SeenRelation[];
}

/** What every item of a list has. */
export function itemOf(resource: Tree, kind: AssetKind): Item & { readonly facts: Facts } {
  const id = canonicalId(textAt(resource, 'id') ?? '');
  return {
    id,
    kind,
    name: textAt(resource, 'name') ?? nameOfId(textAt(resource, 'id') ?? ''),
    location: textAt(resource, 'location'),
    facts: { tags: tagsFact(resource) },
  };
}

export function observeItem(
  session: AzureSession,
  context: Pick<ServiceContext, 'wants'>,
  answer: Answer<unknown>,
  { id, kind, name, location = null, facts = {}, relations = [], copies = [], ends = [] }: Item,
): readonly Observation[] {
  const place = { ...placeFacts(location), ...facts };
  const seen = { provider: session.provider, account: parseId(id)?.subscription ?? session.subscription };
  const made = copies.map((copy) => ({ copy, id: `${id}@${copy.suffix}` }));
  return [
    observe(session.scene(id), answer, {
      asset: { kind, name, ...seen },
      facts: wantedFacts(place, context),
      relations: unique([...relations, ...made.map(({ copy, id: to }) => ({ kind: copy.kind, to }))]),
    }),
    ...made.map(({ copy, id: subject }) =>
      observe(session.scene(subject), answer, {
        asset: { kind: copy.as, name: `${name} (${copy.suffix})`, ...seen },
        facts: wantedFacts(
          { ...copied(facts), ...placeOfCopy(session, copy, place['place.region']) },
          context,
        ),
      }),
    ),
    ...ends.map((end) => observeEnd(session, answer, end)),
  ];
}

/** What holds for a copy as for what it is a copy of. */
function copied(facts: Facts): Facts {
  return Object.fromEntries(
    Object.entries(facts).filter(([name]) => name === 'tags' || name.startsWith('encryption.')),
  );
}

function placeOfCopy(session: AzureSession, { location, note }: Copy, own: Facts[string] | undefined): Facts {
  if (location === null) return placeFacts(null, note ?? 'where the copy is kept is not told');
  if (typeof location === 'string') return placeFacts(location);
  if (own?.state !== 'known' || typeof own.value !== 'string')
    return { 'place.region': unsaid('the pair of a region that is not known') };
  const pair = session.pairOf(own.value);
  return pair === null
    ? { 'place.region': unsaid(`nobody names a pair of ${own.value}`) }
    : {
        'place.derivation': {
          state: 'known',
          value: [`geo-redundant: the pair of ${own.value}, by ${pair.by}`],
        },
        ...placeFacts(pair.region),
      };
}

/** An end that lies outside this listing; its owner's listing, where it is read, knows better. */
export function observeEnd(
  session: AzureSession,
  answer: Answer<unknown>,
  { id, kind, name = nameOfId(id), location = null, facts, relations = [] }: End,
): Observation {
  const asset: SeenAsset = {
    kind,
    name,
    provider: id.startsWith('/') ? session.provider : null,
    account: parseId(id)?.subscription ?? null,
    external: true,
  };
  return observe(session.scene(id), answer, {
    asset,
    facts: facts ?? (location === null ? {} : placeFacts(location)),
    relations: unique(relations),
  });
}

/** Names by which others call it are kept: relations are resolved by them. */
export function wantedFacts(facts: Facts, { wants }: Pick<ServiceContext, 'wants'>): Facts {
  return Object.fromEntries(
    Object.entries(facts).filter(([fact]) => fact.startsWith('place.') || fact === 'aliases' || wants(fact)),
  );
}

function unique(relations: readonly SeenRelation[]): readonly SeenRelation[] {
  return [...new Map(relations.map((relation) => [`${relation.kind} ${relation.to}`, relation])).values()];
}
