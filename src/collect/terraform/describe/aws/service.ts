import { absent, type Facts, known, truth, unsaid } from '../../../code/fact.ts';
import { type Describe, itself, mention, said, tie } from '../description.ts';
import { encryption } from '../key.ts';
import { blockAt, blocksAt, boolAt, numberAt, textAt, type Values } from '../values.ts';

/** Queues: by their own key, or by that of the service. */
export const sqs: Describe = (values) => {
  const key = textAt(values, 'kms_master_key_id');
  const managed = boolAt(values, 'sqs_managed_sse_enabled');
  const atRest =
    key !== null && key !== undefined
      ? true
      : managed === true
        ? true
        : managed === false && key === null
          ? false
          : undefined;
  const { facts, ties } = encryption(values, {
    atRest,
    key: 'kms_master_key_id',
    note: 'no key is named: the service’s own default decides',
  });
  const retention = numberAt(values, 'message_retention_seconds');
  return itself(
    {
      ...facts,
      retention:
        retention === undefined
          ? unsaid('message_retention_seconds is known after apply')
          : known(seconds(retention ?? 345_600)),
    },
    ties,
  );
};

/** Whole days, rounded up. */
function seconds(value: number): string {
  return `P${Math.ceil(value / 86_400)}D`;
}

export const sns: Describe = (values) => {
  const key = textAt(values, 'kms_master_key_id');
  const { facts, ties } = encryption(values, {
    atRest: key === null ? undefined : true,
    key: 'kms_master_key_id',
    note: 'no key is named: what the service does by itself is not said here',
  });
  return itself(facts, ties);
};

export const kinesis: Describe = (values) => {
  const type = textAt(values, 'encryption_type');
  const { facts, ties } = encryption(values, {
    atRest: type === undefined ? undefined : type === 'KMS',
    key: 'kms_key_id',
  });
  const hours = numberAt(values, 'retention_period');
  const retention =
    hours === undefined
      ? unsaid('retention_period is known after apply')
      : known(seconds((hours ?? 24) * 3600));
  return itself({ ...facts, retention }, ties);
};

export const firehose: Describe = (values) => {
  const block = blockAt(values, 'server_side_encryption');
  const { facts, ties } = encryption(block ?? values, {
    atRest: block === undefined ? undefined : (block && boolAt(block, 'enabled')) === true,
    key: block ? 'key_arn' : null,
  });
  return itself(facts, ties);
};

/** Domains of OpenSearch and Elasticsearch. */
export const searchDomain: Describe = (values) => {
  const rest = blockAt(values, 'encrypt_at_rest');
  const { facts, ties } = encryption(rest ?? values, {
    atRest: rest === undefined ? undefined : rest === null ? false : (boolAt(rest, 'enabled') ?? undefined),
    key: rest ? 'kms_key_id' : null,
  });
  const endpoint = blockAt(values, 'domain_endpoint_options');
  const logs = blocksAt(values, 'log_publishing_options') ?? [];
  const audited = logs.some(
    (log) => textAt(log, 'log_type') === 'AUDIT_LOGS' && boolAt(log, 'enabled') !== false,
  );
  const inside = (blocksAt(values, 'vpc_options') ?? []).length > 0;
  return {
    name: textAt(values, 'domain_name') ?? null,
    names: ['domain_name'],
    statements: [
      {
        facts: {
          ...facts,
          'encryption.in_transit': endpoint
            ? truth(boolAt(endpoint, 'enforce_https'), true, 'enforce_https')
            : endpoint === null
              ? known(false)
              : unsaid('domain_endpoint_options is known after apply'),
          public: inside ? known(false) : unsaid('its access policy decides'),
          access_log: known(audited),
        },
        ties: [...ties, ...logs.flatMap((log) => tie('log', mention(log, 'cloudwatch_log_group_arn')))],
      },
    ],
  };
};

