import { type Facts, known, unsaid } from '../code/fact.ts';
import { regionOfHost } from '../host.ts';

/** Something outside the cluster that a setting names: a store behind an address, a registry. */
export interface Endpoint {
  readonly host: string;
  readonly provider: string | null;
  readonly region: string | null;
}

/** What a host name tells by itself: who is behind it, and where as far as it is written in it. */
export function endpointOf(host: string, providerOfHost: (host: string) => string | null): Endpoint {
  const name = host.toLowerCase();
  return { host: name, provider: providerOfHost(name), region: regionOfHost(name) };
}

export function placeOfEndpoint({ host, region }: Endpoint, given: string | null): Facts {
  if (region !== null) return { 'place.derivation': known([`host ${host}`]), 'place.region': known(region) };
  if (given !== null)
    return { 'place.derivation': known([`a region set beside ${host}`]), 'place.region': known(given) };
  return { 'place.region': unsaid(`${host} does not say where it is`) };
}

/** The hosts in a value, where they are addresses of the world outside: not of the cluster, not of this machine. */
export function hostsOf(value: string): readonly string[] {
  return [...new Set(value.split(/[,\s]+/).flatMap((one) => hostOf(one) ?? []))];
}

/** Nothing of a password: what stands before the last `@` is no host. */
function hostOf(value: string): string | null {
  const address =
    /^(?:[a-z][a-z0-9+.:-]*:\/\/)(?:[^/\s]*@)?([^/:?#;@\s]+)/i.exec(value)?.[1] ??
    /^((?:[a-z0-9_-]+\.)+[a-z]{2,})\.?(?::\d+)?(?:\/\S*)?$/i.exec(value)?.[1];
  const host = address?.toLowerCase() ?? null;
  return host === null || !host.includes('.') || isInside(host) ? null : host;
}

/** Of the cluster, of this machine, or of a private network. */
export function isInside(host: string): boolean {
  if (/(\.svc|\.local|\.internal|\.localhost|\.test|\.example)$|^localhost/.test(host)) return true;
  const [first = 0, second = 0, ...rest] = /^\d+(?:\.\d+){3}$/.test(host) ? host.split('.').map(Number) : [];
  if (rest.length === 0) return /^[\d.]+$/.test(host);
  return (
    first === 10 ||
    first === 127 ||
    first === 0 ||
    (first === 172 && second >= 16 && second < 32) ||
    (first === 192 && second === 168) ||
    (first === 169 && second === 254)
  );
}

/** The registry of an image: Docker's own where none is named. */
export function registryOf(image: string): string {
  const [first = ''] = image.split('/');
  return image.includes('/') && /[.:]|^localhost$/.test(first) ? first.replace(/:\d+$/, '') : 'docker.io';
}
