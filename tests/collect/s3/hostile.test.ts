import { createServer, type Server, type ServerResponse } from 'node:http';
import { afterEach, beforeAll, expect, test } from '@jest/globals';
import { type Collected, collect } from '../../../src/collect/collect.ts';
import { everyFact, testContext, useTestCredentials } from '../../setup/collect-context.ts';
import { factsOf } from '../../setup/fake-account.ts';

const wanted = new Set([...everyFact, 'relations.inventory', 'relations.notification', 'object_lock']);
const XML = { 'content-type': 'application/xml' };
const page = '<!DOCTYPE html>\n<html><head><title>Sign in</title></head><body>PLANTED</body></html>';
const listing = (more = '') =>
  `<ListAllMyBucketsResult><Owner><ID>o</ID></Owner><Buckets><Bucket><Name>b</Name></Bucket></Buckets>${more}</ListAllMyBucketsResult>`;

let servers: Server[] = [];
const asked: string[] = [];
beforeAll(useTestCredentials);
afterEach(async () => {
  for (const server of servers) server.closeAllConnections();
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  servers = [];
  asked.length = 0;
});

type Behaviour = (response: ServerResponse, path: string, query: URLSearchParams) => void;

async function serve(behave: Behaviour): Promise<string> {
  const server = createServer(({ url = '/' }, response) => {
    asked.push(url);
    const { pathname, searchParams } = new URL(url, 'http://127.0.0.1');
    behave(response, pathname, searchParams);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('no address');
  return `http://127.0.0.1:${address.port}`;
}

async function read(behave: Behaviour, more: object = {}): Promise<{ result: Collected; host: string }> {
  const endpoint = await serve(behave);
  const options = { endpoint, provider: 'ovhcloud', max_attempts: 1, ...more };
  return {
    result: await collect([{ kind: 's3', options }], testContext({ wanted })),
    host: new URL(endpoint).host,
  };
}

/** A listing of one bucket, and all else as told. */
const listed =
  (behave: Behaviour): Behaviour =>
  (response, path, query) =>
    path === '/' ? response.writeHead(200, XML).end(listing()) : behave(response, path, query);

const answer =
  (status: number, body: string, headers: object = XML): Behaviour =>
  (response) =>
    response.writeHead(status, { ...headers }).end(body);

const objects =
  '<?xml version="1.0"?><ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>b</Name></ListBucketResult>';

test.each<[string, Behaviour, readonly string[]]>([
  ['a page in HTML with a 200', answer(200, page, { 'content-type': 'text/html' }), ['not_collected']],
  [
    'a page in HTML that says it is XML',
    answer(200, `<?xml version="1.0"?>\n<!-- x -->${page}`),
    ['not_collected'],
  ],
  ['a 200 with nothing in it', answer(200, ''), ['not_collected']],
  ['white space', answer(200, ' \r\n '), ['not_collected']],
  ['its objects, whatever is asked', answer(200, objects), ['not_collected']],
  ['an error with a 200', answer(200, '<Error><Code>AccessDenied</Code></Error>'), ['not_collected']],
  ['JSON', answer(200, '{"buckets":[]}', { 'content-type': 'application/json' }), ['not_collected', 'error']],
  ['a 204', answer(204, ''), ['not_collected']],
  ['a 405 in HTML', answer(405, page, { 'content-type': 'text/html' }), ['not_collected']],
  ['a 501', answer(501, ''), ['not_collected']],
  ['a 403 in HTML', answer(403, page, { 'content-type': 'text/html' }), ['denied']],
  ['a 404 without a code', answer(404, ''), ['error']],
  ['a 404 in HTML', answer(404, page, { 'content-type': 'text/html' }), ['error']],
  ['a 404 for another thing', answer(404, '<Error><Code>NoSuchKey</Code></Error>'), ['error']],
  ['a 500 in HTML', answer(500, page, { 'content-type': 'text/html' }), ['error']],
  ['a broken XML', answer(200, '<Tagging><TagSet'), ['not_collected', 'error']],
  [
    'less than it announces',
    (response) => {
      response.writeHead(200, { ...XML, 'content-length': '1000' });
      response.write('<VersioningConfiguration>');
      response.socket?.end();
    },
    ['error'],
  ],
  ['a connection that ends', (response) => response.socket?.destroy(), ['error']],
])('%s is never « there is none », nor « there is »', async (_, behave, states) => {
  const { result, host } = await read(listed(behave));
  const facts = factsOf(result, `s3://${host}/b`);
  const names = [...wanted].toSorted();
  expect(Object.keys(facts).toSorted()).toEqual(names);
  for (const name of names) expect([name, states.includes(facts[name]?.state ?? '')]).toEqual([name, true]);
  expect(JSON.stringify(result)).not.toContain('PLANTED');
});

test.each<[string, Behaviour, string, string]>([
  ['a page in HTML', answer(200, page, { 'content-type': 'text/html' }), 'not_collected', 'UnexpectedAnswer'],
  ['nothing', answer(200, ''), 'not_collected', 'EmptyAnswer'],
  ['a listing without a list', answer(200, '<ListAllMyBucketsResult/>'), 'error', 'EmptyAnswer'],
  ['a list of objects', answer(200, objects), 'not_collected', 'UnexpectedAnswer'],
  ['a page that refuses', answer(403, page, { 'content-type': 'text/html' }), 'denied', 'HTTP 403'],
])(
  'an endpoint that answers its listing with %s has not told that it has no buckets',
  async (_, behave, outcome, code) => {
    const { result, host } = await read(behave);
    expect(result.observations).toEqual([
      expect.objectContaining({ operation: 's3:ListBuckets', subject: host, outcome, code }),
    ]);
  },
);

test('an empty list is an account without buckets', async () => {
  const empty = '<ListAllMyBucketsResult><Owner><ID>o</ID></Owner><Buckets/></ListAllMyBucketsResult>';
  const { result } = await read(answer(200, empty));
  expect(result.observations).toMatchObject([{ operation: 's3:ListBuckets', outcome: 'ok' }]);
});

test.each([301, 302, 307, 308])(
  'a redirect (%i) to another host is not followed, least of all with keys',
  async (status) => {
    const elsewhere: string[] = [];
    const other = await serve((response, path) => {
      elsewhere.push(path);
      response.writeHead(200, XML).end(listing());
    });
    const { result } = await read(
      answer(
        status,
        `<Error><Code>PermanentRedirect</Code><Endpoint>${new URL(other).host}</Endpoint></Error>`,
        { ...XML, location: `${other}/stolen`, 'x-amz-bucket-region': 'us-east-1' },
      ),
    );
    expect(result.observations).toMatchObject([{ operation: 's3:ListBuckets', outcome: 'error' }]);
    expect(elsewhere).toEqual([]);
  },
);

test.each<[string, (page: number) => string]>([
  ['the same token again', () => listing('<ContinuationToken>t</ContinuationToken>')],
  [
    'new tokens without end, and the same bucket',
    (at) => listing(`<ContinuationToken>${at}</ContinuationToken>`),
  ],
  [
    'new tokens without end, and nothing',
    (at) =>
      `<ListAllMyBucketsResult><Buckets/><ContinuationToken>${at}</ContinuationToken></ListAllMyBucketsResult>`,
  ],
])('a listing of %s ends, and is not complete', async (_, body) => {
  let at = 0;
  const { result, host } = await read((response, path) =>
    path === '/' ? response.writeHead(200, XML).end(body((at += 1))) : response.writeHead(501).end(),
  );
  const pages = result.observations.filter(({ operation }) => operation === 's3:ListBuckets');
  expect(pages).toContainEqual(
    expect.objectContaining({
      subject: host,
      outcome: 'error',
      code: expect.stringMatching(/^(?:RepeatedContinuationToken|EndlessListing)$/),
    }),
  );
  expect(at).toBeLessThan(15);
});

test('pages of inventories without end are an error of that call alone', async () => {
  const { result, host } = await read(
    listed((response, _, query) =>
      query.has('inventory')
        ? response
            .writeHead(200, XML)
            .end(
              `<ListInventoryConfigurationsResult><IsTruncated>true</IsTruncated><NextContinuationToken>${asked.length}</NextContinuationToken></ListInventoryConfigurationsResult>`,
            )
        : response.writeHead(501).end(),
    ),
  );
  const facts = factsOf(result, `s3://${host}/b`);
  expect(facts['relations.inventory']).toEqual({
    state: 'error',
    note: 's3:ListBucketInventoryConfigurations: EndlessListing',
  });
});

test('an answer without end is left, and what was read of it forgotten', async () => {
  const block = Buffer.alloc(1 << 20, ' ');
  const { result, host } = await read(
    listed((response, _, query) => {
      if (!query.has('tagging')) return response.writeHead(501).end();
      response.writeHead(200, XML);
      const more = (): void => {
        while (!response.destroyed && response.write(block));
        if (!response.destroyed) response.once('drain', more);
      };
      more();
      return undefined;
    }),
  );
  expect(factsOf(result, `s3://${host}/b`)['tags']).toEqual({
    state: 'error',
    note: 's3:GetBucketTagging: AnswerTooLarge',
  });
});

test('an endpoint that never answers ends as gaps', async () => {
  const { result, host } = await read(
    listed(() => undefined),
    { timeout: 1 },
  );
  const facts = factsOf(result, `s3://${host}/b`);
  const notes = Object.values(facts).map((fact) => ('note' in fact ? fact.note : fact.state));
  expect(notes.length).toBe(wanted.size);
  for (const note of notes) expect(note).toMatch(/: (?:TimedOut|GaveUp)$/);
});

test('an answer that comes byte by byte, for ever, ends as a gap', async () => {
  const { result } = await read(
    (response) => {
      response.writeHead(200, XML);
      const drip = setInterval(() => response.write(' '), 50);
      response.once('close', () => clearInterval(drip));
    },
    { timeout: 1 },
  );
  expect(result.observations).toMatchObject([
    { operation: 's3:ListBuckets', outcome: 'error', code: 'TimedOut' },
  ]);
});
