import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import type { GetObjectCommandOutput, S3Client } from '@aws-sdk/client-s3';
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
  const { GetObjectCommand } = await import('@aws-sdk/client-s3');
  const client = await connectTo(options);
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
      const [first, total] = rangeOf(answer);
      // A page in the object's place, or another part of it, would be measured as if it were the data.
      if (first !== at || (size !== Number.POSITIVE_INFINITY && total !== size) || isPage(answer, key))
        throw new RemoteFault('UnexpectedAnswer');
      const before = at;
      at += await append(file, answer);
      size = total;
      if (at > size || (at === before && at < size)) throw new RemoteFault('IncompleteAnswer');
      etag = answer.ETag ?? etag;
    }
    return path;
  } catch (error) {
    if (error instanceof BercailError) throw error;
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

/** Of an endpoint, the same client as its buckets are read with: it goes nowhere else. */
async function connectTo({ endpoint, region, profile }: RemoteOptions): Promise<S3Client> {
  const options = {
    ...(region === undefined ? {} : { region }),
    ...(profile === undefined ? {} : { profile }),
  };
  if (endpoint !== undefined) {
    const { addressOf } = await import('../../s3/endpoint/address.ts');
    const { connect } = await import('../../s3/endpoint/connect.ts');
    return connect(addressOf({ endpoint }), options);
  }
  const { S3Client } = await import('@aws-sdk/client-s3');
  return new S3Client({
    retryMode: 'adaptive',
    maxAttempts: ATTEMPTS,
    followRegionRedirects: true,
    ...options,
  });
}

class RemoteFault extends Error {
  constructor(code: 'UnexpectedAnswer' | 'IncompleteAnswer') {
    super(code);
    this.name = code;
  }
}

/** Where the bytes start, and how many the object has; an endpoint that knows no ranges sends all of them. */
function rangeOf({ ContentRange, ContentLength }: GetObjectCommandOutput): readonly [number, number] {
  const [, first, total] = /^bytes (\d+)-\d+\/(\d+)$/.exec(ContentRange ?? '') ?? [];
  if (first !== undefined && total !== undefined) return [Number(first), Number(total)];
  if (ContentRange !== undefined || ContentLength === undefined) throw new RemoteFault('UnexpectedAnswer');
  return [0, ContentLength];
}

function isPage({ ContentType }: GetObjectCommandOutput, key: string): boolean {
  return /^text\/html\b/i.test(ContentType ?? '') && !/\.html?$/i.test(key);
}

/** Piece by piece: an endpoint that knows no ranges may send more than memory holds. */
async function append(file: FileHandle, { Body }: GetObjectCommandOutput): Promise<number> {
  let size = 0;
  if (Body === undefined || !(Symbol.asyncIterator in Body)) return size;
  for await (const chunk of Body as AsyncIterable<Uint8Array>) {
    await file.write(chunk);
    size += chunk.length;
  }
  return size;
}
