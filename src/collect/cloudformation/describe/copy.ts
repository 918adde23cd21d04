import { isSelected } from '../../code/backup-selection.ts';
import { at, items, textOf, type Value } from '../../code/value.ts';
import { type Around, type Copy, type Describe, type Resource, tie } from './description.ts';

const copyTo = (kind: Copy['kind'], as: Copy['as'], region: Value): readonly Copy[] =>
  region === undefined || region === '' ? [] : [{ kind, as, region }];

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-efs-filesystem-replicationdestination.html */
export const describeFileSystem: Describe = ({ properties }) => {
  const destinations = items(at(properties, 'ReplicationConfiguration', 'Destinations'));
  const isNamed = (one: Value): boolean =>
    at(one, 'FileSystemId') !== undefined && at(one, 'Region') === undefined;
  return {
    ties: destinations
      .filter(isNamed)
      .flatMap((one) => tie('replica', 'file_share', at(one, 'FileSystemId'))),
    copies: destinations
      .filter((one) => !isNamed(one))
      .flatMap((one) =>
        copyTo('replica', 'file_share', at(one, 'Region') ?? at(one, 'AvailabilityZoneName')),
      ),
  };
};

/** Backups that RDS copies to another region by itself. */
export const automaticBackups = (properties: Value): readonly Copy[] =>
  copyTo('backup', 'snapshot', at(properties, 'AutomaticBackupReplicationRegion'));

export const describeWarehouse: Describe = ({ properties }) => ({
  copies: copyTo('snapshot', 'snapshot', at(properties, 'DestinationRegion')),
});

export const describeDistributed: Describe = ({ properties }) => ({
  ties: items(at(properties, 'MultiRegionProperties', 'Clusters')).flatMap((one) =>
    tie('replica', 'database', one),
  ),
});

/** The other members of a global datastore, which are in regions of their own. */
export const describeReplicationGroup: Describe = (resource, around) => ({
  copies: ofType(around, 'AWS::ElastiCache::GlobalReplicationGroup').flatMap(({ properties }) => {
    const members = items(at(properties, 'Members'));
    const isSelf = (member: Value): boolean =>
      around.meant(at(member, 'ReplicationGroupId')).includes(resource);
    return members.some(isSelf)
      ? members
          .filter((member) => !isSelf(member))
          .flatMap((member) => copyTo('replica', 'cache', at(member, 'ReplicationGroupRegion')))
      : [];
  }),
});

/** Snapshots of what carries one of a lifecycle policy's tags, copied to other regions. */
export const describeSnapshots: Describe = ({ type, properties }, around) => {
  const tags = Object.fromEntries(
    items(at(properties, 'Tags')).map((one) => [
      textOf(at(one, 'Key')) ?? '',
      textOf(at(one, 'Value')) ?? '',
    ]),
  );
  const candidate = {
    type,
    names: [],
    region: around.region,
    tags: { state: 'known', value: tags },
  } as const;
  const regions = ofType(around, 'AWS::DLM::LifecyclePolicy').flatMap((policy) => {
    const details = at(policy.properties, 'PolicyDetails');
    const isTaken = items(at(details, 'TargetTags')).some((one) => {
      const [key, value] = [textOf(at(one, 'Key')), textOf(at(one, 'Value'))];
      const conditions = key === null || value === null ? [] : [{ key, value, operator: 'equals' as const }];
      return isSelected({ resources: ['*'], except: [], tags: [], conditions }, candidate);
    });
    return isTaken
      ? items(at(details, 'Schedules'))
          .flatMap((one) => items(at(one, 'CrossRegionCopyRules')))
          .map((rule) => at(rule, 'Target') ?? at(rule, 'TargetRegion'))
      : [];
  });
  return { copies: regions.flatMap((region) => copyTo('snapshot', 'snapshot', region)) };
};

function ofType({ resources }: Around, type: string): readonly Resource[] {
  return [...resources.values()].filter((one) => one.type === type);
}
