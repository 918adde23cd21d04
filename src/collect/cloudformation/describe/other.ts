import { absent, days, type Facts, known, unsaid } from '../../code/fact.ts';
import { at, boolOf, items, numberOf, Open, textOf } from '../../code/value.ts';
import { policyOf } from './bucket.ts';
import { type Copy, type Describe, tie } from './description.ts';
import { encryptedBy } from './encryption.ts';

export const describeKey: Describe = ({ properties, type }) => {
  const origin = at(properties, 'Origin');
  const text = textOf(origin);
  const manager =
    origin instanceof Open
      ? unsaid(origin.why)
      : known(text === 'EXTERNAL_KEY_STORE' ? 'external' : 'customer');
  const replica = type === 'AWS::KMS::ReplicaKey';
  const several = boolOf(at(properties, 'MultiRegion'));
  const alone: Facts =
    !replica && (several === false || several === null) ? { 'key_facts.replicas': absent } : {};
  return {
    facts: {
      'key_facts.manager': replica ? known('customer') : manager,
      'key_facts.origin': text === null ? absent : known(text.toLowerCase()),
      ...alone,
    },
  };
};

export const describeQueue: Describe = (resource, around) => {
  const { properties } = resource;
  const key = at(properties, 'KmsMasterKeyId');
  const managed = boolOf(at(properties, 'SqsManagedSseEnabled'));
  const off = key === undefined && managed === false;
  const { facts, ties } = encryptedBy(off ? undefined : key, around);
  const seconds = numberOf(at(properties, 'MessageRetentionPeriod'));
  const policies = around
    .naming('AWS::SQS::QueuePolicy', 'Queues', resource)
    .map((one) => at(one.properties, 'PolicyDocument'));
  return {
    facts: {
      ...(off ? { 'encryption.at_rest': known(false), 'encryption.key_manager': known('none') } : facts),
      ...policyOf(policies, around.account),
      // Four days where nothing is said.
      retention:
        seconds === undefined
          ? unsaid('MessageRetentionPeriod is known when it is deployed')
          : known(duration(seconds ?? 345_600)),
    },
    ties: off ? [] : ties,
  };
};

export const describeTopic: Describe = (resource, around) => {
  const { properties } = resource;
  const key = at(properties, 'KmsMasterKeyId');
  const off = key === undefined;
  const { facts, ties } = encryptedBy(key, around);
  const policies = around
    .naming('AWS::SNS::TopicPolicy', 'Topics', resource)
    .map((one) => at(one.properties, 'PolicyDocument'));
  return {
    facts: {
      ...(off ? { 'encryption.at_rest': known(false), 'encryption.key_manager': known('none') } : facts),
      ...policyOf(policies, around.account),
    },
    ties: [
      ...ties,
      // Addresses of people are nobody's to note here.
      ...items(at(properties, 'Subscription'))
        .filter((one) => /^(sqs|lambda|firehose)$/.test(textOf(at(one, 'Protocol')) ?? ''))
        .flatMap((one) => tie('notification', 'endpoint', at(one, 'Endpoint'))),
    ],
  };
};

/** Backups go to the vaults that a plan's rules name, and from there on to those of its copies. */
export const describeVault: Describe = (resource, around) => {
  const { facts, ties } = encryptedBy(at(resource.properties, 'EncryptionKeyArn'), around);
  const plans = [...around.resources.values()].filter(({ type }) => type === 'AWS::Backup::BackupPlan');
  const rules = plans.flatMap(({ properties }) => items(at(properties, 'BackupPlan', 'BackupPlanRule')));
  const own = rules.filter((rule) => around.meant(at(rule, 'TargetBackupVault')).includes(resource));
  const copies = own.flatMap((rule) =>
    items(at(rule, 'CopyActions')).flatMap((one) =>
      tie('backup', 'backup_vault', at(one, 'DestinationBackupVaultArn')),
    ),
  );
  const kept = own.map((rule) => numberOf(at(rule, 'Lifecycle', 'DeleteAfterDays')));
  const longest = kept.every((one) => typeof one === 'number') && kept.length > 0 ? Math.max(...kept) : null;
  const policy = at(resource.properties, 'AccessPolicy');
  return {
    facts: {
      ...facts,
      ...policyOf(policy === undefined ? [] : [policy], around.account),
      ...(kept.length === 0
        ? {}
        : {
            retention: kept.includes(undefined)
              ? unsaid('the lifecycle is known when it is deployed')
              : days(longest, 'DeleteAfterDays'),
          }),
    },
    ties: [...ties, ...copies],
  };
};

/** What a distribution serves it keeps copies of, at every edge. */
export const describeDistribution: Describe = ({ properties }) => {
  const config = at(properties, 'DistributionConfig');
  return {
    facts: { 'place.region': known('edge'), public: known(true) },
    ties: tie('log', 'object_store', at(config, 'Logging', 'Bucket')),
  };
};

export const describeTrail: Describe = ({ properties }) => ({
  ties: [
    ...tie('log', 'object_store', at(properties, 'S3BucketName')),
    ...tie('log', 'log_store', at(properties, 'CloudWatchLogsLogGroupArn')),
  ],
});

export const describeDelivery: Describe = ({ properties }, around) => {
  const stores = ['S3DestinationConfiguration', 'ExtendedS3DestinationConfiguration'].map((name) =>
    at(properties, name, 'BucketARN'),
  );
  const type = textOf(at(properties, 'DeliveryStreamEncryptionConfigurationInput', 'KeyType'));
  const { facts, ties } = encryptedBy(
    at(properties, 'DeliveryStreamEncryptionConfigurationInput', 'KeyARN'),
    around,
  );
  return {
    facts:
      type === null ? { 'encryption.at_rest': known(false), 'encryption.key_manager': known('none') } : facts,
    ties: [...(type === null ? [] : ties), ...stores.flatMap((to) => tie('replica', 'object_store', to))],
  };
};

export const describeSecret: Describe = ({ properties }, around) => ({
  ...encryptedBy(at(properties, 'KmsKeyId'), around),
  copies: items(at(properties, 'ReplicaRegions')).map(
    (one): Copy => ({ kind: 'replica', as: 'other', region: at(one, 'Region') }),
  ),
});

/** Stack sets say themselves where they are deployed. */
export const describeStackSet: Describe = ({ properties }) => {
  const regions = items(at(properties, 'StackInstancesGroup'))
    .flatMap((one) => items(at(one, 'Regions')))
    .map(textOf);
  const named = regions.filter((one) => one !== null);
  return {
    facts:
      named.length > 0 && !regions.includes(null)
        ? { 'place.regions': known([...new Set(named)].sort()) }
        : {},
  };
};

export const describeFunction: Describe = (resource, around) => {
  const open = around
    .naming('AWS::Lambda::Permission', 'FunctionName', resource)
    .filter(
      ({ properties }) =>
        textOf(at(properties, 'Principal')) === '*' &&
        ['SourceAccount', 'SourceArn', 'PrincipalOrgID'].every((name) => at(properties, name) === undefined),
    );
  const urls = around
    .naming('AWS::Lambda::Url', 'TargetFunctionArn', resource)
    .some(({ properties }) => textOf(at(properties, 'AuthType')) === 'NONE');
  return { facts: { public: known(open.length > 0 || urls), 'access.wildcard': known(open.length > 0) } };
};

function duration(seconds: number): string {
  return seconds % 86_400 === 0 ? `P${seconds / 86_400}D` : `PT${seconds}S`;
}
