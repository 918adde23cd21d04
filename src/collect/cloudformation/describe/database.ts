import { absent, days, type Facts, known, truth, unsaid } from '../../code/fact.ts';
import { at, boolOf, hasOpen, items, numberOf, Open, textOf, type Value } from '../../code/value.ts';
import { automaticBackups } from './copy.ts';
import { type Describe, tie } from './description.ts';
import { encryptedBy, encryption } from './encryption.ts';

/** An instance of a cluster keeps nothing by itself: the cluster is the store. */
export const describeInstance: Describe = ({ properties }, around) => {
  const open = boolOf(at(properties, 'PubliclyAccessible'));
  // Unset, it follows from whether the subnets have a way to the internet.
  const isPublic =
    open === null
      ? unsaid('PubliclyAccessible is not set: the subnets decide')
      : truth(open, false, 'PubliclyAccessible');
  const part = ['DBClusterIdentifier'].some((name) => at(properties, name) !== undefined);
  if (part) return { isPart: true, facts: { public: isPublic } };
  const { facts, ties = [] } = storage(properties, around);
  return { facts: { ...facts, public: isPublic }, ties, copies: automaticBackups(properties) };
};

export const describeCluster: Describe = ({ properties }, around) => {
  const open = at(properties, 'PubliclyAccessible');
  const { facts, ties = [] } = storage(properties, around);
  return {
    facts: {
      ...facts,
      ...(open === undefined ? {} : { public: truth(boolOf(open), false, 'PubliclyAccessible') }),
    },
    ties,
  };
};

const SOURCES = [
  'SnapshotIdentifier',
  'DBSnapshotIdentifier',
  'DBClusterSnapshotIdentifier',
  'SourceDBInstanceIdentifier',
  'SourceDBClusterIdentifier',
  'ReplicationSourceIdentifier',
  'SourceDbiResourceId',
];

function storage(properties: Value, around: Parameters<Describe>[1]): ReturnType<Describe> {
  const copied = SOURCES.find((name) => at(properties, name) !== undefined);
  const isSaid = at(properties, 'StorageEncrypted') !== undefined;
  const own =
    copied !== undefined && !isSaid
      ? inherited(copied)
      : encryption(properties, { flag: 'StorageEncrypted', key: 'KmsKeyId' }, around);
  const retention = numberOf(at(properties, 'BackupRetentionPeriod'));
  const logs = items(at(properties, 'EnableCloudwatchLogsExports'));
  return {
    facts: {
      ...own.facts,
      access_log: logs.includes('audit')
        ? known(true)
        : unsaid('neither an audit log nor an activity stream is exported'),
      ...(retention === null ? {} : { 'backup.retention': days(retention, 'BackupRetentionPeriod') }),
    },
    ties: own.ties,
  };
}

function inherited(from: string): { readonly facts: Facts; readonly ties: [] } {
  const why = unsaid(`as what ${from} names`);
  return { facts: { 'encryption.at_rest': why, 'encryption.key_manager': why }, ties: [] };
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-dynamodb-globaltable.html */
export const describeTable: Describe = ({ properties }, around) => {
  const spec = at(properties, 'SSESpecification');
  const key = at(spec, 'KMSMasterKeyId');
  const off = boolOf(at(spec, 'SSEEnabled')) === false;
  const { facts, ties } = encryptedBy(off ? undefined : key, around);
  const stream = at(properties, 'KinesisStreamSpecification', 'StreamArn');
  return {
    facts: { ...facts, retention: absent, public: known(false) },
    ties: [...ties, ...tie('replica', 'stream', stream)],
  };
};

/** A table in several regions is one store in each of them. */
export const describeGlobalTable: Describe = (resource, around) => {
  const { properties } = resource;
  const replicas = items(at(properties, 'Replicas'));
  const { facts, ties = [] } = describeTable(resource, around);
  const keys = replicas.flatMap((one) => {
    const key = at(one, 'SSESpecification', 'KMSMasterKeyId');
    return key === undefined ? [] : [key];
  });
  const byKey = keys.map((key) => encryptedBy(key, around));
  const own =
    around.region === null ? undefined : replicas.find((one) => textOf(at(one, 'Region')) === around.region);
  return {
    ...(own === undefined ? {} : { tags: at(own, 'Tags') }),
    facts: { ...facts, ...byKey[0]?.facts },
    ties: [...ties, ...byKey.flatMap((one) => one.ties)],
    copies: [
      ...replicas.map((one) => ({
        kind: 'replica' as const,
        as: 'database' as const,
        region: at(one, 'Region'),
        tags: at(one, 'Tags'),
      })),
      ...(at(properties, 'Replicas') instanceof Open && replicas.every(hasOpen) && replicas.length === 0
        ? [{ kind: 'replica' as const, as: 'database' as const, region: at(properties, 'Replicas') }]
        : []),
    ],
  };
};

/** A replica names what it copies: data flows from that to it. */
export function sourcesOf(properties: Value): readonly Value[] {
  return ['SourceDBInstanceIdentifier', 'SourceDBClusterIdentifier', 'ReplicationSourceIdentifier']
    .map((name) => at(properties, name))
    .filter((one) => one !== undefined && (one instanceof Open || textOf(one) !== null));
}
