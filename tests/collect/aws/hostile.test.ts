import { createServer, type Server, type ServerResponse } from 'node:http';
import { afterEach, beforeAll, expect, test } from '@jest/globals';
import { collect } from '../../../src/collect/collect.ts';
import { authorityUrl } from '../../../src/command/evidence/authority.ts';
import { testContext, useTestCredentials } from '../../setup/collect-context.ts';

let server: Server | undefined;
beforeAll(useTestCredentials);
afterEach(async () => {
  server?.closeAllConnections();
  await new Promise((resolve) => (server ? server.close(resolve) : resolve(null)));
  server = undefined;
});

async function serve(behave: (response: ServerResponse) => void): Promise<string> {
  const opened = createServer((request, response) => {
    request.resume();
    behave(response);
  });
  server = opened;
  await new Promise<void>((resolve) => opened.listen(0, '127.0.0.1', resolve));
  const address = opened.address();
  if (typeof address !== 'object' || address === null) throw new Error('no address');
  return `http://127.0.0.1:${address.port}`;
}

/** What answers in the place of AWS: a proxy, an emulator, somebody in between. */
test.each<[string, (response: ServerResponse) => void]>([
  ['never answers', () => undefined],
  [
    'begins an answer and stops',
    (response) => void response.writeHead(200, { 'content-length': 1000 }).write('<'),
  ],
  [
    'answers byte by byte',
    (response) => {
      response.writeHead(200);
      const drip = setInterval(() => response.write(' '), 50);
      response.once('close', () => clearInterval(drip));
    },
  ],
])('a service that %s is a gap, and the run ends', async (_, behave) => {
  const endpoint = await serve(behave);
  const options = { endpoint, region: 'eu-west-3', services: ['s3'], max_attempts: 1, timeout: 1 };
  const { observations } = await collect([{ kind: 'aws', options }], testContext());
  expect(observations).toMatchObject([
    { operation: 'sts:GetCallerIdentity', outcome: 'error', code: 'TimedOut' },
  ]);
});

test.each([
  'http://169.254.169.254/latest',
  'http://[fd00:ec2::254]/',
  'http://2852039166/',
  'http://metadata.google.internal',
])('%s is asked for nothing, whoever names it', async (endpoint) => {
  const source = { kind: 'aws', options: { endpoint, region: 'eu-west-3' } };
  await expect(collect([source], testContext())).rejects.toThrow('ask there for their own credentials');
  expect(() => authorityUrl(endpoint)).toThrow('ask there for their own credentials');
});
