import type {
  ActivityNote,
  FlowNote,
  OrganisationNote,
  PlaceNote,
  ResultContext,
  StoreNote,
} from '../../../result/context.ts';
import type { Subject } from '../../../result/result.ts';

/** What an activity reaches through its datasets: stores, flows, places and organisations. */
export interface Reach {
  readonly stores: readonly StoreNote[];
  readonly flows: readonly FlowNote[];
  readonly places: readonly PlaceNote[];
  /** Controllers and those engaged, the ones in between too; each after the one that engaged it. */
  readonly organisations: readonly OrganisationNote[];
  /** Who operates, runs or receives. */
  readonly recipients: readonly string[];
}

export function reachOf(context: ResultContext | null, activity: ActivityNote): Reach {
  const touches = (ids: readonly string[]): boolean => ids.some((id) => isOf(activity, id));
  const stores = (context?.stores ?? []).filter(({ datasets }) => touches(datasets));
  const flows = (context?.flows ?? []).filter(({ datasets }) => touches(datasets));
  const notes = new Map(context?.organisations.map((note) => [note.id, note]));
  const found: OrganisationNote[] = [];
  const add = (id: string | null | undefined, below: ReadonlySet<string> = new Set()): void => {
    const note = id == null ? undefined : notes.get(id);
    if (!note || found.includes(note) || below.has(note.id)) return;
    add(note.engaged_by, new Set([...below, note.id]));
    if (!found.includes(note)) found.push(note);
  };
  add(activity.controller);
  for (const { operator, run_by } of stores) for (const id of [run_by, operator]) add(id);
  for (const { recipient } of flows) add(recipient);
  const places = (context?.places ?? []).filter(({ datasets }) => touches(datasets));
  for (const { operators } of places) for (const id of operators) add(id);
  const recipients = [
    ...stores.flatMap(({ operator, run_by }) => [operator, run_by]),
    ...flows.map(({ recipient }) => recipient),
    ...places.flatMap(({ operators }) => operators),
  ];
  return {
    stores,
    flows,
    places,
    organisations: found,
    recipients: [...new Set(recipients.filter((id) => id !== null))],
  };
}

/** Traces of a dataset (`DATASET/access-log`) are of it. */
function isOf({ datasets }: ActivityNote, id: string): boolean {
  return datasets.some((own) => id === own || id.startsWith(`${own}/`));
}

/** Whether a finding about a subject bears on an activity; where there is one only, all do. */
export function bearsOn(
  context: ResultContext | null,
  activity: ActivityNote,
): (subject: Subject) => boolean {
  if ((context?.activities.length ?? 0) <= 1) return () => true;
  const { stores, flows, organisations } = reachOf(context, activity);
  const assets = new Set(stores.flatMap(({ id, members }) => [id, ...members]));
  // Of a store that stands for more assets than it lists, any may be one.
  const mayBe = stores.some((store) => store.members.length < store.assets);
  const flowIds = new Set(flows.map(({ id }) => id));
  const organisationIds = new Set(organisations.map(({ id }) => id));
  return ({ type, id }) => {
    switch (type) {
      case 'activity':
        return id === activity.id;
      case 'dataset':
        return isOf(activity, id);
      case 'holding':
        return isOf(activity, id.slice(0, id.indexOf('@')));
      case 'asset':
        return mayBe || assets.has(id);
      case 'flow':
        return flowIds.has(id);
      case 'organisation':
        return organisationIds.has(id);
      default:
        return true;
    }
  };
}
