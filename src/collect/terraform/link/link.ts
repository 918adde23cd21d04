import type { Json } from '../../../inventory/fact.ts';
import type { RelationKind, SeenRelation } from '../../../inventory/observation.ts';
import type { Selection } from '../../code/backup-selection.ts';
import type { Mention, Statement } from '../describe/description.ts';
import type { Placing } from '../place/place.ts';
import type { Draft } from '../resource.ts';
import { combine, type Part } from './combine.ts';
import { copyOf, isHere, type PairedRegion } from './copy.ts';
import { linkMembers, type Member } from './group.ts';
import { outside } from './outside.ts';
import { createIndex, resolve, type Target } from './resolve.ts';
import { doubtFacts, doubtParts, mergeSaid, type Said } from './said.ts';
import { isTaken } from './taken.ts';

export interface LinkContext {
  readonly placing: Placing;
  readonly pairedRegion: PairedRegion;
}

/** What resources say of themselves and of each other, by reference, by name and by address. */
export function* link(drafts: readonly Draft[], { placing, pairedRegion }: LinkContext): Generator<Said> {
  const index = createIndex(placing.configuration, drafts);
  const said = new Map<string, Said[]>();
  const parts = new Map<string, Map<string, Part>>();
  const members = new Map<string, Member[]>();
  const ends = new Set<string>();

  const say = (one: Said): void => {
    const list = said.get(one.subject);
    if (list) list.push(one);
    else said.set(one.subject, [one]);
  };

  const hereOf = (mention: Mention | undefined, from: Draft): Draft | null => {
    const target = mention ? resolve(index, mention, from) : null;
    return target?.kind === 'here' ? target.draft : null;
  };

  /** The id of the other end; one that is not here is told as an asset outside. Null where naming it would say nothing. */
  const idOf = (target: Target, mention: Mention, relation: RelationKind, from: Draft): string | null => {
    if (target.kind === 'here') return target.draft.id;
    if (relation === 'key' && target.kind !== 'elsewhere') return null;
    const end = outside(placing, target, mention, relation, from);
    if (!ends.has(end.subject)) say(end);
    ends.add(end.subject);
    return end.subject;
  };

  const endOf = (mention: Mention | 'self', relation: RelationKind, from: Draft): string | null =>
    mention === 'self' ? from.id : idOf(resolve(index, mention, from), mention, relation, from);

  const relate = (
    draft: Draft,
    { ties = [], copies = [] }: Statement,
    subject: string,
    host: Draft,
  ): SeenRelation[] => {
    const tied = ties.flatMap(({ kind, to }): SeenRelation[] => {
      const id = endOf(to, kind, draft);
      return id === null || id === subject ? [] : [{ kind, to: id }];
    });
    const copied = copies
      .filter((copy) => !isHere(copy, host))
      .map((copy): SeenRelation => {
        const to = `${subject}#${copy.suffix}`;
        say(copyOf(copy, to, host, draft, hereOf(copy.within, draft), pairedRegion));
        return { kind: copy.relation, to };
      });
    return [...tied, ...copied];
  };

  const sayOf = (draft: Draft, statement: Statement): void => {
    const { about, facts, factsFor, ties = [] } = statement;
    const target: Target = about ? resolve(index, about, draft) : { kind: 'here', draft };
    const host = target.kind === 'here' ? target.draft : null;
    // Of what may not come to be, and is about something elsewhere, nothing can be said.
    if (host === null && (ties.length === 0 || draft.isUncertain)) return;
    const subject = host?.id ?? (about ? idOf(target, about, ties[0]?.kind ?? 'replica', draft) : null);
    if (subject === null) return;
    const relations = relate(draft, statement, subject, host ?? draft);
    const doubts = draft.isUncertain && host !== draft;
    if (host !== null && statement.parts) {
      const own = parts.get(subject) ?? new Map<string, Part>();
      for (const [name, value] of Object.entries(
        (doubts ? doubtParts(statement.parts) : statement.parts) ?? {},
      ))
        own.set(name, { value, by: draft });
      parts.set(subject, own);
    }
    const all = factsFor ? { ...facts, ...factsFor(host?.names ?? []) } : facts;
    const told = doubts ? doubtFacts(all, draft) : all;
    if (relations.length > 0 || told !== undefined)
      say({ subject, by: draft, ...(told ? { facts: told } : {}), relations });
  };

  const addMember = (draft: Draft, { of, who }: NonNullable<Statement['member']>): void => {
    const group = of === 'self' ? draft : hereOf(of, draft);
    const key = group?.id ?? (of === 'self' ? draft.id : (of.name ?? of.references.join(' ')));
    const asset = endOf(who, 'replica', draft);
    if (asset !== null) members.set(key, [...(members.get(key) ?? []), { asset, by: draft }]);
  };

  /** Copies that a policy makes of all that it selects. */
  const copySelected = (draft: Draft, statement: Statement, selected: Selection): void => {
    for (const one of drafts.filter((other) => isTaken(selected, other, draft)))
      say({ subject: one.id, by: draft, relations: relate(draft, statement, one.id, one) });
  };

  /** What a backup plan selects goes into the vaults of its rules; those of a plan elsewhere are not told. */
  const backUp = (draft: Draft, { through, about, selected }: Statement): void => {
    if (through === undefined) return;
    const plan = hereOf(through, draft);
    const named = hereOf(about, draft);
    const sources = selected ? drafts.filter((one) => isTaken(selected, one, draft)) : named ? [named] : [];
    const vaults = plan === null ? [through] : plan.statements.flatMap(({ vault }) => vault ?? []);
    for (const { id } of sources) {
      const relations = vaults.flatMap((vault): SeenRelation[] => {
        const to = endOf(vault, 'backup', plan ?? draft);
        return to === null || to === id ? [] : [{ kind: 'backup', to }];
      });
      if (relations.length > 0) say({ subject: id, by: draft, relations });
    }
  };

  // First what resources say of others; what each says of itself is put together and let go one by one.
  for (const draft of drafts) {
    for (const statement of draft.statements) {
      if (statement.member) addMember(draft, statement.member);
      if (statement.through) backUp(draft, statement);
      else if (statement.selected) copySelected(draft, statement, statement.selected);
      else if (statement.about) sayOf(draft, statement);
    }
  }
  for (const group of members.values()) for (const one of linkMembers(group)) say(one);
  const hasClosedAccount = drafts.some(({ type }) => type === 'aws_s3_account_public_access_block');
  for (const draft of drafts) {
    for (const statement of draft.statements)
      if (!statement.through && !statement.selected && !statement.about) sayOf(draft, statement);
    const own = parts.get(draft.id) ?? new Map<string, Part>();
    const replicas = (): readonly Json[] => replicasOf(said.get(draft.id) ?? [], drafts);
    for (const one of combine(draft, own, { hasClosedAccount, replicas })) say(one);
    yield* mergeSaid(said.get(draft.id) ?? []);
    said.delete(draft.id);
  }
  for (const rest of said.values()) yield* mergeSaid(rest);
}

/** The regions of the replicas of a key that are here. */
function replicasOf(said: readonly Said[], drafts: readonly Draft[]): readonly Json[] {
  const relations = said.flatMap(({ relations = [] }) => relations);
  const ids = new Set(relations.flatMap(({ kind, to }) => (kind === 'replica' ? [to] : [])));
  return drafts
    .filter(({ id }) => ids.has(id))
    .map(({ placed: { provider, region } }) =>
      provider !== null && region.state === 'known' ? { provider, region: region.value } : 'unknown',
    );
}
