import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { textAt } from '../../src/collect/azure/read/json.ts';
import type { Json, Tree } from '../../src/inventory/fact.ts';
import { root } from '../../src/io/root.ts';
import { queryEstate } from './fake-graph.ts';

export const certificate = join(root, 'tests/fixtures/azure/tls/loopback-cert.pem');

export interface FakeReply {
  readonly status: number;
  readonly body?: Json;
  readonly headers?: { readonly [name: string]: string };
}

export interface FakeCall {
  readonly method: string;
  /** Path in lower case. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: Json;
  /** How often this method and address were asked, this time included. */
  readonly attempt: number;
}

export function idOf(one: Tree): string {
  return textAt(one, 'id') ?? '';
}

/** What there is, by id: resources and everything under them, each as the Resource Manager would answer it. */
export interface Estate {
  readonly tenants: readonly Tree[];
  readonly subscriptions: readonly Tree[];
  /** Owner of a subscription, also of those that are not listed. */
  readonly tenantOf: (subscription: string) => string | null;
  readonly locations: readonly Tree[];
  readonly resources: readonly Tree[];
  /** Answers of the caller's permissions; default: a reader. */
  readonly permissions?: (subscription: string) => readonly Tree[];
  /** Lists at an address that no id explains: inherited policies. */
  readonly lists?: { readonly [path: string]: readonly Tree[] };
  /** Other addresses, as they answer. */
  readonly at?: { readonly [path: string]: Json };
}

export interface FakeArmOptions {
  readonly estate: Estate;
  /** Items of a page; default 1000. */
  readonly pageSize?: number;
  readonly latency?: number;
  /** Undefined leaves the answer of the estate. */
  readonly answer?: (call: FakeCall) => FakeReply | undefined;
}

export interface FakeArm {
  readonly endpoint: string;
  /** `METHOD path`, in the order of arrival; tokens apart. */
  readonly requests: readonly string[];
  /** Most requests that were under way at a time. */
  readonly most: () => number;
  /** What was sent along as `Authorization`, each once. */
  readonly tokens: ReadonlySet<string>;
  readonly stop: () => Promise<void>;
}

export const reader: readonly Tree[] = [{ actions: ['*/read'], notActions: [] }];

