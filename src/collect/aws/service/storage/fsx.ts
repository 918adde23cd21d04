import type { Backup, DataRepositoryAssociation, FileCache, FileSystem } from '@aws-sdk/client-fsx';
import {
  DescribeBackupsCommand,
  DescribeDataRepositoryAssociationsCommand,
  DescribeFileCachesCommand,
  DescribeFileSystemsCommand,
  FSxClient,
} from '@aws-sdk/client-fsx';
import type { Observation } from '../../../../inventory/observation.ts';
import { listing } from '../action.ts';
import { encryptionFacts, known, tagsFact } from '../fact.ts';
import type { End, Item, Shown } from '../item.ts';
import { listItems, observeEnd, observeItem, observeShown } from '../item.ts';
import type { AwsService, ServiceContext, ServiceSession } from '../service.ts';
import { placingBuckets } from './place-bucket.ts';

const describeFileSystems = listing('fsx:DescribeFileSystems');
const describeBackups = listing('fsx:DescribeBackups');
const describeCaches = listing('fsx:DescribeFileCaches');
const describeAssociations = listing('fsx:DescribeDataRepositoryAssociations', {
  facts: ['relations.replica'],
});

/** Windows, Lustre, ONTAP and OpenZFS file systems, their backups (copied ones too) and the buckets they exchange with. */
export const fsxService: AwsService = placingBuckets({
  name: 'fsx',
  scope: 'region',
  calls: [describeFileSystems, describeBackups, describeCaches, describeAssociations],
  read: readFileSystems,
});

async function* readFileSystems(
  session: ServiceSession,
  context: ServiceContext,
): AsyncGenerator<Observation> {
  const client = session.client(FSxClient);
  yield* listItems(session, context, {
    call: describeFileSystems,
    send: (NextToken, abortSignal) =>
      client.send(new DescribeFileSystemsCommand({ NextToken }), { abortSignal }),
    token: ({ NextToken }) => NextToken,
    items: ({ FileSystems }) => FileSystems,
    each: (system, answer) => observeShown(session, context, answer, showFileSystem(system, session)),
  });
  yield* listItems(session, context, {
    call: describeCaches,
    send: (NextToken, abortSignal) =>
      client.send(new DescribeFileCachesCommand({ NextToken }), { abortSignal }),
    token: ({ NextToken }) => NextToken,
    items: ({ FileCaches }) => FileCaches,
    each: (cache, answer) => [observeItem(session, context, answer, showCache(cache, session))],
  });
  yield* listItems(session, context, {
    call: describeBackups,
    send: (NextToken, abortSignal) => client.send(new DescribeBackupsCommand({ NextToken }), { abortSignal }),
    token: ({ NextToken }) => NextToken,
    items: ({ Backups }) => Backups,
    each: (backup, answer) => observeShown(session, context, answer, showBackup(backup, session)),
  });
  if (!context.needs(describeAssociations)) return;
  yield* listItems(session, context, {
    call: describeAssociations,
    send: (NextToken, abortSignal) =>
      client.send(new DescribeDataRepositoryAssociationsCommand({ NextToken }), { abortSignal }),
    token: ({ NextToken }) => NextToken,
    items: ({ Associations }) => Associations,
    each: (association, answer) =>
      showAssociation(association, session).map((end) => observeEnd(session, answer, end)),
  });
}

function idOf(system: FileSystem | undefined, session: ServiceSession): string {
  return (
    system?.ResourceARN ?? session.arn('fsx', session.region, `file-system/${system?.FileSystemId ?? ''}`)
  );
}

