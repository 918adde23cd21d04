/** How the resources of one Terraform provider are placed. */
export interface Family {
  /** Key of the catalog; null for what runs nowhere by itself, or wherever an address says. */
  readonly provider: string | null;
  /** Attributes of a resource that say where it is, the surest first. */
  readonly own: readonly string[];
  /** Settings of the provider that say it for resources that do not. */
  readonly inherited: readonly string[];
  /** Attributes that name the resource whose place it shares. */
  readonly within: Parents;
  /** Attributes that hold its tags. */
  readonly tags: readonly string[];
}

/** The attributes that name what a resource is a part of, for the types of which that is true. */
type Parents = readonly (readonly [types: RegExp, attributes: readonly string[]])[];

const azureParents: Parents = [
  [/^azurerm_storage_/, ['storage_account_id', 'storage_account_name', 'storage_container_id']],
  [
    /^azurerm_(mssql|sql|postgresql|mysql|mariadb)_/,
    ['server_id', 'server_name', 'mssql_server_id', 'managed_instance_id'],
  ],
  [
    /^azurerm_(eventhub|servicebus|relay|notification_hub)_?/,
    ['namespace_id', 'namespace_name', 'eventhub_name', 'topic_id'],
  ],
  [/^azurerm_key_vault_/, ['key_vault_id', 'managed_hsm_id']],
  [/^azurerm_(backup|site_recovery|data_protection)_/, ['recovery_vault_name', 'vault_id']],
  [
    /^azurerm_(log_analytics|synapse|machine_learning)_/,
    ['workspace_id', 'synapse_workspace_id', 'machine_learning_workspace_id'],
  ],
  [/^azurerm_cosmosdb_/, ['cosmosdb_account_id', 'account_name', 'account_id']],
  [/^azurerm_cognitive_/, ['cognitive_account_id']],
  [/^azurerm_(kusto|hdinsight|redis_enterprise)_/, ['cluster_id', 'cluster_name']],
  [/^azurerm_kubernetes_/, ['kubernetes_cluster_id']],
  [
    /^azurerm_container_/,
    ['container_app_environment_id', 'container_registry_id', 'container_registry_name'],
  ],
  [/^azurerm_api_management_/, ['api_management_id', 'api_management_name']],
  [/^azurerm_subnet/, ['virtual_network_id', 'virtual_network_name', 'subnet_id']],
  [/^azurerm_virtual_machine_/, ['virtual_machine_id']],
  [/^azurerm_data_factory_/, ['data_factory_id']],
  [
    /^azurerm_(app_service|web_app|function_app|linux|windows)_/,
    ['app_service_id', 'function_app_id', 'web_app_id'],
  ],
];

const googleParents: Parents = [
  [/^google_(sql|spanner|bigtable|alloydb)_/, ['instance', 'cluster']],
  [/^google_bigquery_/, ['dataset_id']],
  [/^google_kms_/, ['key_ring', 'crypto_key']],
  [/^google_storage_/, ['bucket']],
  [/^google_(container|dataproc)_/, ['cluster']],
  [/^google_pubsub_/, ['topic']],
];

/** By the first word of the type. */
export const families: { readonly [prefix: string]: Family } = {
  aws: { provider: 'aws', own: ['region'], inherited: ['region'], within: [], tags: ['tags'] },
  awscc: { provider: 'aws', own: [], inherited: ['region'], within: [], tags: ['tags'] },
  azurerm: { provider: 'azure', own: ['location'], inherited: [], within: azureParents, tags: ['tags'] },
  azapi: {
    provider: 'azure',
    own: ['location'],
    inherited: [],
    within: [[/./, ['parent_id']]],
    tags: ['tags'],
  },
  google: {
    provider: 'gcp',
    own: ['location', 'region', 'zone', 'location_id', 'locations.0'],
    inherited: ['region', 'zone'],
    within: googleParents,
    tags: ['labels', 'user_labels', 'settings.0.user_labels', 'resource_labels'],
  },
  scaleway: {
    provider: 'scaleway',
    own: ['region', 'zone'],
    inherited: ['region', 'zone'],
    within: [],
    tags: ['tags'],
  },
  ovh: {
    provider: 'ovhcloud',
    own: ['region', 'region_name', 'nodes.0.region', 'availability_zone'],
    inherited: [],
    within: [[/./, ['kube_id', 'cluster_id', 'instance_id', 'volume_id']]],
    tags: ['tags'],
  },
  outscale: {
    provider: 'outscale',
    own: ['subregion_name', 'placement_subregion_name', 'subregion_names.0'],
    inherited: ['region', 'api.0.region'],
    within: [],
    tags: ['tags'],
  },
  openstack: {
    provider: null,
    own: ['region'],
    inherited: ['region'],
    within: [],
    tags: ['tags', 'metadata'],
  },
  hcloud: {
    provider: 'hetzner',
    own: ['location', 'datacenter', 'home_location'],
    inherited: [],
    within: [[/./, ['server_id']]],
    tags: ['labels'],
  },
  exoscale: {
    provider: 'exoscale',
    own: ['zone'],
    inherited: [],
    within: [[/./, ['cluster_id']]],
    tags: ['labels'],
  },
  ibm: {
    provider: 'ibm',
    own: ['location', 'region_location', 'cross_region_location', 'region', 'zone'],
    inherited: ['region'],
    within: [[/./, ['bucket_crn']]],
    tags: ['tags'],
  },
  oci: { provider: 'oracle', own: [], inherited: ['region'], within: [], tags: ['freeform_tags'] },
  ionoscloud: {
    provider: 'ionos',
    own: ['location'],
    inherited: [],
    within: [[/./, ['datacenter_id']]],
    tags: ['labels'],
  },
  clevercloud: { provider: 'clever-cloud', own: ['region'], inherited: [], within: [], tags: [] },
  scalingo: { provider: 'scalingo', own: ['region'], inherited: ['region'], within: [], tags: [] },
  alicloud: { provider: 'alibaba', own: [], inherited: ['region'], within: [], tags: ['tags'] },
  tencentcloud: { provider: 'tencent', own: ['region'], inherited: ['region'], within: [], tags: ['tags'] },
  cloudflare: { provider: 'cloudflare', own: ['location'], inherited: [], within: [], tags: [] },
};

export function familyOf(type: string): Family | null {
  const prefix = type.slice(0, Math.max(0, type.indexOf('_')));
  return Object.hasOwn(families, prefix) ? (families[prefix] ?? null) : null;
}

/** The attributes that may name what a resource of this type is a part of. */
export function parentsOf(type: string): readonly string[] {
  return (familyOf(type)?.within ?? []).flatMap(([types, attributes]) =>
    types.test(type) ? attributes : [],
  );
}
