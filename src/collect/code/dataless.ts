import type { AssetKind } from '../../inventory/observation.ts';

/** Access, networks and settings: what holds, moves and works on no data, however it is tagged. */
const TERRAFORM = new RegExp(
  `^(?:${[
    'aws_(?:iam_|security_group|vpc|subnet|route(?:_|$)|default_|network_(?:acl|interface)|internet_gateway|egress_only|nat_gateway|eip|lb_|alb_|launch_|autoscaling_|placement_group|key_pair|acm_|acmpca_|wafv?2?_|wafregional_|appautoscaling_|cloudwatch_(?:metric_|composite_|dashboard|event_(?:rule|target|permission))|lambda_(?:permission|alias|event_source_mapping)|ecs_(?:task_definition|cluster_capacity|capacity)|db_(?:subnet|parameter|option|security)_|(?:rds|docdb|neptune)_cluster_parameter|(?:elasticache|redshift|dax|memorydb|neptune|docdb)_(?:subnet|parameter)_|kms_(?:alias|grant|key_policy)|service_discovery_|budgets_|resourcegroups_|ram_|ec2_(?:transit|managed_prefix|tag|client_vpn)|customer_gateway|vpn_)',
    'azurerm_(?:resource_group|virtual_network|subnet|network_|public_ip|nat_gateway|route|role_|user_assigned_identity|management_|private_(?:endpoint|dns|link)|application_security_group|availability_set|policy_|service_plan|app_service_plan|monitor_(?:action|metric_alert|activity_log_alert|autoscale))',
    'google_(?:compute_(?:network|subnetwork|firewall|router|route|address|global_|health_check|security_policy|vpn|forwarding)|service_account|project(?:_|$)|folder|organization|iam_|tags_|.*_iam_(?:member|binding|policy))',
    '(?:scaleway|ovh|outscale)_(?:iam_|vpc|security_group|subnet|net(?:_|$)|route|lb_ip|instance_(?:ip|security_group)|public_ip|internet_service|nat_service|keypair|account_ssh|domain_)',
    '(?:random|null|time|tls|local|terraform)_',
  ].join('|')})`,
);

const CLOUDFORMATION =
  /^AWS::(?:IAM|WAFv2|WAF|WAFRegional|CertificateManager|ApplicationAutoScaling|AutoScaling|ServiceDiscovery|Budgets|RAM|ResourceGroups|SSO|RolesAnywhere)::|^AWS::(?:EC2::(?:SecurityGroup|VPC|Subnet|Route|NetworkAcl|NetworkInterface|InternetGateway|EgressOnly|NatGateway|EIP|LaunchTemplate|PlacementGroup|KeyPair|Transit|VPN|CustomerGateway|DHCPOptions|PrefixList)|ElasticLoadBalancingV2::(?:Listener|TargetGroup)|Lambda::(?:Permission|Alias|Version|EventSourceMapping)|Events::Rule|CloudWatch::(?:Alarm|CompositeAlarm|Dashboard)|ECS::(?:TaskDefinition|CapacityProvider)|KMS::Alias|RDS::(?:DBSubnetGroup|DBParameterGroup|DBClusterParameterGroup|OptionGroup)|ElastiCache::(?:SubnetGroup|ParameterGroup))/;

const ARM =
  /^Microsoft\.(?:Authorization|ManagedIdentity|Network\/(?:virtualNetworks|networkSecurityGroups|publicIPAddresses|natGateways|routeTables|networkInterfaces|private(?:Endpoints|DnsZones))|Resources|Web\/serverfarms|Insights\/(?:actionGroups|metricAlerts|activityLogAlerts|autoscalesettings))(?:\/|$)/i;

/** Types of Terraform's providers, of CloudFormation and of Resource Manager, told apart by how they are written. */
export function isDataless(type: string, kind: AssetKind): boolean {
  // What has a kind of its own has it for what it does with data.
  if (kind !== 'other') return false;
  return type.includes('::')
    ? CLOUDFORMATION.test(type)
    : type.includes('/')
      ? ARM.test(type)
      : TERRAFORM.test(type);
}
