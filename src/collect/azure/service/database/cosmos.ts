import type { Json, Tree } from '../../../../inventory/fact.ts';
import type { Observation } from '../../../../inventory/observation.ts';
import { numberAt, textAt, treesAt } from '../../read/json.ts';
import { locationCode } from '../../read/location.ts';
import { listItems } from '../ask.ts';
import { encryption, known, network, placeFacts } from '../fact.ts';
import type { Copy, Item } from '../item.ts';
import { itemOf, observeItem } from '../item.ts';
import { diagnose, diagnosticCalls } from '../monitor/diagnostic.ts';
import type { AzureService, AzureSession, ServiceContext } from '../service.ts';
import { listing } from '../service.ts';
import { geoBackup } from './copy.ts';

const listAccounts = listing(
  'Microsoft.DocumentDB/databaseAccounts/read',
  '2025-10-15',
  'DatabaseAccounts_List',
);

/** Cosmos DB: each of its locations has all of it, and its backups may be in the pair. */
export const cosmosService: AzureService = {
  name: 'cosmos',
  scope: 'subscription',
  calls: [listAccounts, ...diagnosticCalls],
  read: readAccounts,
};

async function* readAccounts(session: AzureSession, context: ServiceContext): AsyncGenerator<Observation> {
  const path = `/subscriptions/${session.subscription}/providers/Microsoft.DocumentDB/databaseAccounts`;
  yield* listItems(session, context, listAccounts, path, async (account, answer) => {
    const item = showAccount(account);
    return [
      ...observeItem(session, context, answer, item),
      ...(await diagnose(session, context, item, null)),
    ];
  });
}

/**
 * The location of the resource is where it was asked for: the data is in its `locations`, the first to be failed over to
 * being where it is written.
 */
export function showAccount(account: Tree): Item {
  const item = itemOf(account, 'database');
  const properties: Json | undefined = account['properties'];
  const { facts, relations } = encryption(textAt(properties, 'keyVaultKeyUri'));
  const listed = ['locations', 'writeLocations', 'readLocations'].flatMap((name) =>
    treesAt(properties, name),
  );
  const locations = [...new Map(listed.map((one) => [locationCode(textAt(one, 'locationName')) ?? '', one]))];
  const first = locations.find(([, one]) => numberAt(one, 'failoverPriority') === 0) ?? locations[0];
  const others = locations.filter((one) => one !== first);
  const backup = textAt(properties, 'backupPolicy', 'type');
  return {
    ...item,
    facts: {
      ...item.facts,
      ...facts,
      'encryption.in_transit': known(true),
      ...network(properties),
      ...placeFacts(first?.[0] ?? null, 'the account names no location of its data'),
      ...(first === undefined || first[0] === ''
        ? {}
        : { 'place.derivation': known([`locations, failover priority 0: ${first[0]}`]) }),
    },
    relations,
    copies: [
      ...others.map(
        ([code], i): Copy => ({
          suffix: code === '' ? `replica-${i + 1}` : code,
          kind: 'replica',
          as: 'database',
          location: code === '' ? null : code,
        }),
      ),
      // Continuous backups stay in the regions of the account.
      ...(/^continuous$/i.test(backup ?? '')
        ? []
        : geoBackup(textAt(properties, 'backupPolicy', 'periodicModeProperties', 'backupStorageRedundancy'))),
    ],
  };
}
