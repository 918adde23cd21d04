import { BercailError } from '../../error.ts';
import type { Collector, Options } from '../collector.ts';
import { textOption } from '../option.ts';
import { readSnapshot } from './read.ts';

/** Replays what `collect` wrote. Options: path. */
export const snapshotCollector: Collector = {
  kind: 'snapshot',
  plan: async (options) => {
    pathOf(options);
    const job = { source: 'snapshot', account: null, region: null, service: 'replay', facts: [], options };
    return { jobs: [job], observations: [] };
  },
  run: async function* ({ options }) {
    const { observations } = await readSnapshot(pathOf(options));
    yield* observations;
  },
};

function pathOf(options: Options): string {
  const path = textOption(options, 'path');
  if (path === null) throw new BercailError('config', { message: 'a snapshot source needs a path' });
  return path;
}
