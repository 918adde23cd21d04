import type { Fact } from '../../inventory/fact.ts';
import type { AssetKind, RelationKind } from '../../inventory/observation.ts';
import { at, items, Open, textOf, type Value } from '../code/value.ts';
import { sourcesOf } from './describe/database.ts';
import type { Around, Resource } from './describe/description.ts';
import { selectedBy } from './selection.ts';

/** What one resource says of how data gets from a second to a third. */
export interface Flow {
  readonly kind: RelationKind;
  readonly from: Value;
  /** What the first end is, where it is outside the template. */
  readonly as: AssetKind;
  readonly to: Resource | Outside;
}

/** An end that is not in the template. */
interface Outside {
  readonly value: Value;
  readonly as: AssetKind;
}

/** The flows that end at a resource, as that resource or a third one says. */
export function flowsOf(
  resource: Resource,
  around: Around,
  tagsOf: (resource: Resource) => Fact,
): readonly Flow[] {
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
      const stores = selectedBy(properties, around, tagsOf).map(
        ({ logical }) => new Open('selected', { refs: [logical] }),
      );
      const named = items(at(properties, 'BackupSelection', 'Resources')).filter(
        (one) => typeof one === 'string' && !one.includes('*'),
      );
      return vaultsOf(at(properties, 'BackupPlanId'), around).flatMap((to) =>
        [...stores, ...named].map((one): Flow => ({ kind: 'backup', as: 'other', from: one, to })),
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

/**
 * Where a plan puts what it takes: the vaults of its rules, which lead on to those of their copies; of a vault that is
 * not in the template, the copies as well. A plan that is not in it has vaults that nobody tells.
 */
function vaultsOf(id: Value, around: Around): readonly (Resource | Outside)[] {
  const plans = around.meant(id);
  const beyond = (value: Value): Outside => ({ value, as: 'backup_vault' });
  if (plans.length === 0)
    return [beyond(id instanceof Open ? id : new Open(`the vaults of plan ${textOf(id) ?? '?'}`))];
  return plans
    .flatMap((plan) => items(at(plan.properties, 'BackupPlan', 'BackupPlanRule')))
    .flatMap((rule): readonly (Resource | Outside)[] => {
      const vault = at(rule, 'TargetBackupVault');
      const here = around.meant(vault);
      if (here.length > 0) return here;
      const copies = items(at(rule, 'CopyActions')).map((one) => at(one, 'DestinationBackupVaultArn'));
      return [vault, ...copies].map(beyond);
    });
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
