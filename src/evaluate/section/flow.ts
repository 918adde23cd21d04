import type { Inventory } from '../../inventory/inventory.ts';
import type { Asset } from '../../inventory/noun.ts';
import type { RelationKind } from '../../inventory/observation.ts';
import type { FlowNote, StoreNote } from '../../result/context.ts';
import { type Names, sortedSet } from './name.ts';
import type { Places } from './place.ts';

/** Above this many, assets that are alike are told together. */
const drawable = 60;
const listed = 200;

/** Relations along which bytes go somewhere; a key opens, it carries nothing. */
const carrying: ReadonlySet<RelationKind> = new Set([
  'replica',
  'backup',
  'snapshot',
  'share',
  'log',
  'inventory',
  'notification',
  'origin',
  'access_point',
]);

interface Stores {
  readonly stores: readonly StoreNote[];
  readonly flows: readonly FlowNote[];
}

/** Assets that hold data or lie on a flow, and what goes from one to the other. */
export function flowNotes(inventory: Inventory, names: Names, places: Places): Stores {
  const { assets, holdings, flows } = inventory;
  const held = new Map<string, Set<string>>();
  for (const { asset, dataset } of holdings) {
    const known = held.get(asset);
    if (known) known.add(names.dataset(dataset));
    else held.set(asset, new Set([names.dataset(dataset)]));
  }
  const shown = new Set(held.keys());
  for (const { from, to } of flows.values()) {
    for (const end of [...endsOf(inventory, from), ...endsOf(inventory, to)])
      if (assets.has(end)) shown.add(end);
  }
  const grouping = shown.size > drawable;
  const groups = new Map<string, Asset[]>();
  const groupOf = new Map<string, string>();
  for (const id of [...shown].sort()) {
    const asset = assets.get(id);
    if (!asset) continue;
    const key = grouping ? alike(asset) : names.asset(asset);
    groupOf.set(id, key);
    const group = groups.get(key);
    if (group) group.push(asset);
    else groups.set(key, [asset]);
  }
  const stores = [...groups].map(([key, members]) => storeOf(key, members, held, names, places));
  const found = new Map<string, FlowNote>();
  const add = (flow: FlowNote): void => {
    const key = `${flow.kind}\0${flow.from}\0${flow.to}\0${flow.recipient ?? ''}`;
    const before = found.get(key);
    if (before) found.set(key, { ...before, datasets: sortedSet([...before.datasets, ...flow.datasets]) });
    else if (flow.from !== flow.to || flow.kind === 'flow') found.set(key, flow);
  };
  for (const { key, declared: _, ...flow } of flows.values()) {
    for (const from of endsOf(inventory, flow.from)) {
      for (const to of endsOf(inventory, flow.to)) {
        add({
          id: key,
          kind: 'flow',
          from: groupOf.get(from) ?? from,
          to: groupOf.get(to) ?? to,
          datasets: flow.datasets.map(names.dataset),
          recipient: flow.recipient === null ? null : names.organisation(flow.recipient),
          evidence: flow.evidence[0]?.ref ?? null,
        });
      }
    }
  }
  for (const id of [...shown].sort()) {
    for (const { kind, to, evidence } of assets.get(id)?.relations ?? []) {
      const [start, end] = [groupOf.get(id), groupOf.get(to)];
      if (!carrying.has(kind) || start === undefined || end === undefined) continue;
      const carried =
        kind === 'log' || kind === 'inventory' || kind === 'notification' ? [] : [...(held.get(id) ?? [])];
      add({
        id: `${kind}:${start}:${end}`,
        kind,
        from: start,
        to: end,
        datasets: sortedSet(carried),
        recipient: null,
        evidence: evidence.operation ?? evidence.ref,
      });
    }
  }
  return { stores, flows: [...found.values()] };
}

function alike({ manifest, key, operator, kind, place, provider }: Asset): string {
  return key === null
    ? [provider ?? '', kind, place.region ?? place.countries.join('+'), operator ?? ''].join(' ')
    : `${manifest}/${key} ${place.region ?? ''}`;
}

/**
 * The assets that an end of a declared flow names. A declaration that matches several observed assets means those that
 * are no copy of another: data enters a replica through its origin.
 */
function endsOf({ assets }: Inventory, end: string): readonly string[] {
  if (assets.has(end) || !end.includes('/')) return [end];
  const matched = [...assets.values()].filter(({ manifest, key }) => `${manifest}/${key}` === end);
  const targets = new Set(
    matched.flatMap(({ relations }) =>
      relations.filter(({ kind }) => carrying.has(kind)).map(({ to }) => to),
    ),
  );
  const origins = matched.filter(({ id }) => !targets.has(id));
  return (origins.length > 0 ? origins : matched).map(({ id }) => id);
}

function storeOf(
  id: string,
  members: readonly Asset[],
  held: ReadonlyMap<string, ReadonlySet<string>>,
  names: Names,
  places: Places,
): StoreNote {
  const [first] = members as readonly [Asset, ...Asset[]];
  const ids = members.map(names.asset);
  return {
    id,
    label: members.length === 1 ? first.label : id,
    title: members.length === 1 ? first.title : {},
    kind: first.kind,
    assets: members.length,
    members: ids.slice(0, listed),
    place: places.indexOf(first),
    operator: first.operator === null ? null : names.organisation(first.operator),
    run_by: first.runBy === null ? null : names.organisation(first.runBy),
    datasets: sortedSet(members.flatMap((asset) => [...(held.get(asset.id) ?? [])])),
    declared: members.every(({ isDeclared }) => isDeclared),
    observed: members.every(({ isObserved }) => isObserved),
  };
}
