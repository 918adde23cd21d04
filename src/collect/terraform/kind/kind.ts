import type { AssetKind } from '../../../inventory/observation.ts';
import { awsKinds } from './aws.ts';
import { azureKinds } from './azure.ts';
import { googleKinds, outscaleKinds, ovhKinds, scalewayKinds, wholeKinds } from './other.ts';

const tables: readonly (readonly [prefix: string, kinds: { readonly [kind in AssetKind]?: string }])[] = [
  ['aws_', awsKinds],
  ['azurerm_', azureKinds],
  ['google_', googleKinds],
  ['scaleway_', scalewayKinds],
  ['ovh_', ovhKinds],
  ['outscale_', outscaleKinds],
  ['', wholeKinds],
];

const kinds: ReadonlyMap<string, AssetKind> = new Map(
  tables.flatMap(([prefix, table]) =>
    Object.entries(table).flatMap(([kind, words]) =>
      words.split(' ').map((word) => [`${prefix}${word}`, kind as AssetKind] as const),
    ),
  ),
);

/** `other` for what holds no data of its own. */
export function kindOf(type: string): AssetKind {
  return kinds.get(type) ?? 'other';
}
