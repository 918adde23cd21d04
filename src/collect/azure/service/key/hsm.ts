import type { Tree } from '../../../../inventory/fact.ts';
import type { Observation } from '../../../../inventory/observation.ts';
import { textAt, treesAt } from '../../read/json.ts';
import { locationCode } from '../../read/location.ts';
import { askItems, listItems } from '../ask.ts';
import { absent, known, listFact, network, vaultOfKey } from '../fact.ts';
import type { Item } from '../item.ts';
import { itemOf, observeItem } from '../item.ts';
import { diagnose, diagnosticCalls } from '../monitor/diagnostic.ts';
import type { AzureService, AzureSession, ServiceContext } from '../service.ts';
import { action, listing } from '../service.ts';

const API = '2025-05-01';
const listHsms = listing('Microsoft.KeyVault/managedHSMs/read', API, 'ManagedHsms_ListBySubscription');
const listRegions = action('Microsoft.KeyVault/managedHSMs/regions/read', API, 'MhsmRegions_ListByResource', {
  facts: ['key_facts.replicas'],
});

/** Managed HSMs, and the regions that each was extended to: all of its keys are in each of them. */
export const hsmService: AzureService = {
  name: 'managed-hsm',
  scope: 'subscription',
  calls: [listHsms, listRegions, ...diagnosticCalls],
  read: readHsms,
};

async function* readHsms(session: AzureSession, context: ServiceContext): AsyncGenerator<Observation> {
  const path = `/subscriptions/${session.subscription}/providers/Microsoft.KeyVault/managedHSMs`;
  yield* listItems(session, context, listHsms, path, async (hsm, answer) => {
    const item = showHsm(hsm);
    return [
      ...observeItem(session, context, answer, item),
      ...(await askItems(session, context, item, listRegions, `${item.id}/regions`, (regions) => {
        const all = [...regions, ...treesAt(hsm, 'properties', 'regions')].map(
          (one) => locationCode(textAt(one, 'name')) ?? '',
        );
        const own = locationCode(item.location ?? null);
        const others = [...new Set(all)].filter((code) => code !== own).toSorted((a, b) => (a < b ? -1 : 1));
        const places = others.map((region) =>
          region === '' || session.provider === null ? 'unknown' : { provider: session.provider, region },
        );
        return { facts: { 'key_facts.replicas': places.length === 0 ? absent : known(places) } };
      })),
      ...(await diagnose(session, context, item, null)),
    ];
  });
}

export function showHsm(hsm: Tree): Item {
  const item = itemOf(hsm, 'key');
  const uri = textAt(hsm, 'properties', 'hsmUri');
  return {
    ...item,
    facts: {
      ...item.facts,
      ...network(hsm['properties']),
      aliases: listFact(uri === null ? [] : [vaultOfKey(uri)]),
      'key_facts.manager': known('customer'),
      'key_facts.origin': absent,
    },
  };
}
