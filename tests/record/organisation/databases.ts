import { CreateTableCommand, DynamoDBClient, UpdateTableCommand } from '@aws-sdk/client-dynamodb';
import {
  CopyDBSnapshotCommand,
  CreateDBInstanceCommand,
  CreateDBInstanceReadReplicaCommand,
  CreateDBSnapshotCommand,
  ModifyDBSnapshotAttributeCommand,
  RDSClient,
} from '@aws-sdk/client-rds';
import type { Built } from './account.ts';
import { dublin, paris, results, tagList, virginia } from './account.ts';

/** A database in Paris with a replica in Dublin, its snapshot shared with the laboratory and copied to Virginia; tables. */
export async function buildDatabases(prod: Built, lab: Built): Promise<void> {
  const rds = prod.client(RDSClient, paris);
  const instance = {
    DBInstanceClass: 'db.t3.micro',
    Engine: 'postgres',
    MasterUsername: 'u',
    MasterUserPassword: 'p-123456',
    AllocatedStorage: 20,
  };
  await rds.send(
    new CreateDBInstanceCommand({
      ...instance,
      DBInstanceIdentifier: 'results',
      StorageEncrypted: true,
      Tags: tagList(results),
    }),
  );
  const source = `arn:aws:rds:${paris}:${prod.account}:db:results`;
  await prod.client(RDSClient, dublin).send(
    new CreateDBInstanceReadReplicaCommand({
      DBInstanceIdentifier: 'results-far',
      SourceDBInstanceIdentifier: source,
    }),
  );
  await rds.send(
    new CreateDBSnapshotCommand({ DBInstanceIdentifier: 'results', DBSnapshotIdentifier: 'june' }),
  );
  await rds.send(
    new ModifyDBSnapshotAttributeCommand({
      DBSnapshotIdentifier: 'june',
      AttributeName: 'restore',
      ValuesToAdd: [lab.account],
    }),
  );
  await prod.client(RDSClient, virginia).send(
    new CopyDBSnapshotCommand({
      SourceDBSnapshotIdentifier: `arn:aws:rds:${paris}:${prod.account}:snapshot:june`,
      TargetDBSnapshotIdentifier: 'june-us',
    }),
  );
  for (const name of ['timetable', 'canteen'])
    await rds.send(
      new CreateDBInstanceCommand({ ...instance, DBInstanceIdentifier: name, StorageEncrypted: false }),
    );

  const dynamodb = prod.client(DynamoDBClient, paris);
  const table = async (TableName: string, tags: { readonly [key: string]: string }): Promise<void> => {
    await dynamodb.send(
      new CreateTableCommand({
        TableName,
        AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
        BillingMode: 'PAY_PER_REQUEST',
        StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
        Tags: tagList(tags),
      }),
    );
  };
  await table('pupils', results);
  await dynamodb.send(
    new UpdateTableCommand({ TableName: 'pupils', ReplicaUpdates: [{ Create: { RegionName: virginia } }] }),
  );
  for (let i = 1; i <= 5; i += 1) await table(`sessions-${i}`, { app: 'ent' });
}
