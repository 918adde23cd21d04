import { days, known } from '../../../code/fact.ts';
import {
  type Describe,
  itself,
  type Mention,
  mention,
  mentions,
  type Statement,
  said,
  target,
  tie,
} from '../description.ts';
import { encryption } from '../key.ts';
import { blockAt, blocksAt, boolAt, numberAt, textAt, type Values } from '../values.ts';
import { replicaIn } from './database.ts';

/** File systems and volumes that say `encrypted`; unset is not encrypted. */
export const efs: Describe = (values) => {
  const { facts, ties } = encryption(values, { atRest: encryptedOrNot(values), key: 'kms_key_id' });
  return itself(facts, ties);
};

/** An account may be set to encrypt every volume: what is not set is not known. */
export const ebsVolume: Describe = (values) => {
  const encrypted = boolAt(values, 'encrypted');
  const { facts, ties } = encryption(values, {
    atRest: encrypted === true ? true : undefined,
    key: 'kms_key_id',
    note: 'the account’s default decides',
  });
  return {
    statements: [
      { facts, ties },
      ...said(mention(values, 'snapshot_id'), { ties: [{ kind: 'snapshot', to: 'self' }] }),
    ],
  };
};

function encryptedOrNot(values: Values): boolean | undefined {
  const encrypted = boolAt(values, 'encrypted');
  return encrypted === undefined ? undefined : (encrypted ?? false);
}

/** Always encrypted. https://docs.aws.amazon.com/fsx/latest/WindowsGuide/encryption-at-rest.html */
export function alwaysEncrypted(key: string | null, name?: string): Describe {
  return (values) => {
    const { facts, ties } = encryption(values, { atRest: true, key });
    return {
      ...itself(facts, ties),
      ...(name === undefined ? {} : { name: textAt(values, name) ?? null, names: [name] }),
    };
  };
}

export const efsReplication: Describe = (values) => {
  const destination = blockAt(values, 'destination');
  const source = mention(values, 'source_file_system_id');
  if (!destination) return { statements: [] };
  const existing = mention(destination, 'file_system_id');
  if (existing?.name) return { statements: said(source, { ties: tie('replica', existing) }) };
  const region = textAt(destination, 'region') ?? textAt(destination, 'availability_zone_name');
  return { statements: said(source, { copies: [replicaIn(region ?? null, 'file_share')] }) };
};

export const backupVault: Describe = (values) => {
  const { facts, ties } = encryption(values, { atRest: true, key: 'kms_key_arn' });
  return itself(facts, ties);
};

/** Each rule's copies go from its vault to another, whatever is selected. */
export const backupPlan: Describe = (values) => ({
  statements: (blocksAt(values, 'rule') ?? []).flatMap((rule): readonly Statement[] => {
    const vault = mention(rule, 'target_vault_name');
    const actions = blocksAt(rule, 'copy_action');
    const copies =
      actions === undefined
        ? tie('backup', { attribute: `${rule.prefix}copy_action`, name: null, references: [] })
        : actions.flatMap((copy) => tie('backup', target(copy, 'destination_vault_arn')));
    return [...said(vault, { ties: copies }), ...(vault ? [{ vault }] : [])];
  }),
});

/** What a plan backs up goes to the vaults of that plan. */
export const backupSelection: Describe = (values) => {
  const through = mention(values, 'plan_id');
  if (through === null) return { statements: [] };
  const named = mentions(values, 'resources');
  const isPattern = ({ name }: Mention): boolean => name?.includes('*') ?? false;
  const texts = (list: readonly Mention[]): readonly string[] => list.flatMap(({ name }) => name ?? []);
  const tags = (blocksAt(values, 'selection_tag') ?? []).flatMap(pairOf);
  const selected = {
    resources: texts(named.filter(isPattern)),
    except: texts(mentions(values, 'not_resources')),
    tags,
    conditions: OPERATORS.flatMap((operator) =>
      (blocksAt(values, 'condition') ?? []).flatMap((condition) =>
        (blocksAt(condition, `string_${operator}`) ?? [])
          .flatMap(pairOf)
          .map((pair) => ({ ...pair, operator })),
      ),
    ),
  };
  // Where nothing is named and nothing is tagged, everything is meant.
  const isBroad = selected.resources.length + tags.length > 0 || named.length === 0;
  return {
    statements: [
      ...named.filter((one) => !isPattern(one)).map((about): Statement => ({ about, through })),
      ...(isBroad ? [{ selected, through }] : []),
    ],
  };
};

const OPERATORS = ['equals', 'like', 'not_equals', 'not_like'] as const;

function pairOf(block: Values): readonly { readonly key: string; readonly value: string }[] {
  const [key, value] = [textAt(block, 'key'), textAt(block, 'value')];
  return key && value ? [{ key, value }] : [];
}

export const logGroup: Describe = (values) => {
  // Always encrypted: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
  const { facts, ties } = encryption(values, { atRest: true, key: 'kms_key_id' });
  return itself(
    { ...facts, retention: days(numberAt(values, 'retention_in_days'), 'retention_in_days') },
    ties,
  );
};

/** Where a trail writes, and the buckets whose objects it watches. */
export const cloudtrail: Describe = (values) => {
  const watched = (blocksAt(values, 'event_selector') ?? []).flatMap((selector) =>
    (blocksAt(selector, 'data_resource') ?? [])
      .filter((resource) => textAt(resource, 'type') === 'AWS::S3::Object')
      .flatMap((resource) => mentions(resource, 'values')),
  );
  const log = tie('log', mention(values, 's3_bucket_name'));
  return {
    statements: [
      { ties: [...log, ...tie('log', mention(values, 'cloud_watch_logs_group_arn'))] },
      ...watched.map((about): Statement => ({ about, facts: { access_log: known(true) }, ties: log })),
    ],
  };
};

/** A distribution, and the stores whose content it serves from its edges. */
export const cloudfront: Describe = (values) => {
  const protocols = [
    ...(blocksAt(values, 'default_cache_behavior') ?? []),
    ...(blocksAt(values, 'ordered_cache_behavior') ?? []),
  ].map((one) => textAt(one, 'viewer_protocol_policy'));
  const log = blockAt(values, 'logging_config');
  const origins = (blocksAt(values, 'origin') ?? []).flatMap(
    (origin) => mention(origin, 'domain_name') ?? [],
  );
  return {
    statements: [
      {
        facts: {
          ...(protocols.some((one) => one === 'allow-all') ? { 'encryption.in_transit': known(false) } : {}),
          ...(protocols.length > 0 &&
          protocols.every((one) => one === 'https-only' || one === 'redirect-to-https')
            ? { 'encryption.in_transit': known(true) }
            : {}),
          ...(log ? { access_log: known(true) } : {}),
        },
        ties: log ? tie('log', mention(log, 'bucket')) : [],
      },
      ...origins.map((about): Statement => ({ about, ties: [{ kind: 'origin', to: 'self' }] })),
    ],
  };
};
