import { jsonText } from '../../../inventory/fact.ts';
import { isSelected, type Selection } from '../../code/backup-selection.ts';
import type { Draft } from '../resource.ts';

/** Whether an assignment of a backup plan takes a resource: one of its own region, as far as both are told. */
export function isTaken(selection: Selection, { type, names, placed, tags }: Draft, by: Draft): boolean {
  const own = regionOf(by);
  const region = placed.region.state === 'known' ? jsonText(placed.region.value) : null;
  const isFar = own !== null && region !== null && !region.startsWith(own);
  return !isFar && isSelected(selection, { type, names, region, tags });
}

function regionOf({ placed: { region } }: Draft): string | null {
  return region.state === 'known' ? jsonText(region.value) : null;
}