/** Always encrypted; reached through a network only. */
export function showFileSystem(system: FileSystem, session: ServiceSession): Shown {
  const id = idOf(system, session);
  const { facts, relations } = encryptionFacts(session, { key: system.KmsKeyId, keyless: 'provider' });
  const { LustreConfiguration: lustre, WindowsConfiguration: windows } = system;
  const { ImportPath, ExportPath } = lustre?.DataRepositoryConfiguration ?? {};
  const [from, to] = [bucketOf(ImportPath, session), bucketOf(ExportPath, session)];
  const logs = [lustre?.LogConfiguration?.Destination, windows?.AuditLogConfiguration?.AuditLogDestination]
    .flatMap((arn) => arn?.replace(/:\*$/, '') ?? [])
    .filter((arn) => arn !== '');
  return {
    item: {
      id,
      kind: 'file_share',
      name: system.FileSystemId ?? '',
      facts: { tags: tagsFact(system.Tags), ...facts, public: known(false) },
      relations: [
        ...relations,
        ...(to === null ? [] : [{ kind: 'replica' as const, to }]),
        ...logs.map((log) => ({ kind: 'log' as const, to: log })),
      ],
    },
    ends: [
      ...(from === null
        ? []
        : [{ id: from, kind: 'object_store' as const, relations: [{ kind: 'replica' as const, to: id }] }]),
      ...(to === null ? [] : [{ id: to, kind: 'object_store' as const }]),
      ...logs.map((log): End => ({ id: log, kind: log.includes(':firehose:') ? 'stream' : 'log_store' })),
    ],
  };
}

function bucketOf(path: string | undefined, { partition }: ServiceSession): string | null {
  const name = /^s3:\/\/([^/]+)/.exec(path ?? '')?.[1];
  return name === undefined ? null : `arn:${partition}:s3:::${name}`;
}

/** A cache in front of buckets or of file servers; what it is associated with tells what is in it. */
export function showCache(cache: FileCache, session: ServiceSession): Item {
  const name = cache.FileCacheId ?? '';
  const { facts, relations } = encryptionFacts(session, { key: cache.KmsKeyId, keyless: 'provider' });
  return {
    id: cache.ResourceARN ?? session.arn('fsx', session.region, `file-cache/${name}`),
    kind: 'cache',
    name,
    facts: { ...facts, public: known(false) },
    relations,
  };
}

export function showBackup(backup: Backup, session: ServiceSession): Shown {
  const id = backup.ResourceARN ?? session.arn('fsx', session.region, `backup/${backup.BackupId ?? ''}`);
  const { facts, relations } = encryptionFacts(session, { key: backup.KmsKeyId, keyless: 'provider' });
  const { SourceBackupId, SourceBackupRegion = session.region, FileSystem: system } = backup;
  const ends: End[] = [];
  if (SourceBackupId)
    ends.push({
      id: session.arn('fsx', SourceBackupRegion, `backup/${SourceBackupId}`),
      kind: 'snapshot',
      relations: [{ kind: 'replica', to: id }],
    });
  if (system)
    ends.push({ id: idOf(system, session), kind: 'file_share', relations: [{ kind: 'backup', to: id }] });
  return {
    item: {
      id,
      kind: 'snapshot',
      name: backup.BackupId ?? '',
      facts: { tags: tagsFact(backup.Tags), ...facts, public: known(false) },
      relations,
    },
    ends,
  };
}

/** A bucket behind a file system: data goes in, out or both ways, as the policies say. */
export function showAssociation(
  association: DataRepositoryAssociation,
  session: ServiceSession,
): readonly End[] {
  const { FileSystemId, FileCacheId, DataRepositoryPath, S3 } = association;
  const bucket = bucketOf(DataRepositoryPath, session);
  const resource = FileSystemId
    ? `file-system/${FileSystemId}`
    : FileCacheId
      ? `file-cache/${FileCacheId}`
      : null;
  if (resource === null || bucket === null) return [];
  const system = session.arn('fsx', session.region, resource);
  const exports = (S3?.AutoExportPolicy?.Events ?? []).length > 0;
  return [
    // Whatever is in the bucket can be read through the file system, imported at once or on first access.
    { id: bucket, kind: 'object_store', relations: [{ kind: 'replica', to: system }] },
    {
      id: system,
      kind: FileSystemId ? 'file_share' : 'cache',
      relations: exports ? [{ kind: 'replica', to: bucket }] : [],
    },
  ];
}
