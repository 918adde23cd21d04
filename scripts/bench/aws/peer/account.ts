import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CreateDBInstanceCommand, RDSClient } from '@aws-sdk/client-rds';
import {
  type BucketLocationConstraint,
  CreateBucketCommand,
  PutBucketAclCommand,
  PutBucketEncryptionCommand,
  PutBucketPolicyCommand,
  PutBucketTaggingCommand,
  PutBucketVersioningCommand,
  PutPublicAccessBlockCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { mapBounded } from '../../../../src/collect/bounded.ts';

/** Paris, which is where the data may be, and two others. */
const REGIONS = ['eu-west-3', 'eu-west-1', 'us-east-1'] as const;
const PUPILS = ['eleves-resultats', 'eleves-sante'];
const CLASSES = [...PUPILS, 'aucune-donnee-personnelle', null] as const;

interface Bucket {
  readonly name: string;
  readonly region: (typeof REGIONS)[number];
  readonly dataClass: string | null;
  readonly isEncrypted: boolean;
  /** Refuses to be asked in clear. */
  readonly isTlsOnly: boolean;
  readonly isVersioned: boolean;
  readonly open: 'list' | 'policy' | null;
  /** Public access is blocked, whatever the list or the policy says. */
  readonly isBlocked: boolean;
}

/** What the rules and checks that are alike ask of a bucket. */
export const questions = ['place', 'encryption', 'public', 'class'] as const;
export type Question = (typeof questions)[number];
/** Buckets that a tool reports, by question; a question that it does not ask is not there. */
export type Reported = { readonly [question in Question]?: ReadonlySet<string> };

/** Every trait has a period of its own, so that each meets each. */
export function bucketsOf(count: number): readonly Bucket[] {
  return Array.from({ length: count }, (_, at) => ({
    name: `service-${String(at).padStart(5, '0')}`,
    region: REGIONS[at % 3] ?? 'eu-west-3',
    dataClass: CLASSES[at % 4] ?? null,
    isEncrypted: at % 5 !== 0,
    isTlsOnly: at % 13 > 2,
    isVersioned: at % 2 === 0,
    open: at % 7 === 0 ? 'list' : at % 7 === 1 ? 'policy' : null,
    isBlocked: at % 11 < 4,
  }));
}

/** Where a tool should find something: pupils’ data abroad, in clear or open to all, and stores that do not say what they hold. */
export function planted(buckets: readonly Bucket[]): Required<Reported> {
  const names = (is: (bucket: Bucket) => boolean): ReadonlySet<string> =>
    new Set(buckets.filter(is).map(({ name }) => name));
  const isPupils = ({ dataClass }: Bucket): boolean => dataClass !== null && PUPILS.includes(dataClass);
  return {
    place: names((bucket) => isPupils(bucket) && bucket.region !== 'eu-west-3'),
    encryption: names((bucket) => isPupils(bucket) && !(bucket.isEncrypted && bucket.isTlsOnly)),
    public: names((bucket) => isPupils(bucket) && bucket.open !== null && !bucket.isBlocked),
    class: names(({ dataClass }) => dataClass === null),
  };
}

/** Makes the account: the buckets, and a database, a queue and a table in each region. */
export async function build(endpoint: string, buckets: readonly Bucket[]): Promise<void> {
  const s3 = new S3Client({ endpoint, region: 'us-east-1', forcePathStyle: true });
  for await (const _ of mapBounded(buckets, 8, (bucket) => make(s3, bucket)));
  for (const region of REGIONS) {
    const where = { endpoint, region };
    await new SQSClient(where).send(new CreateQueueCommand({ QueueName: 'jobs' }));
    await new DynamoDBClient(where).send(
      new CreateTableCommand({
        TableName: 'sessions',
        AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
        BillingMode: 'PAY_PER_REQUEST',
      }),
    );
    await new RDSClient(where).send(
      new CreateDBInstanceCommand({
        DBInstanceIdentifier: 'records',
        DBInstanceClass: 'db.t4g.medium',
        Engine: 'postgres',
        AllocatedStorage: 20,
        MasterUsername: 'bench',
        MasterUserPassword: 'bench-bench',
      }),
    );
  }
}

async function make(s3: S3Client, bucket: Bucket): Promise<void> {
  const { name: Bucket, region, dataClass, isEncrypted, isVersioned, open, isBlocked } = bucket;
  const elsewhere = { LocationConstraint: region as BucketLocationConstraint };
  await s3.send(
    new CreateBucketCommand({
      Bucket,
      ...(region === 'us-east-1' ? {} : { CreateBucketConfiguration: elsewhere }),
    }),
  );
  const Tagging = {
    TagSet: [
      { Key: 'app', Value: 'ent' },
      ...(dataClass === null ? [] : [{ Key: 'data-class', Value: dataClass }]),
    ],
  };
  await s3.send(new PutBucketTaggingCommand({ Bucket, Tagging }));
  if (isEncrypted) {
    const byDefault = { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' as const } };
    const ServerSideEncryptionConfiguration = { Rules: [byDefault] };
    await s3.send(new PutBucketEncryptionCommand({ Bucket, ServerSideEncryptionConfiguration }));
  }
  if (isVersioned)
    await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }));
  if (open === 'list') await s3.send(new PutBucketAclCommand({ Bucket, ACL: 'public-read' }));
  const Policy = policyOf(bucket);
  if (Policy !== null) await s3.send(new PutBucketPolicyCommand({ Bucket, Policy }));
  if (isBlocked) {
    const PublicAccessBlockConfiguration = {
      BlockPublicAcls: true,
      IgnorePublicAcls: true,
      BlockPublicPolicy: true,
      RestrictPublicBuckets: true,
    };
    await s3.send(new PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration }));
  }
}

function policyOf({ name, isTlsOnly, open }: Bucket): string | null {
  const all = [`arn:aws:s3:::${name}`, `arn:aws:s3:::${name}/*`];
  const inClear = { Bool: { 'aws:SecureTransport': 'false' } };
  const Statement = [
    ...(isTlsOnly
      ? [{ Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: all, Condition: inClear }]
      : []),
    ...(open === 'policy'
      ? [{ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: all[1] }]
      : []),
  ];
  return Statement.length === 0 ? null : JSON.stringify({ Version: '2012-10-17', Statement });
}
