import type { Json } from '../../inventory/fact.ts';
import type { Observation, SeenRelation } from '../../inventory/observation.ts';
import { parseArn, providerOfAwsRegion } from '../code/arn.ts';
import { isDataless } from '../code/dataless.ts';
import { formatPosition } from '../code/document.ts';
import { days, type Facts, known, unsaid } from '../code/fact.ts';
import { type Origin, type Stated, state } from '../code/observe.ts';
import { settleTags } from '../code/tag.ts';
import {
  alternatives,
  at,
  hasOpen,
  isValueTree,
  items,
  numberOf,
  Open,
  textOf,
  toJson,
  type Value,
} from '../code/value.ts';
import type { Description, Tie } from './describe/description.ts';
import { encryption } from './describe/encryption.ts';
import { globalCode, typeEntry } from './kind.ts';
import { type Flow, flowsOf } from './link.ts';
import { type Deployment, nameOf, type PlacedResource, type Template } from './template.ts';

export interface Context {
  readonly template: Template;
  readonly deployment: Deployment;
  /** What stands before `#`. */
  readonly label: string;
  readonly tags: { readonly [key: string]: Json };
  /** Keys of tags that matter; left out where any may. */
  readonly tagKeys: ReadonlySet<string> | undefined;
}

/** Everything that a template says: each resource once, what is outside it, and how data gets from one to another. */
export function observeTemplate(origin: Origin, context: Context): readonly Observation[] {
  return [...context.template.resources.values()]
    .flatMap((resource) => observeResource(context, resource))
    .map((stated) => state(origin, stated));
}

function observeResource(context: Context, resource: PlacedResource): readonly Stated[] {
  const { template, deployment, label } = context;
  const { type, properties, logical } = resource;
  const entry = typeEntry(type);
  const own = entry.encrypted ? encryption(properties, entry.encrypted, template) : null;
  const described: Description = entry.describe?.(resource, template) ?? {};
  const subject = `${label}#${logical}`;
  const ref = formatPosition(resource.where);
  const kept =
    entry.days === undefined ? {} : { retention: days(numberOf(at(properties, entry.days)), entry.days) };
  const ends = [...(own?.ties ?? []), ...(described.ties ?? [])].map((tie) =>
    endOf(context, subject, ref, tie),
  );
  const copies = (described.copies ?? [])
    .map(({ kind, as, region, tags: own }, index): Stated => {
      const code = textOf(region);
      const place: Facts = {
        'place.region':
          code === null
            ? unsaid(region instanceof Open ? region.why : 'the region of the copy is not told')
            : known(code),
      };
      return {
        subject: `${subject}@${code ?? `${kind}-${index + 1}`}`,
        ref,
        asset: { kind: as, name: logical, provider: providerOfAwsRegion(code), account: deployment.account },
        facts: { ...place, tags: settleTags(tagsOf(own, context.tags), context.tagKeys) },
      };
    })
    .filter((copy) => !deployment.regions.some((region) => copy.subject === `${subject}@${region}`));
  const relations: SeenRelation[] = [
    ...ends.flatMap(({ relations: to }) => to),
    ...(described.copies ?? [])
      .slice(0, 1)
      .flatMap(({ kind }) => copies.map((copy) => ({ kind, to: copy.subject }))),
  ];
  const [region] = deployment.regions;
  return [
    {
      subject,
      ref,
      asset: {
        kind: described.isPart ? 'other' : entry.kind,
        name: nameOf(resource) ?? logical,
        provider: /^(AWS|Custom|Alexa)::/.test(type) ? providerOfAwsRegion(region ?? null) : null,
        account: deployment.account,
        ...(isDataless(type, entry.kind) ? { dataless: true } : {}),
      },
      facts: {
        ...place(resource, deployment),
        tags: settleTags(
          described.tags === undefined ? ownTags(context, resource) : tagsOf(described.tags, context.tags),
          context.tagKeys,
        ),
        ...own?.facts,
        ...kept,
        ...described.facts,
      },
      relations,
    },
    ...copies,
    ...ends.flatMap(({ stated }) => stated),
    ...flowsOf(resource, template, (one) => ownTags(context, one)).flatMap((flow) =>
      flown(context, ref, flow),
    ),
  ];
}

/** Both ends of a flow that a third resource tells of. */
function flown(context: Context, ref: string, { kind, from, as, to }: Flow): readonly Stated[] {
  const here = 'logical' in to ? `${context.label}#${to.logical}` : null;
  const start = endOf(context, here ?? ref, ref, { kind, as, to: from });
  return start.relations.flatMap(({ to: subject }): readonly Stated[] => {
    const end = 'logical' in to ? null : endOf(context, subject, ref, { kind, as: to.as, to: to.value });
    const relations = end?.relations ?? [{ kind, to: here ?? '' }];
    return [...start.stated, ...(end?.stated ?? []), { subject, ref, relations }];
  });
}

