import { placesOf } from '../../describe.ts';
import type { Reporter } from '../../reporter.ts';
import { writeAccounting, writeNext } from './accounting.ts';
import { writeErrors, writeFailures } from './finding.ts';
import { writeGaps, writeHeader, writePassed, writeWarnings } from './frame.ts';
import { createPage } from './page.ts';
import { writeUnknowns } from './unknown.ts';

/** What a person reads in a terminal or a log: the gravest first, the sums and the verdict last. */
export const render: Reporter = (result, context) => {
  const page = createPage(context);
  writeHeader(page, result);
  writeFailures(page, result, placesOf(result));
  writeErrors(page, result);
  if (result.summary.outcomes.fail === 0)
    page.line([{ text: '✓ ', style: 'good' }, context.messages('report.nothing')]);
  writeUnknowns(page, result);
  writeGaps(page, result);
  writeWarnings(page, result);
  writePassed(page, result);
  writeAccounting(page, result);
  writeNext(page, result);
  return page.text();
};
