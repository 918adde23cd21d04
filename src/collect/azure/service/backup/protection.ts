import type { Tree } from '../../../../inventory/fact.ts';
import type { Observation } from '../../../../inventory/observation.ts';
import { kindOfType } from '../../../arm/kind.ts';
import { canonicalId, parseId } from '../../read/id.ts';
import { textAt, treesAt } from '../../read/json.ts';
import { askItems, listItems } from '../ask.ts';
import { encryption } from '../fact.ts';
import type { Copy, End, Item } from '../item.ts';
import { itemOf, observeItem } from '../item.ts';
import type { AzureService, AzureSession, ServiceContext } from '../service.ts';
import { action, listing } from '../service.ts';

const API = '2025-07-01';
const listVaults = listing(
  'Microsoft.DataProtection/backupVaults/read',
  API,
  'BackupVaults_GetInSubscription',
);
const listInstances = action(
  'Microsoft.DataProtection/backupVaults/backupInstances/read',
  API,
  'BackupInstances_List',
  { facts: ['relations.backup'] },
);

/** Backup vaults (of disks, blobs, PostgreSQL, clusters): their redundancy, and what is backed up into them. */
export const protectionService: AzureService = {
  name: 'data-protection',
  scope: 'subscription',
  calls: [listVaults, listInstances],
  read: readVaults,
};

async function* readVaults(session: AzureSession, context: ServiceContext): AsyncGenerator<Observation> {
  const path = `/subscriptions/${session.subscription}/providers/Microsoft.DataProtection/backupVaults`;
  yield* listItems(session, context, listVaults, path, async (vault, answer) => {
    const item = showVault(vault);
    return [
      ...observeItem(session, context, answer, item),
      ...(await askItems(
        session,
        context,
        item,
        listInstances,
        `${item.id}/backupInstances`,
        (instances) => ({
          ends: instances.flatMap((one) => sourceEnd(one, item.id)),
        }),
      )),
    ];
  });
}

export function showVault(vault: Tree): Item {
  const item = itemOf(vault, 'backup_vault');
  const { facts, relations } = encryption(
    textAt(vault, 'properties', 'securitySettings', 'encryptionSettings', 'keyVaultProperties', 'keyUri'),
  );
  const copy = { suffix: 'secondary', kind: 'replica', as: 'backup_vault' } as const;
  const types = treesAt(vault, 'properties', 'storageSettings').map((one) => textAt(one, 'type'));
  const copies: readonly Copy[] =
    types.length === 0 || types.includes(null)
      ? [{ ...copy, location: null, note: 'the redundancy of the vault is not told' }]
      : types.some((type) => /geo/i.test(type ?? ''))
        ? [{ ...copy, location: { pair: true } }]
        : [];
  return { ...item, facts: { ...item.facts, ...facts }, relations, copies };
}

function sourceEnd(instance: Tree, vault: string): readonly End[] {
  const id = textAt(instance, 'properties', 'dataSourceInfo', 'resourceID');
  if (id === null) return [];
  const source = canonicalId(id);
  return [
    {
      id: source,
      kind: kindOfType(parseId(source)?.type ?? '', null),
      relations: [{ kind: 'backup', to: vault }],
    },
  ];
}
