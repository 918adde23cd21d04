import { rolesOf } from '../../anonymity/role.ts';
import { BercailError } from '../../error.ts';
import type { Json } from '../../inventory/fact.ts';
import type { Observation } from '../../inventory/observation.ts';
import type { CollectContext, Collector, Options } from '../collector.ts';
import { listOption, textOption } from '../option.ts';
import { measureSample } from './facts.ts';
import { hasEngine } from './read/engine.ts';

/**
 * Measures a data sample where it lies; only counts, names of columns and a hash of the file leave it.
 * Options: path, dataset, asset; `declared` and `others` come from the manifests (see `declareSamples`).
 */
export const sampleCollector: Collector = {
  kind: 'sample',
  plan: async (options) => {
    const { path, dataset } = required(options);
    const job = {
      source: 'sample',
      account: null,
      region: null,
      service: 'measure',
      facts: [],
      options: { ...options, path, dataset },
    };
    return { jobs: [job], observations: [] };
  },
  run: async function* ({ options }, context) {
    const { path, dataset } = required(options);
    if (!(await hasEngine())) {
      yield observation(context, path, dataset, { outcome: 'error', code: 'engine_missing' }, null, {});
      return;
    }
    const roles = rolesOf(treeOf(options['declared']));
    const asset = textOption(options, 'asset');
    const { facts, sha256 } = await measureSample({
      path,
      roles,
      others: listOption(options, 'others') ?? [],
      signal: context.signal,
    });
    yield observation(context, path, dataset, { outcome: 'ok' }, sha256, {
      ...(asset === null ? {} : { asset }),
      measured: facts,
    });
  },
};

function observation(
  context: CollectContext,
  path: string,
  dataset: string,
  outcome: Pick<Observation, 'outcome' | 'code'>,
  sha256: string | null,
  about: { readonly [key: string]: Json },
): Observation {
  return {
    source: 'sample',
    scope: dataset,
    operation: 'measure',
    subject: path,
    at: context.clock(),
    sha256,
    ...outcome,
    ref: path,
    about: { dataset, ...about },
  };
}

function required(options: Options): { readonly path: string; readonly dataset: string } {
  const [path, dataset] = [textOption(options, 'path'), textOption(options, 'dataset')];
  if (path === null || dataset === null)
    throw new BercailError('config', { message: 'a sample source needs a path and a dataset' });
  return { path, dataset };
}

function treeOf(value: Json | undefined): { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as { readonly [key: string]: Json })
    : {};
}