/** The other end of a tie: a resource of the template, or something outside it that is placed as far as its ARN goes. */
function endOf(
  { template, label }: Context,
  subject: string,
  ref: string,
  { kind, to, as }: Tie,
): { readonly relations: readonly SeenRelation[]; readonly stated: readonly Stated[] } {
  const meant = template.meant(to);
  const alike = meant.filter(({ type }) => typeEntry(type).kind === as);
  const here = (alike.length > 0 ? alike : meant)
    .map(({ logical }) => `${label}#${logical}`)
    .filter((id) => id !== subject);
  if (meant.length > 0) return { relations: here.map((id) => ({ kind, to: id })), stated: [] };
  const named = alternatives(to)
    .map((one) => (one instanceof Open ? one : textOf(one)))
    .filter((one) => one !== null);
  const stated = named.map((one): Stated => {
    const text = one instanceof Open ? null : one;
    const arn = text === null ? null : parseArn(text);
    const id = text ?? `${subject}→${(one instanceof Open ? one.text : null) ?? kind}`;
    const region: Facts = arn?.region
      ? { 'place.region': known(arn.region) }
      : { 'place.region': unsaid(one instanceof Open ? one.why : `${id} is defined outside the template`) };
    return {
      subject: id,
      ref,
      asset: {
        kind: as,
        name: arn?.resource ?? text ?? (one instanceof Open ? one.why : id),
        provider: arn?.partition ?? null,
        account: arn?.account ?? null,
        external: true,
      },
      facts: region,
    };
  });
  return { relations: stated.map(({ subject: id }) => ({ kind, to: id })), stated };
}

const ZONES = ['AvailabilityZone', 'PreferredAvailabilityZone', 'Placement.AvailabilityZone'];

function place(resource: PlacedResource, { regions }: Deployment): Facts {
  const { type, properties, condition, where } = resource;
  const steps = [formatPosition(where), ...(condition === null ? [] : [`taken as created: ${condition}`])];
  const code = globalCode(type);
  const zone = ZONES.map((path) => textOf(at(properties, ...path.split('.')))).find((one) => one !== null);
  const [region] = regions;
  if (code !== null) return { 'place.derivation': known([...steps, type]), 'place.region': known(code) };
  const outpost = at(properties, 'OutpostArn');
  if (outpost !== undefined && outpost !== '')
    return {
      'place.derivation': known([...steps, 'OutpostArn']),
      'place.region': unsaid('it is on an outpost, which stands where its owner put it'),
    };
  if (zone !== undefined)
    return { 'place.derivation': known([...steps, `zone ${zone}`]), 'place.region': known(zone) };
  if (regions.length > 1)
    return {
      'place.derivation': known([...steps, 'regions of the deployment']),
      'place.regions': known([...regions]),
    };
  if (region !== undefined)
    return {
      'place.derivation': known([...steps, 'region of the deployment']),
      'place.region': known(region),
    };
  return {
    'place.derivation': known(steps),
    'place.region': unsaid(
      'a template does not say in which region it is deployed: give `region` with it in bercail.yaml',
    ),
  };
}

const TAGS = ['Tags', 'FileSystemTags', 'UserPoolTags', 'HostedZoneTags', 'BackupVaultTags'];

function ownTags({ tags }: Context, { properties }: Pick<PlacedResource, 'properties'>): Facts[string] {
  return tagsOf(
    TAGS.map((name) => at(properties, name)).find((one) => one !== undefined),
    tags,
  );
}

function tagsOf(written: Value, shared: Context['tags']): Facts[string] {
  if (written instanceof Open && written.either.length === 0) return unsaid(`tags: ${written.why}`);
  const pairs = isValueTree(written)
    ? Object.entries(written)
    : items(written).map((one): [string, Value] => [textOf(at(one, 'Key')) ?? '', at(one, 'Value')]);
  const named = [...Object.entries(shared), ...pairs].filter(([key]) => key !== '');
  // A key that is open may be any: nothing can be said of what is tagged.
  if (!isValueTree(written) && items(written).some((one) => hasOpen(at(one, 'Key'))))
    return unsaid('the key of a tag is known when it is deployed');
  if (named.length === 0) return { state: 'absent' };
  return known(
    Object.fromEntries(named.map(([key, value]) => [key, hasOpen(value) ? null : scalar(toJson(value))])),
  );
}

function scalar(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
