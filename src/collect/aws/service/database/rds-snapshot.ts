import type { DBClusterSnapshot, DBSnapshot } from '@aws-sdk/client-rds';
import {
  DescribeDBClusterSnapshotAttributesCommand,
  DescribeDBClusterSnapshotsCommand,
  DescribeDBSnapshotAttributesCommand,
  DescribeDBSnapshotsCommand,
  DescribeExportTasksCommand,
  RDSClient,
} from '@aws-sdk/client-rds';
import type { Observation } from '../../../../inventory/observation.ts';
import { action } from '../action.ts';
import { parseArn } from '../arn.ts';
import { absent, encryptionFacts, known, tagsFact } from '../fact.ts';
import type { End, Shown } from '../item.ts';
import { askItem, listItems, observeEnd, observeShown } from '../item.ts';
import type { ServiceContext, ServiceSession } from '../service.ts';
import { readShare, shareFacts } from '../share.ts';

const describeSnapshots = action('rds:DescribeDBSnapshots');
const describeClusterSnapshots = action('rds:DescribeDBClusterSnapshots');
const describeAttributes = action('rds:DescribeDBSnapshotAttributes', { facts: shareFacts });
const describeClusterAttributes = action('rds:DescribeDBClusterSnapshotAttributes', { facts: shareFacts });
const describeExports = action('rds:DescribeExportTasks', { facts: ['relations.replica'] });

export const snapshotCalls = [
  describeSnapshots,
  describeClusterSnapshots,
  describeAttributes,
  describeClusterAttributes,
  describeExports,
];

/** Snapshots of the region, copies of others included, with whom they are shared and to which buckets they were exported. */
export async function* readSnapshots(
  session: ServiceSession,
  context: ServiceContext,
  seen: ReadonlySet<string>,
): AsyncGenerator<Observation> {
  const client = session.client(RDSClient);
  yield* listItems(session, context, {
    call: describeSnapshots,
    send: (Marker, abortSignal) => client.send(new DescribeDBSnapshotsCommand({ Marker }), { abortSignal }),
    token: ({ Marker }) => Marker,
    items: ({ DBSnapshots }) => DBSnapshots,
    each: async (snapshot, answer) => {
      const shown = showSnapshot(ofInstance(snapshot), session, seen);
      const DBSnapshotIdentifier = snapshot.DBSnapshotIdentifier;
      const shares = !UNSHARED.has(snapshot.SnapshotType ?? '')
        ? await askItem(
            session,
            context,
            shown.item.id,
            describeAttributes,
            (abortSignal) =>
              client.send(new DescribeDBSnapshotAttributesCommand({ DBSnapshotIdentifier }), { abortSignal }),
            (response) => readAttributes(session, response?.DBSnapshotAttributesResult?.DBSnapshotAttributes),
          )
        : [];
      return [...observeShown(session, context, answer, shown), ...shares];
    },
  });
  yield* listItems(session, context, {
    call: describeClusterSnapshots,
    send: (Marker, abortSignal) =>
      client.send(new DescribeDBClusterSnapshotsCommand({ Marker }), { abortSignal }),
    token: ({ Marker }) => Marker,
    items: ({ DBClusterSnapshots }) => DBClusterSnapshots,
    each: async (snapshot, answer) => {
      const shown = showSnapshot(ofCluster(snapshot), session, seen);
      const DBClusterSnapshotIdentifier = snapshot.DBClusterSnapshotIdentifier;
      const shares = !UNSHARED.has(snapshot.SnapshotType ?? '')
        ? await askItem(
            session,
            context,
            shown.item.id,
            describeClusterAttributes,
            (abortSignal) =>
              client.send(new DescribeDBClusterSnapshotAttributesCommand({ DBClusterSnapshotIdentifier }), {
                abortSignal,
              }),
            (response) =>
              readAttributes(
                session,
                response?.DBClusterSnapshotAttributesResult?.DBClusterSnapshotAttributes,
              ),
          )
        : [];
      return [...observeShown(session, context, answer, shown), ...shares];
    },
  });
  if (!context.needs(describeExports)) return;
  yield* listItems(session, context, {
    call: describeExports,
    send: (Marker, abortSignal) => client.send(new DescribeExportTasksCommand({ Marker }), { abortSignal }),
    token: ({ Marker }) => Marker,
    items: ({ ExportTasks }) => ExportTasks,
    each: ({ SourceArn, S3Bucket, Status }, answer) => {
      if (!SourceArn || !S3Bucket || /^(FAILED|CANCELED)$/i.test(Status ?? '')) return [];
      const bucket = `arn:${session.partition}:s3:::${S3Bucket}`;
      const ends: End[] = [
        {
          id: SourceArn,
          kind: /:(cluster|db)$/.test(SourceArn) ? 'database' : 'snapshot',
          relations: [{ kind: 'replica', to: bucket }],
        },
        { id: bucket, kind: 'object_store' },
      ];
      return ends.map((end) => observeEnd(session, answer, end));
    },
  });
}

