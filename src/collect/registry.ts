import type { Collector } from './collector.ts';

/** One line a collector; each is loaded when a source of its kind is first used, so that no SDK loads at start-up. */
export const collectors: { readonly [kind: string]: () => Promise<Collector> } = {
  arm: async () => (await import('./arm/collector.ts')).armCollector,
  aws: async () => (await import('./aws/collector.ts')).awsCollector,
  azure: async () => (await import('./azure/collector.ts')).azureCollector,
  cloudformation: async () => (await import('./cloudformation/collector.ts')).cloudformationCollector,
  kubernetes: async () => (await import('./kubernetes/collector.ts')).kubernetesCollector,
  s3: async () => (await import('./s3/collector.ts')).s3Collector,
  s3_sample: async () => (await import('./sample/collector.ts')).sampleCollector,
  sample: async () => (await import('./sample/collector.ts')).sampleCollector,
  terraform: async () => (await import('./terraform/collector.ts')).terraformCollector,
  snapshot: async () => (await import('./snapshot/collector.ts')).snapshotCollector,
};
