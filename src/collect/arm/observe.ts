import type { AssetKind, Observation, SeenRelation } from '../../inventory/observation.ts';
import { isDataless } from '../code/dataless.ts';
import { formatPosition } from '../code/document.ts';
import { type Facts, known, unsaid } from '../code/fact.ts';
import { type Origin, type Stated, state } from '../code/observe.ts';
import { settleTags } from '../code/tag.ts';
import { alternatives, at, hasOpen, isValueTree, Open, textOf, toJson, type Value } from '../code/value.ts';
import { describe } from './describe.ts';
import type { Copy } from './description.ts';
import { globalCode, kindOf } from './kind.ts';
import { createFinder, linksOf } from './link.ts';
import { type Deployment, keyOf, type Resource, type Template } from './resource.ts';

interface Context {
  readonly template: Template;
  readonly deployment: Deployment;
  /** What stands before `#`. */
  readonly label: string;
  readonly pairedRegion: (region: string) => string | null;
  /** Keys of tags that matter; left out where any may. */
  readonly tagKeys: ReadonlySet<string> | undefined;
}

/** Everything that a template says: each resource once, the copies it makes, and how data gets from one to another. */
export function observeTemplate(origin: Origin, context: Context): readonly Observation[] {
  const { template, label } = context;
  const find = createFinder(template.resources);
  const byKey = new Map(template.resources.map((one) => [keyOf(one.type, one.name).toLowerCase(), one]));
  const children = new Map<Resource | undefined, Resource[]>();
  for (const one of template.resources) {
    const above = parentOf(one, byKey, (ancestor) => ancestor);
    children.set(above, [...(children.get(above) ?? []), one]);
  }
  const under = (resource: Resource, type: string): readonly Resource[] =>
    (children.get(resource) ?? []).flatMap((one) => [
      ...(one.type.toLowerCase() === type ? [one] : []),
      ...under(one, type),
    ]);
  const idOf = (resource: Resource): string => `${label}#${resource.path}`;
  const end = (
    subject: string,
    ref: string,
    kind: string,
    to: Value,
    as: AssetKind | null,
  ): { readonly ids: readonly string[]; readonly stated: readonly Stated[] } => {
    const found = find(to);
    if (found.length > 0) return { ids: found.map(idOf), stated: [] };
    const outside = alternatives(to)
      .filter((one) => one !== undefined && one !== null)
      .map((one): Stated => {
        const text = one instanceof Open ? one.text : textOf(one);
        const id = text ?? `${subject}→${kind}`;
        const why = one instanceof Open ? one.why : `${id} is defined outside the template`;
        return {
          subject: id,
          ref,
          asset: {
            kind: as ?? 'other',
            name: id.split('/').at(-1) ?? id,
            provider: 'azure',
            account: null,
            external: true,
          },
          facts: { 'place.region': unsaid(why) },
        };
      });
    return { ids: outside.map(({ subject: id }) => id), stated: outside };
  };
  const stated = template.resources.flatMap((resource): readonly Stated[] => {
    const subject = idOf(resource);
    const ref = formatPosition(resource.where);
    const { facts = {}, ties = [], copies = [] } = describe(resource, (type) => under(resource, type));
    const place = { ...placeOf(resource, byKey), ...facts };
    const region = place['place.region'];
    const own = region?.state === 'known' && typeof region.value === 'string' ? region.value : null;
    const tags = settleTags(tagsOf(resource), context.tagKeys);
    const seen = { provider: 'azure', account: context.deployment.subscription };
    const ends = ties.map((tie) => ({ tie, ...end(subject, ref, tie.kind, tie.to, tie.as) }));
    const made = copies.map((copy) => ({ copy, id: `${subject}@${copy.suffix}` }));
    const relations: SeenRelation[] = [
      ...ends.flatMap(({ tie, ids }) => (tie.reversed ? [] : ids.map((to) => ({ kind: tie.kind, to })))),
      ...made.map(({ copy, id }) => ({ kind: copy.kind, to: id })),
    ];
    return [
      {
        subject,
        ref,
        asset: {
          kind: kindOf(resource),
          name: nameOf(resource),
          ...seen,
          ...(isDataless(resource.type, kindOf(resource)) ? { dataless: true } : {}),
        },
        facts: { ...place, tags },
        relations: relations.filter(({ to }) => to !== subject),
      },
      ...made.map(
        ({ copy, id }): Stated => ({
          subject: id,
          ref,
          asset: { kind: copy.as, name: `${nameOf(resource)} (${copy.suffix})`, ...seen },
          facts: { tags, ...copied(facts), ...placeOfCopy(copy, own, context) },
        }),
      ),
      ...ends.flatMap(({ tie, ids, stated: outside }) => [
        ...outside,
        ...(tie.reversed
          ? ids.map((from): Stated => ({ subject: from, ref, relations: [{ kind: tie.kind, to: subject }] }))
          : []),
      ]),
      ...linksOf(resource).flatMap(({ kind, from, to }): readonly Stated[] => {
        const start = end(subject, ref, `${kind}-source`, from, null);
        const target = end(subject, ref, kind, to, null);
        const flow = start.ids.flatMap((id) =>
          target.ids
            .filter((one) => one !== id)
            .map(
              (one): Stated => ({
                subject: id,
                ref,
                relations: [{ kind, to: one }],
                ...(kind === 'log' ? { facts: { access_log: known(true) } } : {}),
              }),
            ),
        );
        return [...start.stated, ...target.stated, ...flow];
      }),
    ];
  });
  return stated.map((one) => state(origin, one));
}