/** What the two kinds of snapshot have in common. */
interface Snapshot {
  readonly id: string;
  readonly name: string;
  readonly source: string;
  readonly copiedFrom: string | undefined;
  readonly encrypted: boolean | undefined;
  readonly key: string | undefined;
  readonly tags: DBSnapshot['TagList'];
  /** Only those that somebody took by hand can be shared. */
  readonly isManual: boolean;
}

/** The service refuses to be asked about the others. */
const UNSHARED = new Set(['automated', 'awsbackup']);

function ofInstance(one: DBSnapshot): Snapshot {
  return {
    id: one.DBSnapshotArn ?? '',
    name: one.DBSnapshotIdentifier ?? '',
    source: `db:${one.DBInstanceIdentifier ?? ''}`,
    copiedFrom: one.SourceDBSnapshotIdentifier,
    encrypted: one.Encrypted,
    key: one.KmsKeyId,
    tags: one.TagList,
    isManual: !UNSHARED.has(one.SnapshotType ?? ''),
  };
}

function ofCluster(one: DBClusterSnapshot): Snapshot {
  return {
    id: one.DBClusterSnapshotArn ?? '',
    name: one.DBClusterSnapshotIdentifier ?? '',
    source: `cluster:${one.DBClusterIdentifier ?? ''}`,
    copiedFrom: one.SourceDBClusterSnapshotArn,
    encrypted: one.StorageEncrypted,
    key: one.KmsKeyId,
    tags: one.TagList,
    isManual: !UNSHARED.has(one.SnapshotType ?? ''),
  };
}

/** A snapshot hangs on the database it was taken of, where that still exists, and on the snapshot it was copied from. */
export function showSnapshot(snapshot: Snapshot, session: ServiceSession, seen: ReadonlySet<string>): Shown {
  const { id, name, source, copiedFrom } = snapshot;
  const { facts, relations } = encryptionFacts(session, {
    encrypted: snapshot.encrypted,
    key: snapshot.key,
    keyless: 'provider',
  });
  const database = session.arn('rds', parseArn(id)?.region ?? session.region, source);
  const ends: End[] = [];
  if (copiedFrom?.startsWith('arn:')) {
    ends.push({ id: copiedFrom, kind: 'snapshot', relations: [{ kind: 'replica', to: id }] });
    // The snapshot that was copied may be gone since: the database that it was taken of tells as well.
    const { region, account } = parseArn(copiedFrom) ?? {};
    const origin = `arn:${session.partition}:rds:${region}:${account}:${source}`;
    if (region && account && origin !== database)
      ends.push({ id: origin, kind: 'database', relations: [{ kind: 'snapshot', to: id }] });
  }
  if (seen.has(database))
    ends.push({ id: database, kind: 'database', relations: [{ kind: 'snapshot', to: id }] });
  return {
    item: {
      id,
      kind: 'snapshot',
      name,
      facts: {
        tags: tagsFact(snapshot.tags),
        ...facts,
        ...(snapshot.isManual ? {} : { public: known(false), 'access.outside_accounts': absent }),
      },
      relations,
    },
    ends,
  };
}

type Attributes = readonly {
  readonly AttributeName?: string | undefined;
  readonly AttributeValues?: readonly string[] | undefined;
}[];

export function readAttributes(session: ServiceSession, attributes: Attributes | undefined) {
  if (attributes === undefined) return { unreadable: 'not_collected', code: 'EmptyAnswer' } as const;
  return readShare(
    session,
    attributes.find(({ AttributeName }) => AttributeName === 'restore')?.AttributeValues ?? [],
  );
}
