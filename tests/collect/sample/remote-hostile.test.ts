import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, expect, test } from '@jest/globals';
import { fetchObject } from '../../../src/collect/sample/read/remote.ts';
import { useTestCredentials } from '../../setup/collect-context.ts';

let server: Server | null = null;
let folder = '';
beforeAll(useTestCredentials);
afterEach(async () => {
  server?.closeAllConnections();
  await new Promise((resolve) => server?.close(resolve) ?? resolve(null));
  await rm(folder, { recursive: true, force: true });
});

async function fetchFrom(behave: (response: ServerResponse) => void): Promise<string> {
  const own = createServer((_, response) => behave(response));
  server = own;
  await new Promise<void>((resolve) => own.listen(0, '127.0.0.1', resolve));
  const address = own.address();
  const endpoint = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  folder = await mkdtemp(join(tmpdir(), 'bercail-remote-'));
  const path = await fetchObject(
    's3://samples/a.csv',
    folder,
    'a',
    { endpoint },
    new AbortController().signal,
  );
  return readFile(path, 'utf8');
}

test('an endpoint that knows no ranges is read whole', async () => {
  expect(await fetchFrom((response) => response.end('a,b\n1,2\n'))).toBe('a,b\n1,2\n');
});

test.each<[string, (response: ServerResponse) => void]>([
  [
    'a page in its place',
    (response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<html>'),
  ],
  [
    'less than there is',
    (response) => response.writeHead(206, { 'content-range': 'bytes 0-9/100', 'content-length': '0' }).end(),
  ],
  [
    'another part of it',
    (response) => response.writeHead(206, { 'content-range': 'bytes 5-7/8' }).end('abc'),
  ],
  [
    'more than there is',
    (response) => response.writeHead(206, { 'content-range': 'bytes 0-1/2' }).end('abc'),
  ],
  ['no length', (response) => response.writeHead(200, { 'transfer-encoding': 'chunked' }).end('a,b\n')],
])('an object of which comes %s is not measured', async (_, behave) => {
  await expect(fetchFrom(behave)).rejects.toThrow(/could not be read: (?:Unexpected|Incomplete)Answer/);
});

test('keys in the address of an endpoint are refused, and not quoted', async () => {
  const remote = { endpoint: 'https://key:hunter2@s3.example.org' };
  const failure = await fetchObject('s3://a/b', '/nowhere', 'a', remote, new AbortController().signal).catch(
    String,
  );
  expect(failure).toMatch(/has credentials in it/);
  expect(failure).not.toContain('hunter2');
});
