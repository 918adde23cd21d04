import type { S3Client } from '@aws-sdk/client-s3';
import { EndpointFault } from './fault.ts';

/** No answer of a bucket's configuration is near this; a listing of ten thousand buckets is a tenth of it. */
const LARGEST = 16 * 1024 * 1024;

/** The root of each answer; Ceph's own name for one of them ends alike. A bucket's policy is JSON. */
const ROOTS: { readonly [command: string]: string } = {
  GetBucketAccelerateConfigurationCommand: 'AccelerateConfiguration',
  GetBucketAclCommand: 'AccessControlPolicy',
  GetBucketEncryptionCommand: 'ServerSideEncryptionConfiguration',
  GetBucketLifecycleConfigurationCommand: 'LifecycleConfiguration',
  GetBucketLocationCommand: 'LocationConstraint',
  GetBucketLoggingCommand: 'BucketLoggingStatus',
  GetBucketNotificationConfigurationCommand: 'NotificationConfiguration',
  GetBucketPolicyCommand: '{',
  GetBucketPolicyStatusCommand: 'PolicyStatus',
  GetBucketReplicationCommand: 'ReplicationConfiguration',
  GetBucketTaggingCommand: 'Tagging',
  GetBucketVersioningCommand: 'VersioningConfiguration',
  GetObjectLockConfigurationCommand: 'ObjectLockConfiguration',
  GetPublicAccessBlockCommand: 'PublicAccessBlockConfiguration',
  ListBucketInventoryConfigurationsCommand: 'ListInventoryConfigurationsResult',
  ListBucketsCommand: 'ListAllMyBucketsResult',
};

/**
 * Lets through to the SDK only what answers the question. Ceph answers what it does not implement by listing the
 * bucket's objects, a proxy by a page in HTML, and the SDK reads either as « there is none ».
 */
export function checkAnswers(client: S3Client): void {
  client.middlewareStack.add(
    (next, { commandName = '' }) =>
      async (args) => {
        const output = await next(args);
        const { response } = output;
        if (!isResponse(response) || !(commandName in ROOTS)) return output;
        const bytes = await readAll(response.body);
        response.body = bytes;
        if (response.statusCode < 300)
          checkRoot(commandName, Buffer.from(bytes.subarray(0, 2048)).toString());
        // Of an error in HTML only the status can be told.
        else if (rootOf(Buffer.from(bytes.subarray(0, 2048)).toString()) !== 'Error')
          response.body = new Uint8Array();
        return output;
      },
    { step: 'deserialize', priority: 'low', name: 'bercailCheckAnswers' },
  );
}

function checkRoot(command: string, text: string): void {
  if (text.trim() === '') throw new EndpointFault('EmptyAnswer');
  const expected = ROOTS[command] ?? '';
  if (!rootOf(text).endsWith(expected)) throw new EndpointFault('UnexpectedAnswer');
}

/** The name of the first element, without its prefix; `{` for JSON. */
export function rootOf(text: string): string {
  let rest = text.replace(/^\uFEFF/, '').trimStart();
  if (rest.startsWith('{')) return '{';
  for (;;) {
    const end = rest.startsWith('<?') ? '?>' : rest.startsWith('<!--') ? '-->' : null;
    if (end === null) break;
    const at = rest.indexOf(end);
    if (at < 0) return '';
    rest = rest.slice(at + end.length).trimStart();
  }
  return /^<(?:[\w.-]+:)?([\w.-]+)/.exec(rest)?.[1] ?? '';
}

async function readAll(body: unknown): Promise<Uint8Array> {
  if (body instanceof Uint8Array) return body;
  if (!isStream(body)) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    // Leaving the loop ends the connection.
    if (size > LARGEST) throw new EndpointFault('AnswerTooLarge');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function isStream(body: unknown): body is AsyncIterable<Uint8Array> {
  return typeof body === 'object' && body !== null && Symbol.asyncIterator in body;
}

function isResponse(response: unknown): response is { readonly statusCode: number; body: unknown } {
  return typeof response === 'object' && response !== null && 'statusCode' in response && 'body' in response;
}
