import { factsWanted, policyFor } from '../../audit.ts';
import { collect, networked } from '../../collect/collect.ts';
import type { SourceConfig } from '../../collect/collector.ts';
import type { Inputs } from '../../input/gather.ts';
import { buildInventory } from '../../inventory/build/build.ts';
import type { Inventory } from '../../inventory/inventory.ts';
import type { LoadedCatalog } from '../../io/content.ts';
import type { CommandContext } from '../context.ts';

interface Observing {
  readonly policy?: string;
  /** Only what tells things apart: what they are, where, with which tags. */
  readonly isQuick?: boolean;
  readonly network?: boolean;
}

/** Reads sources and merges them with what the manifests declare. Nothing is judged. */
export async function observe(
  inputs: Inputs,
  sources: readonly SourceConfig[],
  loaded: LoadedCatalog,
  context: CommandContext,
  { policy, isQuick = false, network = false }: Observing = {},
): Promise<Inventory> {
  const { catalog } = loaded;
  const request = {
    paths: [],
    network,
    language: 'en' as const,
    clock: context.clock,
    ...(policy === undefined ? {} : { policy }),
  };
  const chosen = await policyFor(request, inputs, loaded, context.clock().slice(0, 10));
  const { observations } = await collect(
    sources.filter(({ kind }) => network || !networked.has(kind)),
    {
      wanted: isQuick ? new Set(['tags', 'place.region']) : factsWanted(chosen),
      clock: context.clock,
      concurrency: 8,
      signal: context.signal,
      providerOfHost: catalog.providerOfHost,
      pairedRegion: (provider, region) => catalog.region(provider, region)?.paired_region ?? null,
    },
  );
  return buildInventory({
    manifests: inputs.manifests.map(({ manifest, sha256 }) => ({ ...manifest, sha256 })),
    observations,
    classification: chosen.policy.classification,
    catalog,
  });
}
