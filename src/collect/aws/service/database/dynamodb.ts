import type { BackupSummary, TableDescription } from '@aws-sdk/client-dynamodb';
import {
  DescribeExportCommand,
  DescribeKinesisStreamingDestinationCommand,
  DescribeTableCommand,
  DynamoDBClient,
  GetResourcePolicyCommand,
  ListBackupsCommand,
  ListExportsCommand,
  ListTablesCommand,
  ListTagsOfResourceCommand,
} from '@aws-sdk/client-dynamodb';
import type { Observation } from '../../../../inventory/observation.ts';
import { action } from '../action.ts';
import { encryptionFacts, known, tagsFact } from '../fact.ts';
import type { End, Said, Shown } from '../item.ts';
import { askItem, askItemPages, isElsewhere, listItems, observeItem, observeShown } from '../item.ts';
import { readAccessText } from '../policy.ts';
import type { AwsService, ServiceContext, ServiceSession } from '../service.ts';
import { placingBuckets } from '../storage/place-bucket.ts';

const listTables = action('dynamodb:ListTables');
const describeTable = action('dynamodb:DescribeTable', {
  facts: [
    'encryption.at_rest',
    'encryption.key_manager',
    'encryption.key_account',
    'public',
    'relations.replica',
    'relations.key',
  ],
});
const listTags = action('dynamodb:ListTagsOfResource', { facts: ['tags'] });
const getPolicy = action('dynamodb:GetResourcePolicy', {
  facts: ['access.wildcard', 'access.outside_accounts'],
  none: ['PolicyNotFoundException'],
});
const listBackups = action('dynamodb:ListBackups');
const describeStreaming = action('dynamodb:DescribeKinesisStreamingDestination', {
  facts: ['relations.replica'],
});
const listExports = action('dynamodb:ListExports', { facts: ['relations.replica'] });
const describeExport = action('dynamodb:DescribeExport', { facts: ['relations.replica'] });

/** Tables, the replicas of global tables, backups, the streams and buckets that they are copied to. */
export const dynamodbService: AwsService = placingBuckets({
  name: 'dynamodb',
  scope: 'region',
  calls: [
    listTables,
    describeTable,
    listTags,
    getPolicy,
    describeStreaming,
    listBackups,
    listExports,
    describeExport,
  ],
  read: readTables,
});

