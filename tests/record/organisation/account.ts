import {
  BucketLocationConstraint,
  CreateBucketCommand,
  PutBucketTaggingCommand,
  PutBucketVersioningCommand,
  S3Client,
} from '@aws-sdk/client-s3';

export type ClientClass<C> = new (config: object) => C;

/** An account to build in, with its clients. */
export interface Built {
  readonly account: string;
  readonly client: <C>(Client: ClientClass<C>, region?: string) => C;
  readonly bucket: (
    name: string,
    region: string,
    tags?: { readonly [key: string]: string },
  ) => Promise<string>;
}

export const paris = 'eu-west-3';
export const dublin = 'eu-west-1';
export const virginia = 'us-east-1';

/** What marks the data of pupils. */
export const results = { 'data-class': 'results' };

export function accountOf(endpoint: string, account: string, credentials: object): Built {
  // The client of Kinesis would speak HTTP/2, which the emulator does not.
  const { requestHandler } = new S3Client({ endpoint, region: paris }).config;
  const client = <C>(Client: ClientClass<C>, region = paris): C =>
    new Client({ endpoint, region, credentials, requestHandler, forcePathStyle: true });
  return {
    account,
    client,
    bucket: async (Bucket, region, tags = {}) => {
      const s3 = client(S3Client, region);
      const constraint = Object.values(BucketLocationConstraint).find((one) => one === region);
      await s3.send(
        new CreateBucketCommand({
          Bucket,
          ...(constraint === undefined
            ? {}
            : { CreateBucketConfiguration: { LocationConstraint: constraint } }),
        }),
      );
      const TagSet = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
      if (TagSet.length > 0) await s3.send(new PutBucketTaggingCommand({ Bucket, Tagging: { TagSet } }));
      await s3.send(
        new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }),
      );
      return `arn:aws:s3:::${Bucket}`;
    },
  };
}

export function tagList(tags: { readonly [key: string]: string }): { Key: string; Value: string }[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}
