import { BercailError } from '../../../error.ts';
import type { Coordinates } from '../../figure/coordinates.ts';
import type { AsyncReporter } from '../../reporter.ts';
import type { Story } from '../../story/story.ts';
import { tellStory } from '../../story/story.ts';
import { drawFigures } from './figure.ts';
import { fittingValue } from './glyph.ts';

const limits = { occurrences: 10, rows: 60 };
const compiler = '@myriaddreamin/typst-ts-node-compiler';

/**
 * A tagged PDF/UA-1 document. Its dates are the run's and its fonts the compiler's own: the same result gives the same
 * bytes. @throws BercailError `usage` where the optional compiler is not installed
 */
export const render: AsyncReporter = async (result, { language, messages, template }) => {
  if (!template) throw new BercailError('internal', { message: 'the PDF report needs its templates' });
  const { NodeCompiler } = await import('@myriaddreamin/typst-ts-node-compiler').catch((cause: unknown) => {
    throw new BercailError(
      'usage',
      {
        message: messages('pdf.missing', { package: compiler }),
        hint: messages('pdf.missing_hint', { package: compiler }),
      },
      { cause },
    );
  });
  const story = tellStory(result, language, messages, limits);
  const main = template('report.typ');
  const figures = await drawFigures(
    story,
    JSON.parse(template('coordinates.json')) as Coordinates,
    template('figure-print.css'),
  );
  const finished = result.run.finished_at;
  const more = (count: number): string => story.say('more.characters', { count });
  const data = fittingValue(
    {
      story: { ...story, places: { ...story.places, all: [] } },
      labels: labelsOf(main, story),
      date: dayOf(finished),
      short: story.asOf,
      generator: story.say('story.generated', {
        version: result.tool.version,
        id: result.run.id.slice(0, 12),
      }),
      unlocated: story.say('story.places.unlocated', { count: story.places.unlocated }),
      textsCaption: story.say('story.texts.caption', {
        count: story.method.texts.length,
        unverified: story.method.unverified,
      }),
    },
    more,
  );
  const inputs = { data: JSON.stringify({ ...(data as object), ...figures }) };
  const typst = NodeCompiler.create();
  try {
    return Uint8Array.from(
      typst.pdf(
        { mainFileContent: main, inputs },
        { pdfStandard: 'ua-1', creationTimestamp: secondsOf(finished) },
      ),
    );
  } finally {
    // What one report compiled is of no use to the next.
    typst.evictCache(0);
  }
};

/** The texts that the template asks for: `t("key")`. */
function labelsOf(main: string, { say }: Story): { readonly [key: string]: string } {
  const keys = new Set([...main.matchAll(/\bt\("([\w.]+)"\)/g)].map(([, key = '']) => key));
  return Object.fromEntries([...keys].map((key) => [key, say(key, { page: '{page}', pages: '{pages}' })]));
}

/** As the template's `datetime` takes it. */
function dayOf(time: string): { readonly year: number; readonly month: number; readonly day: number } {
  const [, year = 1970, month = 1, day = 1] = /^(\d{4})-(\d{2})-(\d{2})/.exec(time) ?? [];
  return { year: Number(year), month: Number(month), day: Number(day) };
}

/** Since 1970, UTC. A time that cannot be read is the first second, never now. */
function secondsOf(time: string): number {
  const milliseconds = Date.parse(time);
  return Number.isNaN(milliseconds) ? 0 : Math.floor(milliseconds / 1000);
}