async function* readTables(session: ServiceSession, context: ServiceContext): AsyncGenerator<Observation> {
  const client = session.client(DynamoDBClient);
  const seen = new Set<string>();
  yield* listItems(session, context, {
    call: listTables,
    send: (ExclusiveStartTableName, abortSignal) =>
      client.send(new ListTablesCommand({ ExclusiveStartTableName }), { abortSignal }),
    token: ({ LastEvaluatedTableName }) => LastEvaluatedTableName,
    items: ({ TableNames }) => TableNames,
    each: async (TableName, answer) => {
      const id = session.arn('dynamodb', session.region, `table/${TableName}`);
      seen.add(id);
      return [
        observeItem(session, context, answer, { id, kind: 'database', name: TableName }),
        ...(await askItem(
          session,
          context,
          id,
          describeTable,
          (abortSignal) => client.send(new DescribeTableCommand({ TableName }), { abortSignal }),
          (response) => readTable(response?.Table, session),
        )),
        ...(await askItemPages(
          session,
          context,
          id,
          listTags,
          (NextToken, abortSignal) =>
            client.send(new ListTagsOfResourceCommand({ ResourceArn: id, NextToken }), { abortSignal }),
          ({ NextToken }) => NextToken,
          (pages) => ({ facts: { tags: tagsFact(pages.flatMap(({ Tags = [] }) => Tags)) } }),
        )),
        ...(await askItem(
          session,
          context,
          id,
          getPolicy,
          (abortSignal) => client.send(new GetResourcePolicyCommand({ ResourceArn: id }), { abortSignal }),
          (response) => readAccessText(session, response?.Policy),
        )),
        ...(await askItem(
          session,
          context,
          id,
          describeStreaming,
          (abortSignal) =>
            client.send(new DescribeKinesisStreamingDestinationCommand({ TableName }), { abortSignal }),
          (response) => ({
            relations: (response?.KinesisDataStreamDestinations ?? []).flatMap(
              ({ StreamArn, DestinationStatus }) =>
                StreamArn === undefined || DestinationStatus === 'DISABLED'
                  ? []
                  : [{ kind: 'replica' as const, to: StreamArn }],
            ),
          }),
        )),
      ];
    },
  });
  // Of all kinds: those that AWS Backup made are told by its vaults as well.
  yield* listItems(session, context, {
    call: listBackups,
    send: (ExclusiveStartBackupArn, abortSignal) =>
      client.send(new ListBackupsCommand({ BackupType: 'ALL', ExclusiveStartBackupArn }), { abortSignal }),
    token: ({ LastEvaluatedBackupArn }) => LastEvaluatedBackupArn,
    items: ({ BackupSummaries }) => BackupSummaries?.filter(({ BackupStatus }) => BackupStatus !== 'DELETED'),
    each: (backup, answer) => observeShown(session, context, answer, showBackup(backup, seen)),
  });
  if (!context.needs(listExports)) return;
  yield* listItems(session, context, {
    call: listExports,
    send: (NextToken, abortSignal) => client.send(new ListExportsCommand({ NextToken }), { abortSignal }),
    token: ({ NextToken }) => NextToken,
    items: ({ ExportSummaries }) => ExportSummaries?.filter(({ ExportStatus }) => ExportStatus !== 'FAILED'),
    each: ({ ExportArn = '' }) => {
      // `TABLE-ARN/export/ID`.
      const table = ExportArn.split('/export/')[0] ?? ExportArn;
      return askItem(
        session,
        context,
        table,
        describeExport,
        (abortSignal) => client.send(new DescribeExportCommand({ ExportArn }), { abortSignal }),
        (response) => {
          const { S3Bucket, S3BucketOwner = null } = response?.ExportDescription ?? {};
          if (S3Bucket === undefined) return { unreadable: 'not_collected', code: 'EmptyAnswer' };
          const to = `arn:${session.partition}:s3:::${S3Bucket}`;
          return {
            relations: [{ kind: 'replica', to }],
            ends: [{ id: to, kind: 'object_store', account: S3BucketOwner }],
          };
        },
      );
    },
  });
}

/** A backup often outlives its table: one that is gone is no asset. Backups cannot be opened to anyone. */
export function showBackup(
  { BackupArn: id = '', BackupName, TableArn: table }: BackupSummary,
  seen: ReadonlySet<string>,
): Shown {
  return {
    item: { id, kind: 'snapshot', name: BackupName ?? id, facts: { public: known(false) } },
    ends:
      table !== undefined && seen.has(table)
        ? [{ id: table, kind: 'database', relations: [{ kind: 'snapshot', to: id }] }]
        : [],
  };
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TableDescription.html */
export function readTable(table: TableDescription | undefined, session: ServiceSession): Said {
  if (table === undefined) return { unreadable: 'not_collected', code: 'EmptyAnswer' };
  // A table without a description of its encryption is under a key that the service owns.
  const { facts, relations } = encryptionFacts(session, {
    key: table.SSEDescription?.KMSMasterKeyArn,
    keyless: 'provider',
  });
  const own = session.arn('dynamodb', session.region, `table/${table.TableName ?? ''}`);
  // Replicas may be of other accounts, and then of the same region too: their ARN tells.
  const replicas = (table.Replicas ?? []).flatMap(({ RegionName, ReplicaArn, ReplicaStatus }): End[] => {
    if (ReplicaStatus === 'ARCHIVED' || (!ReplicaArn && !RegionName)) return [];
    const id = ReplicaArn || session.arn('dynamodb', RegionName ?? '', `table/${table.TableName ?? ''}`);
    return id === own ? [] : [{ id, kind: 'database' }];
  });
  return {
    // The service refuses policies that would open a table to everyone.
    facts: { ...facts, public: known(false) },
    relations: [...relations, ...replicas.map(({ id }) => ({ kind: 'replica' as const, to: id }))],
    ends: replicas.filter(({ id }) => isElsewhere(session, id)),
  };
}
