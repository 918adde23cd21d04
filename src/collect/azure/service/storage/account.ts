import type { Fact, Json, Tree } from '../../../../inventory/fact.ts';
import type { Observation } from '../../../../inventory/observation.ts';
import { boolAt, textAt } from '../../read/json.ts';
import type { Said } from '../ask.ts';
import { askItems, listItems } from '../ask.ts';
import { encryption, known, network, unsaid } from '../fact.ts';
import type { Copy, Item } from '../item.ts';
import { itemOf, observeItem } from '../item.ts';
import { diagnose, diagnosticCalls } from '../monitor/diagnostic.ts';
import type { AzureService, AzureSession, ServiceContext } from '../service.ts';
import { action, listing } from '../service.ts';
import { readReplication, replicationCalls } from './replication.ts';

const API = '2025-06-01';
const listAccounts = listing('Microsoft.Storage/storageAccounts/read', API, 'StorageAccounts_List');
const listContainers = action(
  'Microsoft.Storage/storageAccounts/blobServices/containers/read',
  API,
  'BlobContainers_List',
  // Accounts of files only, and premium ones, have no blobs.
  { facts: ['public'], none: ['FeatureNotSupportedForAccount', 'OperationNotAllowedOnKind'] },
);

/** Storage accounts: their pair and what is replicated, keys, what is open, where their logs go. */
export const storageService: AzureService = {
  name: 'storage',
  scope: 'subscription',
  calls: [listAccounts, listContainers, ...replicationCalls, ...diagnosticCalls],
  read: readAccounts,
};

/** Each of its services has diagnostic settings of its own. */
const PARTS = [
  '',
  '/blobServices/default',
  '/fileServices/default',
  '/queueServices/default',
  '/tableServices/default',
];

async function* readAccounts(session: AzureSession, context: ServiceContext): AsyncGenerator<Observation> {
  const path = `/subscriptions/${session.subscription}/providers/Microsoft.Storage/storageAccounts`;
  yield* listItems(session, context, listAccounts, path, async (account, answer) => {
    const item = showAccount(account);
    return [
      ...observeItem(session, context, answer, item),
      // Where the account closes it, no container can open it.
      ...(item.facts?.['public'] === undefined
        ? await askItems(
            session,
            context,
            item,
            listContainers,
            `${item.id}/blobServices/default/containers`,
            (containers) => readContainers(account, containers),
          )
        : []),
      ...(await readReplication(session, context, item)),
      ...(await diagnose(session, context, item, 'classic Storage Analytics is not told here', PARTS)),
    ];
  });
}

/** https://learn.microsoft.com/rest/api/storagerp/storage-accounts/list */
export function showAccount(account: Tree): Item {
  const item = itemOf(account, 'object_store');
  const properties: Json | undefined = account['properties'];
  const { facts, relations } = encryption(keyOf(properties));
  const https = boolAt(properties, 'supportsHttpsTrafficOnly');
  const closed = network(properties);
  const isClosed =
    boolAt(properties, 'allowBlobPublicAccess') === false ||
    /^deny$/i.test(textAt(properties, 'networkAcls', 'defaultAction') ?? '');
  const tls = textAt(properties, 'minimumTlsVersion');
  return {
    ...item,
    // `location` is where the account was asked for; `primaryLocation` is where its data is.
    location: textAt(properties, 'primaryLocation') ?? textAt(account, 'location'),
    facts: {
      ...item.facts,
      ...facts,
      'encryption.in_transit': https === null ? unsaid('supportsHttpsTrafficOnly is not told') : known(https),
      ...(tls === null ? {} : { minimum_tls: known(tls) }),
      ...(isClosed ? { public: known(false) } : closed),
    },
    relations,
    copies: copiesOf(account),
  };
}

/** Null for a key of Microsoft's. A customer's key has an address; without one, its vault is not known. */
function keyOf(properties: Json | undefined): string | null {
  if (!/keyvault/i.test(textAt(properties, 'encryption', 'keySource') ?? '')) return null;
  return (
    textAt(properties, 'encryption', 'keyvaultproperties', 'keyvaulturi') ?? 'a key vault that is not named'
  );
}

/**
 * GRS, GZRS and their readable variants copy to the secondary location, which the account itself names. An account that
 * says one thing and names another is taken at its worse word; what does not say its redundancy may have a copy anywhere.
 */
function copiesOf(account: Tree): readonly Copy[] {
  const copy = { suffix: 'secondary', kind: 'replica', as: 'object_store' } as const;
  const secondary = textAt(account, 'properties', 'secondaryLocation');
  const sku = textAt(account, 'sku', 'name');
  if (secondary !== null) return [{ ...copy, location: secondary }];
  if (sku === null) return [{ ...copy, location: null, note: 'whether it is copied is not told' }];
  return /(^|_)(RA)?GZ?RS$/i.test(sku) ? [{ ...copy, location: { pair: true } }] : [];
}

/** A container may be open only where the account allows it; names of containers are not kept. */
function readContainers(account: Tree, containers: readonly Tree[]): Said {
  const open = containers.some((one) =>
    /^(blob|container)$/i.test(textAt(one, 'properties', 'publicAccess') ?? ''),
  );
  const isAllowed = boolAt(account, 'properties', 'allowBlobPublicAccess');
  const fact: Fact = !open
    ? known(false)
    : isAllowed === null
      ? unsaid('a container is open, and whether the account allows it is not told')
      : known(true);
  return { facts: { public: fact } };
}
