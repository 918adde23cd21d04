import type { Observation } from '../../inventory/observation.ts';
import type { Ask } from '../call.ts';
import { failAnswer, isFailed, observe } from '../call.ts';
import { subscriptionId } from './read/id.ts';
import { textAt, treesAt } from './read/json.ts';
import { tagsFact, unsaid } from './service/fact.ts';
import { listPages } from './service/page.ts';
import type { AzureSession } from './service/service.ts';
import { action } from './service/service.ts';

/** Both answer with what the caller may see, and refuse nobody. */
const listTenants = action('Microsoft.Resources/tenants/read', '2022-12-01', 'Tenants_List', {
  isFree: true,
});
export const listSubscriptions = action(
  'Microsoft.Resources/subscriptions/read',
  '2022-12-01',
  'Subscriptions_List',
);

export interface Subscription {
  /** In lower case. */
  readonly id: string;
  readonly name: string;
  readonly tenant: string | null;
  /** False for one that was deleted: nobody can ask about it, and its data may still be there. */
  readonly isReadable: boolean;
}

/** Tenants that the caller knows; one that the token is not for is a gap, unless the configuration names one. */
export async function readTenants(
  ask: Ask,
  session: AzureSession,
  only: string | null,
  read: ReadonlySet<string>,
): Promise<readonly Observation[]> {
  const observations: Observation[] = [];
  for await (const { answer, items, number } of listPages(session, { ask }, listTenants, '/tenants')) {
    observations.push(
      observe(session.scene(session.scope), answer, { about: { page: number, tenants: items.length } }),
    );
    for (const item of items) {
      const id = textAt(item, 'tenantId')?.toLowerCase();
      if (id === undefined) continue;
      if (read.has(id)) {
        const asset = {
          kind: 'identity_directory',
          name: textAt(item, 'displayName') ?? id,
          provider: session.provider,
          account: null,
        } as const;
        const facts = { 'place.region': unsaid('where Microsoft keeps a directory is not told by its list') };
        observations.push(observe(session.scene(tenantId(id)), answer, { asset, facts }));
      } else if (only === null) {
        const gap = failAnswer(answer, 'not_collected', 'TenantLeftOut');
        observations.push(observe({ source: 'azure', scope: id, subject: id }, gap, {}));
      }
    }
  }
  return observations;
}

/** The directory of a tenant as an asset. */
export function tenantId(tenant: string): string {
  return `/tenants/${tenant.toLowerCase()}`;
}

/**
 * Every subscription that the caller sees, and what is observed of each. Where the list cannot be read, or only in part,
 * that is a gap, and what was read is kept. Those that the configuration leaves out may hold anything: each is a gap.
 * @param only the configured subscriptions, by id or name; null for all
 */
export async function readSubscriptions(
  ask: Ask,
  session: AzureSession,
  only: readonly string[] | null,
): Promise<{
  readonly subscriptions: readonly Subscription[];
  readonly observations: readonly Observation[];
}> {
  const found = new Map<string, Subscription>();
  const observations: Observation[] = [];
  const wanted = only?.map((one) => one.toLowerCase()) ?? null;
  const heard = new Set<string>();
  for await (const page of listPages(session, { ask }, listSubscriptions, '/subscriptions')) {
    const { answer, items, number } = page;
    observations.push(
      observe(session.scene(session.scope), answer, { about: { page: number, subscriptions: items.length } }),
    );
    for (const item of items) {
      const id = textAt(item, 'subscriptionId')?.toLowerCase();
      if (id === undefined || found.has(id)) continue;
      const name = textAt(item, 'displayName') ?? id;
      const state = textAt(item, 'state') ?? 'Enabled';
      const names = [id, name.toLowerCase()];
      const isWanted = wanted === null || wanted.some((one) => names.includes(one));
      for (const one of names) if (isWanted) heard.add(one);
      const isReadable = isWanted && !/^deleted$/i.test(state);
      found.set(id, { id, name, tenant: textAt(item, 'tenantId')?.toLowerCase() ?? null, isReadable });
      const code = isWanted ? `Subscription${state}` : 'SubscriptionLeftOut';
      const seen = isReadable || isFailed(answer) ? answer : failAnswer(answer, 'not_collected', code);
      const scene = { source: 'azure', scope: id, subject: subscriptionId(id) };
      const asset = { kind: 'account', name, provider: session.provider, account: id } as const;
      const managedBy = treesAt(item, 'managedByTenants').flatMap((one) => textAt(one, 'tenantId') ?? []);
      const about = { status: state, ...(managedBy.length === 0 ? {} : { managed_by_tenants: managedBy }) };
      observations.push(observe(scene, seen, { asset, facts: { tags: tagsFact(item) }, about }));
      if (!isReadable) observations.push(observe({ ...scene, subject: id }, seen, {}));
    }
  }
  const last = observations[0];
  for (const one of wanted ?? []) {
    if (heard.has(one) || last === undefined) continue;
    observations.push({
      source: 'azure',
      scope: one,
      operation: listSubscriptions.operation,
      subject: one,
      at: last.at,
      sha256: null,
      outcome: 'not_collected',
      code: 'NoSuchSubscription',
    });
  }
  return { subscriptions: [...found.values()].filter(({ isReadable }) => isReadable), observations };
}
