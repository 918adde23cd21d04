import { renderToString } from 'preact-render-to-string';
import { BercailError } from '../../../error.ts';
import type { Coordinates } from '../../figure/coordinates.ts';
import { layOutFlows } from '../../figure/flow.ts';
import { drawMaps } from '../../figure/map.ts';
import type { AsyncReporter } from '../../reporter.ts';
import { tellStory } from '../../story/story.ts';
import { page } from './page.ts';

/** A page of 100,000 findings would be of no use to anyone: beyond this, counts are shown and files named. */
const limits = { occurrences: 20, rows: 100 };

/** One self-contained page: no network, readable without script, on paper, by keyboard and by ear. */
export const render: AsyncReporter = async (result, { language, messages, template }) => {
  if (!template) throw new BercailError('internal', { message: 'the HTML report needs its templates' });
  const story = tellStory(result, language, messages, limits);
  const coordinates = JSON.parse(template('coordinates.json')) as Coordinates;
  const located = story.places.all.some(({ countries }) => countries.length > 0);
  const document = page({
    story,
    maps: located
      ? drawMaps(story.places.all, (await import('../../figure/shapes.ts')).atlas, coordinates)
      : [],
    flow: await layOutFlows(story.flows),
    style: template('report.css'),
    script: template('report.js'),
    generator: story.say('story.generated', { version: result.tool.version, id: result.run.id }),
  });
  return `<!doctype html>\n${renderToString(document)}\n`;
};
