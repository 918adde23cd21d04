import type { IncomingMessage } from 'node:http';

/** A request to the fake, by the names that the collector has for operations. */
export interface FakeRequest {
  readonly method: string;
  /** `s3:GetBucketAcl`, `ec2:DescribeRegions`, `rds:DescribeDBInstances`; `SERVICE:METHOD PATH` where the path is the name. */
  readonly operation: string;
  readonly bucket: string;
  readonly token: number;
  /** Of who signed; null where the signature is of the caller's own key. */
  readonly account: string | null;
  readonly region: string;
  readonly protocol: 'rest' | 'json' | 'form';
  readonly body: string;
}

const OF_BUCKETS = new Map([
  ['tagging', 's3:GetBucketTagging'],
  ['encryption', 's3:GetBucketEncryption'],
  ['policy', 's3:GetBucketPolicy'],
  ['policyStatus', 's3:GetBucketPolicyStatus'],
  ['publicAccessBlock', 's3:GetPublicAccessBlock'],
  ['acl', 's3:GetBucketAcl'],
  ['logging', 's3:GetBucketLogging'],
  ['replication', 's3:GetBucketReplication'],
  ['lifecycle', 's3:GetBucketLifecycleConfiguration'],
  ['versioning', 's3:GetBucketVersioning'],
  ['location', 's3:GetBucketLocation'],
  ['notification', 's3:GetBucketNotificationConfiguration'],
  ['inventory', 's3:ListBucketInventoryConfigurations'],
  ['object-lock', 's3:GetObjectLockConfiguration'],
  ['accelerate', 's3:GetBucketAccelerateConfiguration'],
  ['analytics', 's3:ListBucketAnalyticsConfigurations'],
  ['metadataConfiguration', 's3:GetBucketMetadataConfiguration'],
  ['metadataTable', 's3:GetBucketMetadataTableConfiguration'],
  ['ownershipControls', 's3:GetBucketOwnershipControls'],
]);

export async function readRequest(request: IncomingMessage): Promise<FakeRequest> {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  const { method = 'GET', url = '/', headers } = request;
  const { pathname, searchParams } = new URL(url, 'http://127.0.0.1');
  const [, key = '', region = '', service = ''] =
    /Credential=([^/]+)\/\d+\/([^/]+)\/([^/]+)\//.exec(headers.authorization ?? '') ?? [];
  const target = headers['x-amz-target'];
  const action = new URLSearchParams(body).get('Action');
  const bucket =
    service === 's3' && !pathname.startsWith('/v20180820/')
      ? decodeURIComponent(pathname.split('/')[1] ?? '')
      : '';
  const base = {
    method,
    bucket,
    token: Number(searchParams.get('continuation-token') ?? 0),
    account: /^ASIA(\d{12})$/.exec(key)?.[1] ?? null,
    region,
    body,
  };
  if (typeof target === 'string')
    return { ...base, operation: `${service}:${target.split('.').at(-1)}`, protocol: 'json' };
  if (action !== null) return { ...base, operation: `${service}:${action}`, protocol: 'form' };
  return {
    ...base,
    operation: restOperation(service, method, pathname, bucket, searchParams),
    protocol: 'rest',
  };
}

function restOperation(
  service: string,
  method: string,
  path: string,
  bucket: string,
  query: URLSearchParams,
): string {
  if (service !== 's3') return `${service}:${method} ${path}`;
  if (path === '/v20180820/configuration/publicAccessBlock') return 's3control:GetPublicAccessBlock';
  if (path.startsWith('/v20180820/')) return `s3control:${method} ${path}`;
  if (bucket === '') return 's3:ListBuckets';
  if (method === 'HEAD') return 's3:HeadBucket';
  const asked = [...query.keys()].map((name) => OF_BUCKETS.get(name)).find((name) => name !== undefined);
  return asked ?? `s3:${method} ${[...query.keys()].join('&')}`;
}