/** Groups and clusters of ElastiCache. */
export const elasticache: Describe = (values) => {
  const global = mention(values, 'global_replication_group_id');
  const encrypted = boolAt(values, 'at_rest_encryption_enabled');
  const { facts, ties } = encryption(values, {
    atRest: encrypted ?? (encrypted === null && global === null ? false : undefined),
    key: 'kms_key_id',
  });
  return {
    name: textAt(values, 'replication_group_id') ?? textAt(values, 'cluster_id') ?? null,
    names: ['replication_group_id', 'cluster_id', 'global_replication_group_id'],
    statements: [
      {
        facts: {
          ...facts,
          'encryption.in_transit': truth(
            boolAt(values, 'transit_encryption_enabled'),
            false,
            'transit_encryption_enabled',
          ),
        },
        ties,
        ...(global ? { member: { of: global, who: 'self' as const } } : {}),
      },
    ],
  };
};

export const memorydb: Describe = (values) => {
  const { facts, ties } = encryption(values, { atRest: true, key: 'kms_key_arn' });
  const of = mention(values, 'multi_region_cluster_name');
  return {
    statements: [
      {
        facts: {
          ...facts,
          'encryption.in_transit': truth(boolAt(values, 'tls_enabled'), true, 'tls_enabled'),
        },
        ties,
        ...(of ? { member: { of, who: 'self' as const } } : {}),
      },
    ],
  };
};

export const msk: Describe = (values) => {
  const block = blockAt(values, 'encryption_info');
  const { facts, ties } = encryption(block ?? values, {
    atRest: true,
    key: block ? 'encryption_at_rest_kms_key_arn' : null,
  });
  const transit = block ? textAt(block, 'encryption_in_transit.0.client_broker') : block;
  return {
    ...itself(
      {
        ...facts,
        'encryption.in_transit':
          transit === undefined
            ? unsaid('client_broker is known after apply')
            : known((transit ?? 'TLS') === 'TLS'),
      },
      ties,
    ),
    name: textAt(values, 'cluster_name') ?? null,
  };
};

/** A key of KMS: the customer's, in the provider's key service, unless it stands in a store outside. */
export const kmsKey: Describe = (values) => {
  const outside = textAt(values, 'xks_key_id');
  const store = mention(values, 'custom_key_store_id');
  const multi = boolAt(values, 'multi_region');
  const facts: Facts = {
    'key_facts.manager': outside
      ? known('external')
      : store
        ? unsaid('its custom key store decides')
        : known('customer'),
    ...(multi === true
      ? {}
      : { 'key_facts.replicas': multi === undefined ? unsaid('multi_region is known after apply') : absent }),
  };
  return {
    name: textAt(values, 'description') ?? null,
    names: ['key_id'],
    statements: [{ facts, parts: { multi_region: multi ?? false } }],
  };
};

export const kmsReplica: Describe = (values) => ({
  name: textAt(values, 'description') ?? null,
  names: ['key_id'],
  statements: [
    { facts: { 'key_facts.manager': known('customer') } },
    ...said(mention(values, 'primary_key_arn'), { ties: [{ kind: 'replica', to: 'self' }] }),
  ],
});

/** A name of a key: what names the alias names the key. */
export const kmsAlias: Describe = (values) => {
  const key = mention(values, 'target_key_id');
  return { names: ['name'], statements: [], ...(key ? { standsFor: key } : {}) };
};

/** Whether it is reached from the internet. */
export const loadBalancer: Describe = (values) => {
  const log = blockAt(values, 'access_logs');
  const isOn = log ? boolAt(log, 'enabled') === true : false;
  return itself(
    { ...(isOn ? { access_log: known(true) } : {}), entry_point: internal(values) },
    log && isOn ? tie('log', mention(log, 'bucket')) : [],
  );
};

function internal(values: Values) {
  const value = boolAt(values, 'internal');
  return value === undefined ? unsaid('internal is known after apply') : known(!(value ?? false));
}

export const server: Describe = (values) => {
  const address = boolAt(values, 'associate_public_ip_address');
  return {
    name: textAt(values, 'tags.Name') ?? null,
    ...(address === true ? itself({ entry_point: known(true) }) : { statements: [] }),
  };
};
