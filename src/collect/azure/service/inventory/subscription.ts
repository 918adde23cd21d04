import { at, textAt, textsAt, treesAt } from '../../read/json.ts';
import type { Sight } from '../../sight.ts';
import type { AzureSession } from '../service.ts';

/** A subscription, as a job of the tenant is told of it. */
export interface Told {
  readonly id: string;
  readonly sight: Sight;
  /** Codes of its regions; empty where they are not known. */
  readonly regions: readonly string[];
}

export function subscriptionsOf({ options }: AzureSession): readonly Told[] {
  return treesAt(options['of']).flatMap((one) => {
    const id = textAt(one, 'id');
    const sight = at(one, 'sight');
    return id === null
      ? []
      : [
          {
            id,
            sight: sight === 'all' || sight === 'listed' ? sight : 'part',
            regions: textsAt(one, 'regions'),
          },
        ];
  });
}
