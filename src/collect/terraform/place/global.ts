/**
 * Types that are in no region of their own, with the catalog's code for where they are: `edge` for what is served from
 * many countries, `aws-global` and `global` for what a provider runs as one for the whole world.
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs/guides/enhanced-region-support
 */
const GLOBAL: readonly (readonly [pattern: RegExp, code: string])[] = [
  [/^aws_(cloudfront(keyvaluestore)?|globalaccelerator|route53|route53domains)_/, 'edge'],
  [
    /^aws_(account|billing|bcmdataexports|budgets|ce|costoptimizationhub|cur|iam|rolesanywhere|networkmanager|organizations|route53recoverycontrolconfig|route53recoveryreadiness|shield|notifications|notificationscontacts|waf)_/,
    'aws-global',
  ],
  [
    /^aws_(backup_global_settings|chimesdkvoice_global_settings|cloudtrail_organization_delegated_admin_account|dx_gateway|fms_admin_account|vpc_ipam_organization_admin_account|quicksight_account_settings|ram_sharing_with_organization|s3_account_public_access_block|servicecatalog_organizations_access)$/,
    'aws-global',
  ],
  [/^azurerm_(cdn|frontdoor)_?/, 'edge'],
  [
    /^azurerm_(dns|private_dns|traffic_manager|role|policy|management_group|subscription|resource_provider|pim)_/,
    'global',
  ],
  [/^scaleway_edge_services_/, 'edge'],
];

/** Regional resources of services whose others are global. */
const REGIONAL = /^aws_(route53_resolver_|waf(regional|v2)_|account_region$)|^azurerm_private_dns_resolver/;

export function globalCode(type: string): string | null {
  if (REGIONAL.test(type)) return null;
  return GLOBAL.find(([pattern]) => pattern.test(type))?.[1] ?? null;
}

/** Types whose `region` is not where they are but what they are about, in one version of the provider or another. */
const OTHER_REGION = new Set([
  'aws_cloudformation_stack_set_instance',
  'aws_cloudformation_stack_instances',
  'aws_config_aggregate_authorization',
  'aws_dx_hosted_connection',
  'aws_servicequotas_template',
  'aws_ssmincidents_replication_set',
  'aws_account_region',
  'aws_elastic_beanstalk_hosted_zone',
]);

export function hasOtherRegion(type: string): boolean {
  return OTHER_REGION.has(type);
}
