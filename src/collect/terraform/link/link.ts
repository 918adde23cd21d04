import { type Fact, isMissing, type Json } from '../../../inventory/fact.ts';
import type { AssetKind, RelationKind, SeenAsset, SeenRelation } from '../../../inventory/observation.ts';
import { parseArn, providerOfAwsRegion } from '../../code/arn.ts';
import { type Facts, known, unsaid } from '../../code/fact.ts';
import type { Copy, Mention, Statement } from '../describe/description.ts';
import { kindOf } from '../kind/kind.ts';
import { familyOf } from '../place/family.ts';
import { type Placing, placeResource } from '../place/place.ts';
import type { Draft } from '../resource.ts';
import { combine, type Part } from './combine.ts';
import { createIndex, resolve, type Target } from './resolve.ts';

/** Something said of an asset, and by which resource. */
export interface Said {
  readonly subject: string;
  readonly by: Draft;
  readonly facts?: Facts;
  readonly relations?: readonly SeenRelation[];
  /** Set for the other end of a copy, which is no resource of its own. */
  readonly asset?: SeenAsset;
}

export interface LinkContext {
  readonly placing: Placing;
  readonly pairedRegion: (provider: string, region: string) => string | null;
}

/** What resources say of each other, by reference, by name and by address. */
export function link(drafts: readonly Draft[], { placing, pairedRegion }: LinkContext): readonly Said[] {
  const index = createIndex(placing.configuration, drafts);
  const out: Said[] = [];
  const parts = new Map<string, Map<string, Part>>();
  const members = new Map<string, { readonly asset: string; readonly by: Draft }[]>();
  const ends = new Set<string>();

  const addPart = (subject: string, by: Draft, values: Statement['parts']): void => {
    const own = parts.get(subject) ?? new Map<string, Part>();
    for (const [name, value] of Object.entries(values ?? {})) own.set(name, { value, by });
    parts.set(subject, own);
  };

  /** The id of the other end; one that is not here is told as an asset outside. Null where naming it would say nothing. */
  const idOf = (target: Target, mention: Mention, relation: RelationKind, from: Draft): string | null => {
    if (target.kind === 'here') return target.draft.id;
    if (relation === 'key' && target.kind !== 'elsewhere') return null;
    const end = outside(placing, target, mention, relation, from);
    if (!ends.has(end.subject)) {
      ends.add(end.subject);
      out.push(end);
    }
    return end.subject;
  };

  const copyOf = (copy: Copy, subject: string, host: Draft, by: Draft): SeenRelation => {
    const to = `${subject}#${copy.suffix}`;
    const within = copy.within ? resolve(index, copy.within, by) : null;
    const region =
      within?.kind === 'here' ? within.draft.placed.region : regionOfCopy(copy, host, pairedRegion);
    const code = region.state === 'known' ? String(region.value) : null;
    const provider = host.placed.provider?.startsWith('aws')
      ? providerOfAwsRegion(code)
      : host.placed.provider;
    const steps =
      within?.kind === 'here'
        ? [`shares the place of ${within.draft.address}`, ...within.draft.placed.derivation]
        : [stepOfCopy(copy, host)];
    out.push({
      subject: to,
      by,
      asset: {
        kind: copy.kind,
        name: `${host.name}#${copy.suffix}`,
        provider,
        account: host.placed.account,
        external: true,
      },
      facts: { 'place.region': region, 'place.derivation': known([by.address, ...steps]) },
    });
    return { kind: copy.relation, to };
  };

  const sayOf = (draft: Draft, statement: Statement): void => {
    const { about, facts, factsFor, ties = [], copies = [], member, through, tagged } = statement;
    addMember(draft, member);
    if (through) return backUp(draft, through, about, tagged ?? []);
    const target: Target = about ? resolve(index, about, draft) : { kind: 'here', draft };
    const host = target.kind === 'here' ? target.draft : null;
    // Of what may not come to be, and is about something elsewhere, nothing can be said.
    if (host === null && (ties.length === 0 || draft.isUncertain)) return;
    const subject = host?.id ?? (about ? idOf(target, about, ties[0]?.kind ?? 'replica', draft) : null);
    if (subject === null) return;
    const relations = ties.flatMap(({ kind, to }): SeenRelation[] => {
      const id = to === 'self' ? draft.id : idOf(resolve(index, to, draft), to, kind, draft);
      return id === null || id === subject ? [] : [{ kind, to: id }];
    });
    relations.push(...copies.map((copy) => copyOf(copy, subject, host ?? draft, draft)));
    const doubts = draft.isUncertain && host !== draft;
    if (host !== null) addPart(subject, draft, doubts ? doubtParts(statement.parts) : statement.parts);
    const all = factsFor ? { ...facts, ...factsFor(host?.names ?? []) } : facts;
    const told = doubts ? doubtFacts(all, draft) : all;
    if (relations.length > 0 || Object.keys(told ?? {}).length > 0)
      out.push({ subject, by: draft, ...(told ? { facts: told } : {}), relations });
  };

  const addMember = (draft: Draft, member: Statement['member']): void => {
    if (!member) return;
    const of = member.of === 'self' ? draft.id : groupId(resolve(index, member.of, draft), member.of);
    const who =
      member.who === 'self'
        ? draft.id
        : idOf(resolve(index, member.who, draft), member.who, 'replica', draft);
    if (who !== null) members.set(of, [...(members.get(of) ?? []), { asset: who, by: draft }]);
  };

  const backUp = (
    draft: Draft,
    through: Mention,
    about: Mention | undefined,
    tagged: NonNullable<Statement['tagged']>,
  ): void => {
    const plan = resolve(index, through, draft);
    const named = about
      ? [resolve(index, about, draft)].flatMap((target) => (target.kind === 'here' ? [target.draft] : []))
      : [];
    const selected =
      tagged.length === 0
        ? named
        : drafts.filter((one) => kindOf(one.type) !== 'other' && tagged.every((tag) => hasTag(one, tag)));
    if (plan.kind !== 'here') return;
    const vaults = plan.draft.statements.flatMap(({ vault }) => vault ?? []);
    for (const source of selected) {
      const relations = vaults.flatMap((vault): SeenRelation[] => {
        const to = idOf(resolve(index, vault, plan.draft), vault, 'backup', plan.draft);
        return to === null || to === source.id ? [] : [{ kind: 'backup', to }];
      });
      if (relations.length > 0) out.push({ subject: source.id, by: draft, relations });
    }
  };

  for (const draft of drafts) for (const statement of draft.statements) sayOf(draft, statement);
  for (const group of members.values()) out.push(...mesh(group));
  const hasClosedAccount = drafts.some(({ type }) => type === 'aws_s3_account_public_access_block');
  for (const draft of drafts)
    out.push(
      ...combine(draft, parts.get(draft.id) ?? new Map(), {
        hasClosedAccount,
        replicas: () => replicasOf(draft, out, drafts),
      }),
    );
  return merge(out);
}

