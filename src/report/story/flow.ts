import type { FlowNote, StoreNote } from '../../result/context.ts';
import { type Severity, severities } from '../../result/result.ts';
import { byOrganisation, followable } from './flow-summary.ts';
import type { Teller } from './teller.ts';
import type { FlowEdge, FlowGroup, FlowNode, Limits } from './told.ts';

export interface FlowRow {
  readonly kind: string;
  readonly from: string;
  readonly to: string;
  readonly carries: string;
  readonly recipient: string;
  readonly evidence: string | null;
  readonly findings: string;
}

const outside = ['schools', 'families', 'internet'];
const otherOperator = '?';
/** Roles whose frame holds those that they engage; a controller's does not, or it would hold everything. */
const frames: ReadonlySet<string> = new Set(['processor', 'sub_processor']);

export function tellFlows(teller: Teller, limits: Limits) {
  const { context, say } = teller;
  const stores = context?.stores ?? [];
  const flows = context?.flows ?? [];
  const counts = countBySubject(teller);
  const ends = outside
    .filter((id) => flows.some(({ from, to }) => from === id || to === id))
    .map((id) => outsideNode(teller, id));
  const boxes = stores.map((store) => storeNode(teller, store, counts));
  const nodes = [...ends, ...boxes];
  const summary = nodes.length > followable ? byOrganisation(teller, stores, flows, boxes) : null;
  const titles = new Map(nodes.map(({ id, title }) => [id, title]));
  const name = (id: string): string => titles.get(id) ?? teller.code(id);
  const rows = flows.slice(0, limits.rows).map(
    (flow): FlowRow => ({
      kind: say(`story.flow.${flow.kind}`),
      from: name(flow.from),
      to: name(flow.to),
      carries: carried(teller, flow),
      recipient: recipientOf(teller, flow, stores),
      evidence: flow.evidence === null ? null : teller.code(flow.evidence),
      findings: say('count.findings', { count: counts.get(`flow ${flow.id}`)?.count ?? 0 }),
    }),
  );
  return {
    available: context !== null,
    nodes: summary ? [...ends, ...summary.nodes] : nodes,
    groups: groupsOf(teller, stores),
    edges:
      summary?.edges ??
      flows.map(
        (flow): FlowEdge => ({
          from: flow.from,
          to: flow.to,
          kind: flow.kind,
          label: edgeLabel(teller, flow),
          findings: counts.get(`flow ${flow.id}`)?.count ?? 0,
        }),
      ),
    rows,
    left: flows.length > rows.length ? say('story.left.rows', { count: flows.length - rows.length }) : null,
    caption: say('story.flows.caption', {
      flows: flows.length,
      stores: stores.reduce((sum, { assets }) => sum + assets, 0),
    }),
    alternative: rows
      .map(({ kind, from, to, carries }) => say('story.flows.alt', { kind, from, to, carries }))
      .join(' '),
    legend: say('story.flows.legend'),
    grouped: summary
      ? say('story.flows.summed')
      : stores.some(({ assets }) => assets > 1)
        ? say('story.flows.grouped')
        : null,
  };
}

function outsideNode({ say }: Teller, id: string): FlowNode {
  return {
    id,
    title: say(`story.end.${id}`),
    lines: [],
    group: null,
    findings: 0,
    worst: null,
    findingsLabel: null,
    undeclared: false,
  };
}

