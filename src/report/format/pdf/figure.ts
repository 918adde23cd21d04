import type { ComponentChild, VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';
import type { Coordinates } from '../../figure/coordinates.ts';
import { layOutFlows } from '../../figure/flow.ts';
import { flowSvg } from '../../figure/flow-svg.ts';
import { histogramSvg } from '../../figure/histogram.ts';
import { drawMaps } from '../../figure/map.ts';
import { mapSvg } from '../../figure/map-svg.ts';
import type { Story } from '../../story/story.ts';
import { clip } from '../../visible.ts';
import { showable } from './glyph.ts';

/** Width of a page's text, in the diagram's units: what is narrower is not blown up. */
const pageWidth = 820;
/** How high a figure may be for the width of the text: with its heading and caption it fits a page. */
const tallest = 1.15;

/** Nobody listens to more; the table after the figure says it all. */
const longestAlternative = 8000;

export interface Figures {
  readonly maps: readonly { readonly svg: string; readonly alt: string; readonly caption: string }[];
  /** In the order of the story's measures; null where there is nothing to draw. */
  readonly measures: readonly ({ readonly svg: string; readonly alt: string } | null)[];
  readonly flow: { readonly svg: string; readonly alt: string; readonly width: number } | null;
}

/** The drawings of the HTML report, styled for paper. */
export async function drawFigures(story: Story, coordinates: Coordinates, style: string): Promise<Figures> {
  const { places, flows, measures, say } = story;
  const located = places.all.some(({ countries }) => countries.length > 0);
  const maps = located
    ? drawMaps(places.all, (await import('../../figure/shapes.ts')).atlas, coordinates)
    : [];
  const flow = await layOutFlows(flows);
  const alternative = (text: string): string =>
    clip(text, longestAlternative, (count) => say('more.characters', { count }));
  const standalone = (svg: ComponentChild): string =>
    showable(renderToString(svg as VNode))
      .replaceAll(']]>', ']]&gt;')
      .replace('</title>', `</title><style>${style}</style>`);
  return {
    maps: maps.map((map) => {
      const caption = say(`story.places.map_${map.view}`);
      const off = map.offMap > 0 ? ` ${say('story.places.off_map', { count: map.offMap })}` : '';
      return {
        svg: standalone(mapSvg(map, { id: map.view, title: caption, description: '' })),
        alt: alternative(`${say('story.places.map')}. ${places.alternative}`),
        caption: `${caption}.${off} ${say('story.places.legend')}`,
      };
    }),
    measures: measures.map((measure, index) => {
      const title = say('story.measure.axis');
      return measure.bars.length === 0
        ? null
        : {
            svg: standalone(histogramSvg(measure, title, { id: `m${index}`, title, description: '' })),
            alt: alternative(`${title}. ${measure.alternative}`),
          };
    }),
    flow: flow && {
      svg: standalone(
        flowSvg(
          flow,
          { id: 'flows', title: say('story.flows.diagram'), description: '' },
          say('story.flows.undeclared'),
        ),
      ),
      alt: alternative(`${say('story.flows.diagram')}. ${flows.alternative}`),
      width: Math.min(1, flow.width / pageWidth, (tallest * flow.width) / flow.height),
    },
  };
}
