import { type ComponentChild, h } from 'preact';
import type { ToldMeasure } from '../story/measure.ts';
import type { FigureText } from './map-svg.ts';

const width = 640;
const row = 30;
const left = 110;
const room = 340;

/** Rows by the size of their group. Small groups carry a sign: no colour is needed to tell them. */
export function histogramSvg(
  { bars }: ToldMeasure,
  axis: string,
  { id, title, description }: FigureText,
): ComponentChild {
  const height = 34 + bars.length * row;
  const most = bars.reduce((max, { rows }) => Math.max(max, rows), 1);
  return h(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      viewBox: `0 0 ${width} ${height}`,
      width,
      height,
      role: 'img',
      'aria-labelledby': `${id}-title ${id}-text`,
      class: 'figure histogram',
    },
    h('title', { id: `${id}-title` }, title),
    h('desc', { id: `${id}-text` }, description),
    h('text', { class: 'box-text', x: 0, y: 18 }, axis),
    h('path', { class: 'axis', d: `M${left} 28 V${height}` }),
    bars.map(({ size, rows, value, isSmall }, index) => {
      const y = 32 + index * row;
      // What is there always shows.
      const length = Math.max(2, (rows / most) * room);
      return h(
        'g',
        {},
        h('text', { class: 'box-text', x: left - 10, y: y + 17, 'text-anchor': 'end' }, size),
        h('rect', {
          class: isSmall ? 'bar small' : 'bar',
          x: left,
          y: y + 2,
          width: length,
          height: row - 8,
        }),
        h('text', { class: 'box-text', x: left + length + 8, y: y + 17 }, isSmall ? `▲ ${value}` : value),
      );
    }),
  );
}
