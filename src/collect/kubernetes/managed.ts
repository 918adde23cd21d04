import type { AssetKind } from '../../inventory/observation.ts';
import { type Facts, known, unsaid } from '../code/fact.ts';
import { at, textOf, type ValueTree } from '../code/value.ts';

/** What an object asks a cloud for: it is not in the cluster. */
export interface Managed {
  readonly provider: string | null;
  readonly kind: AssetKind;
  readonly facts: Facts;
}

/** Groups of operators that make resources of clouds: Crossplane, and the clouds' own. */
const GROUPS: readonly (readonly [group: RegExp, provider: string])[] = [
  [/\.services\.k8s\.aws$|(?:^|\.)aws\.(?:m\.)?(?:upbound|crossplane)\.io$/, 'aws'],
  [/(?:^|\.)azure\.(?:m\.)?(?:upbound|crossplane)\.io$|(?:^|\.)azure\.com$/, 'azure'],
  [/(?:^|\.)gcp\.(?:m\.)?(?:upbound|crossplane)\.io$|\.cnrm\.cloud\.google\.com$/, 'gcp'],
];

const KINDS: readonly (readonly [kind: RegExp, is: AssetKind])[] = [
  [/^(?:Bucket|StorageBucket|StorageAccount|Account)$/, 'object_store'],
  [
    /^(?:DBInstance|DBCluster|Instance|Cluster|Table|SQLInstance|DatabaseInstance|FlexibleServer|DatabaseAccount|MSSQLDatabase|BigtableInstance|SpannerInstance)$/,
    'database',
  ],
  [/^(?:FileSystem|FilestoreInstance)$/, 'file_share'],
  [/^(?:Volume|EBSVolume|Disk|ComputeDisk|ManagedDisk)$/, 'block_volume'],
  [/^(?:Queue|Topic|PubSubTopic|ServiceBusNamespace)$/, 'queue'],
  [/^(?:ReplicationGroup|CacheCluster|RedisCache|RedisInstance|Redis)$/, 'cache'],
  [/^(?:Domain)$/, 'search_index'],
  [/^(?:BigQueryDataset|Dataset)$/, 'analytics'],
];

/** Groups in which `Instance`, `Cluster` and `Domain` are no stores. */
const SERVERS = /^(?:ec2|eks|ecs|compute|container|containerservice)\./;

/** Null for what is an object of the cluster. Where a resource of a cloud does not say where it is, nobody can. */
export function managedBy(tree: ValueTree, kind: string): Managed | null {
  const group = (textOf(tree['apiVersion']) ?? '').split('/')[0] ?? '';
  const provider = GROUPS.find(([pattern]) => pattern.test(group))?.[1];
  if (provider === undefined) return null;
  const found = KINDS.find(([pattern]) => pattern.test(kind))?.[1] ?? 'other';
  const code = [
    at(tree, 'spec', 'forProvider', 'region'),
    at(tree, 'spec', 'forProvider', 'location'),
    at(tree, 'spec', 'forProvider', 'availabilityZone'),
    at(tree, 'spec', 'location'),
    at(tree, 'spec', 'region'),
    at(tree, 'spec', 'availabilityZone'),
    at(tree, 'metadata', 'annotations', 'services.k8s.aws/region'),
  ]
    .map(textOf)
    .find((one) => one !== null);
  return {
    provider,
    kind: SERVERS.test(group) && (found === 'database' || found === 'search_index') ? 'other' : found,
    facts: {
      'place.region':
        code === undefined
          ? unsaid('it is made outside the cluster, and does not say where: its operator’s default decides')
          : known(code),
    },
  };
}

/** Where backups of the whole cluster are kept: at the address that is set, else in the cloud’s own store. */
export function backupPlace(tree: ValueTree): Managed | null {
  const config = at(tree, 'spec', 'config');
  const cloud = textOf(at(tree, 'spec', 'provider'))?.replace(/^velero\.io\//, '');
  if (cloud !== 'aws' || textOf(at(config, 's3Url')) !== null) return null;
  const region = textOf(at(config, 'region'));
  return region === null
    ? null
    : { provider: 'aws', kind: 'backup_vault', facts: { 'place.region': known(region) } };
}
