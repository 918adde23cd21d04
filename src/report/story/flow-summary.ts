import type { FlowNote, StoreNote } from '../../result/context.ts';
import { type Severity, severities } from '../../result/result.ts';
import type { Teller } from './teller.ts';
import type { FlowEdge, FlowNode } from './told.ts';

/** Boxes that a reader can follow; above, each organisation is one. */
export const followable = 60;

/**
 * The same diagram with one box an organisation: how many assets it operates and where, with the findings on them, and
 * what goes from one organisation to another.
 */
export function byOrganisation(
  teller: Teller,
  stores: readonly StoreNote[],
  flows: readonly FlowNote[],
  nodes: readonly FlowNode[],
): { readonly nodes: readonly FlowNode[]; readonly edges: readonly FlowEdge[] } {
  const { say } = teller;
  const operators = new Map(stores.map(({ id, operator }) => [id, operator ?? '?']));
  const groups = new Map<string, { stores: StoreNote[]; nodes: FlowNode[] }>();
  for (const [index, store] of stores.entries()) {
    const operator = store.operator ?? '?';
    const group = groups.get(operator) ?? { stores: [], nodes: [] };
    groups.set(operator, group);
    group.stores.push(store);
    const node = nodes[index];
    if (node) group.nodes.push(node);
  }
  const sums = new Map<string, FlowEdge & { count: number }>();
  for (const { from, to } of flows) {
    const [start, end] = [operators.get(from) ?? from, operators.get(to) ?? to];
    if (start === end) continue;
    const key = `${start}\0${end}`;
    const count = (sums.get(key)?.count ?? 0) + 1;
    const label = say('story.flows.sum', { count });
    sums.set(key, { from: start, to: end, kind: 'flow', label, findings: 0, count });
  }
  return {
    nodes: [...groups].map(([id, group]) => organisationNode(teller, id, group)),
    edges: [...sums.values()].map(({ count: _count, ...edge }) => edge),
  };
}

function organisationNode(
  teller: Teller,
  id: string,
  { stores, nodes }: { readonly stores: readonly StoreNote[]; readonly nodes: readonly FlowNode[] },
): FlowNode {
  const { say, context } = teller;
  const findings = nodes.reduce((sum, node) => sum + node.findings, 0);
  const places = new Set(
    stores.map(({ place }) =>
      context?.places[place] ? teller.place(context.places[place]) : say('place.unknown'),
    ),
  );
  return {
    id,
    title: say('story.chain.assets_count', { count: stores.reduce((sum, { assets }) => sum + assets, 0) }),
    lines: [teller.few([...places])],
    group: id,
    findings,
    worst: severities.find((severity: Severity) => nodes.some(({ worst }) => worst === severity)) ?? null,
    findingsLabel: findings === 0 ? null : say('count.findings', { count: findings }),
    undeclared: stores.every(({ declared }) => !declared),
  };
}
