import type { Tree } from '../../../../inventory/fact.ts';
import type { Observation } from '../../../../inventory/observation.ts';
import { textAt, treesAt } from '../../read/json.ts';
import { listItems } from '../ask.ts';
import { known, listFact } from '../fact.ts';
import type { Item } from '../item.ts';
import { itemOf, observeItem } from '../item.ts';
import { diagnose, diagnosticCalls } from '../monitor/diagnostic.ts';
import type { AzureService, AzureSession, ServiceContext } from '../service.ts';
import { listing } from '../service.ts';
import { replicationCalls } from '../storage/replication.ts';
import { type Origin, observeOrigins } from './origin.ts';

const listFrontDoors = listing('Microsoft.Network/frontDoors/read', '2021-06-01', 'FrontDoors_List');

/** Front Door (classic), with the back ends that it fetches from. */
export const frontDoorService: AzureService = {
  name: 'front-door',
  scope: 'subscription',
  calls: [
    listFrontDoors,
    ...replicationCalls.filter(({ operation }) => operation.startsWith('Microsoft.ResourceGraph')),
    ...diagnosticCalls,
  ],
  read: readFrontDoors,
};

async function* readFrontDoors(session: AzureSession, context: ServiceContext): AsyncGenerator<Observation> {
  const path = `/subscriptions/${session.subscription}/providers/Microsoft.Network/frontDoors`;
  yield* listItems(session, context, listFrontDoors, path, async (door, answer) => {
    const { item, origins } = showFrontDoor(door);
    return [
      ...observeItem(session, context, answer, item),
      ...(await observeOrigins(session, context, answer, origins, item.id)),
      ...(await diagnose(session, context, item, null)),
    ];
  });
}

export function showFrontDoor(door: Tree): { readonly item: Item; readonly origins: readonly Origin[] } {
  const item = itemOf(door, 'cdn');
  const hosts = treesAt(door, 'properties', 'frontendEndpoints').flatMap(
    (one) => textAt(one, 'properties', 'hostName') ?? [],
  );
  const backends = treesAt(door, 'properties', 'backendPools').flatMap((pool) =>
    treesAt(pool, 'properties', 'backends'),
  );
  return {
    item: {
      ...item,
      facts: {
        ...item.facts,
        'place.region': known('edge'),
        endpoints: listFact(hosts.map((host) => `https://${host}`)),
      },
    },
    origins: backends.map((backend) => ({ id: null, host: textAt(backend, 'address') })),
  };
}
