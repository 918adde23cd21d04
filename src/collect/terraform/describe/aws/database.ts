import { known, truth, unsaid } from '../../../code/fact.ts';
import { type Copy, type Describe, mention, said, tie } from '../description.ts';
import { encryption } from '../key.ts';
import { blockAt, blocksAt, boolAt, isWritten, textAt, type Values } from '../values.ts';

/** An instance of RDS. One that is a replica, or made from a snapshot, takes its encryption from there. */
export const dbInstance: Describe = (values) => {
  const source = mention(values, 'replicate_source_db');
  const { facts, ties } = encryption(values, {
    atRest: storage(values, 'storage_encrypted'),
    key: 'kms_key_id',
    note: 'taken from what it is made of, or known after apply',
  });
  return {
    name: textAt(values, 'identifier') ?? null,
    names: ['identifier'],
    statements: [
      {
        facts: {
          ...facts,
          public: truth(boolAt(values, 'publicly_accessible'), false, 'publicly_accessible'),
          ...tls(values, 'parameter_group_name'),
        },
        ties,
      },
      ...said(source, { ties: [{ kind: 'replica', to: 'self' }] }),
      ...said(mention(values, 'snapshot_identifier'), { ties: [{ kind: 'snapshot', to: 'self' }] }),
    ],
  };
};

/** Whether connections must be encrypted is for the parameters of the engine, which another resource sets. */
function tls(values: Values, attribute: string) {
  return {
    'encryption.in_transit': unsaid(
      isWritten(values, attribute) ? 'its parameter group decides' : 'the engine’s default parameters decide',
    ),
  };
}

function storage(values: Values, attribute: string): boolean | undefined {
  const encrypted = boolAt(values, attribute);
  const isMadeOf = [
    'replicate_source_db',
    'snapshot_identifier',
    'restore_to_point_in_time',
    'replication_source_identifier',
    's3_import',
    'global_cluster_identifier',
  ].some((name) => textAt(values, name) !== null || (blocksAt(values, name) ?? []).length > 0);
  return encrypted ?? (encrypted === null && !isMadeOf ? false : undefined);
}

/** Clusters of Aurora, DocumentDB and Neptune. */
export const dbCluster: Describe = (values) => {
  const { facts, ties } = encryption(values, {
    atRest: storage(values, 'storage_encrypted'),
    key: 'kms_key_id',
    note: 'taken from what it is made of, or known after apply',
  });
  const global = mention(values, 'global_cluster_identifier');
  return {
    name: textAt(values, 'cluster_identifier') ?? null,
    names: ['cluster_identifier'],
    statements: [
      {
        facts: { ...facts, ...tls(values, 'db_cluster_parameter_group_name') },
        ties,
        ...(global ? { member: { of: global, who: 'self' } } : {}),
      },
      ...said(mention(values, 'replication_source_identifier'), { ties: [{ kind: 'replica', to: 'self' }] }),
      ...said(mention(values, 'snapshot_identifier'), { ties: [{ kind: 'snapshot', to: 'self' }] }),
    ],
  };
};

/** What holds the members of a global database together. It keeps nothing by itself. */
export function globalOf(name: string, first: string | null): Describe {
  return (values) => {
    const who = first === null ? null : mention(values, first);
    return {
      name: textAt(values, name) ?? null,
      names: [name],
      statements: who ? [{ member: { of: 'self', who } }] : [],
    };
  };
}

/** A table is always encrypted. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/EncryptionAtRest.html */
export const dynamodbTable: Describe = (values) => {
  const block = blockAt(values, 'server_side_encryption');
  const isNamed = block ? boolAt(block, 'enabled') === true : false;
  const { facts, ties } = encryption(block ?? values, { atRest: true, key: isNamed ? 'kms_key_arn' : null });
  const manager =
    block === undefined
      ? { 'encryption.key_manager': unsaid('server_side_encryption is known after apply') }
      : {};
  // Replicas whose number is not known yet are one whose place is not known.
  const regions = blocksAt(values, 'replica')?.map((replica) => textAt(replica, 'region_name') ?? null) ?? [
    null,
  ];
  return {
    statements: [
      {
        facts: { ...facts, ...manager },
        ties,
        copies: regions.map((region) => replicaIn(region, 'database')),
      },
    ],
  };
};

export const dynamodbReplica: Describe = (values) => ({
  statements: said(mention(values, 'global_table_arn'), { ties: [{ kind: 'replica', to: 'self' }] }),
});

export function replicaIn(
  region: string | null,
  kind: Copy['kind'],
  relation: Copy['relation'] = 'replica',
): Copy {
  return {
    suffix: region ?? relation,
    relation,
    kind,
    region,
    ...(region === null ? { note: 'its region is known after apply' } : {}),
  };
}

/** A copy of a snapshot, or a snapshot of what an attribute names. */
export function snapshotOf(
  attribute: string,
  kind: 'snapshot' | 'backup' | 'replica' = 'snapshot',
  key: string | null = 'kms_key_id',
): Describe {
  return (values) => ({
    names: ['db_snapshot_identifier', 'db_cluster_snapshot_identifier', 'target_db_snapshot_identifier'],
    statements: [
      encryption(values, {
        atRest: boolAt(values, 'encrypted') ?? boolAt(values, 'storage_encrypted') ?? undefined,
        key,
        note: 'as what it is taken of',
      }),
      ...said(mention(values, attribute), { ties: [{ kind, to: 'self' }] }),
    ],
  });
}

export const redshiftCluster: Describe = (values) => {
  const { facts, ties } = encryption(values, {
    atRest: boolAt(values, 'encrypted') ?? undefined,
    key: 'kms_key_id',
  });
  const copy = blockAt(values, 'snapshot_copy');
  const log = blockAt(values, 'logging');
  return {
    name: textAt(values, 'cluster_identifier') ?? null,
    names: ['cluster_identifier'],
    statements: [
      {
        facts: {
          ...facts,
          public: truth(boolAt(values, 'publicly_accessible'), false, 'publicly_accessible'),
          ...(log && boolAt(log, 'enable') ? { access_log: known(true) } : {}),
        },
        ties: [...ties, ...(log ? tie('log', mention(log, 'bucket_name')) : [])],
        copies: copy ? [replicaIn(textAt(copy, 'destination_region') ?? null, 'snapshot', 'snapshot')] : [],
      },
    ],
  };
};

export const redshiftSnapshotCopy: Describe = (values) => ({
  statements: said(mention(values, 'cluster_identifier'), {
    copies: [replicaIn(textAt(values, 'destination_region') ?? null, 'snapshot', 'snapshot')],
  }),
});

export const redshiftLogging: Describe = (values) => ({
  statements: said(mention(values, 'cluster_identifier'), {
    facts: { access_log: known(true) },
    ties: tie('log', mention(values, 'bucket_name')),
  }),
});
