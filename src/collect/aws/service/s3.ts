import { S3Client } from '@aws-sdk/client-s3';
import type { PublicAccessBlockConfiguration } from '@aws-sdk/client-s3-control';
import { GetPublicAccessBlockCommand, S3ControlClient } from '@aws-sdk/client-s3-control';
import type { Observation } from '../../../inventory/observation.ts';
import type { Answer } from '../../call.ts';
import { observe } from '../../call.ts';
import { countOption } from '../../option.ts';
import { getLocation, headBucket, listBuckets } from '../../s3/calls.ts';
import { collectBuckets } from '../../s3/collect-buckets.ts';
import { readers } from '../../s3/readers.ts';
import type { AwsService, ServiceCall, ServiceContext, ServiceSession } from './service.ts';

/** A page that AWS answers fast; any size makes it name the regions. */
export const PAGE_SIZE = 1000;

export const accountBlock: ServiceCall = {
  operation: 's3control:GetPublicAccessBlock',
  permission: 's3:GetAccountPublicAccessBlock',
  none: ['NoSuchPublicAccessBlockConfiguration'],
  facts: ['public'],
};

/** The account's buckets, in all regions: a listing of S3 is never narrowed to one. */
export const s3Service: AwsService = {
  name: 's3',
  scope: 'global',
  calls: [
    listBuckets,
    getLocation,
    // The header of its answer names the region even to those it refuses; `s3:ListBucket` would also show the names of
    // the objects, so that no permission is asked for it.
    { ...headBucket, isFree: true },
    accountBlock,
    ...readers.flatMap(({ facts, calls }) => calls.map((call): ServiceCall => ({ ...call, facts }))),
  ],
  read: readS3,
};

async function* readS3(session: ServiceSession, context: ServiceContext): AsyncGenerator<Observation> {
  const { account, partition, options, scope } = session;
  let block: Answer<PublicAccessBlockConfiguration> | null = null;
  if (context.needs(accountBlock)) {
    block = await context.ask(accountBlock, (signal) => readAccountBlock(session, signal));
    yield observe(session.scene(account), block, {});
  }
  yield* collectBuckets(
    {
      source: 'aws',
      dialect: 'aws',
      provider: partition,
      partition,
      account,
      operator: null,
      configured: null,
      pageSize: countOption(options, 'page_size') ?? PAGE_SIZE,
      accountBlock: block,
      clientOf: (region) => s3Client(session, region ?? session.region),
      scopeOf: (region) => (region === null ? scope : `${account}/${region}`),
      idOf: (bucket) => `arn:${partition}:s3:::${bucket}`,
    },
    context.ask,
    context,
  );
}

const adapted = new WeakSet();

/** An endpoint of one's own (configured or from the environment) seldom answers to `BUCKET.HOST`: path style there. */
export function s3Client(session: ServiceSession, region: string): S3Client {
  const client = session.client(S3Client, region);
  if (adapted.has(client)) return client;
  adapted.add(client);
  const standard = client.config.endpointProvider;
  client.config.endpointProvider = (params, context) =>
    standard(params.Endpoint === undefined ? params : { ...params, ForcePathStyle: true }, context);
  return client;
}

/** S3 Control puts the account before the host name, which such an endpoint does not answer to either. */
export function controlClient(session: ServiceSession, region = session.region): S3ControlClient {
  const client = session.client(S3ControlClient, region);
  if (adapted.has(client)) return client;
  adapted.add(client);
  const standard = client.config.endpointProvider;
  client.config.endpointProvider = (params, context) =>
    params.Endpoint === undefined ? standard(params, context) : { url: new URL(params.Endpoint) };
  return client;
}

export async function readAccountBlock(
  session: ServiceSession,
  abortSignal: AbortSignal,
): Promise<PublicAccessBlockConfiguration> {
  const command = new GetPublicAccessBlockCommand({ AccountId: session.account });
  const { PublicAccessBlockConfiguration } = await controlClient(session).send(command, { abortSignal });
  return PublicAccessBlockConfiguration ?? {};
}
