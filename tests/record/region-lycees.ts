/**
 * Records the two accounts of `examples/region-lycees/` that are read from APIs: `node tests/record/region-lycees.ts`.
 * The ENT's buckets come from Ceph's gateway, whose zone group bears the region code of Outscale; the assessments from
 * an emulator of AWS. The clock stands still; what the servers date themselves changes the hashes of their answers.
 */

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CloudFrontClient, CreateDistributionCommand } from '@aws-sdk/client-cloudfront';
import {
  CreateBucketCommand,
  PutBucketAclCommand,
  PutBucketEncryptionCommand,
  PutBucketPolicyCommand,
  PutBucketTaggingCommand,
  PutBucketVersioningCommand,
  PutPublicAccessBlockCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { collect } from '../../src/collect/collect.ts';
import { writeSnapshot } from '../../src/collect/snapshot/write.ts';
import type { Observation } from '../../src/inventory/observation.ts';
import { fixedClock } from '../../src/io/clock.ts';
import { everyFact, testContext, useTestCredentials } from '../setup/collect-context.ts';
import { ensureMoto, startMoto } from '../setup/moto.ts';
import { type RadosGateway, startRadosGateway } from '../setup/radosgw.ts';

const root = join(import.meta.dirname, '../..');
const at = '2026-11-20T08:00:00Z';
const paris = 'eu-west-3';
/** At Outscale this is Paris; at AWS it is London. */
export const zoneGroup = 'eu-west-2';
const outscale = 'oos.eu-west-2.outscale.com';
const wanted = new Set([...everyFact, 'relations', 'object_lock']);
const context = testContext({ clock: fixedClock(at), wanted });

/** The ENT's buckets, under the name of the host that they would have at Outscale. */
export async function recordWorkspace({ endpoint }: RadosGateway): Promise<readonly Observation[]> {
  const s3 = new S3Client({ endpoint, region: 'us-east-1', forcePathStyle: true });
  const make = async (Bucket: string, tags: { readonly [key: string]: string } = {}): Promise<void> => {
    await s3.send(new CreateBucketCommand({ Bucket }));
    const TagSet = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
    if (TagSet.length > 0) await s3.send(new PutBucketTaggingCommand({ Bucket, Tagging: { TagSet } }));
  };
  await make('ent-comptes', { app: 'ent' });
  await make('ent-messages', { app: 'ent' });
  await make('reprise-2025');
  await s3.send(new PutBucketAclCommand({ Bucket: 'reprise-2025', ACL: 'public-read' }));
  for (const Bucket of ['ent-comptes', 'ent-messages']) {
    await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }));
    await s3.send(new PutBucketPolicyCommand({ Bucket, Policy: tlsOnly(Bucket) }));
  }
  const { observations } = await collect(
    [{ kind: 's3', options: { endpoint, provider: 'outscale' } }],
    context,
  );
  const renamed = JSON.stringify(observations).replaceAll(new URL(endpoint).host, outscale);
  return JSON.parse(renamed) as readonly Observation[];
}

/** The buckets of the assessments in Paris, and the distribution in front of one of them. */
export async function recordAssessments(endpoint: string): Promise<readonly Observation[]> {
  useTestCredentials();
  const s3 = new S3Client({ endpoint, region: paris, forcePathStyle: true });
  for (const Bucket of ['evaluations-copies', 'evaluations-scores']) {
    await s3.send(
      new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: paris } }),
    );
    const TagSet = [{ Key: 'app', Value: 'evaluations' }];
    await s3.send(new PutBucketTaggingCommand({ Bucket, Tagging: { TagSet } }));
    const Rules = [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' as const } }];
    await s3.send(new PutBucketEncryptionCommand({ Bucket, ServerSideEncryptionConfiguration: { Rules } }));
    await s3.send(new PutBucketPolicyCommand({ Bucket, Policy: tlsOnly(Bucket) }));
    const PublicAccessBlockConfiguration = {
      BlockPublicAcls: true,
      IgnorePublicAcls: true,
      BlockPublicPolicy: true,
      RestrictPublicBuckets: true,
    };
    await s3.send(new PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration }));
  }
  const front = new CloudFrontClient({ endpoint, region: 'us-east-1' });
  await front.send(
    new CreateDistributionCommand({
      DistributionConfig: {
        CallerReference: 'evaluations',
        Comment: 'evaluations.example',
        Enabled: true,
        PriceClass: 'PriceClass_100',
        Origins: {
          Quantity: 1,
          Items: [
            {
              Id: 'copies',
              DomainName: `evaluations-copies.s3.${paris}.amazonaws.com`,
              S3OriginConfig: { OriginAccessIdentity: '' },
            },
          ],
        },
        DefaultCacheBehavior: {
          TargetOriginId: 'copies',
          ViewerProtocolPolicy: 'redirect-to-https',
          TrustedSigners: { Enabled: true, Quantity: 1, Items: ['self'] },
          MinTTL: 0,
          ForwardedValues: { QueryString: false, Cookies: { Forward: 'none' } },
        },
      },
    }),
  );
  const options = { endpoint, region: paris, services: ['s3', 'cloudfront'] };
  const { observations } = await collect([{ kind: 'aws', options }], context);
  // An emulator has no say in which services an auditor reads; the example tells of two.
  return observations.filter(({ operation }) => operation !== 'bercail:ReadServices');
}

function tlsOnly(Bucket: string): string {
  const Statement = {
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:*',
    Resource: [`arn:aws:s3:::${Bucket}`, `arn:aws:s3:::${Bucket}/*`],
    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  };
  return JSON.stringify({ Version: '2012-10-17', Statement: [Statement] });
}

async function main(): Promise<void> {
  const install = await ensureMoto();
  if ('missing' in install) throw new Error(install.missing);
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string };
  const write = async (
    name: string,
    kind: string,
    options: { readonly [name: string]: string },
    seen: readonly Observation[],
  ) => {
    const file = join(root, 'examples/region-lycees', `${name}.inventory.ndjson.gz`);
    await writeSnapshot(file, { version, created: at, source: { kind, options } }, seen);
    console.log(`${seen.length} observations: ${file}`);
  };
  const moto = await startMoto(install.server);
  try {
    await write('aws-evaluations', 'aws', { region: paris }, await recordAssessments(moto.endpoint));
  } finally {
    await moto.stop();
  }
  const gateway = await startRadosGateway(zoneGroup);
  try {
    useTestCredentials();
    process.env['AWS_ACCESS_KEY_ID'] = gateway.credentials.accessKeyId;
    process.env['AWS_SECRET_ACCESS_KEY'] = gateway.credentials.secretAccessKey;
    const options = { endpoint: `https://${outscale}`, provider: 'outscale' };
    await write('outscale-ent', 's3', options, await recordWorkspace(gateway));
  } finally {
    await gateway.stop();
  }
}

if (process.argv[1] === import.meta.filename) await main();
