import type {
  DBCluster,
  DBClusterAutomatedBackup,
  DBInstance,
  DBInstanceAutomatedBackup,
  GlobalCluster,
  Integration,
} from '@aws-sdk/client-rds';
import type { RelationKind, SeenRelation } from '../../../../inventory/observation.ts';
import { parseArn } from '../arn.ts';
import type { Facts } from '../fact.ts';
import { daysFact, encryptionFacts, known, maybe, notCollected, tagsFact } from '../fact.ts';
import type { End, Shown } from '../item.ts';
import { isElsewhere } from '../item.ts';
import type { ServiceSession } from '../service.ts';

/** An instance. One that is part of a cluster keeps nothing by itself: the cluster is the store. */
export function showInstance(instance: DBInstance, session: ServiceSession): Shown {
  const name = instance.DBInstanceIdentifier ?? '';
  const id = instance.DBInstanceArn ?? session.arn('rds', session.region, `db:${name}`);
  const tags = tagsFact(instance.TagList);
  if (instance.DBClusterIdentifier) {
    return { item: { id, kind: 'other', name, facts: { tags, public: maybe(instance.PubliclyAccessible) } } };
  }
  const { facts, relations } = encryptionFacts(session, {
    encrypted: instance.StorageEncrypted,
    key: instance.KmsKeyId,
    keyless: 'provider',
  });
  const arnOf = (one: string): string =>
    one.startsWith('arn:') ? one : session.arn('rds', session.region, `db:${one}`);
  const clusterArn = (one: string): string =>
    one.startsWith('arn:') ? one : session.arn('rds', session.region, `cluster:${one}`);
  const copies = to('replica', [
    ...(instance.ReadReplicaDBInstanceIdentifiers ?? []).map(arnOf),
    ...(instance.ReadReplicaDBClusterIdentifiers ?? []).map(clusterArn),
  ]);
  const backups = to(
    'backup',
    (instance.DBInstanceAutomatedBackupsReplications ?? []).flatMap(
      ({ DBInstanceAutomatedBackupsArn: arn }) => arn ?? [],
    ),
  );
  const logs = logsOf(instance, `/aws/rds/instance/${name}`, session);
  return {
    item: {
      id,
      kind: 'database',
      name,
      facts: { tags, ...facts, public: maybe(instance.PubliclyAccessible), ...logs.facts },
      relations: [...relations, ...copies, ...backups, ...logs.relations],
    },
    ends: [
      ...outside(session, copies, 'database'),
      ...outside(session, backups, 'snapshot'),
      ...fromSource(
        instance.ReadReplicaSourceDBInstanceIdentifier ?? instance.ReadReplicaSourceDBClusterIdentifier,
        id,
      ),
      ...logs.ends,
    ],
  };
}

export function showCluster(cluster: DBCluster, session: ServiceSession): Shown {
  const name = cluster.DBClusterIdentifier ?? '';
  const id = cluster.DBClusterArn ?? session.arn('rds', session.region, `cluster:${name}`);
  const { facts, relations } = encryptionFacts(session, {
    encrypted: cluster.StorageEncrypted,
    key: cluster.KmsKeyId,
    keyless: 'provider',
  });
  const copies = to(
    'replica',
    (cluster.ReadReplicaIdentifiers ?? []).filter((one) => one.startsWith('arn:')),
  );
  const logs = logsOf(cluster, `/aws/rds/cluster/${name}`, session);
  const open: Facts =
    cluster.PubliclyAccessible === undefined ? {} : { public: known(cluster.PubliclyAccessible) };
  return {
    item: {
      id,
      kind: 'database',
      name,
      facts: { tags: tagsFact(cluster.TagList), ...facts, ...open, ...logs.facts },
      relations: [...relations, ...copies, ...logs.relations],
    },
    ends: [
      ...outside(session, copies, 'database'),
      ...fromSource(cluster.ReplicationSourceIdentifier, id),
      ...logs.ends,
    ],
  };
}

/** What the backups of instances and of clusters have in common. */
export interface AutomatedBackup {
  readonly id: string | undefined;
  readonly source: string | undefined;
  readonly name: string | undefined;
  readonly encrypted: boolean | undefined;
  readonly key: string | undefined;
  readonly tags: DBInstance['TagList'];
  readonly days: number | undefined;
}

export function ofInstance(one: DBInstanceAutomatedBackup): AutomatedBackup {
  return {
    id: one.DBInstanceAutomatedBackupsArn,
    source: one.DBInstanceArn,
    name: one.DBInstanceIdentifier,
    encrypted: one.Encrypted,
    key: one.KmsKeyId,
    tags: one.TagList,
    days: one.BackupRetentionPeriod,
  };
}