/** What may not come to be establishes nothing of another. */
function doubtFacts(facts: Facts | undefined, { address }: Draft): Facts {
  return Object.fromEntries(
    Object.keys(facts ?? {}).map((name) => [
      name,
      unsaid(`whether ${address} comes to be is not worked out`),
    ]),
  );
}

function doubtParts(parts: Statement['parts']): Statement['parts'] {
  return Object.fromEntries(Object.keys(parts ?? {}).map((name) => [name, 'unknown']));
}

/** One thing for each asset and each resource that says something of it. What is known comes before what is not. */
function merge(said: readonly Said[]): readonly Said[] {
  const merged = new Map<string, Said>();
  for (const one of said) {
    const key = `${one.subject}\0${one.by.id}`;
    const before = merged.get(key);
    if (before === undefined) {
      merged.set(key, one);
      continue;
    }
    const facts: { [name: string]: Fact } = { ...before.facts };
    for (const [name, fact] of Object.entries(one.facts ?? {})) {
      const own = facts[name];
      if (own === undefined || isMissing(own)) facts[name] = fact;
    }
    const relations = [...(before.relations ?? []), ...(one.relations ?? [])];
    const unique = relations.filter(
      ({ kind, to }, i) => relations.findIndex((other) => other.kind === kind && other.to === to) === i,
    );
    const asset = before.asset ?? one.asset;
    merged.set(key, {
      subject: one.subject,
      by: one.by,
      facts,
      relations: unique,
      ...(asset ? { asset } : {}),
    });
  }
  return [...merged.values()];
}

/** Members of a global database hold the same data, whichever is written to first. */
function mesh(group: readonly { readonly asset: string; readonly by: Draft }[]): readonly Said[] {
  const unique = group.filter(({ asset }, i) => group.findIndex((other) => other.asset === asset) === i);
  return unique.flatMap(({ asset, by }): Said[] => {
    const relations = unique
      .filter((other) => other.asset !== asset)
      .map((other) => ({ kind: 'replica' as const, to: other.asset }));
    return relations.length === 0 ? [] : [{ subject: asset, by, relations }];
  });
}

function groupId(target: Target, mention: Mention): string {
  return target.kind === 'here' ? target.draft.id : `${mention.name ?? mention.references.join(' ')}`;
}

