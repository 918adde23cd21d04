/**
 * Records the AWS account of `examples/evaluations-2018/` from an emulator: `node tests/record/evaluations-2018.ts`.
 * The account is a reconstruction: what the press reported of 2018 (results of pupils on AWS in Ireland), completed so
 * that each kind of finding shows once. The clock stands still, so recording again gives the same file.
 */

import { readFile } from 'node:fs/promises';
import { createServer, request as forward } from 'node:http';
import { join } from 'node:path';
import type { BucketLocationConstraint } from '@aws-sdk/client-s3';
import {
  CreateBucketCommand,
  PutBucketAclCommand,
  PutBucketEncryptionCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketLoggingCommand,
  PutBucketPolicyCommand,
  PutBucketReplicationCommand,
  PutBucketTaggingCommand,
  PutBucketVersioningCommand,
  PutPublicAccessBlockCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import type { Collected } from '../../src/collect/collect.ts';
import { collect } from '../../src/collect/collect.ts';
import { writeSnapshot } from '../../src/collect/snapshot/write.ts';
import type { Observation } from '../../src/inventory/observation.ts';
import { fixedClock } from '../../src/io/clock.ts';
import { testContext, useTestCredentials } from '../setup/collect-context.ts';
import { ensureMoto, startMoto } from '../setup/moto.ts';

const root = join(import.meta.dirname, '../..');
export const recording = join(root, 'examples/evaluations-2018/aws-2018-10.inventory.ndjson.gz');
const at = '2018-10-01T08:00:00Z';
const [dublin, frankfurt] = ['eu-west-1', 'eu-central-1'] as const;

/** Builds the account in the emulator at `endpoint` and reads it through a proxy that refuses one call. */
export async function recordAccount(endpoint: string): Promise<Collected> {
  useTestCredentials();
  await buildAccount(endpoint);
  const proxy = await startRefusingProxy(endpoint, '/export-familles', 'policyStatus');
  try {
    const options = { endpoint: proxy.endpoint, region: dublin, services: ['s3'] };
    const collected = await collect([{ kind: 'aws', options }], testContext({ clock: fixedClock(at) }));
    return { ...collected, observations: collected.observations.filter(isOfTheExample) };
  } finally {
    await proxy.stop();
  }
}

/** The example tells of buckets, and of who asked; regions and the account itself came to be read later. */
function isOfTheExample({ operation, asset }: Observation): boolean {
  return /^(?:s3|s3control|sts):/.test(operation) && asset?.kind !== 'account';
}

async function buildAccount(endpoint: string): Promise<void> {
  const clientOf = (region: string): S3Client => new S3Client({ endpoint, region, forcePathStyle: true });
  const s3 = clientOf(dublin);
  await create(s3, 'reperes-prod', dublin, { app: 'reperes', env: 'prod' });
  await create(s3, 'reperes-journaux', dublin, { usage: 'journaux' });
  await create(s3, 'export-familles', dublin, {});
  await create(clientOf(frankfurt), 'reperes-replica', frankfurt, { usage: 'replica' });

  for (const Bucket of ['reperes-prod', 'reperes-replica']) {
    await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }));
    await encrypt(s3, Bucket);
    await close(s3, Bucket);
  }
  await encrypt(s3, 'reperes-journaux');
  await close(s3, 'reperes-journaux');
  await refusePlainHttp(s3, 'reperes-prod');

  await s3.send(
    new PutBucketReplicationCommand({
      Bucket: 'reperes-prod',
      ReplicationConfiguration: {
        Role: 'arn:aws:iam::123456789012:role/replication',
        Rules: [
          {
            ID: 'all',
            Status: 'Enabled',
            Prefix: '',
            Destination: { Bucket: 'arn:aws:s3:::reperes-replica' },
          },
        ],
      },
    }),
  );
  await deliverLogs(s3, 'reperes-prod', 'reperes-journaux');
  await s3.send(
    new PutBucketLifecycleConfigurationCommand({
      Bucket: 'reperes-journaux',
      LifecycleConfiguration: {
        Rules: [{ ID: 'a-year', Status: 'Enabled', Filter: { Prefix: '' }, Expiration: { Days: 365 } }],
      },
    }),
  );
}

async function create(
  s3: S3Client,
  Bucket: string,
  region: BucketLocationConstraint,
  tags: { [key: string]: string },
): Promise<void> {
  await s3.send(
    new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: region } }),
  );
  const TagSet = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
  if (TagSet.length > 0) await s3.send(new PutBucketTaggingCommand({ Bucket, Tagging: { TagSet } }));
}

async function encrypt(s3: S3Client, Bucket: string): Promise<void> {
  const Rules = [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' as const } }];
  await s3.send(new PutBucketEncryptionCommand({ Bucket, ServerSideEncryptionConfiguration: { Rules } }));
}

async function close(s3: S3Client, Bucket: string): Promise<void> {
  const closed = {
    BlockPublicAcls: true,
    IgnorePublicAcls: true,
    BlockPublicPolicy: true,
    RestrictPublicBuckets: true,
  };
  await s3.send(new PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration: closed }));
}

async function refusePlainHttp(s3: S3Client, Bucket: string): Promise<void> {
  const Statement = [
    {
      Sid: 'TlsOnly',
      Effect: 'Deny',
      Principal: '*',
      Action: 's3:*',
      Resource: [`arn:aws:s3:::${Bucket}`, `arn:aws:s3:::${Bucket}/*`],
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    },
  ];
  await s3.send(
    new PutBucketPolicyCommand({ Bucket, Policy: JSON.stringify({ Version: '2012-10-17', Statement }) }),
  );
}

async function deliverLogs(s3: S3Client, Bucket: string, TargetBucket: string): Promise<void> {
  const delivery = 'uri="http://acs.amazonaws.com/groups/s3/LogDelivery"';
  await s3.send(
    new PutBucketAclCommand({ Bucket: TargetBucket, GrantWrite: delivery, GrantReadACP: delivery }),
  );
  const LoggingEnabled = { TargetBucket, TargetPrefix: 'acces/' };
  await s3.send(new PutBucketLoggingCommand({ Bucket, BucketLoggingStatus: { LoggingEnabled } }));
}

/** Passes everything on, but for one question about one path. */
async function startRefusingProxy(
  target: string,
  path: string,
  question: string,
): Promise<{ endpoint: string; stop: () => Promise<void> }> {
  const server = createServer((incoming, outgoing) => {
    const url = new URL(incoming.url ?? '/', target);
    if (url.pathname.replace(/\/$/, '') === path && url.searchParams.has(question)) {
      incoming.resume();
      outgoing.writeHead(403, { 'content-type': 'application/xml' });
      outgoing.end('<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>');
      return;
    }
    const { method = 'GET', headers } = incoming;
    const onward = forward(url, { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on('error', () => outgoing.destroy());
    incoming.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('no address');
  return {
    endpoint: `http://127.0.0.1:${address.port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function main(): Promise<void> {
  const install = await ensureMoto();
  if ('missing' in install) throw new Error(install.missing);
  const moto = await startMoto(install.server);
  try {
    const { observations, calls } = await recordAccount(moto.endpoint);
    const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string };
    await writeSnapshot(
      recording,
      { version, created: at, source: { kind: 'aws', options: { region: dublin } } },
      observations,
    );
    console.log(
      `${observations.length} observations, ${Object.values(calls).reduce((a, b) => a + b, 0)} calls: ${recording}`,
    );
  } finally {
    await moto.stop();
  }
}

if (process.argv[1] === import.meta.filename) await main();
