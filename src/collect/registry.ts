import type { Collector } from './collector.ts';

/** One line a collector; each is loaded when a source of its kind is first used, so that no SDK loads at start-up. */
export const collectors: { readonly [kind: string]: () => Promise<Collector> } = {
  aws: async () => (await import('./aws/collector.ts')).awsCollector,
  s3: async () => (await import('./s3/collector.ts')).s3Collector,
  snapshot: async () => (await import('./snapshot/collector.ts')).snapshotCollector,
};
