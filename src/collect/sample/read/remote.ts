import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { GetObjectCommandOutput } from '@aws-sdk/client-s3';
import { BercailError } from '../../../error.ts';
import { classifyFailure } from '../../failure.ts';

/** How objects are reached; credentials, proxies and the rest of the environment are the SDK's own. */
export interface RemoteOptions {
  readonly endpoint?: string;
  readonly region?: string;
  readonly profile?: string;
}

/** Bytes asked for at a time. */
const RANGE = 16 * 1024 * 1024;
const ATTEMPTS = 6;

/** Copies an object, range by range, into the private folder, which is removed with it. Returns where. */
export async function fetchObject(
  url: string,
  folder: string,
  name: string,
  options: RemoteOptions,
  signal: AbortSignal,
): Promise<string> {
  const [, bucket, key] = /^s3:\/\/([^/]+)\/(.+)$/i.exec(url) ?? [];
  if (bucket === undefined || key === undefined)
    throw new BercailError('usage', { message: `${url} names no object`, hint: 's3://BUCKET/KEY' });
  const { GetObjectCommand, S3Client } = await import('@aws-sdk/client-s3');
  const { endpoint, region, profile } = options;
  const client = new S3Client({
    retryMode: 'adaptive',
    maxAttempts: ATTEMPTS,
    followRegionRedirects: true,
    ...(endpoint === undefined ? {} : { endpoint, forcePathStyle: true, region: region ?? 'auto' }),
    ...(region === undefined ? {} : { region }),
    ...(profile === undefined ? {} : { profile }),
  });
  const path = join(folder, name);
  const file = await open(path, 'wx', 0o600);
  try {
    let at = 0;
    let size = Number.POSITIVE_INFINITY;
    let etag: string | undefined;
    while (at < size) {
      const range = { Bucket: bucket, Key: key, Range: `bytes=${at}-${at + RANGE - 1}` };
      // An object that changes half-way would be measured as none that ever was.
      const command = new GetObjectCommand(etag === undefined ? range : { ...range, IfMatch: etag });
      const answer: GetObjectCommandOutput = await client.send(command, { abortSignal: signal });
      const bytes = (await answer.Body?.transformToByteArray()) ?? new Uint8Array();
      if (bytes.length === 0) break;
      await file.write(bytes);
      at += bytes.length;
      etag = answer.ETag ?? etag;
      size = Number(/\/(\d+)$/.exec(answer.ContentRange ?? '')?.[1] ?? at);
    }
    return path;
  } catch (error) {
    const { code } = classifyFailure(error);
    // An empty object has no first byte to ask for.
    if (code === 'InvalidRange') return path;
    throw new BercailError('input', {
      message: `${url} could not be read: ${code}`,
      hint: 'it takes s3:GetObject on the object',
    });
  } finally {
    await file.close();
    client.destroy();
  }
}
