import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { declareSamples } from '../../../src/collect/sample/declare.ts';
import { measureFiles } from '../../../src/collect/sample/measure.ts';
import { useTestCredentials } from '../../setup/collect-context.ts';

/** More than one range of it: a million rows or so. */
const content = Buffer.from(`class,score\n${'c1,10\nc2,11\nc1,12\n'.repeat(1_000_000)}`);
const asked: string[] = [];
let server: Server;
let endpoint = '';

beforeAll(async () => {
  useTestCredentials();
  server = createServer((request, response) => {
    asked.push(
      `${request.method} ${request.url?.split('?')[0]} ${request.headers.range} ${request.headers['if-match'] ?? '-'}`,
    );
    const [, from, to] = /bytes=(\d+)-(\d+)/.exec(request.headers.range ?? '') ?? [];
    if (!request.url?.startsWith('/samples/results.csv')) {
      response.writeHead(request.url?.includes('secret') ? 403 : 404, { 'content-type': 'application/xml' });
      response.end(
        `<Error><Code>${request.url?.includes('secret') ? 'AccessDenied' : 'NoSuchKey'}</Code><Message>PLANTED</Message></Error>`,
      );
      return;
    }
    const end = Math.min(Number(to) + 1, content.length);
    response.writeHead(206, { etag: '"one"', 'content-range': `bytes ${from}-${end - 1}/${content.length}` });
    response.end(content.subarray(Number(from), end));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  endpoint = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

const measure = (path: string) =>
  measureFiles({
    paths: [path],
    quasi: ['class'],
    sensitive: ['score'],
    mode: 'own_class',
    thresholds: { k: 5, l: 2 },
    signal: new AbortController().signal,
    remote: { endpoint, region: 'fr-par' },
  });

describe('an object', () => {
  test('is read in ranges of one version, and called by its address', async () => {
    const { rows, files, modes } = await measure('s3://samples/results.csv');
    expect([rows, modes.own_class?.k, files[0]?.path, files[0]?.bytes]).toEqual([
      3_000_000,
      1_000_000,
      's3://samples/results.csv',
      content.length,
    ]);
    expect(asked).toEqual([
      'GET /samples/results.csv bytes=0-16777215 -',
      'GET /samples/results.csv bytes=16777216-33554431 "one"',
    ]);
  });

  test.each([
    ['s3://samples/secret.csv', 'AccessDenied'],
    ['s3://samples/nothing.csv', 'NoSuchKey'],
  ])('that cannot be read (%s) is told by its code alone', async (path, code) => {
    const failure = await measure(path).catch((error: unknown) => String(error));
    expect(failure).toContain(`${path} could not be read: ${code} (it takes s3:GetObject on the object)`);
    expect(failure).not.toContain('PLANTED');
  });
});

test('a sample in the cloud is a source on the network', () => {
  const manifest = { id: 'm', value: { datasets: { results: {} } } };
  const source = (path: string) => ({ kind: 'sample', options: { path, dataset: 'results' } });
  expect(
    declareSamples([source('s3://a/b.csv'), source('b.csv')], [manifest]).map(({ kind }) => kind),
  ).toEqual(['s3_sample', 'sample']);
});
