import type { HttpClient, Pipeline, PipelineResponse } from '@azure/core-rest-pipeline';
import type { TokenCredential } from '@azure/identity';
import type { Json } from '../../inventory/fact.ts';
import type { Gate } from '../bounded.ts';
import type { Options } from '../collector.ts';
import { countOption, textOption } from '../option.ts';
import type { Setting } from './cloud.ts';
import { ArmFailure } from './read/failure.ts';
import { at, textAt } from './read/json.ts';

/** Attempts after the first; waits grow to 20 s, or are as long as `Retry-After` says. */
const RETRIES = 5;
const LONGEST_WAIT = 20_000;

/** Milliseconds to answer: what takes longer is tried again, and then a gap. */
const ANSWER = 60_000;

export interface ArmRequest {
  /** From the root of the Resource Manager, or the whole address of a next page. */
  readonly path: string;
  readonly apiVersion: string;
  /** A body makes it a POST: only queries have one. */
  readonly body?: Json;
}

/** What the jobs of one source share: where they ask, who they are, how they retry. */
export interface Connection {
  readonly setting: Setting;
  readonly send: (request: ArmRequest, gate: Gate, signal: AbortSignal) => Promise<Json>;
  /** Asks without credentials, and gives the headers of whatever is answered. */
  readonly knock: (
    request: ArmRequest,
    gate: Gate,
    signal: AbortSignal,
  ) => Promise<ReadonlyMap<string, string>>;
}

/**
 * Opens nothing yet. Credentials are those of the SDK's own providers (environment, workload or managed identity, Azure
 * CLI…), asked for when the first call is made; the SDK's pipeline retries and obeys `Retry-After`.
 */
export async function connect(options: Options, setting: Setting): Promise<Connection> {
  const [core, { DefaultAzureCredential }] = await Promise.all([
    import('@azure/core-rest-pipeline'),
    import('@azure/identity'),
  ]);
  const tenantId = textOption(options, 'tenant');
  const credential: TokenCredential = new DefaultAzureCredential({
    ...(tenantId === null ? {} : { tenantId, additionallyAllowedTenants: [tenantId] }),
    ...(setting.authority === null ? {} : { authorityHost: setting.authority }),
    // Microsoft can vouch only for authorities of its own, and would be told of the others.
    disableInstanceDiscovery: !setting.isKnownAuthority,
  });
  const open = (): Pipeline => {
    const pipeline = core.createPipelineFromOptions({
      userAgentOptions: { userAgentPrefix: 'bercail' },
      retryOptions: {
        maxRetries: (countOption(options, 'max_attempts') ?? RETRIES + 1) - 1,
        maxRetryDelayInMs: LONGEST_WAIT,
      },
    });
    // The Resource Manager redirects nobody; what does might want the token.
    pipeline.removePolicy({ name: core.redirectPolicyName });
    return pipeline;
  };
  const signed = open();
  const scopes = [`${setting.audience.replace(/\/$/, '')}/.default`];
  signed.addPolicy(core.bearerTokenAuthenticationPolicy({ credential, scopes }), { phase: 'Sign' });
  const unsigned = open();
  const client = core.createDefaultHttpClient();
  const sendBy = (
    pipeline: Pipeline,
    { path, apiVersion, body }: ArmRequest,
    gate: Gate,
    abortSignal: AbortSignal,
  ): Promise<PipelineResponse> => {
    const bounded: HttpClient = { sendRequest: (request) => gate(() => client.sendRequest(request)) };
    const request = core.createPipelineRequest({
      url: addressOf(path, apiVersion, setting.endpoint),
      method: body === undefined ? 'GET' : 'POST',
      headers: core.createHttpHeaders({
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      }),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      timeout: ANSWER,
      abortSignal,
    });
    return pipeline.sendRequest(bounded, request);
  };
  return {
    setting,
    send: async (request, gate, signal) => readAnswer(await sendBy(signed, request, gate, signal)),
    knock: async (request, gate, signal) => {
      const { headers } = await sendBy(unsigned, request, gate, signal);
      return new Map([...headers].map(([name, value]) => [name.toLowerCase(), value]));
    },
  };
}

/**
 * The address to ask. A next page is where its answer says, but only at the same Resource Manager (or a regional front of
 * it): the token goes nowhere else.
 */
export function addressOf(path: string, apiVersion: string, endpoint: string): string {
  if (!/^[a-z][a-z0-9+.-]*:/i.test(path)) {
    const url = new URL(endpoint + (path.startsWith('/') ? path : `/${path}`));
    url.searchParams.set('api-version', apiVersion);
    return url.href;
  }
  const { protocol, host } = new URL(endpoint);
  const next = URL.canParse(path) ? new URL(path) : null;
  const isOurs =
    next !== null &&
    next.protocol === protocol &&
    next.username === '' &&
    (next.host === host || next.host.endsWith(`.${host}`));
  if (!isOurs) throw new ArmFailure('ForeignNextPage');
  return next.href;
}

function readAnswer({ status, bodyAsText }: PipelineResponse): Json {
  let body: Json | undefined;
  try {
    body = JSON.parse(bodyAsText ?? '') as Json;
  } catch {
    body = undefined;
  }
  if (status < 200 || status > 299) throw new ArmFailure(codeOf(body) ?? `HTTP ${status}`, status);
  if (body === undefined || body === null) throw new ArmFailure('UnreadableAnswer', status);
  return body;
}

/** Codes only: messages quote names. */
function codeOf(body: Json | undefined): string | null {
  const code = textAt(at(body, 'error') ?? at(body, 'odata.error') ?? body, 'code');
  return code !== null && /^[\w.-]{1,80}$/.test(code) && !/^\d+$/.test(code) ? code : null;
}
