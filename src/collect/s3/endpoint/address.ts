import { BlockList, isIP } from 'node:net';
import { BercailError, type Problem } from '../../../error.ts';
import type { Options } from '../../collector.ts';
import { textOption } from '../../option.ts';

const HINT = 'a URL like https://s3.fr-par.scw.cloud';

/** Where clouds answer their own machines with credentials: nobody keeps buckets there. */
const metadata = new BlockList();
metadata.addSubnet('169.254.0.0', 16, 'ipv4');
metadata.addSubnet('fe80::', 10, 'ipv6');
metadata.addAddress('fd00:ec2::254', 'ipv6');
metadata.addAddress('100.100.100.200', 'ipv4');
metadata.addAddress('168.63.129.16', 'ipv4');

export interface Address {
  readonly url: string;
  /** With its port, as ids and scopes have it. */
  readonly host: string;
  readonly hostname: string;
  /** Plain HTTP to another machine. */
  readonly isPlain: boolean;
}

/** The endpoint that a source names. The URL's own reading of a host settles `2852039166` and the like. */
export function addressOf(options: Options): Address {
  const endpoint = textOption(options, 'endpoint');
  if (endpoint === null) throw refusal('an s3 source needs an endpoint', HINT);
  const url = URL.canParse(endpoint) ? new URL(endpoint) : null;
  if (url === null || !/^https?:$/.test(url.protocol) || url.host === '')
    throw refusal(`“${bare(endpoint)}” is not an endpoint`, HINT);
  if (url.username !== '' || url.password !== '')
    throw refusal(
      `the endpoint of ${url.host} has credentials in it`,
      'take them out: they come from the environment (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY) or from a profile',
    );
  if (url.search !== '' || url.hash !== '')
    throw refusal(`the endpoint of ${url.host} has a query in it`, HINT);
  const hostname = hostnameOf(url);
  checkHost(endpoint);
  return {
    url: url.href,
    host: url.host,
    hostname,
    isPlain: url.protocol === 'http:' && !isLoopback(hostname),
  };
}

function hostnameOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
}

/** Throws for the address of a metadata service: no request that somebody else's file names goes there. */
export function checkHost(address: string): void {
  const hostname = URL.canParse(address) ? hostnameOf(new URL(address)) : '';
  if (isMetadata(hostname))
    throw refusal(
      `${hostname} is no service: machines of a cloud ask there for their own credentials`,
      'name the endpoint that the provider documents',
    );
}

/** Whether an address, or a name that stands for one everywhere, is a metadata service or link-local. */
export function isMetadata(hostname: string): boolean {
  const family = isIP(hostname);
  if (family === 0) return /^(?:metadata|metadata\.google\.internal|instance-data)$/i.test(hostname);
  return metadata.check(hostname, family === 4 ? 'ipv4' : 'ipv6');
}

function isLoopback(hostname: string): boolean {
  return /^(?:localhost|.*\.localhost|127(?:\.\d+){3}|::1)$/i.test(hostname);
}

/** What a message may quote of a text that is no URL: it may still hold a password. */
function bare(endpoint: string): string {
  return endpoint.replace(/(?<![^/])[^/]*@/, '…@');
}

function refusal(message: string, hint: string): BercailError {
  return new BercailError('config', { message, hint } satisfies Problem);
}
