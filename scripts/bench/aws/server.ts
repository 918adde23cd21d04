/**
 * AWS for the benchmark, in a process of its own so that its work is not counted as the collector's: STS, one region, and
 * so many buckets. `node server.ts BUCKETS PAGE LATENCY` prints its port; a line on its input makes it print how many
 * requests it has answered.
 */
import { createServer } from 'node:http';

const [buckets = 0, page = 1, latency = 0] = process.argv.slice(2).map(Number);
let answered = 0;

const answers = new Map([
  ['tagging', '<Tagging><TagSet><Tag><Key>app</Key><Value>ent</Value></Tag></TagSet></Tagging>'],
  [
    'encryption',
    '<ServerSideEncryptionConfiguration><Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>AES256</SSEAlgorithm></ApplyServerSideEncryptionByDefault></Rule></ServerSideEncryptionConfiguration>',
  ],
  ['policyStatus', '<PolicyStatus><IsPublic>false</IsPublic></PolicyStatus>'],
  [
    'publicAccessBlock',
    '<PublicAccessBlockConfiguration><BlockPublicAcls>true</BlockPublicAcls><IgnorePublicAcls>true</IgnorePublicAcls><BlockPublicPolicy>true</BlockPublicPolicy><RestrictPublicBuckets>true</RestrictPublicBuckets></PublicAccessBlockConfiguration>',
  ],
  [
    'acl',
    '<AccessControlPolicy><Owner><ID>o</ID></Owner><AccessControlList></AccessControlList></AccessControlPolicy>',
  ],
  ['logging', '<BucketLoggingStatus/>'],
  ['versioning', '<VersioningConfiguration/>'],
]);
const none = new Map([
  ['policy', 'NoSuchBucketPolicy'],
  ['replication', 'ReplicationConfigurationNotFoundError'],
  ['lifecycle', 'NoSuchLifecycleConfiguration'],
  ['object-lock', 'ObjectLockConfigurationNotFoundError'],
  ['metadataConfiguration', 'MetadataConfigurationNotFound'],
  ['metadataTable', 'MetadataConfigurationNotFound'],
]);

function answer(method: string, url: string, body: string): { status: number; text: string } {
  const [path = '/', query = ''] = url.split('?');
  if (method === 'POST') return { status: 200, text: form(new URLSearchParams(body).get('Action')) };
  if (path === '/') return { status: 200, text: list(new URLSearchParams(query)) };
  if (path.startsWith('/v20180820/'))
    return { status: 404, text: error('NoSuchPublicAccessBlockConfiguration') };
  const asked = query.split('&').map((part) => part.split('=')[0] ?? '');
  for (const name of asked) {
    const text = answers.get(name);
    if (text !== undefined) return { status: 200, text };
    const code = none.get(name);
    if (code !== undefined) return { status: 404, text: error(code) };
  }
  return { status: 200, text: '<Answer/>' };
}

function form(action: string | null): string {
  if (action === 'DescribeRegions') {
    return '<DescribeRegionsResponse><regionInfo><item><regionName>eu-west-3</regionName><optInStatus>opt-in-not-required</optInStatus></item></regionInfo></DescribeRegionsResponse>';
  }
  return '<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:sts::111122223333:assumed-role/a/s</Arn><UserId>u</UserId><Account>111122223333</Account></GetCallerIdentityResult></GetCallerIdentityResponse>';
}

function list(query: URLSearchParams): string {
  const from = Number(query.get('continuation-token') ?? 0);
  const size = Math.min(page, Number(query.get('max-buckets') ?? page));
  const to = Math.min(from + size, buckets);
  const items = Array.from(
    { length: to - from },
    (_, i) => `<Bucket><Name>b-${from + i}</Name><BucketRegion>eu-west-3</BucketRegion></Bucket>`,
  );
  const next = to < buckets ? `<ContinuationToken>${to}</ContinuationToken>` : '';
  return `<ListAllMyBucketsResult><Owner><ID>o</ID></Owner><Buckets>${items.join('')}</Buckets>${next}</ListAllMyBucketsResult>`;
}

function error(code: string): string {
  return `<Error><Code>${code}</Code><Message>m</Message></Error>`;
}

const server = createServer((request, response) => {
  let body = '';
  request.on('data', (chunk) => (body += String(chunk)));
  request.on('end', () => {
    answered += 1;
    const { status, text } = answer(request.method ?? 'GET', request.url ?? '/', body);
    setTimeout(() => {
      response.writeHead(status, {
        'content-type': 'application/xml',
        'content-length': Buffer.byteLength(text),
      });
      response.end(request.method === 'HEAD' ? undefined : text);
    }, latency);
  });
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  console.log(typeof address === 'object' && address !== null ? address.port : '');
});
process.stdin.on('data', () => console.log(answered));
process.stdin.on('end', () => process.exit(0));
