import type { Fact, Json, Tree } from '../../../../inventory/fact.ts';
import type { Observation } from '../../../../inventory/observation.ts';
import { canonicalId, nameOfId } from '../../read/id.ts';
import { textAt } from '../../read/json.ts';
import { locationCode } from '../../read/location.ts';
import { askItems, listItems } from '../ask.ts';
import { encryption, known, network, placeFacts, unsaid } from '../fact.ts';
import type { End, Item } from '../item.ts';
import { itemOf, observeItem } from '../item.ts';
import { diagnose, diagnosticCalls } from '../monitor/diagnostic.ts';
import type { AzureService, AzureSession, ServiceContext } from '../service.ts';
import { action, listing } from '../service.ts';

const API = '2025-06-01';
const listAccounts = listing('Microsoft.CognitiveServices/accounts/read', API, 'Accounts_List');
const listDeployments = action(
  'Microsoft.CognitiveServices/accounts/deployments/read',
  API,
  'Deployments_List',
  {
    facts: ['relations'],
    none: ['OperationNotSupported', 'UnsupportedAccountKind'],
  },
);

/** AI services: accounts, and where each deployment of a model may process what it is sent. */
export const cognitiveService: AzureService = {
  name: 'ai',
  scope: 'subscription',
  calls: [listAccounts, listDeployments, ...diagnosticCalls],
  read: readAccounts,
};

async function* readAccounts(session: AzureSession, context: ServiceContext): AsyncGenerator<Observation> {
  const path = `/subscriptions/${session.subscription}/providers/Microsoft.CognitiveServices/accounts`;
  yield* listItems(session, context, listAccounts, path, async (account, answer) => {
    const item = showAccount(account);
    return [
      ...observeItem(session, context, answer, item),
      ...(await askItems(session, context, item, listDeployments, `${item.id}/deployments`, (deployments) => {
        const ends = deployments.map((deployment) => deploymentEnd(deployment, item));
        return { relations: ends.map(({ id }) => ({ kind: 'access_point', to: id })), ends };
      })),
      ...(await diagnose(session, context, item, null)),
    ];
  });
}

export function showAccount(account: Tree): Item {
  const item = itemOf(account, 'ai_service');
  const properties: Json | undefined = account['properties'];
  const isOwnKey = /keyvault/i.test(textAt(properties, 'encryption', 'keySource') ?? '');
  const key = textAt(properties, 'encryption', 'keyVaultProperties', 'keyVaultUri');
  const { facts, relations } = encryption(isOwnKey ? (key ?? 'a key vault that is not named') : null);
  return {
    ...item,
    facts: { ...item.facts, ...facts, 'encryption.in_transit': known(true), ...network(properties) },
    relations,
  };
}

/** What is sent to the account is processed by its deployments, each as its SKU says. */
export function deploymentEnd(deployment: Tree, account: Pick<Item, 'id' | 'location' | 'name'>): End {
  const named = textAt(deployment, 'id');
  const name = textAt(deployment, 'name') ?? nameOfId(named ?? 'deployment');
  return {
    id: named === null ? `${account.id}/deployments/${name.toLowerCase()}` : canonicalId(named),
    kind: 'ai_service',
    name: `${account.name}/${name}`,
    facts: placeOfDeployment(textAt(deployment, 'sku', 'name'), account.location ?? null),
  };
}

/** Regions of the data zone of the Union, and of that of the United States: those where its deployments may be made. */
const UNION =
  /^(austria|belgium|denmark|finland|france|germany|greece|italy|poland|spain|sweden)|^(northeurope|westeurope)$/;
const UNITED_STATES = /^(east|west|central|northcentral|southcentral|westcentral)us\d?$/;

/**
 * « Global » deployments process anywhere, those of a data zone in any country of it: the catalog has both as places. What
 * is kept stays in the account's own region. https://learn.microsoft.com/azure/ai-services/openai/how-to/deployment-types
 */
export function placeOfDeployment(
  sku: string | null,
  location: string | null,
): { readonly [name: string]: Fact } {
  const steps = { 'place.derivation': known([`deployment type ${sku ?? 'not told'}`]) };
  const region = locationCode(location);
  if (sku === null) return { 'place.region': unsaid('the deployment does not say its type') };
  if (/global|developer/i.test(sku)) return { ...steps, 'place.region': known('global') };
  if (/datazone/i.test(sku)) {
    const zone = UNION.test(region ?? '')
      ? 'datazone-eu'
      : UNITED_STATES.test(region ?? '')
        ? 'datazone-us'
        : null;
    return zone === null
      ? {
          ...steps,
          'place.region': unsaid(`the data zone of ${region ?? 'an account whose region is not known'}`),
        }
      : { ...steps, 'place.region': known(zone) };
  }
  // A type that nobody here knows may process anywhere.
  return /^(standard|provisionedmanaged|provisioned)$/i.test(sku)
    ? { ...steps, ...placeFacts(location) }
    : { ...steps, 'place.region': unsaid(`deployment type ${sku} is not known`) };
}