/** The Resource Manager and its authority as one server on the loopback, over https. */
export async function startFakeArm({
  estate,
  pageSize = 1000,
  latency = 0,
  answer,
}: FakeArmOptions): Promise<FakeArm> {
  const requests: string[] = [];
  const tokens = new Set<string>();
  const attempts = new Map<string, number>();
  let under = 0;
  let most = 0;
  const serve = createEstate(estate, pageSize);
  const folder = join(root, 'tests/fixtures/azure/tls');
  const server = createServer(
    {
      key: readFileSync(join(folder, 'loopback-key.pem')),
      cert: readFileSync(join(folder, 'loopback-cert.pem')),
    },
    (request, response) => void reply(request, response),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const endpoint = `https://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;

  async function reply(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { status, body, headers = {} } = await handle(request);
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(body === undefined ? '' : JSON.stringify(body));
  }

  async function handle(request: IncomingMessage): Promise<FakeReply> {
    const url = new URL(request.url ?? '/', endpoint);
    const path = decodeURIComponent(url.pathname).toLowerCase().replace(/\/+$/, '');
    const method = request.method ?? 'GET';
    const text = await bodyOf(request);
    const signing = authority(path, endpoint);
    if (signing !== null) return signing;
    under += 1;
    most = Math.max(most, under);
    try {
      requests.push(`${method} ${path}`);
      if (latency > 0) await sleep(latency);
      const { authorization } = request.headers;
      if (authorization === undefined) return challenge(path, estate, endpoint);
      tokens.add(authorization);
      if (!url.searchParams.has('api-version')) return refuse(400, 'MissingApiVersionParameter');
      const key = `${method} ${url.href}`;
      const attempt = (attempts.get(key) ?? 0) + 1;
      attempts.set(key, attempt);
      const call = {
        method,
        path,
        query: url.searchParams,
        body: text === '' ? null : (JSON.parse(text) as Json),
        attempt,
      };
      return answer?.(call) ?? serve(call, endpoint);
    } finally {
      under -= 1;
    }
  }

  return {
    endpoint,
    requests,
    most: () => most,
    tokens,
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

export function refuse(status: number, code: string, headers: FakeReply['headers'] = {}): FakeReply {
  return { status, body: { error: { code, message: `a message that quotes secret-of-${code}` } }, headers };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

/** What a client asks the authority: where it is, and a token. */
function authority(path: string, endpoint: string): FakeReply | null {
  const tenant = path.split('/')[1] ?? '';
  if (path.endsWith('/.well-known/openid-configuration'))
    return {
      status: 200,
      body: {
        issuer: `${endpoint}/${tenant}/v2.0`,
        authorization_endpoint: `${endpoint}/${tenant}/oauth2/v2.0/authorize`,
        token_endpoint: `${endpoint}/${tenant}/oauth2/v2.0/token`,
        jwks_uri: `${endpoint}/${tenant}/discovery/v2.0/keys`,
      },
    };
  if (path.endsWith('/oauth2/v2.0/token'))
    return {
      status: 200,
      body: { token_type: 'Bearer', expires_in: 86_399, access_token: 'token-of-the-fake' },
    };
  return null;
}

function challenge(path: string, { tenantOf }: Estate, endpoint: string): FakeReply {
  const subscription = /^\/subscriptions\/([^/]+)/.exec(path)?.[1] ?? '';
  const tenant = tenantOf(subscription);
  if (tenant === null) return refuse(404, 'SubscriptionNotFound');
  const value = `Bearer authorization_uri="${endpoint}/${tenant}", error="invalid_token"`;
  return refuse(401, 'AuthenticationFailed', { 'www-authenticate': value });
}

function createEstate(estate: Estate, pageSize: number): (call: FakeCall, endpoint: string) => FakeReply {
  const byId = new Map<string, Tree>();
  const byParent = new Map<string, Tree[]>();
  const add = (key: string, one: Tree): void => void byParent.set(key, [...(byParent.get(key) ?? []), one]);
  const grown = new Map<string, Tree[]>();
  const push = (key: string, one: Tree): void => {
    const list = grown.get(key);
    if (list === undefined) grown.set(key, [one]);
    else list.push(one);
  };
  for (const one of estate.resources) {
    const id = idOf(one).toLowerCase();
    byId.set(id, one);
    push(id.slice(0, id.lastIndexOf('/')), one);
    // A list of the subscription shows every resource of a type, whatever its group.
    const [, subscription, rest] =
      /^(\/subscriptions\/[^/]+)\/resourcegroups\/[^/]+(\/providers\/[^/]+\/[^/]+)\/[^/]+$/.exec(id) ?? [];
    if (subscription !== undefined && rest !== undefined) {
      push(`${subscription}${rest}`, one);
      push(`${subscription}/resources`, one);
    }
  }
  for (const [key, list] of grown) byParent.set(key, list);
  for (const [path, list] of Object.entries(estate.lists ?? {}))
    for (const one of list) add(path.toLowerCase(), one);
  const at = new Map(Object.entries(estate.at ?? {}).map(([path, body]) => [path.toLowerCase(), body]));

  return ({ method, path, query, body }, endpoint) => {
    if (method === 'POST')
      return path === '/providers/microsoft.resourcegraph/resources'
        ? { status: 200, body: queryEstate(estate, body, pageSize) }
        : refuse(405, 'MethodNotAllowed');
    const page = (items: readonly Tree[]): FakeReply => {
      const from = Number(query.get('$skiptoken') ?? 0);
      const next = new URLSearchParams(query);
      next.set('$skiptoken', String(from + pageSize));
      return {
        status: 200,
        body: {
          value: items.slice(from, from + pageSize),
          ...(from + pageSize < items.length ? { nextLink: `${endpoint}${path}?${next}` } : {}),
        },
      };
    };
    const fixed = at.get(path);
    if (fixed !== undefined) return { status: 200, body: fixed };
    if (path === '/subscriptions') return page(estate.subscriptions);
    if (path === '/tenants') return page(estate.tenants);
    const [, subscription = ''] = /^\/subscriptions\/([^/]+)/.exec(path) ?? [];
    const isListed = estate.subscriptions.some(
      (one) => (textAt(one, 'subscriptionId') ?? '').toLowerCase() === subscription,
    );
    if (subscription !== '' && !isListed) return refuse(404, 'SubscriptionNotFound');
    if (path === `/subscriptions/${subscription}/locations`)
      return { status: 200, body: { value: estate.locations } };
    if (path.endsWith('/providers/microsoft.authorization/permissions'))
      return page((estate.permissions ?? (() => reader))(subscription));
    const one = byId.get(path);
    if (one !== undefined) return { status: 200, body: one };
    const list = byParent.get(path);
    if (list !== undefined) return page(list);
    // An odd number of steps after the last provider is a list, and there is none of it; an even one is a thing.
    const steps = path.split('/providers/').at(-1)?.split('/').length ?? 0;
    return path.includes('/providers/') && steps % 2 === 1 ? refuse(404, 'ResourceNotFound') : page([]);
  };
}

let isTrusted = false;

/** The certificate of the fake, for the https of this process; others have it from NODE_EXTRA_CA_CERTS. */
export function useFakeAzure(): void {
  for (const name of Object.keys(process.env))
    if (/^(AZURE_|MSI_|IDENTITY_)/.test(name)) delete process.env[name];
  process.env['AZURE_TENANT_ID'] = tenantOfTests;
  process.env['AZURE_CLIENT_ID'] = '00000000-0000-4000-8000-00000000c11e';
  process.env['AZURE_CLIENT_SECRET'] = 'secret-of-the-tests';
  if (isTrusted) return;
  setDefaultCACertificates([...getCACertificates('default'), readFileSync(certificate, 'utf8')]);
  isTrusted = true;
}

export const tenantOfTests = '11111111-0000-4000-8000-000000000001';

/** Options of a source that asks the fake: who signs, and who answers in the place of the public cloud. */
export function fakeSource(
  { endpoint }: Pick<FakeArm, 'endpoint'>,
  more: { readonly [name: string]: Json } = {},
) {
  return {
    kind: 'azure',
    options: { endpoint, authority: endpoint, cloud: 'public', tenant: tenantOfTests, ...more },
  };
}
