import type { ElkExtendedEdge, ElkNode } from 'elkjs/lib/elk-api.js';
import stringWidth from 'string-width';
import type { FlowEdge, FlowGroup, FlowNode } from '../story/told.ts';
import { wrap } from './wrap.ts';

export interface FlowInput {
  readonly nodes: readonly FlowNode[];
  readonly groups: readonly FlowGroup[];
  readonly edges: readonly FlowEdge[];
}

export interface PlacedNode {
  readonly node: FlowNode;
  readonly title: readonly string[];
  readonly lines: readonly string[];
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface PlacedGroup {
  readonly title: readonly string[];
  readonly subtitle: readonly string[];
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface PlacedEdge {
  readonly edge: FlowEdge;
  readonly points: readonly (readonly [number, number])[];
  readonly label: {
    readonly lines: readonly string[];
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
  } | null;
}

export interface FlowFigure {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly PlacedNode[];
  readonly groups: readonly PlacedGroup[];
  readonly edges: readonly PlacedEdge[];
}

const drawable = { nodes: 70, edges: 140 };
const line = 18;
const boxWidth = 190;

/** Layered from top to bottom, boxes inside their operator's frame. Null when nobody could read it, or nothing flows. */
export async function layOutFlows({ nodes, groups, edges }: FlowInput): Promise<FlowFigure | null> {
  if (nodes.length === 0 || nodes.length > drawable.nodes || edges.length > drawable.edges) return null;
  const { default: elk } = await import('elkjs/lib/elk.bundled.js');
  const boxes = new Map(
    nodes.map((node, index) => [
      node.id,
      {
        node,
        id: `n${index}`,
        title: wrap(node.title, 19),
        lines: node.lines.flatMap((text) => wrap(text, 23)),
      },
    ]),
  );
  const frames = groups.map((group, index) => ({
    group,
    id: `g${index}`,
    title: wrap(group.title, 24),
    subtitle: wrap(group.subtitle, 30),
  }));
  const child = ({ node, id, title, lines }: NonNullable<ReturnType<typeof boxes.get>>): ElkNode => ({
    id,
    width: boxWidth,
    height:
      16 +
      (title.length +
        lines.length +
        (node.findingsLabel === null ? 0 : 1) +
        (node.undeclared && node.group !== null ? 1 : 0)) *
        line,
  });
  const frame = ({ group, id, title, subtitle }: (typeof frames)[number]): ElkNode => ({
    id,
    layoutOptions: {
      'elk.padding': `[top=${20 + (title.length + subtitle.length) * line},left=16,bottom=16,right=16]`,
    },
    children: [
      ...[...boxes.values()].filter(({ node }) => node.group === group.id).map(child),
      ...frames.filter((other) => other.group.parent === group.id).map(frame),
    ],
  });
  const links = edges.flatMap((edge, index) => {
    const [from, to] = [boxes.get(edge.from), boxes.get(edge.to)];
    return from && to
      ? [{ edge, id: `e${index}`, from: from.id, to: to.id, label: wrap(edge.label, 18) }]
      : [];
  });
  const graph: ElkNode = {
    id: 'root',
    layoutOptions: {
      'elk.algorithm': 'layered',
      'elk.direction': 'DOWN',
      'elk.hierarchyHandling': 'INCLUDE_CHILDREN',
      'elk.edgeRouting': 'ORTHOGONAL',
      'elk.layered.spacing.nodeNodeBetweenLayers': '34',
      'elk.spacing.nodeNode': '22',
      'elk.spacing.edgeLabel': '4',
      'elk.randomSeed': '1',
      'elk.padding': '[top=8,left=8,bottom=8,right=8]',
      'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
    },
    children: [
      ...[...boxes.values()].filter(({ node }) => node.group === null).map(child),
      ...frames.filter(({ group }) => group.parent === null).map(frame),
    ],
    edges: links.map(
      ({ id, from, to, label }): ElkExtendedEdge => ({
        id,
        sources: [from],
        targets: [to],
        labels:
          label.length === 0
            ? []
            : [
                {
                  text: label.join('\n'),
                  width: Math.max(...label.map((text) => stringWidth(text))) * 5.9 + 6,
                  height: label.length * 16 + 4,
                },
              ],
      }),
    ),
  };
  const laid = await new elk.default().layout(graph);
  return read(laid, boxes, frames, links);
}

type Boxes = ReadonlyMap<
  string,
  {
    readonly node: FlowNode;
    readonly id: string;
    readonly title: readonly string[];
    readonly lines: readonly string[];
  }
>;
type Frames = readonly {
  readonly id: string;
  readonly title: readonly string[];
  readonly subtitle: readonly string[];
}[];
type Links = readonly { readonly edge: FlowEdge; readonly id: string; readonly label: readonly string[] }[];

function read(laid: ElkNode, boxes: Boxes, frames: Frames, links: Links): FlowFigure {
  const at = new Map<string, { x: number; y: number; width: number; height: number }>();
  const visit = (node: ElkNode, left: number, top: number): void => {
    const [x, y] = [left + (node.x ?? 0), top + (node.y ?? 0)];
    at.set(node.id, { x, y, width: node.width ?? 0, height: node.height ?? 0 });
    for (const child of node.children ?? []) visit(child, x, y);
  };
  visit(laid, 0, 0);
  const edges = new Map(allEdges(laid).map((edge) => [edge.id, edge]));
  return {
    width: Math.ceil(laid.width ?? 0),
    height: Math.ceil(laid.height ?? 0),
    nodes: [...boxes.values()].flatMap(({ node, id, title, lines }) => {
      const box = at.get(id);
      return box ? [{ node, title, lines, ...box }] : [];
    }),
    // A frame inside another is drawn over it.
    groups: frames
      .flatMap(({ id, title, subtitle }) => {
        const box = at.get(id);
        return box ? [{ title, subtitle, ...box }] : [];
      })
      .sort((a, b) => b.width * b.height - a.width * a.height),
    edges: links.flatMap(({ id, edge, label }) => {
      const found = edges.get(id);
      return found ? [placeEdge(edge, label, found, at)] : [];
    }),
  };
}

function allEdges(node: ElkNode): readonly (ElkExtendedEdge & { readonly container?: string })[] {
  return [...(node.edges ?? []), ...(node.children ?? []).flatMap(allEdges)];
}

/** Points are relative to the frame that holds both ends. */
function placeEdge(
  edge: FlowEdge,
  lines: readonly string[],
  found: ElkExtendedEdge & { readonly container?: string },
  at: ReadonlyMap<string, { x: number; y: number }>,
): PlacedEdge {
  const { x, y } = at.get(found.container ?? 'root') ?? { x: 0, y: 0 };
  const points = (found.sections ?? []).flatMap(({ startPoint, bendPoints, endPoint }) =>
    [startPoint, ...(bendPoints ?? []), endPoint].map(
      (point) => [round(point.x + x), round(point.y + y)] as const,
    ),
  );
  const [label] = found.labels ?? [];
  return {
    edge,
    points,
    label: label
      ? {
          lines,
          x: round((label.x ?? 0) + x),
          y: round((label.y ?? 0) + y),
          width: label.width ?? 0,
          height: label.height ?? 0,
        }
      : null,
  };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
