import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FakeRequest } from './fake-request.ts';
import { readRequest } from './fake-request.ts';

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
  /** Of the whole fake; default Paris alone. */
  readonly regions?: readonly string[];
  /** Other accounts of the organisation, with the buckets of each. */
  readonly accounts?: { readonly [account: string]: readonly FakeBucket[] };
  /** Called with each request, before it is answered. */
  readonly onRequest?: () => void;
  /** Milliseconds before each answer. */
  readonly latency?: number;
  readonly replies?: { readonly [operation: string]: Reply };
  /** Undefined leaves the answer of an ordinary private bucket. `attempt` counts from 1 for each operation and bucket. */
  readonly answer?: (
    operation: string,
    bucket: string,
    attempt: number,
    request: FakeRequest,
  ) => Reply | undefined;
}

export interface FakeS3 {
  readonly endpoint: string;
  /** `METHOD operation bucket`, in the order of arrival. */
  readonly requests: readonly string[];
  /** Most requests that were under way at a time: of an account, and `ACCOUNT REGION regional` of what S3 is no part of. */
  readonly most: ReadonlyMap<string, number>;
  readonly stop: () => Promise<void>;
}

/**
 * AWS as one small server on the loopback, for what no emulator answers: STS, S3, S3 Control, the regions and accounts
 * that it is told of; every other service answers that it has nothing.
 */
export async function startFakeS3(options: FakeOptions): Promise<FakeS3> {
  const requests: string[] = [];
  const attempts = new Map<string, number>();
  const underWay = new Map<string, number>();
  const most = new Map<string, number>();
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const asked = await readRequest(request);
    const { operation, bucket } = asked;
    requests.push(`${request.method} ${operation} ${bucket}`.trim());
    options.onRequest?.();
    const counted = [
      asked.account ?? '-',
      ...(asked.operation.startsWith('s3') ? [] : [`${asked.account ?? '-'} ${asked.region} regional`]),
    ];
    for (const key of counted) {
      const now = (underWay.get(key) ?? 0) + 1;
      underWay.set(key, now);
      most.set(key, Math.max(now, most.get(key) ?? 0));
    }
    if (options.latency !== undefined) await sleep(options.latency);
    const key = `${operation} ${bucket}`;
    const attempt = (attempts.get(key) ?? 0) + 1;
    attempts.set(key, attempt);
    const reply =
      options.answer?.(operation, bucket, attempt, asked) ??
      options.replies?.[operation] ??
      ordinary(asked, options);
    const body = reply.body ?? errorBody(asked, reply);
    const type =
      asked.protocol === 'json'
        ? 'application/x-amz-json-1.1'
        : body.startsWith('{')
          ? 'application/json'
          : 'application/xml';
    response.writeHead(reply.status, {
      'content-type': type,
      ...(reply.code && asked.protocol === 'rest' ? { 'x-amzn-errortype': reply.code } : {}),
      ...reply.headers,
    });
    for (const key of counted) underWay.set(key, (underWay.get(key) ?? 1) - 1);
    response.end(request.method === 'HEAD' ? undefined : body);
  };
  const server = createServer((request, response) => {
    // A defect of a test ends as a broken connection, not as a call that waits for ever.
    answer(request, response).catch(() => request.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('no address');
  return {
    endpoint: `http://127.0.0.1:${address.port}`,
    requests,
    most,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** An error as each protocol has it. */
function errorBody({ operation, protocol }: FakeRequest, { code = '' }: Reply): string {
  if (code === '') return '';
  if (protocol === 'json') return JSON.stringify({ __type: code, message: 'm' });
  const error = `<Error><Code>${code}</Code><Message>m</Message></Error>`;
  if (operation.startsWith('ec2:')) return `<Response><Errors>${error}</Errors></Response>`;
  return operation.startsWith('s3:') ? error : `<ErrorResponse>${error}</ErrorResponse>`;
}

function ok(body: string, headers = {}): Reply {
  return { status: 200, body, headers };
}

function ordinary(
  { operation, bucket, token, account, protocol, body: sent }: FakeRequest,
  options: FakeOptions,
): Reply {
  const {
    arn = 'arn:aws:sts::111122223333:assumed-role/audit/session',
    pageSize = 1000,
    regions = ['eu-west-3'],
  } = options;
  const own = account === null || account === arn.split(':')[4];
  const buckets = own ? options.buckets : (options.accounts?.[account] ?? []);
  const region = buckets.find(({ name }) => name === bucket)?.region;
  switch (operation) {
    case 'sts:GetCallerIdentity':
      return ok(`<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>${arn}</Arn><UserId>u</UserId>
        <Account>${arn.split(':')[4]}</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`);
    case 'sts:AssumeRole': {
      const id = new URLSearchParams(sent).get('RoleArn')?.split(':')[4] ?? '';
      return ok(`<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>ASIA${id}</AccessKeyId>
        <SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration>
        </Credentials></AssumeRoleResult></AssumeRoleResponse>`);
    }
    case 'ec2:DescribeRegions': {
      const items = regions.map(
        (name) =>
          `<item><regionName>${name}</regionName><optInStatus>opt-in-not-required</optInStatus></item>`,
      );
      return ok(
        `<DescribeRegionsResponse><regionInfo>${items.join('')}</regionInfo></DescribeRegionsResponse>`,
      );
    }
    case 'organizations:ListAccounts': {
      const ids = [arn.split(':')[4], ...Object.keys(options.accounts ?? {})];
      return ok(
        JSON.stringify({ Accounts: ids.map((Id) => ({ Id, Name: `account ${Id}`, Status: 'ACTIVE' })) }),
      );
    }
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
    case 's3:GetBucketNotificationConfiguration':
      return ok('<NotificationConfiguration/>');
    case 's3:GetBucketAccelerateConfiguration':
      return ok('<AccelerateConfiguration/>');
    case 's3:ListBucketInventoryConfigurations':
      return ok(
        '<ListInventoryConfigurationsResult><IsTruncated>false</IsTruncated></ListInventoryConfigurationsResult>',
      );
    case 's3:GetBucketMetadataConfiguration':
      return { status: 404, code: 'MetadataConfigurationNotFound' };
    case 's3:GetObjectLockConfiguration':
      return { status: 404, code: 'ObjectLockConfigurationNotFoundError' };
    case 's3:GetBucketLocation':
      return ok('<LocationConstraint/>');
    default:
      if (operation.startsWith('s3:')) return { status: 500, code: 'UnexpectedOperation' };
      return ok(
        protocol === 'form'
          ? formAnswer(operation)
          : protocol === 'json' || !isXml(operation)
            ? '{}'
            : '<Answer/>',
      );
  }
}

/** An answer with nothing in it, as the forms of EC2 and of the others have it. */
function formAnswer(operation: string): string {
  const name = operation.split(':')[1];
  return operation.startsWith('ec2:')
    ? `<${name}Response/>`
    : `<${name}Response><${name}Result/></${name}Response>`;
}

function isXml(operation: string): boolean {
  return /^(?:s3control|s3express|cloudfront|route53):/.test(operation);
}

function block(on: boolean): string {
  const settings = ['BlockPublicAcls', 'IgnorePublicAcls', 'BlockPublicPolicy', 'RestrictPublicBuckets'];
  return `<PublicAccessBlockConfiguration>${settings.map((name) => `<${name}>${on}</${name}>`).join('')}</PublicAccessBlockConfiguration>`;
}
