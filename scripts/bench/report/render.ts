// One format of a made-up result, written to a folder: a process of its own, so that its memory is its own.
import { writeReports } from '../../../src/command/render.ts';
import { largeResult } from '../../../tests/fixtures/report/context-2018.ts';

const [count = '0', format = 'none', out = '.'] = process.argv.slice(2);
const result = largeResult(Number(count));
const context = {
  out: async () => undefined,
  err: () => undefined,
  clock: () => '2026-01-01T00:00:00Z',
  env: {},
  terminal: { color: false, width: null, isInteractive: false, hyperlinks: false },
  signal: new AbortController().signal,
};
if (format !== 'none') await writeReports(result, [format], { out }, context, 'en');
