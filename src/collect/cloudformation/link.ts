import type { AssetKind, RelationKind } from '../../inventory/observation.ts';
import { at, items, Open, type Value } from '../code/value.ts';
import { sourcesOf } from './describe/database.ts';
import type { Around, Resource } from './describe/description.ts';
import { selected } from './describe/other.ts';

/** What one resource says of how data gets from a second to a third. */
export interface Flow {
  readonly kind: RelationKind;
  readonly from: Value;
  /** What the first end is, where it is outside the template. */
  readonly as: AssetKind;
  readonly to: Resource;
}

/** The flows that end at a resource, as that resource or a third one says. */
export function flowsOf(resource: Resource, around: Around): readonly Flow[] {
  const { type, properties } = resource;
  const from = (
    kind: RelationKind,
    as: AssetKind,
    values: readonly Value[],
    to: Resource = resource,
  ): Flow[] => values.filter((value) => value !== undefined).map((value) => ({ kind, as, from: value, to }));
  switch (type) {
    case 'AWS::RDS::DBInstance':
    case 'AWS::RDS::DBCluster':
    case 'AWS::Neptune::DBCluster':
    case 'AWS::DocDB::DBCluster':
      return [...from('replica', 'database', sourcesOf(properties)), ...globalMembers(resource, around)];
    case 'AWS::KMS::ReplicaKey':
      return from('replica', 'key', [at(properties, 'PrimaryKeyArn')]);
    case 'AWS::CloudFront::Distribution':
      return from(
        'origin',
        'other',
        items(at(properties, 'DistributionConfig', 'Origins')).map((one) => at(one, 'DomainName')),
      );
    case 'AWS::S3::AccessPoint':
      return from('access_point', 'object_store', [at(properties, 'Bucket')]);
    case 'AWS::S3::MultiRegionAccessPoint':
      return from(
        'access_point',
        'object_store',
        items(at(properties, 'Regions')).map((one) => at(one, 'Bucket')),
      );
    case 'AWS::Backup::BackupSelection': {
      const plans = around.meant(at(properties, 'BackupPlanId'));
      const vaults = plans
        .flatMap((plan) => items(at(plan.properties, 'BackupPlan', 'BackupPlanRule')))
        .flatMap((rule) => around.meant(at(rule, 'TargetBackupVault')));
      const stores = selected(properties).flatMap((name) => around.resources.get(name) ?? []);
      const named = items(at(properties, 'BackupSelection', 'Resources')).filter(
        (one) => typeof one === 'string' && !one.includes('*'),
      );
      return vaults.flatMap((vault) =>
        from(
          'backup',
          'other',
          [...stores.map(({ logical }) => new Open('selected', { refs: [logical] })), ...named],
          vault,
        ),
      );
    }
    case 'AWS::Logs::SubscriptionFilter': {
      const group = at(properties, 'LogGroupName');
      return around
        .meant(at(properties, 'DestinationArn'))
        .flatMap((target) => from('log', 'log_store', [group], target));
    }
    default:
      return [];
  }
}

/** A cluster that joins a global one has what the cluster has that the global one was made of. */
function globalMembers(resource: Resource, around: Around): readonly Flow[] {
  const name = at(resource.properties, 'GlobalClusterIdentifier');
  const flows = around.meant(name).flatMap(({ type, properties }): Flow[] => {
    const source = type.endsWith('::GlobalCluster') ? at(properties, 'SourceDBClusterIdentifier') : undefined;
    return source === undefined ? [] : [{ kind: 'replica', as: 'database', from: source, to: resource }];
  });
  return flows;
}
