import type { Catalog } from '../../catalog/catalog.ts';
import type { Fact } from '../fact.ts';
import type { Inventory } from '../inventory.ts';
import type { Attestation } from '../noun.ts';
import type { Observation } from '../observation.ts';
import { createPlaces } from '../place.ts';
import { withFarEnds } from '../propagation/far-end.ts';
import { resolveEnds } from '../propagation/resolve.ts';
import { buildAssets } from './asset.ts';
import {
  declaredActivities,
  declaredAttestations,
  declaredClaims,
  declaredDatasets,
  declaredFlows,
  treeOf,
} from './declared.ts';
import { buildHoldings } from './holding.ts';
import type { Classification, ManifestInput } from './input.ts';
import { matchAssets } from './match.ts';
import { measuredOf } from './measured.ts';
import { foldObservations } from './observed.ts';
import { buildOrganisations } from './organisation.ts';

export interface BuildInput {
  readonly manifests: readonly ManifestInput[];
  readonly observations: readonly Observation[];
  readonly classification: Classification;
  readonly catalog: Catalog;
  /** Measures of samples by dataset key or id. */
  readonly measured?: ReadonlyMap<string, ReadonlyMap<string, Fact>>;
  /** Answers kept apart from the manifests. */
  readonly attestations?: readonly Attestation[];
}

/** Merges what is declared and what is observed into one inventory. Pure: the same inputs give the same inventory. */
export function buildInventory({
  manifests,
  observations,
  classification,
  catalog,
  measured,
  attestations = [],
}: BuildInput): Inventory {
  const sorted = [...manifests].sort((a, b) => (a.id < b.id ? -1 : 1));
  const observed = foldObservations(observations);
  const providers = new Set<string>();
  for (const { seen } of observed.assets.values()) if (seen.provider !== null) providers.add(seen.provider);
  for (const { value } of sorted) for (const provider of placeProviders(value)) providers.add(provider);
  const organisations = buildOrganisations(sorted, providers, catalog);
  const matches = matchAssets(sorted, observed);
  const assets = resolveEnds(
    withFarEnds(
      buildAssets({
        manifests: sorted,
        observed,
        matches,
        organisations,
        catalog,
        placeOf: createPlaces(catalog),
      }),
    ),
  );
  const { holdings, datasets } = buildHoldings(assets, declaredDatasets(sorted), classification);
  const resolved = (id: string | null): string | null => (id === null ? null : organisations.resolve(id));
  return {
    organisations: organisations.byId,
    datasets,
    assets,
    holdings,
    flows: new Map(
      [...declaredFlows(sorted)].map(([id, flow]) => [id, { ...flow, recipient: resolved(flow.recipient) }]),
    ),
    activities: new Map(
      [...declaredActivities(sorted)].map(([id, activity]) => [
        id,
        {
          ...activity,
          controller: organisations.resolve(activity.controller),
          joint: activity.joint.map(organisations.resolve),
        },
      ]),
    ),
    claims: declaredClaims(sorted).map((claim) => ({ ...claim, about: organisations.resolve(claim.about) })),
    attestations: [...declaredAttestations(sorted), ...attestations],
    measured: measured ?? measuredOf(observations),
    undecided: matches.undecided,
    gaps: observed.gaps,
    inputs: observed.inputs,
    incomplete: observed.incomplete,
    collected: observed.sources,
    manifests: sorted.map(({ id }) => id),
    warnings: matches.warnings,
  };
}

function placeProviders(manifest: ManifestInput['value']): string[] {
  return Object.values(treeOf(manifest['assets'])).flatMap((asset) => {
    const provider = treeOf(treeOf(asset)['place'])['provider'];
    return typeof provider === 'string' && provider !== 'unknown' ? [provider] : [];
  });
}
