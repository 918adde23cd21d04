import { buildInventory } from '../../src/inventory/build/build.ts';
import type { AssetKind, Observation, RelationKind } from '../../src/inventory/observation.ts';
import { catalog, known, manifestInput } from './run.ts';

/** A relation between two assets of a test, by their names; one that begins with `?` is described by nobody. */
export type Link = readonly [from: string, kind: RelationKind, to: string];

export const manifest = (match: string, dataset = ''): string => `
bercail: manifest/v1
id: m
organisations:
  men: {name: Ministère, role: controller, kind: public_body, seat: FR}
  cloud: {provider: aws, role: processor, engaged_by: men}
datasets:
  results: {title: Résultats, subjects: [pupil], categories: [education.results], secrecy: secret, population: 1200${dataset}}
assets:
  store: {kind: object_store, operator: cloud, holds: [results], match: [{source: aws, name: ${match}}]}
activities:
  tests: {title: Évaluations, controller: men, datasets: [results], retention: {period: P1Y}}
`;

export function observed(
  links: readonly Link[],
  kinds: { readonly [name: string]: AssetKind } = {},
  regions: { readonly [name: string]: string } = {},
): Observation[] {
  const names = [...new Set([...links.flatMap(([from, , to]) => [from, to]), ...Object.keys(kinds)])].filter(
    (name) => !name.startsWith('?'),
  );
  return names.map((name) => ({
    source: 'aws',
    scope: '123456789012',
    operation: 'test:Describe',
    subject: name,
    at: '2026-11-22T08:00:00Z',
    sha256: null,
    outcome: 'ok' as const,
    asset: { kind: kinds[name] ?? 'object_store', name, provider: 'aws', account: '123456789012' },
    facts: { 'place.region': known(regions[name] ?? 'eu-west-3') },
    relations: links.filter(([from]) => from === name).map(([, kind, to]) => ({ kind, to })),
  }));
}

export function holdings(
  links: readonly Link[],
  kinds?: { readonly [name: string]: AssetKind },
  match = 'a',
) {
  const inventory = buildInventory({
    manifests: [manifestInput(manifest(match))],
    observations: observed(links, kinds),
    classification: { tags: new Map(), untagged: 'none' },
    catalog,
  });
  return inventory.holdings;
}

export function ids(...given: Parameters<typeof holdings>): readonly string[] {
  return holdings(...given).map(
    ({ id, derived, use }) =>
      `${id.replace('m/', '')}${derived ? '' : ' primary'}${use === 'processed' ? ' processed' : ''}`,
  );
}
