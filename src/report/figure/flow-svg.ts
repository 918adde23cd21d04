import { type ComponentChild, h } from 'preact';
import type { FlowFigure, PlacedEdge, PlacedGroup, PlacedNode } from './flow.ts';
import type { FigureText } from './map-svg.ts';

const line = 18;

/** The flow diagram as SVG. Dashes mean a copy that a machine makes, solid lines what somebody sends. */
export function flowSvg(
  { width, height, nodes, groups, edges }: FlowFigure,
  { id, title, description }: FigureText,
  undeclared: string,
): ComponentChild {
  const arrow = `${id}-arrow`;
  return h(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      viewBox: `0 0 ${width} ${height}`,
      width,
      height,
      role: 'img',
      'aria-labelledby': `${id}-title ${id}-text`,
      class: 'figure flow',
    },
    h('title', { id: `${id}-title` }, title),
    h('desc', { id: `${id}-text` }, description),
    h(
      'defs',
      {},
      h(
        'marker',
        {
          id: arrow,
          viewBox: '0 0 10 10',
          refX: 9,
          refY: 5,
          markerWidth: 8,
          markerHeight: 8,
          orient: 'auto',
        },
        h('path', { class: 'arrow', d: 'M0 1 L9 5 L0 9 z' }),
      ),
    ),
    groups.map(frameSvg),
    edges.map((edge) => edgeSvg(edge, arrow)),
    groups.map(groupSvg),
    nodes.map((node) => nodeSvg(node, undeclared)),
    edges.map(labelSvg),
  );
}

function frameSvg({ x, y, width, height }: PlacedGroup): ComponentChild {
  return h('rect', { class: 'frame', x, y, width, height, rx: 8 });
}

/** Over the lines that enter the frame, and on a halo, so that none strikes a name out. */
function groupSvg({ x, y, title, subtitle }: PlacedGroup): ComponentChild {
  const rows = [
    ...title.map((text) => ({ text, kind: 'frame-title' })),
    ...subtitle.map((text) => ({ text, kind: 'frame-text' })),
  ];
  return rows.map(({ text, kind }, index) => {
    const at = { x: x + 16, y: y + 24 + index * line };
    return [
      h('text', { class: `${kind} halo`, 'aria-hidden': 'true', ...at }, text),
      h('text', { class: kind, ...at }, text),
    ];
  });
}

function nodeSvg(
  { node, title, lines, x, y, width, height }: PlacedNode,
  undeclared: string,
): ComponentChild {
  const top = y + 20;
  const rest = [...lines, ...(node.undeclared && node.group !== null ? [undeclared] : [])];
  const after = title.length + rest.length;
  return h(
    'g',
    {},
    h('rect', {
      class: node.group === null ? 'box outside' : node.undeclared ? 'box undeclared' : 'box',
      x,
      y,
      width,
      height,
      rx: 5,
    }),
    node.worst === null
      ? null
      : h('rect', { class: `edge-mark ${node.worst}`, x, y, width: 5, height, rx: 2 }),
    title.map((text, index) => h('text', { class: 'box-title', x: x + 14, y: top + index * line }, text)),
    rest.map((text, index) =>
      h('text', { class: 'box-text', x: x + 14, y: top + (title.length + index) * line }, text),
    ),
    node.findingsLabel === null
      ? null
      : h(
          'text',
          { class: `box-findings ${node.worst ?? ''}`, x: x + 14, y: top + after * line },
          `▲ ${node.findingsLabel}`,
        ),
  );
}

function edgeSvg({ edge, points }: PlacedEdge, arrow: string): ComponentChild {
  const [first, ...rest] = points;
  if (!first) return null;
  const d = `M${first.join(' ')} ${rest.map((point) => `L${point.join(' ')}`).join(' ')}`;
  return h('path', {
    class: edge.kind === 'flow' ? 'flow-line' : 'flow-line copy',
    d,
    'marker-end': `url(#${arrow})`,
  });
}

/** Beside its line, which runs along the edge of its place. */
function labelSvg({ label, points }: PlacedEdge): ComponentChild {
  if (!label) return null;
  const { x, y, lines, width } = label;
  const middle = x + width / 2;
  const away = isLeftOf(points, middle, y + label.height / 2) ? 6 : -6;
  return lines.map((text, index) =>
    h(
      'text',
      { class: 'flow-label', x: middle + away, 'text-anchor': 'middle', y: y + 13 + index * 16 },
      text,
    ),
  );
}

/** Whether the nearest upright piece of a line at that height stands left of a place. */
function isLeftOf(points: PlacedEdge['points'], x: number, y: number): boolean {
  const upright = points.flatMap(([at, top], index) => {
    const [other, bottom] = points[index + 1] ?? [Number.NaN, 0];
    return at === other && Math.min(top, bottom) <= y && y <= Math.max(top, bottom) ? [at] : [];
  });
  const [nearest] = upright.sort((a, b) => Math.abs(a - x) - Math.abs(b - x));
  return nearest !== undefined && nearest < x;
}
