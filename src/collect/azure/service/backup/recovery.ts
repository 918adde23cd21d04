import type { Json, Tree } from '../../../../inventory/fact.ts';
import type { Observation } from '../../../../inventory/observation.ts';
import { kindOfType } from '../../../arm/kind.ts';
import { canonicalId, parseId } from '../../read/id.ts';
import { textAt } from '../../read/json.ts';
import type { Said } from '../ask.ts';
import { askItem, askItems, listItems } from '../ask.ts';
import { encryption, known } from '../fact.ts';
import type { Copy, End, Item } from '../item.ts';
import { itemOf, observeItem } from '../item.ts';
import type { AzureService, AzureSession, ServiceContext } from '../service.ts';
import { action, listing } from '../service.ts';

const API = '2025-02-01';
const listVaults = listing('Microsoft.RecoveryServices/vaults/read', API, 'Vaults_ListBySubscriptionId');
const getVault = action('Microsoft.RecoveryServices/vaults/read', API, 'Vaults_Get', {
  facts: ['relations.replica'],
});
const listProtected = action(
  'Microsoft.RecoveryServices/vaults/backupProtectedItems/read',
  API,
  'BackupProtectedItems_List',
  { facts: ['relations.backup'] },
);

/** Recovery Services vaults: their redundancy, whether the pair can be restored in, and what is backed up into them. */
export const recoveryService: AzureService = {
  name: 'recovery-services',
  scope: 'subscription',
  calls: [listVaults, getVault, listProtected],
  read: readVaults,
};

async function* readVaults(session: AzureSession, context: ServiceContext): AsyncGenerator<Observation> {
  const path = `/subscriptions/${session.subscription}/providers/Microsoft.RecoveryServices/vaults`;
  yield* listItems(session, context, listVaults, path, async (vault, answer) => {
    const item = showVault(vault);
    return [
      ...observeItem(session, context, answer, item),
      // Lists leave the redundancy out.
      ...(await askItem(session, context, item, getVault, item.id, readRedundancy)),
      ...(await askItems(
        session,
        context,
        item,
        listProtected,
        `${item.id}/backupProtectedItems`,
        (items) => ({
          ends: items.flatMap((one) => sourceEnd(one, item.id)),
        }),
      )),
    ];
  });
}

export function showVault(vault: Tree): Item {
  const item = itemOf(vault, 'backup_vault');
  const { facts, relations } = encryption(
    textAt(vault, 'properties', 'encryption', 'keyVaultProperties', 'keyUri'),
  );
  return { ...item, facts: { ...item.facts, ...facts }, relations };
}

/** https://learn.microsoft.com/azure/backup/backup-create-recovery-services-vault#set-storage-redundancy */
export function readRedundancy(response: Json | null): Said {
  const settings = response ?? undefined;
  const redundancy = textAt(settings, 'properties', 'redundancySettings', 'standardTierStorageRedundancy');
  const restore = textAt(settings, 'properties', 'redundancySettings', 'crossRegionRestore');
  const copy = { suffix: 'secondary', kind: 'replica', as: 'backup_vault' } as const;
  const copies: readonly Copy[] =
    redundancy === null
      ? [{ ...copy, location: null, note: 'the redundancy of the vault is not told' }]
      : /geo/i.test(redundancy)
        ? [{ ...copy, location: { pair: true } }]
        : [];
  return {
    facts: restore === null ? {} : { cross_region_restore: known(/^enabled$/i.test(restore)) },
    copies,
  };
}

/** What is backed up goes into the vault. */
export function sourceEnd(item: Tree, vault: string): readonly End[] {
  const id = textAt(item, 'properties', 'sourceResourceId');
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
