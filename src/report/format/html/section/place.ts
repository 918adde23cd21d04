import { type ComponentChild, h } from 'preact';
import type { MapFigure } from '../../../figure/map.ts';
import { mapSvg } from '../../../figure/map-svg.ts';
import type { Story } from '../../../story/story.ts';
import { left, table } from '../table.ts';

export function placeSection({ places, say }: Story, maps: readonly MapFigure[]): ComponentChild {
  if (!places.available) return h('p', { class: 'absent' }, say('story.absent'));
  const { rows, caption, alternative } = places;
  const columns = [
    { label: say('story.column.number'), kind: 'number' as const },
    { label: say('story.column.place') },
    { label: say('story.column.holds') },
    { label: say('story.column.operator') },
    { label: say('story.column.zone') },
    { label: say('story.column.findings') },
  ];
  return [
    maps.map((map) =>
      h(
        'figure',
        { class: 'map' },
        mapSvg(map, {
          id: `map-${map.view}`,
          title: say(`story.places.map_${map.view}`),
          description: `${say('story.places.map')}. ${alternative}`,
        }),
        h(
          'figcaption',
          {},
          `${say(`story.places.map_${map.view}`)}.`,
          map.offMap > 0 ? ` ${say('story.places.off_map', { count: map.offMap })}` : null,
        ),
      ),
    ),
    maps.length > 0 ? legend(say) : null,
    places.unlocated > 0
      ? h('p', { class: 'warning' }, say('story.places.unlocated', { count: places.unlocated }))
      : null,
    table(
      caption,
      columns,
      rows.map((row) => [
        row.number === null ? '—' : String(row.number),
        [row.label, row.host === null ? null : h('span', { class: 'host' }, h('code', {}, row.host))],
        row.holds,
        row.operators,
        row.zone,
        h('span', { class: row.worst === null ? 'none' : `count ${row.worst}` }, row.findingsLabel),
      ]),
    ),
    left(places.left),
  ];
}

function legend(say: Story['say']): ComponentChild {
  const sign = (className: string, shape: ComponentChild): ComponentChild =>
    h('svg', { viewBox: '0 0 24 24', width: 20, height: 20, 'aria-hidden': 'true', class: className }, shape);
  const circle = (className: string): ComponentChild =>
    h('circle', { cx: 12, cy: 12, r: 10, class: className });
  return h(
    'ul',
    { class: 'legend' },
    h('li', {}, sign('figure', circle('marker found high')), say('story.places.legend_findings')),
    h('li', {}, sign('figure', circle('marker')), say('story.places.legend_none')),
    h(
      'li',
      {},
      sign('figure', h('rect', { x: 2, y: 2, width: 20, height: 20, rx: 3, class: 'marker' })),
      say('story.places.country_only'),
    ),
    h(
      'li',
      {},
      sign('figure', h('rect', { x: 2, y: 2, width: 20, height: 20, class: 'land holding' })),
      say('story.places.legend_country'),
    ),
  );
}