/** What holds for a copy as for what it is a copy of. */
function copied(facts: Facts): Facts {
  return Object.fromEntries(Object.entries(facts).filter(([name]) => name.startsWith('encryption.')));
}

function parentOf<T>(
  { type, name }: Resource,
  byKey: ReadonlyMap<string, Resource>,
  take: (ancestor: Resource) => T | undefined,
): T | undefined {
  const types = type.split('/');
  const names = name.split('/');
  for (let count = Math.min(types.length - 1, names.length) - 1; count > 0; count -= 1) {
    const ancestor = byKey.get(
      keyOf(types.slice(0, count + 1).join('/'), names.slice(0, count).join('/')).toLowerCase(),
    );
    const taken = ancestor && take(ancestor);
    if (taken !== undefined) return taken;
  }
  return undefined;
}

function placeOf(resource: Resource, byKey: ReadonlyMap<string, Resource>): Facts {
  const code = globalCode(resource.type);
  const steps = [formatPosition(resource.where), ...resource.notes];
  if (code !== null)
    return { 'place.derivation': known([...steps, resource.type]), 'place.region': known(code) };
  // Of an extended zone, or of a site of the customer's own, the location is that of what it is run from.
  const apart = resource.body['extendedLocation'];
  if (apart !== undefined && apart !== null) {
    const name = textOf(at(apart, 'name')) ?? 'an extended location';
    return {
      'place.derivation': known([...steps, `extendedLocation ${name}`]),
      'place.region': unsaid(`it is in ${name}, not in its location`),
    };
  }
  const own = resource.body['location'];
  const inherited =
    own === undefined
      ? parentOf(resource, byKey, (ancestor) =>
          ancestor.body['location'] === undefined
            ? undefined
            : { ancestor, location: ancestor.body['location'] },
        )
      : undefined;
  const location = own ?? inherited?.location;
  const text = textOf(location);
  const via = inherited
    ? [`as ${inherited.ancestor.path}`]
    : own === undefined
      ? []
      : [`location ${text ?? ''}`.trim()];
  const fact =
    text !== null ? known(text) : unsaid(location instanceof Open ? location.why : 'it has no location');
  return { 'place.derivation': known([...steps, ...via]), 'place.region': fact };
}

function placeOfCopy(copy: Copy, own: string | null, { pairedRegion }: Context): Facts {
  if ('location' in copy) {
    const { location } = copy;
    const text = textOf(location);
    return {
      'place.region':
        text === null
          ? unsaid(location instanceof Open ? location.why : 'the location of the copy is not told')
          : known(text),
    };
  }
  if (own === null) return { 'place.region': unsaid('the pair of a region that is not known') };
  const pair = pairedRegion(own);
  return {
    'place.derivation': known([`geo-redundant: the pair of ${own}`]),
    'place.region': pair === null ? unsaid(`the catalog knows no pair of ${own}`) : known(pair),
  };
}

function nameOf({ name }: Resource): string {
  return name.split('/').at(-1) || name;
}

function tagsOf({ body }: Resource): Facts[string] {
  const { tags } = body;
  if (tags instanceof Open && tags.either.length === 0) return unsaid(`tags: ${tags.why}`);
  const whole = alternatives(tags).filter(isValueTree);
  if (tags instanceof Open) return unsaid(`tags: ${tags.why}`);
  const pairs = whole.flatMap((one) => Object.entries(one));
  return pairs.length === 0
    ? { state: 'absent' }
    : known(
        Object.fromEntries(
          pairs.map(([key, value]) => [
            key,
            hasOpen(value) ? null : (textOf(value) ?? JSON.stringify(toJson(value))),
          ]),
        ),
      );
}