function hasTag({ tags }: Draft, { key, value }: { readonly key: string; readonly value: string }): boolean {
  return (
    tags?.state === 'known' &&
    typeof tags.value === 'object' &&
    Object.hasOwn(tags.value ?? {}, key) &&
    Reflect.get(tags.value ?? {}, key) === value
  );
}

/** The regions of the replicas of a key that are planned here. */
function replicasOf(key: Draft, said: readonly Said[], drafts: readonly Draft[]): readonly Json[] {
  const ids = new Set(
    said
      .filter(({ subject }) => subject === key.id)
      .flatMap(({ relations = [] }) =>
        relations.filter(({ kind }) => kind === 'replica').map(({ to }) => to),
      ),
  );
  return drafts
    .filter(({ id }) => ids.has(id))
    .map(({ placed: { provider, region } }) =>
      provider !== null && region.state === 'known' ? { provider, region: region.value } : 'unknown',
    );
}

function regionOfCopy(
  { region, note }: Copy,
  { placed }: Draft,
  pairedRegion: LinkContext['pairedRegion'],
): Fact {
  if (typeof region === 'string') return known(region);
  if (region === null) return unsaid(note ?? 'its region is not told');
  const own = placed.region;
  if (own.state !== 'known' || placed.provider === null)
    return unsaid('the pair of a region that is not told');
  const pair = pairedRegion(placed.provider, String(own.value));
  return pair === null ? unsaid(`no pair of ${placed.provider}/${String(own.value)} is known`) : known(pair);
}

function stepOfCopy({ suffix, region }: Copy, host: Draft): string {
  return region !== null && typeof region === 'object'
    ? `${suffix}: the pair of the region of ${host.address}`
    : `${suffix}: a copy of ${host.address}`;
}

/** The other end of something, outside of what is read. */
function outside(
  placing: Placing,
  target: Exclude<Target, { kind: 'here' }>,
  mention: Mention,
  relation: RelationKind,
  from: Draft,
): Said {
  const family = familyOf(from.type);
  if (target.kind === 'data') {
    const declared = [placing.configuration.plan, placing.configuration.code]
      .map((root) =>
        target.path
          .reduce((module, name) => module?.calls.get(name)?.module ?? null, root)
          ?.resources.get(`data.${target.type}.${target.name}`),
      )
      .find((one) => one !== undefined);
    const placed = placeResource(placing, target.type, declared?.provider ?? null, {
      known: {},
      unknown: {},
      sensitive: {},
      settings: null,
      code: null,
      prefix: '',
    });
    const subject = [...target.path.map((name) => `module.${name}`), 'data', target.type, target.name].join(
      '.',
    );
    return end(
      subject,
      kindOf(target.type),
      placed.provider,
      placed.account,
      placed.region,
      placed.derivation,
      from,
    );
  }
  const name = target.kind === 'elsewhere' ? target.name : null;
  const arn = name === null ? null : parseArn(name);
  const region = arn?.region
    ? known(arn.region)
    : unsaid(
        name === null
          ? target.kind === 'untold'
            ? target.why
            : ''
          : `${name} is not here, and its name does not say where it is`,
      );
  const provider =
    family?.provider === 'aws' ? providerOfAwsRegion(arn?.region ?? null) : (family?.provider ?? null);
  const subject =
    name ??
    `${from.id}#${relation}${
      mention.attribute
        .match(/\d+/g)
        ?.map((digit) => `.${digit}`)
        .join('') ?? ''
    }`;
  return end(
    subject,
    kindByRelation(relation, mention.attribute, from),
    provider,
    arn?.account ?? null,
    region,
    arn?.region ? [`${subject}`] : [],
    from,
  );
}

function end(
  subject: string,
  kind: AssetKind,
  provider: string | null,
  account: string | null,
  region: Fact,
  derivation: readonly string[],
  by: Draft,
): Said {
  return {
    subject,
    by,
    asset: { kind, name: parseArn(subject)?.resource ?? subject, provider, account, external: true },
    facts: {
      'place.region': region,
      ...(derivation.length > 0 ? { 'place.derivation': known([...derivation]) } : {}),
    },
  };
}

function kindByRelation(relation: RelationKind, attribute: string, from: Draft): AssetKind {
  if (/bucket|storage_account/.test(attribute)) return 'object_store';
  if (/vault_(name|arn|id)/.test(attribute) && relation === 'backup') return 'backup_vault';
  if (relation === 'key') return 'key';
  if (relation === 'log') return 'log_store';
  return relation === 'snapshot' ? 'snapshot' : from.kind;
}