export function ofCluster(one: DBClusterAutomatedBackup): AutomatedBackup {
  return {
    id: one.DBClusterAutomatedBackupsArn,
    source: one.DBClusterArn,
    name: one.DBClusterIdentifier,
    encrypted: one.StorageEncrypted,
    key: one.KmsKeyId,
    tags: one.TagList,
    days: one.BackupRetentionPeriod,
  };
}

/** Backups that are kept of a database; those of another region are told by the database there. */
export function showAutomatedBackup(
  { id, source, name = '', encrypted, key, tags, days }: AutomatedBackup,
  session: ServiceSession,
  seen: ReadonlySet<string>,
): Shown | null {
  // A database that still exists keeps its own backups; as an asset they add nothing to it.
  if (id === undefined || (source !== undefined && seen.has(source))) return null;
  const { facts, relations } = encryptionFacts(session, { encrypted, key, keyless: 'provider' });
  return {
    item: {
      id,
      kind: 'snapshot',
      name,
      // They are shared with nobody: only a copy of one can be.
      facts: { tags: tagsFact(tags), ...facts, public: known(false), retention: daysFact(days) },
      relations,
    },
    ends:
      source !== undefined && isElsewhere(session, source)
        ? [{ id: source, kind: 'database', relations: [{ kind: 'backup', to: id }] }]
        : [],
  };
}

/** A global database: what the writer stores, every other member stores too. */
export function showGlobal({ GlobalClusterMembers: members = [] }: GlobalCluster): readonly End[] {
  const writer = members.find(({ IsWriter }) => IsWriter)?.DBClusterArn;
  const others = members.flatMap(({ DBClusterArn: arn }) =>
    arn === undefined || arn === writer ? [] : [arn],
  );
  const readers: End[] = others.map((id) => ({ id, kind: 'database' }));
  return writer === undefined
    ? readers
    : [{ id: writer, kind: 'database', relations: to('replica', others) }, ...readers];
}

/** What changes in a database is written into a warehouse within seconds. */
export function showIntegration({
  SourceArn: source,
  TargetArn: target,
  Status,
}: Integration): readonly End[] {
  if (!source || !target || Status === 'failed' || Status === 'deleting') return [];
  return [
    { id: source, kind: 'database', relations: to('replica', [target]) },
    { id: target, kind: 'database' },
  ];
}

function to(kind: RelationKind, ids: readonly string[]): readonly SeenRelation[] {
  return ids.map((id) => ({ kind, to: id }));
}

function outside(
  session: ServiceSession,
  relations: readonly SeenRelation[],
  kind: End['kind'],
): readonly End[] {
  return relations.filter(({ to: id }) => isElsewhere(session, id)).map(({ to: id }) => ({ id, kind }));
}

/** The source of a replica sends to it: also one of another region or account, that lists no replica here. */
function fromSource(source: string | undefined, id: string): readonly End[] {
  return source?.startsWith('arn:')
    ? [{ id: source, kind: 'database', relations: [{ kind: 'replica', to: id }] }]
    : [];
}

/**
 * Where the engine's logs go. Only an audit log or an activity stream tells who read what; that neither is on does not
 * prove that nothing logs, for an engine may do so inside.
 */
function logsOf(
  {
    EnabledCloudwatchLogsExports: exports = [],
    ActivityStreamStatus: status,
    ActivityStreamKinesisStreamName: stream,
  }: Pick<
    DBInstance,
    'EnabledCloudwatchLogsExports' | 'ActivityStreamStatus' | 'ActivityStreamKinesisStreamName'
  >,
  group: string,
  session: ServiceSession,
): { readonly facts: Facts; readonly relations: readonly SeenRelation[]; readonly ends: readonly End[] } {
  const isStreamed = status === 'started' && Boolean(stream);
  const groups = exports.map((log) => session.arn('logs', session.region, `log-group:${group}/${log}`));
  const streams = isStreamed ? [session.arn('kinesis', session.region, `stream/${stream}`)] : [];
  const logged = exports.includes('audit') || isStreamed;
  return {
    facts: {
      access_log: logged
        ? known(true)
        : notCollected('neither an audit log nor an activity stream is exported'),
    },
    relations: to('log', [...groups, ...streams]),
    ends: groups.map((id) => ({
      id,
      kind: 'log_store',
      name: parseArn(id)?.resource.replace(/^log-group:/, '') ?? id,
    })),
  };
}
