import type { IncomingMessage } from 'node:http';
import { createServer } from 'node:http';

/** What the fake answers to one operation. */
export interface Reply {
  readonly status: number;
  readonly code?: string;
  readonly body?: string;
  readonly headers?: { readonly [name: string]: string };
}

export interface FakeBucket {
  readonly name: string;
  /** Told in the listing; left out where the listing does not say. */
  readonly region?: string;
}

export interface FakeOptions {
  readonly buckets: readonly FakeBucket[];
  readonly arn?: string;
  readonly pageSize?: number;
  readonly replies?: { readonly [operation: string]: Reply };
  /** Undefined leaves the answer of an ordinary private bucket. `attempt` counts from 1 for each operation and bucket. */
  readonly answer?: (operation: string, bucket: string, attempt: number) => Reply | undefined;
}

export interface FakeS3 {
  readonly endpoint: string;
  /** `METHOD operation bucket`, in the order of arrival. */
  readonly requests: readonly string[];
  readonly stop: () => Promise<void>;
}

const OPERATIONS = new Map([
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
]);

/** STS, S3 and S3 Control as one small server on the loopback, for what no emulator answers. */
export async function startFakeS3(options: FakeOptions): Promise<FakeS3> {
  const requests: string[] = [];
  const attempts = new Map<string, number>();
  const server = createServer((request, response) => {
    const { operation, bucket, token } = parse(request);
    requests.push(`${request.method} ${operation} ${bucket}`.trim());
    const key = `${operation} ${bucket}`;
    const attempt = (attempts.get(key) ?? 0) + 1;
    attempts.set(key, attempt);
    const reply =
      options.answer?.(operation, bucket, attempt) ??
      options.replies?.[operation] ??
      ordinary(operation, bucket, token, options);
    const error = reply.code ? `<Error><Code>${reply.code}</Code><Message>m</Message></Error>` : '';
    const body =
      reply.body ?? (operation.startsWith('s3:') ? error : `<ErrorResponse>${error}</ErrorResponse>`);
    request.resume();
    response.writeHead(reply.status, { 'content-type': 'application/xml', ...reply.headers });
    response.end(request.method === 'HEAD' ? undefined : body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('no address');
  return {
    endpoint: `http://127.0.0.1:${address.port}`,
    requests,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function parse({ method, url = '/' }: IncomingMessage): { operation: string; bucket: string; token: number } {
  const { pathname, searchParams } = new URL(url, 'http://127.0.0.1');
  const token = Number(searchParams.get('continuation-token') ?? 0);
  if (pathname.startsWith('/v20180820/'))
    return { operation: 's3control:GetPublicAccessBlock', bucket: '', token };
  const bucket = decodeURIComponent(pathname.split('/')[1] ?? '');
  if (bucket === '')
    return { operation: method === 'POST' ? 'sts:GetCallerIdentity' : 's3:ListBuckets', bucket, token };
  if (method === 'HEAD') return { operation: 's3:HeadBucket', bucket, token };
  const asked = [...searchParams.keys()]
    .map((name) => OPERATIONS.get(name))
    .find((name) => name !== undefined);
  return { operation: asked ?? `${method} ${url}`, bucket, token };
}

function ok(body: string, headers = {}): Reply {
  return { status: 200, body, headers };
}

function ordinary(operation: string, bucket: string, token: number, options: FakeOptions): Reply {
  const { buckets, arn = 'arn:aws:sts::111122223333:assumed-role/audit/session', pageSize = 1000 } = options;
  const region = buckets.find(({ name }) => name === bucket)?.region;
  switch (operation) {
    case 'sts:GetCallerIdentity':
      return ok(`<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>${arn}</Arn><UserId>u</UserId>
        <Account>${arn.split(':')[4]}</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`);
    case 's3:ListBuckets': {
      const page = buckets.slice(token, token + pageSize);
      const next =
        token + pageSize < buckets.length ? `<ContinuationToken>${token + pageSize}</ContinuationToken>` : '';
      const items = page.map(
        ({ name, region }) =>
          `<Bucket><Name>${name}</Name>${region === undefined ? '' : `<BucketRegion>${region}</BucketRegion>`}</Bucket>`,
      );
      return ok(
        `<ListAllMyBucketsResult><Owner><ID>owner-1</ID></Owner><Buckets>${items.join('')}</Buckets>${next}</ListAllMyBucketsResult>`,
      );
    }
    case 's3:HeadBucket':
      return ok('', region === undefined ? {} : { 'x-amz-bucket-region': region });
    case 's3:GetBucketTagging':
      return ok('<Tagging><TagSet><Tag><Key>app</Key><Value>reperes</Value></Tag></TagSet></Tagging>');
    case 's3:GetBucketEncryption':
      return ok(`<ServerSideEncryptionConfiguration><Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>AES256</SSEAlgorithm>
        </ApplyServerSideEncryptionByDefault></Rule></ServerSideEncryptionConfiguration>`);
    case 's3:GetBucketPolicyStatus':
      return ok('<PolicyStatus><IsPublic>false</IsPublic></PolicyStatus>');
    case 's3:GetPublicAccessBlock':
      return ok(block(true));
    case 's3control:GetPublicAccessBlock':
      return ok(block(false));
    case 's3:GetBucketAcl':
      return ok(
        '<AccessControlPolicy><Owner><ID>o</ID></Owner><AccessControlList></AccessControlList></AccessControlPolicy>',
      );
    case 's3:GetBucketPolicy':
      return { status: 404, code: 'NoSuchBucketPolicy' };
    case 's3:GetBucketReplication':
      return { status: 404, code: 'ReplicationConfigurationNotFoundError' };
    case 's3:GetBucketLifecycleConfiguration':
      return { status: 404, code: 'NoSuchLifecycleConfiguration' };
    case 's3:GetBucketLogging':
      return ok('<BucketLoggingStatus/>');
    case 's3:GetBucketVersioning':
      return ok('<VersioningConfiguration/>');
    case 's3:GetBucketLocation':
      return ok('<LocationConstraint/>');
    default:
      return { status: 500, code: 'UnexpectedOperation' };
  }
}

function block(on: boolean): string {
  const settings = ['BlockPublicAcls', 'IgnorePublicAcls', 'BlockPublicPolicy', 'RestrictPublicBuckets'];
  return `<PublicAccessBlockConfiguration>${settings.map((name) => `<${name}>${on}</${name}>`).join('')}</PublicAccessBlockConfiguration>`;
}
