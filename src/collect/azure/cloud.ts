import { BercailError } from '../../error.ts';
import type { CollectContext, Options } from '../collector.ts';
import { textOption } from '../option.ts';
import { checkHost } from '../s3/endpoint/address.ts';

/** One of Microsoft's clouds. Each has an authority that signs tokens, and a Resource Manager that takes them. */
interface Cloud {
  /** Key of the catalog. */
  readonly provider: string;
  /** Names that Azure's own tools have for it (`AZURE_ENVIRONMENT`). */
  readonly names: readonly string[];
  readonly authorities: readonly string[];
  readonly endpoint: string;
}

/** https://learn.microsoft.com/azure/azure-government/compare-azure-government-global-azure#guidance-for-developers */
const clouds: readonly Cloud[] = [
  {
    provider: 'azure',
    names: ['public', 'azurecloud', 'azurepubliccloud'],
    authorities: ['login.microsoftonline.com', 'login.windows.net', 'login.microsoft.com', 'sts.windows.net'],
    endpoint: 'https://management.azure.com',
  },
  {
    provider: 'azure-cn',
    names: ['china', 'azurechinacloud'],
    authorities: ['login.chinacloudapi.cn', 'login.partner.microsoftonline.cn'],
    endpoint: 'https://management.chinacloudapi.cn',
  },
  {
    provider: 'azure-us-gov',
    names: ['usgovernment', 'azureusgovernment', 'azureusgovernmentcloud'],
    authorities: ['login.microsoftonline.us'],
    endpoint: 'https://management.usgovcloudapi.net',
  },
];

/** Where a source asks, and as what its answers are placed. */
export interface Setting {
  /** Key of the catalog; null for an authority that nobody knows: then no place is known. */
  readonly provider: string | null;
  /** Name of the cloud, as a configuration would have it. */
  readonly cloud: string | null;
  /** Origin of the Resource Manager. */
  readonly endpoint: string;
  /** What tokens are asked for. */
  readonly audience: string;
  /** Signs the tokens; null for the default of the SDK. */
  readonly authority: string | null;
  /** Whether the authority is one of Microsoft's, that Microsoft vouches for. */
  readonly isKnownAuthority: boolean;
}

/**
 * The cloud is the one configured, else that of `AZURE_ENVIRONMENT`, else that of the authority host, as for Azure's own
 * tools; without any of them it is the public one, where the SDK would sign in. An endpoint of its own (a stack, a proxy,
 * a test) is asked with tokens made for it, and never with one that the cloud itself would take.
 */
export function settingOf(options: Options, env: CollectContext['env'] = {}): Setting {
  const authority = textOption(options, 'authority') ?? (env['AZURE_AUTHORITY_HOST'] || null);
  const host = authority === null ? null : hostOf(authority);
  const named = textOption(options, 'cloud') ?? (env['AZURE_ENVIRONMENT'] || null);
  const ofHost = clouds.find(({ authorities }) => host !== null && authorities.includes(host));
  const cloud = named === null ? (host === null ? clouds[0] : ofHost) : cloudNamed(named);
  const own = textOption(options, 'endpoint') ?? (env['AZURE_RESOURCE_MANAGER_URL'] || null);
  if (own === null && cloud === undefined)
    throw new BercailError('config', {
      message: `no cloud of Microsoft signs in at ${host}`,
      hint: 'set `cloud` or `endpoint` of the azure source in bercail.yaml',
    });
  const endpoint = originOf(own ?? cloud?.endpoint ?? '');
  checkHost(endpoint);
  return {
    provider: cloud?.provider ?? null,
    cloud: cloud?.names[0] ?? null,
    endpoint,
    audience: textOption(options, 'audience') ?? endpoint,
    authority,
    isKnownAuthority: host === null || ofHost !== undefined,
  };
}

function cloudNamed(name: string): Cloud {
  const found = clouds.find(({ names }) => names.includes(name.toLowerCase()));
  if (found !== undefined) return found;
  throw new BercailError('config', {
    message: `no cloud ${name} of Microsoft`,
    hint: `there are: ${clouds.map(({ names }) => names[0]).join(', ')}`,
  });
}

function hostOf(address: string): string {
  const text = /^https?:\/\//i.test(address) ? address : `https://${address}`;
  if (URL.canParse(text)) return new URL(text).host;
  throw new BercailError('config', { message: `the authority is not an address: ${address}` });
}

function originOf(address: string): string {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url?.protocol === 'https:' && url.username === '') return url.origin;
  throw new BercailError('config', {
    message: `the Resource Manager of Azure is asked over https, not at ${url === null ? address : `${url.protocol}//${url.host}`}`,
    hint: 'a token must not be readable on the way',
  });
}
