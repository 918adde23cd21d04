import type { Fact, Tree } from '../../../../inventory/fact.ts';
import { globalCode, kindOfType } from '../../../arm/kind.ts';
import { parseId } from '../../read/id.ts';
import { textAt } from '../../read/json.ts';
import { known } from '../fact.ts';
import type { Item } from '../item.ts';
import { itemOf } from '../item.ts';

/** Types whose `location` is not where their data is: only their own service says that. */
const placedByService: { readonly [type: string]: string } = {
  'microsoft.storage/storageaccounts': 'Microsoft.Storage/storageAccounts/read',
  'microsoft.documentdb/databaseaccounts': 'Microsoft.DocumentDB/databaseAccounts/read',
};

/** A resource as the list of everything has it: that it is there, what it is, where, and its tags. */
export function showResource(resource: Tree): Item {
  const item = itemOf(resource, 'other');
  const type = textAt(resource, 'type')?.toLowerCase() ?? parseId(item.id)?.type ?? '';
  const place = placeOf(type);
  return {
    ...item,
    kind: kindOfType(type, textAt(resource, 'kind')),
    facts: { ...item.facts, ...(place === null ? {} : { 'place.region': place }) },
  };
}

/** Null where the location of the resource says it. */
function placeOf(type: string): Fact | null {
  const permission = Object.hasOwn(placedByService, type) ? placedByService[type] : undefined;
  if (permission !== undefined)
    return { state: 'not_collected', permission, note: 'its locations are for its service to say' };
  return globalCode(type) === 'edge' ? known('edge') : null;
}
