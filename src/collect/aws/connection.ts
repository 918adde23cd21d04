import { STSClient } from '@aws-sdk/client-sts';
import { fromTemporaryCredentials } from '@aws-sdk/credential-providers';
import { BercailError } from '../../error.ts';
import type { Gate } from '../bounded.ts';
import type { Options } from '../collector.ts';
import { textOption } from '../option.ts';
import { clientDefaults } from '../s3/client.ts';
import { checkHost } from '../s3/endpoint/address.ts';

/** Sockets kept open to one host: more than the calls under way, so that none waits for another. */
const SOCKETS = 256;

/** Milliseconds to connect, and to answer: what takes longer is tried again, and then a gap. */
const CONNECT = 10_000;
const ANSWER = 60_000;

type Credentials = STSClient['config']['credentials'];
type Handler = STSClient['config']['requestHandler'];

/** What the clients of one source share: where they ask, how they retry, one pool of sockets, one set of credentials. */
export interface Connection {
  /** Configured, or of the SDK's own environment: from it global services are asked. */
  readonly region: string;
  /** For a client that acts as the caller, or as the role of this ARN; a gate bounds its requests. */
  readonly configOf: (role: string | null, gate?: Gate) => object;
  readonly credentialsOf: (role: string | null) => Credentials;
}

/**
 * Opens nothing yet. The region is the one configured, else the SDK's own (environment, profile); where there is
 * none that is an error, for a default region would be a guess about where data may be asked for. Credentials are
 * those of the SDK's own providers (profile, SSO, web identity, instance), found once for all clients.
 */
export async function connect(options: Options): Promise<Connection> {
  const base = {
    ...clientDefaults(options),
    ...endpointOf(options),
    requestHandler: {
      connectionTimeout: CONNECT,
      requestTimeout: ANSWER,
      throwOnRequestTimeout: true,
      // An answer that has begun and does not go on: no other limit sees it.
      socketTimeout: ANSWER,
      httpAgent: { keepAlive: true, maxSockets: SOCKETS },
      httpsAgent: { keepAlive: true, maxSockets: SOCKETS },
    },
  };
  const region = await regionOf(options, base);
  const { config } = new STSClient({ ...base, region });
  const shared = { ...base, region, requestHandler: config.requestHandler };
  const own: Credentials = config.credentials;
  const assumed = new Map<string, Credentials>();
  const credentialsOf = (role: string | null): Credentials => {
    if (role === null) return own;
    const credentials = assumed.get(role) ?? assume(role, options, shared, own);
    assumed.set(role, credentials);
    return credentials;
  };
  return {
    region,
    credentialsOf,
    configOf: (role, gate) => ({
      ...shared,
      ...(gate === undefined ? {} : { requestHandler: boundRequests(shared.requestHandler, gate) }),
      credentials: credentialsOf(role),
      // A redirect is how S3 says where a bucket of another region is; other clients know no such setting.
      followRegionRedirects: true,
    }),
  };
}

/**
 * Bounds what is on the wire: to sign a request, to read its answer, or to wait for another attempt takes no one's place.
 */
function boundRequests(handler: Handler, gate: Gate): Handler {
  return { handle: (request, options) => gate(() => handler.handle(request, options)) };
}

async function regionOf(options: Options, base: object): Promise<string> {
  const configured = textOption(options, 'region');
  if (configured !== null) return configured;
  try {
    return await new STSClient(base).config.region();
  } catch (cause) {
    const hint = 'set `region` of the aws source in bercail.yaml, AWS_REGION, or the region of the profile';
    throw new BercailError('config', { message: 'no AWS region is configured', hint }, { cause });
  }
}

function endpointOf(options: Options): { readonly endpoint?: string } {
  const endpoint = textOption(options, 'endpoint');
  if (endpoint === null) return {};
  checkHost(endpoint);
  return { endpoint };
}

/** One STS client for the role, kept: its credentials are renewed before they end. */
function assume(
  RoleArn: string,
  options: Options,
  clientConfig: object,
  masterCredentials: Credentials,
): Credentials {
  const ExternalId = textOption(options, 'external_id');
  const params = { RoleArn, RoleSessionName: 'bercail', ...(ExternalId === null ? {} : { ExternalId }) };
  const { config } = new STSClient({
    ...clientConfig,
    credentials: fromTemporaryCredentials({ params, clientConfig, masterCredentials }),
  });
  return config.credentials;
}
