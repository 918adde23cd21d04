import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CommandContext } from '../../context.ts';
import { home } from './aws.ts';

export interface AzureLogin {
  readonly tenant: string;
  readonly subscriptions: readonly { readonly id: string; readonly name: string }[];
}

/** Tenants that `az login` knows, with the subscriptions seen in each. No token is read. */
export function azureLogins(env: CommandContext['env']): readonly AzureLogin[] {
  const file = join(env['AZURE_CONFIG_DIR'] ?? join(home(env), '.azure'), 'azureProfile.json');
  let listed: unknown;
  try {
    // The file starts with a byte order mark.
    listed = (JSON.parse(readFileSync(file, 'utf8').replace(/^\ufeff/, '')) as { subscriptions?: unknown })
      .subscriptions;
  } catch {
    return [];
  }
  const tenants = new Map<string, { id: string; name: string }[]>();
  for (const one of Array.isArray(listed) ? (listed as unknown[]) : []) {
    const { id, name, tenantId } = (one ?? {}) as { readonly [field: string]: unknown };
    if (typeof id !== 'string' || typeof tenantId !== 'string') continue;
    const subscription = { id, name: typeof name === 'string' ? name : id };
    tenants.set(tenantId, [...(tenants.get(tenantId) ?? []), subscription]);
  }
  return [...tenants]
    .map(([tenant, subscriptions]) => ({ tenant, subscriptions }))
    .sort((a, b) => (a.tenant < b.tenant ? -1 : 1));
}