function storeNode(teller: Teller, store: StoreNote, counts: ReadonlyMap<string, Count>): FlowNode {
  const { say, code, context } = teller;
  const place = context?.places[store.place];
  const listed = store.members.length >= store.assets;
  const found = store.members.map((id) => counts.get(`asset ${id}`)).filter((count) => count !== undefined);
  const count = found.reduce((sum, one) => sum + one.count, 0);
  const worst = severities.find((severity) => found.some((one) => one.worst === severity)) ?? null;
  const title = teller.text(store.title, store.label);
  const name = code(store.label.replace(/^.*[/:]/, ''));
  return {
    id: store.id,
    title:
      store.assets > 1
        ? say('story.flow_node.many', { kind: teller.word('kind', store.kind), count: store.assets })
        : name,
    lines: [
      ...(store.assets > 1 ? [] : [title === name ? teller.word('kind', store.kind) : title]),
      place ? teller.place(place) : say('place.unknown'),
    ],
    group: store.operator ?? otherOperator,
    findings: listed ? count : 0,
    worst: listed ? worst : null,
    findingsLabel: !listed ? null : count === 0 ? null : say('count.findings', { count }),
    undeclared: !store.declared,
  };
}

function groupsOf(teller: Teller, stores: readonly StoreNote[]): readonly FlowGroup[] {
  const { say, context } = teller;
  const notes = new Map(context?.organisations.map((note) => [note.id, note]));
  const shown = new Map<string, string | null>();
  for (const { operator } of stores) {
    // A processor that only engages others is on the way of the data all the same.
    for (let id: string | null = operator ?? otherOperator; id !== null && !shown.has(id); ) {
      const engaging: string | null = notes.get(id)?.engaged_by ?? null;
      const parent: string | null =
        engaging !== null && frames.has(notes.get(engaging)?.role ?? '') ? engaging : null;
      shown.set(id, parent);
      id = parent;
    }
  }
  return [...shown].map(([id, parent]): FlowGroup => {
    const note = notes.get(id);
    if (!note) return { id, title: say('story.flows.operator_unknown'), subtitle: '', parent: null };
    const role =
      note.role === null
        ? say(note.declared ? 'story.role.unknown' : 'story.role.undeclared')
        : teller.word('story.role', note.role);
    return {
      id,
      title: teller.organisation(id),
      subtitle: role,
      parent: leadsTo(shown, parent, id) ? null : parent,
    };
  });
}

/** A loop of engagements nests nothing. */
function leadsTo(parents: ReadonlyMap<string, string | null>, start: string | null, goal: string): boolean {
  const seen = new Set<string>();
  for (let id = start; id !== null && !seen.has(id); id = parents.get(id) ?? null) {
    if (id === goal) return true;
    seen.add(id);
  }
  return false;
}

function edgeLabel(teller: Teller, flow: FlowNote): string {
  const what = teller.list(flow.datasets.map(teller.dataset));
  return flow.kind === 'flow' ? what : teller.say(`story.flow.${flow.kind}`);
}

function carried({ say, list, dataset }: Teller, { datasets, kind }: FlowNote): string {
  return datasets.length > 0
    ? list(datasets.map(dataset))
    : say(kind === 'flow' ? 'story.unknown_one' : 'story.flow_traces');
}

function recipientOf(
  { organisation, say }: Teller,
  { recipient, to }: FlowNote,
  stores: readonly StoreNote[],
): string {
  const store = stores.find(({ id }) => id === to);
  const id = recipient ?? store?.run_by ?? store?.operator ?? null;
  return id === null ? say('story.unknown_one') : organisation(id);
}

interface Count {
  count: number;
  worst: Severity;
}

/** Failing findings on each asset, through its holdings too, and on each flow. */
function countBySubject({ result }: Teller): ReadonlyMap<string, Count> {
  const counts = new Map<string, Count>();
  for (const { outcome, subject, severity } of result.findings) {
    if (outcome !== 'fail') continue;
    const key =
      subject.type === 'holding'
        ? `asset ${subject.id.slice(subject.id.indexOf('@') + 1)}`
        : `${subject.type} ${subject.id}`;
    const before = counts.get(key);
    if (!before) counts.set(key, { count: 1, worst: severity });
    else {
      before.count += 1;
      if (severities.indexOf(severity) < severities.indexOf(before.worst)) before.worst = severity;
    }
  }
  return counts;
}
