import type { Fact, Tree } from '../../../../inventory/fact.ts';
import type { Observation } from '../../../../inventory/observation.ts';
import { textAt } from '../../read/json.ts';
import { locationCode } from '../../read/location.ts';
import { listItems } from '../ask.ts';
import { absent, known, listFact, network, unsaid, vaultOfKey } from '../fact.ts';
import type { Item } from '../item.ts';
import { itemOf, observeItem } from '../item.ts';
import { diagnose, diagnosticCalls } from '../monitor/diagnostic.ts';
import type { AzureService, AzureSession, ServiceContext } from '../service.ts';
import { listing } from '../service.ts';

const listVaults = listing('Microsoft.KeyVault/vaults/read', '2025-05-01', 'Vaults_ListBySubscription');

/** Key vaults: stores know them by their address. Their keys are the customer's, in Microsoft's service. */
export const vaultService: AzureService = {
  name: 'key-vault',
  scope: 'subscription',
  calls: [listVaults, ...diagnosticCalls],
  read: readVaults,
};

async function* readVaults(session: AzureSession, context: ServiceContext): AsyncGenerator<Observation> {
  const path = `/subscriptions/${session.subscription}/providers/Microsoft.KeyVault/vaults`;
  yield* listItems(session, context, listVaults, path, async (vault, answer) => {
    const item = showVault(vault, session);
    return [
      ...observeItem(session, context, answer, item),
      ...(await diagnose(session, context, item, null)),
    ];
  });
}

/**
 * A vault is kept in the paired region too, whatever it is told, where its region has one.
 * https://learn.microsoft.com/azure/key-vault/general/disaster-recovery-guidance
 */
export function showVault(vault: Tree, session: Pick<AzureSession, 'pairOf' | 'provider'>): Item {
  const item = itemOf(vault, 'key');
  const region = locationCode(item.location ?? null);
  const pair = region === null ? null : session.pairOf(region);
  const replicas: Fact =
    region === null || session.provider === null
      ? unsaid('the pair of a region that is not known')
      : pair === null
        ? absent
        : known([{ provider: session.provider, region: pair.region }]);
  const uri = textAt(vault, 'properties', 'vaultUri');
  return {
    ...item,
    facts: {
      ...item.facts,
      ...network(vault['properties']),
      aliases: listFact(uri === null ? [] : [vaultOfKey(uri)]),
      'key_facts.manager': known('customer'),
      'key_facts.origin': absent,
      'key_facts.replicas': replicas,
    },
  };
}
