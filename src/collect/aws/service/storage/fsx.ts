import type { Backup, DataRepositoryAssociation, FileSystem } from '@aws-sdk/client-fsx';
import {
  DescribeBackupsCommand,
  DescribeDataRepositoryAssociationsCommand,
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
const describeAssociations = listing('fsx:DescribeDataRepositoryAssociations', {
  facts: ['relations.replica'],
});

/** Windows, Lustre, ONTAP and OpenZFS file systems, their backups (copied ones too) and the buckets they exchange with. */
export const fsxService: AwsService = placingBuckets({
  name: 'fsx',
  scope: 'region',
  calls: [describeFileSystems, describeBackups, describeAssociations],
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
    each: (system, answer) => [observeItem(session, context, answer, showFileSystem(system, session))],
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
export function showFileSystem(system: FileSystem, session: ServiceSession): Item {
  const { facts, relations } = encryptionFacts(session, { key: system.KmsKeyId, keyless: 'provider' });
  return {
    id: idOf(system, session),
    kind: 'file_share',
    name: system.FileSystemId ?? '',
    facts: { tags: tagsFact(system.Tags), ...facts, public: known(false) },
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
  const { FileSystemId, DataRepositoryPath = '', S3 } = association;
  const name = /^s3:\/\/([^/]+)/.exec(DataRepositoryPath)?.[1];
  if (!FileSystemId || name === undefined) return [];
  const system = session.arn('fsx', session.region, `file-system/${FileSystemId}`);
  const bucket = `arn:${session.partition}:s3:::${name}`;
  const exports = (S3?.AutoExportPolicy?.Events ?? []).length > 0;
  return [
    // Whatever is in the bucket can be read through the file system, imported at once or on first access.
    { id: bucket, kind: 'object_store', relations: [{ kind: 'replica', to: system }] },
    { id: system, kind: 'file_share', relations: exports ? [{ kind: 'replica', to: bucket }] : [] },
  ];
}
