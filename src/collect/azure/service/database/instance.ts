import type { Json, Tree } from '../../../../inventory/fact.ts';
import type { Observation } from '../../../../inventory/observation.ts';
import { observe } from '../../../call.ts';
import { canonicalId, parseId } from '../../read/id.ts';
import { boolAt, textAt, treesAt } from '../../read/json.ts';
import { locationCode } from '../../read/location.ts';
import { listItems } from '../ask.ts';
import { encryption, known, placeFacts } from '../fact.ts';
import type { End, Item } from '../item.ts';
import { itemOf, observeEnd, observeItem } from '../item.ts';
import { diagnose, diagnosticCalls } from '../monitor/diagnostic.ts';
import { listAll } from '../page.ts';
import type { AzureService, AzureSession, ServiceContext } from '../service.ts';
import { action, listing } from '../service.ts';
import { geoBackup } from './copy.ts';

const API = '2023-08-01';
const listInstances = listing('Microsoft.Sql/managedInstances/read', API, 'ManagedInstances_List');
const listGroups = action(
  'Microsoft.Sql/locations/instanceFailoverGroups/read',
  API,
  'InstanceFailoverGroups_ListByLocation',
  { facts: ['relations.replica'] },
);

/** Managed instances, their backups, and the instances that failover groups copy them to. */
export const instanceService: AzureService = {
  name: 'sql-instance',
  scope: 'subscription',
  calls: [listInstances, listGroups, ...diagnosticCalls],
  read: readInstances,
};

async function* readInstances(session: AzureSession, context: ServiceContext): AsyncGenerator<Observation> {
  const path = `/subscriptions/${session.subscription}/providers/Microsoft.Sql/managedInstances`;
  const places = new Set<string>();
  yield* listItems(session, context, listInstances, path, async (instance, answer) => {
    const item = showInstance(instance);
    const location = locationCode(item.location ?? null);
    const group = parseId(item.id)?.group;
    if (location !== null && group)
      places.add(
        `/subscriptions/${session.subscription}/resourceGroups/${group}/providers/Microsoft.Sql/locations/${location}`,
      );
    return [
      ...observeItem(session, context, answer, item),
      ...(await diagnose(session, context, item, 'auditing of the instance is not told here')),
    ];
  });
  if (!context.needs(listGroups)) return;
  for (const place of [...places].toSorted()) {
    const { answer, items } = await listAll(session, context, listGroups, `${place}/instanceFailoverGroups`);
    yield observe(session.scene(session.scope), answer, { about: { items: items.length } });
    for (const end of items.flatMap(groupEnds)) yield observeEnd(session, answer, end);
  }
}

export function showInstance(instance: Tree): Item {
  const item = itemOf(instance, 'database');
  const properties: Json | undefined = instance['properties'];
  const key = textAt(properties, 'keyId');
  const { facts, relations } = encryption(key);
  const isOpen = boolAt(properties, 'publicDataEndpointEnabled');
  return {
    ...item,
    facts: {
      ...item.facts,
      ...facts,
      'encryption.in_transit': known(true),
      ...(isOpen === false ? { public: known(false) } : {}),
    },
    relations,
    copies: geoBackup(
      textAt(properties, 'currentBackupStorageRedundancy') ??
        textAt(properties, 'requestedBackupStorageRedundancy'),
    ),
  };
}

export function groupEnds(group: Tree): readonly End[] {
  if (/^secondary$/i.test(textAt(group, 'properties', 'replicationRole') ?? '')) return [];
  const regions = treesAt(group, 'properties', 'partnerRegions').map((one) => textAt(one, 'location'));
  const [region = null] = regions;
  return treesAt(group, 'properties', 'managedInstancePairs').flatMap((pair): End[] => {
    const from = textAt(pair, 'primaryManagedInstanceId');
    const to = textAt(pair, 'partnerManagedInstanceId');
    if (from === null) return [];
    const id = to === null ? `${canonicalId(from)}@failover` : canonicalId(to);
    return [
      { id: canonicalId(from), kind: 'database', relations: [{ kind: 'replica', to: id }] },
      {
        id,
        kind: 'database',
        facts: placeFacts(
          regions.length === 1 ? region : null,
          'the group does not say where its partner is',
        ),
      },
    ];
  });
}
