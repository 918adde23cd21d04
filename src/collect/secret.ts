import type { Json } from '../inventory/fact.ts';
import type { Options } from './collector.ts';

/** Credentials are not part of a configuration; what an address may carry of them goes, and the external id of a role. */
export function withoutSecrets(options: Options): { readonly [name: string]: Json } {
  return Object.fromEntries(
    Object.entries(options)
      .filter(([name]) => name !== 'external_id' && !/secret|password|token/i.test(name))
      .map(([name, value]) => [
        name,
        typeof value === 'string' && URL.canParse(value) ? bareUrl(value) : value,
      ]),
  );
}

function bareUrl(value: string): string {
  const url = new URL(value);
  if (url.username === '' && url.password === '' && url.search === '') return value;
  return `${url.protocol}//${url.host}${url.pathname}`;
}
