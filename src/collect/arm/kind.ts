import type { AssetKind } from '../../inventory/observation.ts';
import { textOf } from '../code/value.ts';
import type { Resource } from './resource.ts';

/** By type, in lower case. Types that are not here are of kind `other`. */
const kinds: { readonly [type: string]: AssetKind } = {
  'microsoft.storage/storageaccounts': 'object_store',
  'microsoft.storage/storageaccounts/fileservices/shares': 'file_share',
  'microsoft.netapp/netappaccounts/capacitypools/volumes': 'file_share',
  'microsoft.sql/servers/databases': 'database',
  'microsoft.sql/managedinstances': 'database',
  'microsoft.dbforpostgresql/flexibleservers': 'database',
  'microsoft.dbforpostgresql/servers': 'database',
  'microsoft.dbforpostgresql/servergroupsv2': 'database',
  'microsoft.dbformysql/flexibleservers': 'database',
  'microsoft.dbformysql/servers': 'database',
  'microsoft.dbformariadb/servers': 'database',
  'microsoft.documentdb/databaseaccounts': 'database',
  'microsoft.documentdb/mongoclusters': 'database',
  'microsoft.documentdb/cassandraclusters': 'database',
  'microsoft.cache/redis': 'cache',
  'microsoft.cache/redisenterprise': 'cache',
  'microsoft.keyvault/vaults': 'key',
  'microsoft.keyvault/managedhsms': 'key',
  'microsoft.keyvault/vaults/keys': 'key',
  'microsoft.recoveryservices/vaults': 'backup_vault',
  'microsoft.dataprotection/backupvaults': 'backup_vault',
  'microsoft.compute/disks': 'block_volume',
  'microsoft.compute/snapshots': 'snapshot',
  'microsoft.compute/galleries/images/versions': 'snapshot',
  'microsoft.compute/virtualmachines': 'server',
  'microsoft.compute/virtualmachinescalesets': 'server',
  'microsoft.containerservice/managedclusters': 'cluster',
  'microsoft.app/containerapps': 'container_service',
  'microsoft.containerinstance/containergroups': 'container_service',
  'microsoft.web/sites': 'container_service',
  'microsoft.web/staticsites': 'container_service',
  'microsoft.containerregistry/registries': 'object_store',
  'microsoft.operationalinsights/workspaces': 'log_store',
  'microsoft.insights/components': 'monitoring',
  'microsoft.servicebus/namespaces': 'queue',
  'microsoft.eventhub/namespaces': 'stream',
  'microsoft.eventgrid/topics': 'queue',
  'microsoft.search/searchservices': 'search_index',
  'microsoft.cognitiveservices/accounts': 'ai_service',
  'microsoft.cognitiveservices/accounts/deployments': 'ai_service',
  'microsoft.machinelearningservices/workspaces': 'ai_service',
  'microsoft.synapse/workspaces': 'analytics',
  'microsoft.databricks/workspaces': 'analytics',
  'microsoft.kusto/clusters': 'analytics',
  'microsoft.datafactory/factories': 'analytics',
  'microsoft.cdn/profiles': 'cdn',
  'microsoft.network/frontdoors': 'cdn',
  'microsoft.network/dnszones': 'dns',
  'microsoft.network/privatednszones': 'dns',
  'microsoft.network/applicationgateways': 'load_balancer',
  'microsoft.network/loadbalancers': 'load_balancer',
  'microsoft.network/trafficmanagerprofiles': 'dns',
  'microsoft.apimanagement/service': 'endpoint',
  'microsoft.communication/emailservices': 'email',
  'microsoft.communication/communicationservices': 'email',
  'microsoft.azureactivedirectory/b2cdirectories': 'identity_directory',
  'microsoft.aad/domainservices': 'identity_directory',
};

export function kindOf({ type, body }: Resource): AssetKind {
  return kindOfType(type, textOf(body['kind']));
}

/** A function app is a site of a kind of its own. */
export function kindOfType(type: string, kind: string | null): AssetKind {
  const name = type.toLowerCase();
  if (name === 'microsoft.web/sites' && /functionapp/i.test(kind ?? '')) return 'function';
  return (Object.hasOwn(kinds, name) ? kinds[name] : undefined) ?? 'other';
}

const EDGE = /^microsoft\.(cdn|network\/frontdoors)/i;
const GLOBAL =
  /^microsoft\.(authorization|management|network\/(dnszones|privatednszones|trafficmanagerprofiles)|azureactivedirectory)/i;

/** The catalog's code for what is in no location of its own; null for the rest. */
export function globalCode(type: string): string | null {
  return EDGE.test(type) ? 'edge' : GLOBAL.test(type) ? 'global' : null;
}
