import { createServer, type Server } from 'node:http';
import {
  GetBucketTaggingCommand,
  GetObjectCommand,
  PutBucketTaggingCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { GetSessionTokenCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { loadCalls } from '../../scripts/docs/call.ts';
import { connect } from '../../src/collect/aws/connection.ts';
import { openSession } from '../../src/collect/aws/session.ts';
import { endpointCalls } from '../../src/collect/s3/collector.ts';
import { sendOnly } from '../../src/collect/s3/send-only.ts';
import { useTestCredentials } from '../setup/collect-context.ts';

let server: Server;
let endpoint: string;
const asked: string[] = [];
beforeAll(async () => {
  useTestCredentials();
  server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    request.resume();
    response.writeHead(200, { 'content-type': 'application/xml' }).end('<Tagging><TagSet/></Tagging>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  endpoint = typeof address === 'object' ? `http://127.0.0.1:${address?.port}` : '';
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  asked.length = 0;
});

test('what a table does not have is not sent, and what it has is', async () => {
  const client = sendOnly(
    new S3Client({ endpoint, region: 'eu-west-3', forcePathStyle: true }),
    endpointCalls,
  );
  const Bucket = 'b';
  const put = new PutBucketTaggingCommand({ Bucket, Tagging: { TagSet: [] } });
  await expect(client.send(put)).rejects.toThrow('NotDeclared');
  await expect(client.send(new GetObjectCommand({ Bucket, Key: 'k' }))).rejects.toThrow('NotDeclared');
  expect(asked).toEqual([]);
  await client.send(new GetBucketTaggingCommand({ Bucket }));
  expect(asked).toEqual(['GET /b/?tagging=']);
});

test('clients of a session of AWS have the table of their job, and no other call', async () => {
  const options = { endpoint, region: 'eu-west-3' };
  const session = openSession(await connect(options), {
    account: '123456789012',
    partition: 'aws',
    region: 'eu-west-3',
    role: null,
    options,
    calls: [{ operation: 's3:GetBucketTagging', permission: '' }],
    gate: (work) => work(),
  });
  await expect(session.client(STSClient).send(new GetSessionTokenCommand())).rejects.toThrow('NotDeclared');
  expect(asked).toEqual([]);
});

test('every call that is declared reads by its name, and hands out nothing', async () => {
  const { aws, azure, s3 } = await loadCalls();
  expect([aws.length > 150, azure.length > 100, s3.length > 15]).toEqual([true, true, true]);
  const names = [...aws, ...s3].map(({ operation }) => operation);
  const odd = names.filter((name) => !/^[a-z0-9-]+:(?:Get|List|Describe|Head)[A-Z]/.test(name));
  expect(odd).toEqual(['sts:AssumeRole']);
  const telling =
    /:(?:GetObject|GetSessionToken|GetFederationToken|GetSecretValue|GetParameters?|GetAuthorizationToken|GetPasswordData|GetItem|GetRecords)$/;
  expect(names.filter((name) => telling.test(name))).toEqual([]);
  expect(azure.filter(({ permission }) => !permission.endsWith('/read'))).toEqual([]);
});
