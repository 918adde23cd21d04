import { type ComponentChild, h } from 'preact';
import type { MapFigure, MapMarker } from './map.ts';

const markerRadius = 12;

export interface FigureText {
  /** Prefix of the ids inside the drawing, unique in the page. */
  readonly id: string;
  readonly title: string;
  readonly description: string;
}

/** A map as SVG. Colours come from classes, shapes tell what colours tell: filled with findings, hollow without. */
export function mapSvg(
  { width, height, land, holding, markers }: MapFigure,
  { id, title, description }: FigureText,
): ComponentChild {
  return h(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      viewBox: `0 0 ${width} ${height}`,
      width,
      height,
      role: 'img',
      'aria-labelledby': `${id}-title ${id}-text`,
      class: 'figure',
    },
    h('title', { id: `${id}-title` }, title),
    h('desc', { id: `${id}-text` }, description),
    h('rect', { class: 'sea', x: 0, y: 0, width, height, rx: 6 }),
    h('path', { class: 'land', d: land }),
    holding === '' ? null : h('path', { class: 'land holding', d: holding }),
    markers.map(markerSvg),
  );
}

function markerSvg({ x, y, numbers, label, labelAt, isCountry, findings, worst }: MapMarker): ComponentChild {
  const kind = findings > 0 ? `marker found ${worst ?? ''}` : 'marker';
  const text = numbersText(numbers);
  const half = halfWidth(text);
  const rx = isCountry ? 3 : markerRadius;
  const shape =
    isCountry || half > markerRadius
      ? h('rect', {
          x: x - half,
          y: y - markerRadius,
          width: half * 2,
          height: markerRadius * 2,
          rx,
          class: kind,
        })
      : h('circle', { cx: x, cy: y, r: markerRadius, class: kind });
  return h(
    'g',
    {},
    shape,
    h(
      'text',
      { x, y: y + 4.5, 'text-anchor': 'middle', class: findings > 0 ? 'number found' : 'number' },
      text,
    ),
    labelAt && [
      // Twice: the lower one is a halo, so that borders do not cross the letters.
      h(
        'text',
        {
          x: labelAt.x,
          y: labelAt.y,
          'text-anchor': labelAt.anchor,
          class: 'label halo',
          'aria-hidden': 'true',
        },
        short(label),
      ),
      h('text', { x: labelAt.x, y: labelAt.y, 'text-anchor': labelAt.anchor, class: 'label' }, short(label)),
    ],
  );
}

/** A marker is as wide as what stands in it. */
function halfWidth(text: string): number {
  return Math.max(markerRadius, text.length * 4.6 + 4);
}

function numbersText(numbers: readonly number[]): string {
  const [first] = numbers;
  if (first === undefined) return '';
  return numbers.length === 1 ? String(first) : `${first}+`;
}

/** Enough of a label to recognise it; the table has the rest. */
function short(label: string): string {
  return label.length > 40 ? `${label.slice(0, 39)}…` : label;
}
